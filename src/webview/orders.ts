import type { Fault, FaultTarget, Scenario, Variant } from '../model/scenario';
import type { Packed } from '../model/transfer';
import type { Seconds } from '../model/units';
import type { GameDay, GameDaySetting } from '../simulation/gameDay';
import type { TippingCell, TippingPoint } from '../simulation/tippingPoint';
import type { Side } from './questions/bands';
import type { Taken } from './recorder';

/** Something that takes many runs to answer. */
export type Asked =
  | { readonly kind: 'game-day'; readonly setting: GameDaySetting }
  | { readonly kind: 'compare'; readonly setting: CompareSetting }
  | { readonly kind: 'tipping'; readonly setting: TippingQuestion };

/** The same story in several variants, each with the same seeds. */
export interface CompareSetting {
  readonly scenario: Scenario;
  readonly variants: readonly Variant[];
  readonly duration: Seconds;
  readonly seed: number;
  readonly runs: number;
}

export interface TippingQuestion {
  readonly target: FaultTarget;
  /** Of the picture; up to which load an outage of the usual length is survived is asked of all variants. */
  readonly variant: Variant;
  readonly seed: number;
  /** How many seeds. */
  readonly runs: number;
}

export type Answered =
  | { readonly kind: 'game-day'; readonly day: GameDay }
  | { readonly kind: 'compare'; readonly setting: CompareSetting; readonly sides: readonly Side[] }
  | { readonly kind: 'tipping'; readonly question: TippingQuestion; readonly cells: readonly TippingCell[]; readonly point: TippingPoint };

/** A fault that somebody caused by hand. */
export interface Action {
  readonly at: Seconds;
  readonly fault: Fault;
}

/** What the map asks of the simulation's thread. `run` tells runs apart, so that a late frame of an old one is dropped. */
export type Order =
  /** The bundle of the language that is spoken; before anything else. */
  | { readonly type: 'words'; readonly contents: string }
  | {
      readonly type: 'load';
      readonly run: number;
      readonly packed: Packed;
      /** All that are played in step, on the same traffic. */
      readonly variants: readonly Variant[];
      readonly seed: number;
      readonly scenario?: string;
      readonly actions: readonly Action[];
      /** Simulated at once up to here. */
      readonly until: Seconds;
    }
  | { readonly type: 'pace'; readonly speed: number }
  | { readonly type: 'act'; readonly fault: Fault }
  | { readonly type: 'drawn' }
  /** `run` counts the questions: a new one ends the one before. */
  | { readonly type: 'ask'; readonly run: number; readonly packed: Packed; readonly asked: Asked }
  | { readonly type: 'stop' };

/** What the simulation's thread answers. */
export type Answer =
  /** The runs stand: the system as each variant has it. */
  | { readonly type: 'loaded'; readonly run: number; readonly packed: readonly Packed[] }
  /** How each of them stands, in the order of the variants. */
  | { readonly type: 'frame'; readonly run: number; readonly taken: readonly Taken[]; readonly ended: boolean }
  | { readonly type: 'acted'; readonly run: number; readonly action: Action; readonly refusal?: string }
  | { readonly type: 'refused'; readonly run: number; readonly reason: string }
  | { readonly type: 'progress'; readonly run: number; readonly done: number; readonly asked: number }
  | { readonly type: 'answered'; readonly run: number; readonly answered: Answered };
