import type { Seconds, Share } from './units';

/** What a fault hits. `replica` counts from 1. */
export type FaultTarget =
  | { readonly kind: 'component'; readonly name: string }
  | { readonly kind: 'replica'; readonly name: string; readonly replica: number }
  | { readonly kind: 'zone' | 'region' | 'sharedFate'; readonly name: string };

export type Fault =
  | { readonly kind: 'kill' | 'crash' | 'restore'; readonly target: FaultTarget }
  | { readonly kind: 'slow'; readonly target: FaultTarget; readonly factor?: number; readonly add?: Seconds }
  | { readonly kind: 'errors'; readonly target: FaultTarget; readonly share: Share }
  | { readonly kind: 'partition'; readonly sides: readonly [readonly string[], readonly string[]] }
  | { readonly kind: 'load'; readonly journey: string; readonly factor: number };

export interface ScenarioEvent {
  readonly at: Seconds;
  readonly fault: Fault;
}

export type Variant = 'written' | 'bare' | 'protected';
export const variants: readonly Variant[] = ['written', 'bare', 'protected'];

export type Measure = 'success' | 'degraded' | 'p50' | 'p99' | 'busy' | 'queue' | 'attempts' | 'duplicateEffects' | 'breakerOpened';

export interface Expectation {
  readonly subject: { readonly kind: 'journey' | 'component' | 'call'; readonly name: string };
  readonly measure: Measure;
  readonly comparison: 'at-least' | 'at-most' | 'below' | 'above';
  /** In the unit of the measure: a share from 0 to 1, seconds, or a count. */
  readonly bound: number;
  readonly from?: Seconds;
  readonly to?: Seconds;
  readonly variant?: Variant;
  readonly recoversWithin?: Seconds;
}

export interface Scenario {
  readonly name: string;
  readonly description?: string;
  readonly duration?: Seconds;
  readonly seed?: number;
  /** Closed-loop clients by journey. */
  readonly clients?: ReadonlyMap<string, number>;
  readonly think?: Seconds;
  readonly events: readonly ScenarioEvent[];
  readonly expect: readonly Expectation[];
}
