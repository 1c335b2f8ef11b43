import type { ElementId } from '../model/origin';
import type { Packed } from '../model/transfer';

/** A finding as the map shows it. */
export interface Mark {
  readonly element: ElementId;
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
}

/** Texts that the shell computed for an element, ready to show: `99.95%`, `4.4 h/yr`. */
export interface Caption {
  readonly element: ElementId;
  /** One short line for a card or a journey's chip. */
  readonly text: string;
  /** The longer text for a tooltip. */
  readonly detail: string;
}

/** The system as the map shows it. `version` grows with every message. */
export interface MapModel {
  readonly version: number;
  readonly system: Packed;
  readonly marks: readonly Mark[];
  readonly captions: readonly Caption[];
  /** Set while the text is not sound and an older model is shown. */
  readonly note?: string;
}

/** From the shell to the map. */
export type ToMap =
  | { readonly type: 'model'; readonly model: MapModel }
  | { readonly type: 'select'; readonly element: ElementId | null }
  | { readonly type: 'play'; readonly scenario: string };

/** From the map to the shell. */
export type FromMap =
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly element: ElementId }
  | { readonly type: 'failed'; readonly message: string };
