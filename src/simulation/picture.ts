import { BreakerPhase } from './breaker';
import type { Core } from './core';
import type { BreakerState, CallFrame, ComponentFrame, Frame, JourneySecond } from './frame';
import { columns, degradedColumn, nanoseconds, succeededColumn } from './outcome';
import type { Series } from './series';
import { type CallState, type ComponentState, Mode } from './state';

/** What the map draws now. Seconds and lines that were handed over before are left out. */
export class Picture {
  private told = 0;
  constructor(private readonly core: Core) {}

  take(): Frame {
    const { core } = this;
    const log = core.log.lines.slice(this.told);
    this.told = core.log.lines.length;
    return {
      time: core.now / nanoseconds,
      components: core.components.map(componentFrame),
      calls: core.calls.map(callFrame),
      journeys: core.journeys.map(({ name, series }) => ({ name, seconds: changedSeconds(series) })),
      log,
      bucketSeconds: core.journeys[0] ? core.journeys[0].series.width / nanoseconds : 1,
      ...(core.stopped === undefined ? {} : { stopped: core.stopped }),
    };
  }
}

/** The replicas that serve: all, or the primary alone. */
export function servingReplicas(component: ComponentState): number {
  return component.primary >= 0 ? 1 : component.replicas.length;
}

function componentFrame(component: ComponentState): ComponentFrame {
  const { replicas } = component;
  return {
    name: component.name,
    replicas: replicas.length,
    live: replicas.filter((replica) => replica.mode === Mode.Up).length,
    believed: replicas.filter((replica) => replica.believed).length,
    slots: component.slots * servingReplicas(component),
    busy: component.busy,
    hanging: component.hanging,
    queued: component.queued + component.backlog,
    slow: replicas.some((replica) => replica.slowFactor > 1 || replica.slowAdd > 0),
  };
}

function callFrame(call: CallState): CallFrame {
  const { id, inFlight, attempts, retries, succeeded, failed } = call;
  return { id, breaker: breakerState(call), inFlight, attempts, retries, succeeded, failed };
}

/** Of several breakers, one for each replica of the caller, the one that is furthest from closed. */
function breakerState(call: CallState): BreakerState {
  let state: BreakerState = 'none';
  for (const { breaker } of call.sides) {
    if (!breaker) return 'none';
    if (breaker.phase === BreakerPhase.Open) return 'open';
    if (breaker.phase === BreakerPhase.HalfOpen) state = 'half-open';
    else if (state === 'none') state = 'closed';
  }
  return state;
}

function changedSeconds(series: Series): JourneySecond[] {
  return series.changes().map((bucket) => {
    let failed = 0;
    for (let column = degradedColumn + 1; column < columns; column++) failed += series.endedAt(bucket, column);
    const p50 = series.quantile(bucket, 0.5) / nanoseconds;
    const p99 = series.quantile(bucket, 0.99) / nanoseconds;
    return {
      second: (bucket * series.width) / nanoseconds,
      offered: series.offeredAt(bucket),
      succeeded: series.endedAt(bucket, succeededColumn),
      degraded: series.endedAt(bucket, degradedColumn),
      failed,
      ...(Number.isNaN(p99) ? {} : { p50, p99 }),
    };
  });
}
