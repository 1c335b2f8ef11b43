import type { Expectation, Measure, Scenario, Variant } from '../model/scenario';
import { printDuration, printShare, type Seconds } from '../model/units';
import type { Core } from './core';
import { gaugeFor } from './gauges';
import { nanoseconds, toNanoseconds } from './outcome';

/** What became of one `expect` line. */
export interface ExpectationResult {
  /** Its place in the scenario's list. */
  readonly index: number;
  /** `browse success >= 99% from 10s to 40s`. */
  readonly text: string;
  /**
   * In the unit of the measure: a share, seconds, a count, attempts a request; with `recoversWithin`, the seconds it
   * took to hold again. Null where there was nothing to measure, or it never held again.
   */
  readonly measured: number | null;
  readonly holds: boolean;
}

/** Sets up the expectations of one variant before the run; afterwards the result tells which hold. */
export function watch(core: Core, scenario: Scenario, variant: Variant, duration: Seconds): () => readonly ExpectationResult[] {
  const checks = scenario.expect.map((expectation, index) => {
    if ((expectation.variant ?? 'written') !== variant) return undefined;
    const { from, to } = stretchOf(expectation, scenario, duration);
    const gauge = gaugeFor(core, expectation, toNanoseconds(from), toNanoseconds(to));
    return { expectation, index, gauge, from };
  });
  return () =>
    checks.flatMap((check) => {
      if (!check) return [];
      const { expectation, index, gauge, from } = check;
      const text = expectationText(expectation, from);
      if (!gauge) return [{ index, text, measured: null, holds: false }];
      const within = expectation.recoversWithin;
      const value = within === undefined ? gauge.value() : recovery(gauge.suffixes(), expectation, from);
      const measured = Number.isFinite(value) ? value : null;
      const holds = within === undefined ? meets(expectation, value) : value <= within;
      return [{ index, text, measured, holds: holds && core.stopped === undefined }];
    });
}

/** Recovery counts from where it is written, else from the last repair. */
function stretchOf({ from, to, recoversWithin }: Expectation, scenario: Scenario, duration: Seconds): { from: Seconds; to: Seconds } {
  const repairs = scenario.events.filter(({ fault }) => fault.kind === 'restore').map(({ at }) => at);
  const start = from ?? (recoversWithin === undefined ? 0 : Math.max(0, ...repairs));
  const end = Math.min(to ?? duration, duration);
  return { from: Math.min(start, end), to: end };
}

/** Whether a value keeps an expectation's bound. */
export function meets({ comparison, bound }: Pick<Expectation, 'comparison' | 'bound'>, value: number): boolean {
  switch (comparison) {
    case 'at-least':
      return value >= bound;
    case 'at-most':
      return value <= bound;
    case 'below':
      return value < bound;
    case 'above':
      return value > bound;
  }
}

/** Seconds until the bound is met from there to the end, taken as a whole. */
function recovery(suffixes: readonly { from: number; value: number }[], expectation: Expectation, from: Seconds): number {
  let earliest = Number.POSITIVE_INFINITY;
  for (const suffix of suffixes) if (meets(expectation, suffix.value)) earliest = Math.max(0, suffix.from / nanoseconds - from);
  return earliest;
}

/** Digits that are always enough. */
const mostDigits = 15;

/**
 * What was measured, in the notation and unit of the expectation's bound: `71.4%`, `1.2s`, `3 a request`. Whole
 * numbers are exact; others have three significant digits, or as many more as it takes not to look like the other side of the bound.
 */
export function measuredText(expectation: Expectation, measured: number): string {
  const within = expectation.recoversWithin;
  const isKept = (value: number) => (within === undefined ? meets(expectation, value) : value <= within);
  let digits = 3;
  while (digits < mostDigits && isKept(Number(measured.toPrecision(digits))) !== isKept(measured)) digits++;
  const rounded = Number.isInteger(measured) ? measured : Number(measured.toPrecision(digits));
  return within === undefined ? boundText(expectation.measure, rounded) : printDuration(rounded);
}

/** The bound of an expectation as a file has it, with a sign where that is not the usual one: `99%`, `< 20%`, `20s` to recover in. */
export function expectedText({ measure, comparison, bound, recoversWithin }: Expectation): string {
  if (recoversWithin !== undefined) return printDuration(recoversWithin);
  const usual = measure === 'success' ? 'at-least' : 'at-most';
  return comparison === usual ? boundText(measure, bound) : `${signs[comparison]} ${boundText(measure, bound)}`;
}

const signs = { 'at-least': '>=', 'at-most': '<=', below: '<', above: '>' } as const;

/** An expectation in one line. */
export function expectationText(expectation: Expectation, recoversFrom?: Seconds): string {
  const { subject, measure, comparison, bound, from, to, recoversWithin, variant } = expectation;
  const words = [subject.name, measure, signs[comparison], boundText(measure, bound)];
  if (recoversWithin !== undefined) {
    words.push(`again within ${printDuration(recoversWithin)}`);
    if (recoversFrom !== undefined) words.push(`after ${printDuration(recoversFrom)}`);
  } else if (from !== undefined) words.push(`from ${printDuration(from)}`);
  if (to !== undefined) words.push(`to ${printDuration(to)}`);
  if (variant !== undefined && variant !== 'written') words.push(`(${variant})`);
  return words.join(' ');
}

function boundText(measure: Measure, bound: number): string {
  switch (measure) {
    case 'success':
    case 'degraded':
    case 'busy':
      return printShare(bound);
    case 'p50':
    case 'p99':
      return printDuration(bound);
    case 'attempts':
      return `${bound} a request`;
    default:
      return String(bound);
  }
}
