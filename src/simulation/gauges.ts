import type { Expectation } from '../model/scenario';
import type { Core } from './core';
import { histogramBuckets, quantileOf } from './histogram';
import { type JourneyState, Window } from './journeyState';
import { degradedColumn, nanoseconds, succeededColumn } from './outcome';
import { servingReplicas } from './picture';
import { busyAreaOf } from './serving';
import type { CallState, ComponentState } from './state';

/** Measures what one expectation is about; NaN where there was nothing to measure. */
export interface Gauge {
  /** Over the whole stretch of time. */
  value(): number;
  /** The same from a moment on to the end, for moments in order, latest first. Undefined where that is not measured. */
  suffixes(): readonly { readonly from: number; readonly value: number }[];
}

/** Sets up what an expectation needs to be measured, before the run. Times in nanoseconds; undefined for an unknown subject. */
export function gaugeFor(core: Core, { subject, measure }: Expectation, from: number, to: number): Gauge | undefined {
  switch (subject.kind) {
    case 'journey': {
      const journey = core.journeys.find(({ name }) => name === subject.name);
      return journey && journeyGauge(core, journey, measure, from, to);
    }
    case 'component': {
      const component = core.componentByName.get(subject.name);
      if (!component) return undefined;
      return measure === 'queue' ? queueGauge(core, component, from, to) : busyGauge(core, component, from, to);
    }
    case 'call': {
      const call = core.calls.find(({ id }) => id === subject.name);
      return call && callGauge(core, call, measure, from, to);
    }
  }
}

function journeyGauge(core: Core, journey: JourneyState, measure: Expectation['measure'], from: number, to: number): Gauge {
  const window = new Window(from, to);
  journey.windows.push(window);
  const { series } = journey;
  const share = measure === 'p50' ? 0.5 : measure === 'p99' ? 0.99 : undefined;
  return {
    value: () => {
      if (share !== undefined) return window.latency.quantile(share) / nanoseconds;
      const good = (window.ended[degradedColumn] as number) + (measure === 'success' ? (window.ended[succeededColumn] as number) : 0);
      return good / (window.offered - undecided(core, journey, from, to));
    },
    suffixes: () => {
      const result: { from: number; value: number }[] = [];
      const counts = new Float64Array(histogramBuckets);
      let offered = 0;
      let good = 0;
      const first = Math.floor(from / series.width);
      for (let bucket = Math.ceil(to / series.width) - 1; bucket >= first; bucket--) {
        if (share !== undefined) {
          series.addTo(counts, bucket);
          result.push({ from: bucket * series.width, value: quantileOf(counts, share) / nanoseconds });
          continue;
        }
        offered += series.offeredAt(bucket);
        good += series.endedAt(bucket, degradedColumn) + (measure === 'success' ? series.endedAt(bucket, succeededColumn) : 0);
        const start = Math.max(from, bucket * series.width);
        result.push({ from: start, value: good / (offered - undecided(core, journey, start, to)) });
      }
      return result;
    },
  };
}

/** Where a journey has no latency, a request younger than this when the run ends may still succeed. */
const patience = nanoseconds;

/** Requests of a stretch of time that are still open and not late: nobody can say yet how they end. */
function undecided(core: Core, journey: JourneyState, from: number, to: number): number {
  const youngest = core.now - (journey.latency < Number.POSITIVE_INFINITY ? journey.latency : patience);
  let count = 0;
  for (const request of core.requests.all) {
    const { active, started, isLate } = request;
    if (active && request.journey === journey && !request.isWaiting && !isLate && started > youngest && started >= from && started < to)
      count++;
  }
  return count;
}

/** Moments at which a component is looked at, for what depends on more than the whole stretch of time. */
const mostLooks = 3600;

function looksAt(core: Core, from: number, to: number, look: (at: number) => void): void {
  const step = Math.max(nanoseconds, Math.ceil((to - from) / mostLooks));
  const next = (at: number) => {
    look(at);
    if (at < to) core.plan(Math.min(at + step, to), () => next(Math.min(at + step, to)));
  };
  core.plan(from, () => next(from));
}

function busyGauge(core: Core, component: ComponentState, from: number, to: number): Gauge {
  const looks: { at: number; area: number }[] = [];
  looksAt(core, from, to, (at) => looks.push({ at, area: busyAreaOf(core, component) }));
  const slots = component.slots * servingReplicas(component);
  const meanFrom = (index: number) => {
    const first = looks[index];
    const last = looks.at(-1);
    return first && last ? (last.area - first.area) / (last.at - first.at) / slots : Number.NaN;
  };
  return {
    value: () => meanFrom(0),
    suffixes: () =>
      looks
        .slice(0, -1)
        .map(({ at }, index) => ({ from: at, value: meanFrom(index) }))
        .reverse(),
  };
}

function queueGauge(core: Core, component: ComponentState, from: number, to: number): Gauge {
  const watch = { active: false, largest: 0 };
  component.queueWatches.push(watch);
  const looks: { at: number; largest: number }[] = [];
  looksAt(core, from, to, (at) => {
    if (watch.active) looks.push({ at, largest: watch.largest });
    watch.active = at < to;
    watch.largest = component.queued + component.backlog;
  });
  const largestFrom = (index: number) => looks.slice(index).reduce((most, { largest }) => Math.max(most, largest), 0);
  return {
    value: () => (looks.length > 0 ? largestFrom(0) : Number.NaN),
    suffixes: () =>
      looks.map(({ at }, index) => ({ from: index === 0 ? from : (looks[index - 1]?.at ?? at), value: largestFrom(index) })).reverse(),
  };
}

function callGauge(core: Core, call: CallState, measure: Expectation['measure'], from: number, to: number): Gauge {
  const counters = () => [call.requests, call.attempts, call.duplicateEffects, call.breakerOpened] as const;
  let before = counters();
  let after: ReturnType<typeof counters> | undefined;
  // At the very start nothing has happened: clients that all begin at that instant count.
  if (from > 0) {
    core.plan(from, () => {
      before = counters();
    });
  }
  core.plan(to, () => {
    after = counters();
  });
  return {
    value: () => {
      const now = after ?? counters();
      const [requests = 0, attempts = 0, duplicates = 0, opened = 0] = now.map((value, i) => value - (before[i] ?? 0));
      if (measure === 'attempts') return requests > 0 ? attempts / requests : Number.NaN;
      return measure === 'duplicateEffects' ? duplicates : opened;
    },
    suffixes: () => [],
  };
}
