import type { OnPaper } from '../model/onPaper';
import type { ElementId } from '../model/origin';
import type { Scenario, Variant } from '../model/scenario';
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

/** What can be done about a mark. */
export interface MarkFix {
  /** What the shell knows it by, until it tells of other fixes. */
  readonly id: number;
  readonly title: string;
  /** It silences the mark instead of mending what it says; the shell asks for the reason. */
  readonly isIgnoring?: boolean;
}

/** A mark with its fixes, the best first. */
export interface FixableMark extends Mark {
  readonly fixes: readonly MarkFix[];
}

/** A scenario as plain JSON. */
export interface Story extends Omit<Scenario, 'clients'> {
  readonly clients?: readonly (readonly [journey: string, count: number])[];
}

/** What is asked of many runs, beside a run that is watched. */
export type Question = 'game-day' | 'compare' | 'tipping';

/** From the shell to the map. */
export type ToMap =
  | { readonly type: 'model'; readonly model: MapModel }
  | { readonly type: 'select'; readonly element: ElementId | null }
  | { readonly type: 'play'; readonly scenario: string }
  /** Open the page of a question. */
  | { readonly type: 'question'; readonly question: Question }
  /** The answer to `on-paper`. */
  | { readonly type: 'on-paper'; readonly asked: number; readonly onPaper: OnPaper }
  /** The answer to `peek`. */
  | { readonly type: 'fixes'; readonly elements: readonly ElementId[]; readonly marks: readonly FixableMark[] };

/** From the map to the shell. */
export type FromMap =
  | { readonly type: 'ready' }
  | { readonly type: 'reveal'; readonly element: ElementId }
  | { readonly type: 'failed'; readonly message: string }
  /** What can be done about the findings on these elements? */
  | { readonly type: 'peek'; readonly elements: readonly ElementId[] }
  | { readonly type: 'fix'; readonly id: number }
  /** What becomes of each journey of this variant without each thing? `asked` comes back with the answer. */
  | { readonly type: 'on-paper'; readonly variant: Variant; readonly asked: number }
  /** Write into the text what was done by hand. The shell asks for a name. */
  | { readonly type: 'save-scenario'; readonly story: Story }
  /** Keep a picture of the map: the text of an SVG, or a PNG in base 64. */
  | { readonly type: 'save-picture'; readonly format: 'svg' | 'png'; readonly content: string };
