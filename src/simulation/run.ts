import { cancelledText } from '../model/happenings';
import type { Seconds } from '../model/units';
import { build } from './build';
import type { Core } from './core';
import { runUntil } from './engine';
import { type ExpectationResult, watch } from './expectations';
import type { SimulationRequest } from './frame';
import { nanoseconds, toNanoseconds } from './outcome';
import { measured, type RunResult } from './result';
import { withBudget } from './start';

export interface RunOptions {
  /** Instead of the scenario's. */
  readonly duration?: Seconds;
  /** Instead of the usual: after so many events the run is stopped, and its result says so. */
  readonly mostEvents?: number;
  /** Asked every few milliseconds. */
  readonly isCancelled?: () => boolean;
  /** Told every few milliseconds which share of the time is simulated. */
  readonly onProgress?: (share: number) => void;
}

/** A result, or why there is none, in words. */
export type Run = { readonly ok: true; readonly result: RunResult } | { readonly ok: false; readonly reason: string };

/** How long a run lasts where nobody says otherwise. */
export const defaultDuration: Seconds = 60;

/** Some minutes of work: a year of a busy system is not simulated because somebody mistook a unit. */
export const defaultMostEvents = 500_000_000;

/** Milliseconds between two looks at whether to go on. */
const slice = 20;

/** Runs a scenario to its end and checks what it expects of this variant. */
export function runScenario(request: SimulationRequest, options: RunOptions = {}): Run {
  const prepared = prepareRun(request, options.duration, options.mostEvents);
  if (!prepared.ok) return prepared;
  const { run } = prepared;
  while (!run.advance(slice)) {
    if (options.isCancelled?.()) return { ok: false, reason: cancelledText() };
    options.onProgress?.(run.share);
  }
  return { ok: true, result: run.result() };
}

export type Prepared = { readonly ok: true; readonly run: ScenarioRun } | { readonly ok: false; readonly reason: string };

/** A run to be taken on step by step, where something else has to happen in between. */
export function prepareRun(request: SimulationRequest, duration?: Seconds, mostEvents = defaultMostEvents): Prepared {
  const built = build(request);
  if (!built.ok) return built;
  built.core.mostEvents = mostEvents;
  const length = Math.max(0, duration ?? request.scenario?.duration ?? defaultDuration);
  return { ok: true, run: new ScenarioRun(built.core, request, length) };
}

export class ScenarioRun {
  readonly #check: () => readonly ExpectationResult[];

  constructor(
    private readonly core: Core,
    private readonly request: SimulationRequest,
    private readonly duration: Seconds,
  ) {
    const { scenario, variant } = request;
    this.#check = scenario ? watch(core, scenario, variant, duration) : () => [];
  }

  /** The share of the time that is simulated. */
  get share(): number {
    return this.duration > 0 ? Math.min(1, this.core.now / nanoseconds / this.duration) : 1;
  }

  /** Goes on for about this many milliseconds. Returns whether the run is over. */
  advance(budget: number): boolean {
    return runUntil(this.core, toNanoseconds(this.duration), withBudget(budget));
  }

  result(): RunResult {
    const { system, scenario, variant, seed } = this.request;
    return {
      system: system.name,
      scenario: scenario?.name ?? '',
      variant,
      seed,
      durationSeconds: this.duration,
      ...measured(this.core),
      expectations: this.#check(),
    };
  }
}
