import * as l10n from '@vscode/l10n';
import { countText } from '../../model/words';
import { offersFor } from '../../rules/offers';
import { rules } from '../../rules/registry';
import { type Finding, severities } from '../../rules/rule';
import type { SystemView } from '../view';
import type { Block } from './blocks';

/** A finding with where it stands, for people: lines and columns count from 1. */
export interface ReportFinding extends Pick<Finding, 'rule' | 'severity' | 'message' | 'subject'> {
  /** As the reader knows it. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** What can be done about it, the best first. */
  readonly fixes: readonly string[];
}

/** The findings of a system, the loudest first. @param shown how the reader knows a file */
export function* reportFindings(
  view: SystemView,
  shown: (file: string) => string,
): Generator<undefined, readonly ReportFinding[], undefined> {
  const found: ReportFinding[] = [];
  for (const finding of view.findings) {
    const { rule, severity, message, subject, place } = finding;
    const start = view.range(place.file, place.span)?.start ?? { line: 0, character: 0 };
    const fixes = offersFor(finding, view).map(({ title }) => title);
    found.push({ rule, severity, message, subject, file: shown(place.file), line: start.line + 1, column: start.character + 1, fixes });
    yield;
  }
  const loudness = ({ severity }: ReportFinding) => severities.indexOf(severity);
  return found.sort((a, b) => loudness(a) - loudness(b) || (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line));
}

/** `2 errors, 1 warning`: how many there are of each severity; undefined for none. */
export function findingCounts(findings: readonly Pick<Finding, 'severity'>[]): string | undefined {
  const of = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const counts = [
    [of('error'), l10n.t('1 error'), l10n.t('{0} errors', of('error'))],
    [of('warning'), l10n.t('1 warning'), l10n.t('{0} warnings', of('warning'))],
    [of('info'), l10n.t('1 note'), l10n.t('{0} notes', of('info'))],
    [of('hint'), l10n.t('1 hint'), l10n.t('{0} hints', of('hint'))],
  ] as const;
  const texts = counts.filter(([count]) => count > 0).map(([count, one, many]) => countText(count, one, many));
  return texts.length === 0 ? undefined : texts.join(', ');
}

function severityText(severity: Finding['severity']): string {
  switch (severity) {
    case 'error':
      return l10n.t('error');
    case 'warning':
      return l10n.t('warning');
    case 'info':
      return l10n.t('note');
    case 'hint':
      return l10n.t('hint');
  }
}

/** Every finding, the loudest first. */
export function findingBlocks(findings: readonly ReportFinding[]): readonly Block[] {
  const heading: Block = { kind: 'heading', level: 2, text: l10n.t('Findings') };
  const counts = findingCounts(findings);
  if (counts === undefined) return [heading, { kind: 'line', text: l10n.t('Nothing was found.') }];
  return [
    heading,
    { kind: 'line', text: counts },
    {
      kind: 'table',
      columns: [l10n.t('severity'), l10n.t('finding'), l10n.t('what to do'), l10n.t('where'), l10n.t('rule')],
      rows: findings.map(({ severity, message, file, line, rule, fixes }) => [
        { text: severityText(severity), mood: severity },
        message,
        fixes[0] ?? '–',
        { text: `${file}:${line}`, code: true },
        { text: rule, code: true },
      ]),
    },
  ];
}

/** What the rules that found something look for. */
export function ruleBlocks(findings: readonly Pick<Finding, 'rule'>[]): readonly Block[] {
  const met = new Set(findings.map(({ rule }) => rule));
  const rows = rules
    .filter(({ id }) => met.has(id))
    .map(({ id, summary }) => [{ text: id, code: true } as const, summary.replaceAll('`', '')]);
  if (rows.length === 0) return [];
  return [
    { kind: 'heading', level: 2, text: l10n.t('The rules that found something') },
    { kind: 'table', columns: [l10n.t('rule'), l10n.t('reports')], rows },
  ];
}
