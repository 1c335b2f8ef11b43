import type { SystemFigures } from '../analysis/figures';
import type { RelatedPlace, Suggestion } from '../model/problem';
import type { Place } from '../model/text';
import type { Remedy } from '../remedies/change';
import type { LinkedSystem } from '../workspace/linked';

export const severities = ['error', 'warning', 'info', 'hint', 'off'] as const;
export type Severity = (typeof severities)[number];

export type Category = 'Redundancy' | 'Calls' | 'Objectives' | 'Recovery' | 'Model';

/** The severity of each rule by its id; a rule that is not in it keeps its own. */
export type RuleSettings = ReadonlyMap<string, Severity>;

/** What a rule has to say about one place. */
export interface Report {
  readonly message: string;
  readonly place: Place;
  /** A component, zone, region, journey or scenario by name, or `from -> to`. */
  readonly subject: string;
  readonly related?: readonly RelatedPlace[];
  /** Rests on a number nobody wrote, or on a journey nobody declared: at most `info`. */
  readonly assumed?: boolean;
  /** Worth a thought, and no more: at most `hint`. */
  readonly hint?: boolean;
  /** Corrections of the text itself (did-you-mean, units), where the rule is about the text. */
  readonly suggestions?: readonly Suggestion[];
}

/** A report with its rule and the severity in force. */
export interface Finding extends Report {
  readonly rule: string;
  readonly severity: Exclude<Severity, 'off'>;
}

export interface RuleContext {
  readonly linked: LinkedSystem;
  readonly figures: SystemFigures;
  /** YYYY-MM-DD; where it is not known, nothing is too long ago. */
  readonly today?: string;
  /** The text of a file of the system, for corrections of the text. */
  readonly read?: (file: string) => string | undefined;
}

/** One rule: one file, one line in `registry.ts`, one page in `docs/rules/`. */
export interface Rule {
  readonly id: string;
  readonly category: Category;
  readonly severity: Severity;
  /** One sentence, for settings, the documentation's index and the command line's list. */
  readonly summary: string;
  check(context: RuleContext): Iterable<Report>;
  /** What can be done, computed only when somebody asks. */
  fixes?(report: Report, context: RuleContext): readonly Remedy[];
}
