import * as l10n from '@vscode/l10n';
import type { Seconds, Share } from '../model/units';
import { rateText, secondsText } from '../model/words';
import type { JourneySecond } from '../simulation/frame';
import { answeredShare, isOpen, type Sample } from './recorder';
import { percentText } from './words';

/** Seconds that are seen at once; older ones move out on the left. */
export const shownSeconds: Seconds = 60;

/** Lines at most: components (each with its hanging part), and calls. */
const most = { journeys: 5, pools: 3, calls: 4 } as const;

export const measures = ['success', 'latency', 'pools', 'retries'] as const;
export type Measure = (typeof measures)[number];

/** What somebody wants to see of a run. */
export interface ChartChoice {
  readonly measure: Measure;
  /** Whose latency; the slowest journey's where nobody chose. */
  readonly journey?: string;
}

/** The samples of a run with the names of what they are about. */
export interface Recorded {
  readonly components: readonly string[];
  readonly calls: readonly string[];
  readonly journeys: readonly string[];
  readonly samples: readonly Sample[];
}

/** What a chart is made from. */
export interface RunSoFar {
  readonly time: Seconds;
  /** By journey; each entry covers `width` seconds. */
  readonly journeys: ReadonlyMap<string, readonly (JourneySecond | undefined)[]>;
  readonly width: Seconds;
  readonly recorded: Recorded;
  /** Journeys with a fixed number of clients: nobody asks while all of them wait. */
  readonly closed: ReadonlySet<string>;
}

export interface ChartLine {
  readonly name: string;
  /** Which of the palette's colours and dashes. */
  readonly colour: number;
  /** Filled, without a line of its own. */
  readonly isArea: boolean;
  readonly values: readonly (number | null)[];
  /** The figure of the moment, in words. */
  readonly now: string;
}

/** A chart as data: per cent, seconds, or per second, over simulated seconds. */
export interface Charted {
  readonly unit: 'percent' | 'seconds' | 'rate';
  readonly times: readonly Seconds[];
  readonly lines: readonly ChartLine[];
}

export const nothingRecorded: Recorded = { components: [], calls: [], journeys: [], samples: [] };

export function charted(choice: ChartChoice, run: RunSoFar): Charted {
  switch (choice.measure) {
    case 'success':
      return success(run);
    case 'latency':
      return latency(run, choice.journey);
    case 'pools':
      return pools(run);
    case 'retries':
      return retries(run);
  }
}

/** The stretches of time in sight, by number. */
function stretches({ time, width }: RunSoFar): readonly number[] {
  const to = Math.max(time, shownSeconds);
  const first = Math.floor(Math.max(0, to - shownSeconds - 1) / width);
  return Array.from({ length: Math.max(0, Math.ceil(to / width) - first) }, (_, i) => first + i);
}

/**
 * By when a request came in; null where nobody asked, or the stretch is not over. The last one says nothing either while some of
 * its requests are under way: most of them are answered in a moment, and a figure below the truth would stand there at all times.
 */
function success(run: RunSoFar): Charted {
  const { time, width, journeys } = run;
  const all = stretches(run);
  const last = Math.floor(time / width) - 1;
  const valuesOf = (name: string): readonly (Share | null)[] => {
    const list = journeys.get(name) ?? [];
    const standing = run.closed.has(name) ? standingOf(run.recorded, name) : undefined;
    return all.map((at) => {
      if (at > last) return null;
      const here = list[at];
      const asked = here !== undefined && here.offered > 0;
      // While all clients wait nobody asks: what is to be seen then is how those who asked last fare.
      const share = asked && (list[at + 1]?.offered ?? 0) > 0 ? undefined : standing?.get((at + 1) * width);
      return share ?? (asked && !(at === last && isOpen(here)) ? answeredShare(here) : null);
    });
  };
  const names = [...journeys.keys()];
  const values = names.map(valuesOf);
  // Of many those that fare worst: the others would say that all is well.
  const worst = highest(names, most.journeys, (i) => 1 - Math.min(1, ...(values[i] ?? []).filter((value) => value !== null)));
  const lines = worst.map(({ name, index }, colour): ChartLine => {
    const own = values[index] ?? [];
    const now = own[all.indexOf(last)] ?? own[all.indexOf(last - 1)] ?? null;
    return { name, colour, isArea: false, values: own.map(percent), now: now === null ? '–' : percentText(now) };
  });
  return { unit: 'percent', times: all.map((at) => at * width), lines };
}

