import { BreakerPhase } from './breaker';
import type { Core } from './core';
import {
  type BreakerState,
  type CallFrame,
  type CallZoneFrame,
  type ComponentFrame,
  type Frame,
  type JourneySecond,
  worse,
  type ZoneFrame,
} from './frame';
import { columns, degradedColumn, nanoseconds, succeededColumn } from './outcome';
import type { Series } from './series';
import { type CallerSide, type CallState, type ComponentState, Mode, type ReplicaState } from './state';

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
    slow: replicas.some(isSlow),
    ...(isSpread(component) ? { zones: zoneFrames(component) } : {}),
  };
}

function isSlow({ slowFactor, slowAdd }: ReplicaState): boolean {
  return slowFactor > 1 || slowAdd > 0;
}

function isSpread({ replicas }: ComponentState): boolean {
  const zone = replicas[0]?.zone;
  return replicas.some((replica) => replica.zone !== zone);
}

/** In the order in which the replicas are dealt. What waits for a component as a whole waits where it serves first. */
function zoneFrames(component: ComponentState): readonly ZoneFrame[] {
  const { replicas, primary } = component;
  const zones = new Map<string, { -readonly [Key in keyof ZoneFrame]: ZoneFrame[Key] }>();
  for (const replica of replicas) {
    const zone = replica.zone ?? '';
    let frame = zones.get(zone);
    if (!frame) {
      frame = { zone, replicas: 0, live: 0, slots: 0, busy: 0, hanging: 0, queued: 0, slow: false };
      zones.set(zone, frame);
    }
    frame.replicas++;
    if (replica.mode === Mode.Up) frame.live++;
    if (primary < 0 || primary === replica.index) frame.slots += component.slots;
    if (replica.index === Math.max(0, primary)) frame.queued += component.backlog;
    frame.busy += replica.busy;
    frame.hanging += replica.hanging;
    frame.queued += replica.queued;
    frame.slow ||= isSlow(replica);
  }
  return [...zones.values()];
}

function callFrame(call: CallState): CallFrame {
  const { id, inFlight, attempts, retries, succeeded, failed, sides } = call;
  let breaker: BreakerState = 'none';
  for (const side of sides) breaker = worse(breaker, breakerState(side));
  return { id, breaker, inFlight, attempts, retries, succeeded, failed, ...(isSpread(call.from) ? { zones: callZoneFrames(call) } : {}) };
}

/** In the order in which the caller's replicas are dealt. */
function callZoneFrames({ sides }: CallState): readonly CallZoneFrame[] {
  const zones = new Map<string, { -readonly [Key in keyof CallZoneFrame]: CallZoneFrame[Key] }>();
  for (const side of sides) {
    const zone = side.replica.zone ?? '';
    let frame = zones.get(zone);
    if (!frame) {
      frame = { zone, breaker: 'none', attempts: 0, retries: 0, failed: 0 };
      zones.set(zone, frame);
    }
    frame.breaker = worse(frame.breaker, breakerState(side));
    frame.attempts += side.attempts;
    frame.retries += side.retries;
    frame.failed += side.failed;
  }
  return [...zones.values()];
}

function breakerState({ breaker }: CallerSide): BreakerState {
  switch (breaker?.phase) {
    case undefined:
      return 'none';
    case BreakerPhase.Closed:
      return 'closed';
    case BreakerPhase.HalfOpen:
      return 'half-open';
    case BreakerPhase.Open:
      return 'open';
  }
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
