import type { Place, TextChange } from './text';

/** What a reader or the linker can report. Each is also the id of a rule, so that it has a page and a severity. */
export type ProblemRule = 'syntax' | 'unknown-key' | 'invalid-value' | 'unknown-reference' | 'duplicate-name' | 'stale-suppression';

/** One way out of a problem, as text to change. Safe ones may be applied without asking. */
export interface Suggestion {
  readonly title: string;
  readonly changes: readonly TextChange[];
  readonly safe: boolean;
}

/** Another place that helps to understand a problem or finding. */
export interface RelatedPlace {
  readonly place: Place;
  readonly message: string;
}

/** Something wrong with the text itself. Readers return these as values and never throw. */
export interface Problem {
  readonly rule: ProblemRule;
  readonly message: string;
  readonly place: Place;
  readonly suggestions?: readonly Suggestion[];
  readonly related?: readonly RelatedPlace[];
}
