import { type Signal, signal } from '@preact/signals';
import type { FromMap } from '../../layout/protocol';
import type { OnPaper } from '../../model/onPaper';
import type { Variant } from '../../model/scenario';
import type { Packed } from '../../model/transfer';
import type { Answer, Answered, Asked, Order } from '../orders';

export type QuestionKind = Asked['kind'];

/** How a question stands. */
export type Standing =
  | { readonly kind: 'open' }
  | { readonly kind: 'running'; readonly done: number; readonly asked: number }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'answered'; readonly answered: Answered };

const open: Standing = { kind: 'open' };

/** Asks what takes many runs, in a thread of its own, so that the map plays on. One question at a time. */
export class Questions {
  readonly standing: Readonly<Record<QuestionKind, Signal<Standing>>> = {
    'game-day': signal<Standing>(open),
    compare: signal<Standing>(open),
    tipping: signal<Standing>(open),
  };

  /** What the analysis says at once of a game day, of the variants that somebody asked about. */
  readonly onPaper: Signal<readonly OnPaper[]> = signal([]);
  readonly #wanted = new Set<Variant>();
  /** Counts the systems: an answer about an earlier one is dropped. */
  #system = 0;

  readonly #start: () => Promise<Worker>;
  #worker: Promise<Worker> | undefined;
  #run = 0;
  #current: QuestionKind | undefined;

  /**
   * @param start makes the thread, the first time that something is asked
   * @param post sends a message to the shell
   */
  constructor(
    start: () => Promise<Worker>,
    private readonly post: (message: FromMap) => void,
  ) {
    this.#start = start;
  }

  /** Asks the shell what the analysis says of a variant, once. */
  wantOnPaper(variant: Variant): void {
    if (this.#wanted.has(variant)) return;
    this.#wanted.add(variant);
    this.post({ type: 'on-paper', variant, asked: this.#system });
  }

  takeOnPaper(asked: number, onPaper: OnPaper): void {
    if (asked === this.#system) this.onPaper.value = [...this.onPaper.value, onPaper];
  }

  ask(packed: Packed, asked: Asked): void {
    this.stop();
    const run = ++this.#run;
    this.#current = asked.kind;
    this.standing[asked.kind].value = { kind: 'running', done: 0, asked: 0 };
    void this.#send({ type: 'ask', run, packed, asked });
  }

  /** Ends what is being asked; what was answered before stays. */
  stop(): void {
    const kind = this.#current;
    if (kind === undefined) return;
    this.#run++;
    this.#current = undefined;
    this.standing[kind].value = open;
    void this.#send({ type: 'stop' });
  }

  /** The system is another one now: what was answered is not about it. */
  forget(): void {
    this.stop();
    for (const each of Object.values(this.standing)) each.value = open;
    this.#system++;
    this.#wanted.clear();
    this.onPaper.value = [];
  }

  async #send(order: Order): Promise<void> {
    this.#worker ??= this.#start().then((worker) => {
      worker.addEventListener('message', (event: MessageEvent<Answer>) => this.#hear(event.data));
      return worker;
    });
    try {
      (await this.#worker).postMessage(order);
    } catch (error) {
      this.#worker = undefined;
      this.#settle({ kind: 'refused', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  #hear(message: Answer): void {
    if (message.run !== this.#run || this.#current === undefined) return;
    if (message.type === 'progress') this.standing[this.#current].value = { kind: 'running', done: message.done, asked: message.asked };
    else if (message.type === 'refused') this.#settle({ kind: 'refused', reason: message.reason });
    else if (message.type === 'answered') this.#settle({ kind: 'answered', answered: message.answered });
  }

  #settle(standing: Standing): void {
    const kind = this.#current;
    this.#current = undefined;
    if (kind !== undefined) this.standing[kind].value = standing;
  }
}
