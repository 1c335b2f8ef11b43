import { parentPort, workerData } from 'node:worker_threads';
import type { System } from '../../model/system';
import { type RunOrder, runOrder } from '../../simulation/questions';
import type { Run } from '../../simulation/run';

/** What a thread is told when it starts. */
export interface WorkerSetup {
  readonly runsOf: System;
}

export type WorkerAnswer = { readonly index: number; readonly run: Run } | { readonly index: number; readonly share: number };

/** Milliseconds between two reports of how far a run is. */
const pause = 100;

/** Whether this thread was started to simulate; the same file is the whole program otherwise. */
export function isWorker(): boolean {
  return parentPort !== null && setup(workerData) !== undefined;
}

/** Does the runs that the main thread asks for, one after the other. */
export function serveRuns(): void {
  const system = setup(workerData);
  const port = parentPort;
  if (!system || !port) return;
  const answer = (message: WorkerAnswer) => port.postMessage(message);
  port.on('message', ({ index, order }: { readonly index: number; readonly order: RunOrder }) => {
    let next = performance.now() + pause;
    const onProgress = (share: number) => {
      if (performance.now() < next) return;
      next = performance.now() + pause;
      answer({ index, share });
    };
    answer({ index, run: runOrder(system, order, { onProgress }) });
  });
}

function setup(data: unknown): System | undefined {
  return typeof data === 'object' && data !== null && 'runsOf' in data ? (data as WorkerSetup).runsOf : undefined;
}
