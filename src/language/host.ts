import type { Place } from '../model/text';
import type { Severity } from '../rules/rule';
import type { ScenarioVerdict } from '../simulation/scenarios';
import type { LinkedSystem } from '../workspace/linked';

/** What the language features need from whoever runs them: an editor, a server or a test. */
export interface LanguageHost {
  /** The address under which the client knows a file. */
  uri(path: string): string;
  /** The text of a file at the version that the system was linked from. */
  text(path: string): string | undefined;
  /** The page that explains a rule, where there is one to open. */
  rulePage(rule: string): string | undefined;
  /** Severities that somebody set, by rule, for the files of a folder. */
  severities(folder: string): ReadonlyMap<string, Severity>;
  /** Today as YYYY-MM-DD, so that suppressions can end. */
  today(): string;
  /** Told of a bug that one feature survived, with what was being done. */
  failed(doing: string, error: unknown): void;
  /** What the map is opened with. Without it no code lens leads there. */
  readonly openMapCommand?: string;
  /** Runs scenarios as tests, and knows what came of them. Without it no code lens offers that. */
  readonly scenarios?: ScenarioTests;
}

export interface ScenarioTests {
  readonly runCommand: string;
  /** Shows what came of the last run. */
  readonly resultsCommand: string;
  /** What came of a scenario when it ran last; undefined where it has not run. */
  outcome(linked: LinkedSystem, scenario: string): KnownOutcome | undefined;
}

export interface KnownOutcome {
  readonly verdict: ScenarioVerdict;
  /** Whether something that it rests on has changed since. */
  readonly isStale: boolean;
}

/** Arguments of the command that runs a scenario. */
export interface RunScenarioArguments {
  /** The address of a file of the system. */
  readonly uri: string;
  readonly system: string;
  readonly scenario: string;
}

/** Arguments of the command that opens the map. */
export interface OpenMapArguments {
  /** The address of a file of the system. */
  readonly uri: string;
  readonly system: string;
  /** Selected on the map when it opens. */
  readonly element?: string;
}

/** The same stretch of the same file. */
export function samePlace(a: Place, b: Place): boolean {
  return a.file === b.file && a.span.start === b.span.start && a.span.end === b.span.end;
}
