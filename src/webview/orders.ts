import type { Fault, Variant } from '../model/scenario';
import type { Packed } from '../model/transfer';
import type { Seconds } from '../model/units';
import type { Frame } from '../simulation/frame';

/** A fault that somebody caused by hand. */
export interface Action {
  readonly at: Seconds;
  readonly fault: Fault;
}

/** What the map asks of the simulation's thread. `run` tells runs apart, so that a late frame of an old one is dropped. */
export type Order =
  | {
      readonly type: 'load';
      readonly run: number;
      readonly packed: Packed;
      readonly variant: Variant;
      readonly seed: number;
      readonly scenario?: string;
      readonly actions: readonly Action[];
      /** Simulated at once up to here. */
      readonly until: Seconds;
    }
  | { readonly type: 'pace'; readonly speed: number }
  | { readonly type: 'act'; readonly fault: Fault }
  | { readonly type: 'drawn' };

/** What the simulation's thread answers. */
export type Answer =
  /** The run stands: the system as its variant has it. */
  | { readonly type: 'loaded'; readonly run: number; readonly packed: Packed }
  | { readonly type: 'frame'; readonly run: number; readonly frame: Frame; readonly ended: boolean }
  | { readonly type: 'acted'; readonly run: number; readonly action: Action; readonly refusal?: string }
  | { readonly type: 'refused'; readonly run: number; readonly reason: string };