function standingOf({ journeys, samples }: Recorded, name: string): ReadonlyMap<Seconds, number | null> {
  const at = journeys.indexOf(name);
  return new Map(samples.map((sample) => [sample.at, sample.standing[at] ?? null]));
}

/** Of the answered requests, by when they came in. */
function latency(run: RunSoFar, chosen: string | undefined): Charted {
  const { time, width, journeys } = run;
  const all = stretches(run).filter((at) => (at + 1) * width <= time);
  const worst = (name: string) => Math.max(0, ...all.map((at) => journeys.get(name)?.[at]?.p99 ?? 0));
  const [slowest] = [...journeys.keys()].map((name) => ({ name, p99: worst(name) })).sort((a, b) => b.p99 - a.p99);
  const name = chosen !== undefined && journeys.has(chosen) ? chosen : slowest?.name;
  const list = name === undefined ? undefined : journeys.get(name);
  if (name === undefined || !list) return { unit: 'seconds', times: [], lines: [] };
  const lines = (['p50', 'p99'] as const).map((quantile, colour): ChartLine => {
    const values = all.map((at) => list[at]?.[quantile] ?? null);
    const now = values.at(-1) ?? null;
    return { name: `${name} ${quantile}`, colour, isArea: false, values, now: now === null ? '–' : secondsText(now) };
  });
  return { unit: 'seconds', times: all.map((at) => at * width), lines };
}

function pools(run: RunSoFar): Charted {
  const samples = inSight(run);
  const fullest = highest(run.recorded.components, most.pools, (i) =>
    samples.some(({ busy }) => typeof busy[i] === 'number') ? Math.max(...samples.map(({ busy }) => busy[i] ?? 0)) : -1,
  );
  const lines = fullest.flatMap(({ name, index }, colour): readonly ChartLine[] => {
    const last = samples.at(-1);
    const [busy, hanging] = [last?.busy[index] ?? 0, last?.hanging[index] ?? 0];
    const all = { name, colour, isArea: false, values: samples.map((sample) => percent(sample.busy[index] ?? null)) };
    const stuck = { name, colour, isArea: true, values: samples.map((sample) => percent(sample.hanging[index] ?? null)), now: '' };
    const now =
      hanging > 0 ? l10n.t('{0} busy, {1} hanging', percentText(busy), percentText(hanging)) : l10n.t('{0} busy', percentText(busy));
    return [{ ...all, now }, stuck];
  });
  return { unit: 'percent', times: samples.map(({ at }) => at), lines };
}

function retries(run: RunSoFar): Charted {
  const samples = inSight(run);
  // Totals become rates by what came before; before the first second there was nothing.
  const rates = (index: number) =>
    samples.map(({ at, retries: totals }, i) => {
      const before = i > 0 ? samples[i - 1] : at === 1 ? { at: 0, retries: [] } : undefined;
      return before ? ((totals[index] ?? 0) - (before.retries[index] ?? 0)) / (at - before.at) : null;
    });
  const busiest = highest(run.recorded.calls, most.calls, (i) => {
    const total = rates(i).reduce<number>((sum, rate) => sum + (rate ?? 0), 0);
    return total > 0 ? total : -1;
  });
  const lines = busiest.map(({ name, index }, colour): ChartLine => {
    const values = rates(index);
    return { name, colour, isArea: false, values, now: rateText(values.at(-1) ?? 0) };
  });
  return { unit: 'rate', times: samples.map(({ at }) => at), lines };
}

function inSight({ time, recorded }: RunSoFar): readonly Sample[] {
  const from = Math.max(time, shownSeconds) - shownSeconds - 1;
  return recorded.samples.filter(({ at }) => at >= from && at <= time);
}

/** Those with the highest figures, in their own order so that colours stay; those below nothing are left out. */
function highest(names: readonly string[], count: number, figure: (index: number) => number) {
  const all = names.map((name, index) => ({ name, index, figure: figure(index) })).filter((each) => each.figure >= 0);
  return [...all]
    .sort((a, b) => b.figure - a.figure)
    .slice(0, count)
    .sort((a, b) => a.index - b.index);
}

function percent(share: number | null): number | null {
  return share === null ? null : share * 100;
}

export function unitText(unit: Charted['unit'], value: number): string {
  return unit === 'percent' ? `${value}%` : unit === 'seconds' ? secondsText(value) : rateText(value);
}
