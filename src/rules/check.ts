import type { SystemFigures } from '../analysis/figures';
import { finish, type Steps } from '../model/steps';
import type { LinkedSystem } from '../workspace/linked';
import { knownSteps } from './known';
import { comparePlaces } from './places';
import { rules } from './registry';
import type { Finding, Report, Rule, RuleSettings, Severity } from './rule';
import { suppress } from './suppressions';

export interface CheckResult {
  /** Those to show: sorted by file, position and rule. */
  readonly findings: readonly Finding[];
  /** How many an ignore comment silences. */
  readonly suppressed: number;
  /** Those, sorted the same way, for a report without suppressions. */
  readonly silenced: readonly Finding[];
}

/**
 * Reviews a linked system with all rules that are not off.
 *
 * @param today YYYY-MM-DD, against which the dates of ignore comments are held
 * @param read the text of a file of the system
 */
export function check(
  linked: LinkedSystem,
  figures: SystemFigures,
  settings: RuleSettings,
  today: string,
  read: (file: string) => string | undefined,
): CheckResult {
  return finish(checkSteps(linked, figures, settings, today, read));
}

/** Reports of one rule between two pauses. */
const atOnce = 20;

/** The same as {@link check} in small steps. */
export function* checkSteps(
  linked: LinkedSystem,
  figures: SystemFigures,
  settings: RuleSettings,
  today: string,
  read: (file: string) => string | undefined,
): Steps<CheckResult> {
  const all: Finding[] = [];
  yield* knownSteps(linked.system);
  for (const rule of rules) {
    if (severityOf(rule, settings) === 'off') continue;
    let reports = 0;
    for (const report of rule.check({ linked, figures, today, read })) {
      all.push(...findingOf(rule, report, settings));
      if (++reports % atOnce === 0) yield;
    }
    yield;
  }
  const known = new Set(rules.map(({ id }) => id));
  const active = new Set(rules.filter((rule) => severityOf(rule, settings) !== 'off').map(({ id }) => id));
  const { kept, silenced, stale } = suppress(distinct(all), linked, today, read, known, active);
  const aboutIgnores = rules
    .filter(({ id }) => id === 'stale-suppression')
    .flatMap((rule) => stale.flatMap((report) => findingOf(rule, report, settings)));
  return { findings: distinct([...kept, ...aboutIgnores]), suppressed: silenced.length, silenced };
}

export function severityOf(rule: Rule, settings: RuleSettings): Severity {
  return settings.get(rule.id) ?? rule.severity;
}

/** What rests on an assumption is never louder than information, and a hint stays one. */
function findingOf(rule: Rule, report: Report, settings: RuleSettings): readonly Finding[] {
  const severity = severityOf(rule, settings);
  if (severity === 'off') return [];
  if (report.hint) return [{ ...report, rule: rule.id, severity: 'hint' }];
  const quiet = report.assumed && (severity === 'error' || severity === 'warning');
  return [{ ...report, rule: rule.id, severity: quiet ? 'info' : severity }];
}

/** Sorted, each once. */
function distinct(findings: readonly Finding[]): readonly Finding[] {
  const sorted = [...findings].sort(
    (a, b) => comparePlaces(a.place, b.place) || compareText(a.rule, b.rule) || compareText(a.message, b.message),
  );
  return sorted.filter((finding, i) => {
    const before = sorted[i - 1];
    return (
      !before || before.rule !== finding.rule || before.message !== finding.message || comparePlaces(before.place, finding.place) !== 0
    );
  });
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
