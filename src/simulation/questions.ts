import type { Scenario, Variant } from '../model/scenario';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import type { RunResult } from './result';
import { prepareRun, type Run, type RunOptions, runScenario } from './run';

/** One run of a system that somebody wants the result of. Plain data: it can be sent to another thread. */
export interface RunOrder {
  readonly variant: Variant;
  readonly seed: number;
  readonly scenario: Scenario;
  /** Instead of the scenario's. */
  readonly duration?: Seconds;
  /** Instead of the usual: after so many events the run is stopped. */
  readonly mostEvents?: number;
}

/**
 * A question that takes many runs. It says which ones it needs next, is given their outcomes in the same order, and in
 * the end returns the answer. Where the runs happen, one after the other or on many cores, is not its business, and
 * makes no difference to the answer.
 */
export type Question<T> = Generator<readonly RunOrder[], T, readonly Run[]>;

/** An answer, or why there is none, in words. */
export type Answer<T> = { readonly ok: true; readonly answer: T } | { readonly ok: false; readonly reason: string };

/** How far a question is. How many runs there will be in all shows only while it is asked. */
export interface QuestionProgress {
  /** With the simulated share of the run under way. */
  readonly done: number;
  readonly asked: number;
}

/** Milliseconds between two chances to stop. */
const slice = 10;

/**
 * Answers a question on this thread, in slices of some milliseconds: who has other things to do, or changes their mind,
 * does so between two of them.
 */
export function* answering<T>(system: System, question: Question<T>): Generator<QuestionProgress, T, undefined> {
  let done = 0;
  let asked = 0;
  let next = question.next();
  while (!next.done) {
    asked += next.value.length;
    const runs: Run[] = [];
    for (const order of next.value) {
      const run = yield* running(system, order, { done, asked });
      runs.push(run);
      done++;
      yield { done, asked };
    }
    next = question.next(runs);
  }
  return next.value;
}

function* running(system: System, order: RunOrder, progress: QuestionProgress): Generator<QuestionProgress, Run, undefined> {
  const { variant, seed, scenario } = order;
  const prepared = prepareRun({ system, variant, seed, scenario }, order.duration, order.mostEvents);
  if (!prepared.ok) return prepared;
  yield progress;
  const { done } = progress;
  while (!prepared.run.advance(slice)) yield { ...progress, done: done + prepared.run.share };
  yield progress;
  return { ok: true, result: prepared.run.result() };
}

/** Does one run of an order from its beginning to its end. */
export function runOrder(system: System, order: RunOrder, watch: Pick<RunOptions, 'isCancelled' | 'onProgress'> = {}): Run {
  const { variant, seed, scenario, duration, mostEvents } = order;
  const limits = { ...(duration === undefined ? {} : { duration }), ...(mostEvents === undefined ? {} : { mostEvents }) };
  return runScenario({ system, variant, seed, scenario }, { ...limits, ...watch });
}

/** What runs measured, or why one of them could not be done. */
export function resultsOf(runs: readonly Run[]): readonly RunResult[] | string {
  const failed = runs.find((run) => !run.ok);
  if (failed && !failed.ok) return failed.reason;
  return runs.flatMap((run) => (run.ok ? [run.result] : []));
}

/** Asks several questions at once: what each of them needs next is asked for together. Answers in the same order. */
export function* together<T>(questions: readonly Question<T>[]): Question<readonly T[]> {
  const states = questions.map((question) => ({ question, step: question.next() }));
  for (;;) {
    const waiting = states.flatMap((state) => (state.step.done ? [] : [{ state, orders: state.step.value }]));
    if (waiting.length === 0) break;
    const runs = yield waiting.flatMap(({ orders }) => orders);
    let from = 0;
    for (const { state, orders } of waiting) {
      state.step = state.question.next(runs.slice(from, from + orders.length));
      from += orders.length;
    }
  }
  return states.flatMap(({ step }) => (step.done ? [step.value] : []));
}
