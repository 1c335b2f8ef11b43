import type { Call, CallPolicy } from './call';
import type { Component } from './component';
import type { Assumptions } from './defaults';
import type { Journey, Objectives } from './journey';
import type { Scenario } from './scenario';
import type { Availability, Seconds } from './units';

export interface Region {
  readonly name: string;
  readonly availability?: Availability;
}

export interface Zone {
  readonly name: string;
  readonly region?: string;
  readonly availability?: Availability;
}

/** Components that stop together for another reason than a zone. */
export interface SharedFate {
  readonly name: string;
  readonly availability?: Availability;
  readonly components: readonly string[];
}

/** What a team settled on for a system beside its text. What is left out is as usual. */
export interface SystemSettings {
  readonly assumptions?: Assumptions;
  /** The multiple of its normal load that retries may bring to a component that fails. */
  readonly amplificationLimit?: number;
  /** How long ago a restore may have been tried, in seconds. */
  readonly restoreAge?: Seconds;
}

/**
 * One whole system, linked: every name that a sound element uses is declared (zones and regions that were only
 * mentioned are there too, without figures). Maps, not objects: a component may be called `__proto__`.
 */
export interface System {
  readonly name: string;
  readonly objectives: Objectives;
  readonly regions: ReadonlyMap<string, Region>;
  readonly zones: ReadonlyMap<string, Zone>;
  readonly sharedFates: ReadonlyMap<string, SharedFate>;
  readonly components: ReadonlyMap<string, Component>;
  readonly policies: ReadonlyMap<string, CallPolicy>;
  readonly calls: readonly Call[];
  /** Declared journeys, or the implied ones where none is declared. */
  readonly journeys: ReadonlyMap<string, Journey>;
  readonly scenarios: ReadonlyMap<string, Scenario>;
  /** Part of the system, so that whatever is computed of it, or of a changed one, goes by them. */
  readonly settings?: SystemSettings;
}

export function emptySystem(name: string): System {
  return {
    name,
    objectives: {},
    regions: new Map(),
    zones: new Map(),
    sharedFates: new Map(),
    components: new Map(),
    policies: new Map(),
    calls: [],
    journeys: new Map(),
    scenarios: new Map(),
  };
}
