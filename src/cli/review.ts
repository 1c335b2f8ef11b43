import { analyse } from '../analysis/analyse';
import { type CheckResult, check } from '../rules/check';
import type { Finding, RuleContext, Severity } from '../rules/rule';
import type { LinkedSystem } from '../workspace/linked';
import type { Loaded } from './systems';

/** The findings of one system, with what they were found from. */
export interface Reviewed extends CheckResult {
  readonly context: RuleContext;
}

/** Reviews one system with its configuration. */
export function review(linked: LinkedSystem, loaded: Pick<Loaded, 'read' | 'configured'>): Reviewed {
  const today = new Date().toISOString().slice(0, 10);
  const severities = loaded.configured.of(linked.folder)?.severities ?? new Map<string, Severity>();
  const figures = analyse(linked.system);
  const result = check(linked, figures, severities, today, loaded.read);
  return { ...result, context: { linked, figures, today, read: loaded.read } };
}

/** The reason in the ignore comment that silences a finding on this line, counted from 0. */
export function reasonFor({ rule, place }: Finding, { ignores }: LinkedSystem, line: number): string {
  const silences = (ignore: LinkedSystem['ignores'][number]): boolean =>
    ignore.place.file === place.file && ignore.line === line && ignore.rules.includes(rule) && ignore.reason !== '';
  return ignores.find(silences)?.reason ?? '';
}
