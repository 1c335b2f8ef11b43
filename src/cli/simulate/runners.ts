import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { System } from '../../model/system';
import { type Question, type RunOrder, runOrder } from '../../simulation/questions';
import type { Run } from '../../simulation/run';
import type { WorkerAnswer, WorkerSetup } from './worker';

export interface RunnersSetting {
  /** Threads at most; as many as there are cores. */
  readonly threads?: number;
  /** Milliseconds that are tried alone before other threads are started: starting one takes longer than a short run. */
  readonly alone?: number;
  /** The program that a thread runs; this one. */
  readonly program?: string;
  /** Told how many runs are done, with fractions of those under way, of how many that were asked for. */
  readonly onProgress?: (done: number, of: number) => void;
}

/** Does runs of one system, on all cores when it takes longer. The results and their order do not depend on that. */
export class Runners {
  readonly #threads: number;
  readonly #alone: number;
  readonly #program: string;
  readonly #onProgress: (done: number, of: number) => void;
  readonly #workers: Worker[] = [];
  #done = 0;
  #asked = 0;

  constructor(
    private readonly system: System,
    { threads = availableParallelism(), alone = 300, program = __filename, onProgress = () => {} }: RunnersSetting = {},
  ) {
    this.#threads = threads;
    this.#alone = alone;
    this.#program = program;
    this.#onProgress = onProgress;
  }

  /** Finds the answer to a question, whatever runs it takes. */
  async ask<T>(question: Question<T>): Promise<T> {
    let step = question.next();
    while (!step.done) step = question.next(await this.run(step.value));
    return step.value;
  }

  /** The outcomes of these runs, in their order. */
  async run(orders: readonly RunOrder[]): Promise<readonly Run[]> {
    this.#asked += orders.length;
    const runs = this.#runAlone(orders);
    const rest = orders.slice(runs.length);
    return rest.length === 0 ? runs : [...runs, ...(await this.#runTogether(rest))];
  }

  /** Ends the threads, with whatever they do. */
  close(): void {
    for (const worker of this.#workers.splice(0)) void worker.terminate();
  }

  /** The first runs: all of them without other threads, else until the time is up. */
  #runAlone(orders: readonly RunOrder[]): readonly Run[] {
    const isSingle = this.#threads < 2 || orders.length < 2;
    const end = isSingle ? Number.POSITIVE_INFINITY : this.#workers.length > 0 ? 0 : performance.now() + this.#alone;
    const runs: Run[] = [];
    for (const order of orders) {
      if (performance.now() >= end) break;
      let isCut = false;
      const isCancelled = () => {
        isCut = performance.now() >= end;
        return isCut;
      };
      const run = runOrder(this.system, order, { isCancelled, onProgress: (share) => this.#tell(share) });
      if (isCut) break;
      runs.push(run);
      this.#done++;
      this.#tell(0);
    }
    return runs;
  }

  #runTogether(orders: readonly RunOrder[]): Promise<readonly Run[]> {
    const setup: WorkerSetup = { runsOf: this.system };
    while (this.#workers.length < Math.min(this.#threads, orders.length)) {
      this.#workers.push(new Worker(this.#program, { workerData: setup }));
    }
    return new Promise((resolve, reject) => {
      const runs = new Map<number, Run>();
      const shares = new Map<number, number>();
      let next = 0;
      const fail = (error: unknown) => {
        this.close();
        reject(error);
      };
      for (const worker of this.#workers) {
        const takeNext = () => {
          if (next < orders.length) worker.postMessage({ index: next, order: orders[next++] });
        };
        worker.removeAllListeners();
        worker.on('error', fail);
        worker.on('message', (answer: WorkerAnswer) => {
          if ('share' in answer) shares.set(answer.index, answer.share);
          else {
            shares.delete(answer.index);
            runs.set(answer.index, answer.run);
            this.#done++;
            takeNext();
          }
          this.#tell([...shares.values()].reduce((sum, share) => sum + share, 0));
          if (runs.size === orders.length) resolve(orders.flatMap((_, index) => runs.get(index) ?? []));
        });
        takeNext();
      }
    });
  }

  #tell(underWay: number): void {
    this.#onProgress(this.#done + underWay, this.#asked);
  }
}
