import { shown } from '../disk';
import { type Findings, type Row, type Silenced, severityOrder } from '../findings';
import type { Options } from '../options';

/** One test case of a report. */
interface Case {
  readonly name: string;
  readonly line?: number;
  /** What stands inside of the element, as XML; a case without is one that holds. */
  readonly outcome?: { readonly kind: 'failure' | 'skipped' | 'noted'; readonly xml: string };
}

/**
 * The findings as a JUnit report: a suite for each file, a case for each finding. Those from `--fail-on` on have failed,
 * the others hold and say what they have to say as output, silenced ones are skipped. A file without any is one case
 * that holds, so that a clean run is not an empty report.
 */
export function checkJunit(found: Findings, options: Pick<Options, 'failOn'>): string {
  const files = new Map<string, Case[]>();
  const asked = found.loaded.systems.flatMap((linked) => linked.files).filter((file) => found.loaded.isAsked(file));
  for (const file of asked.map(shown).sort()) files.set(file, []);
  const add = (file: string, one: Case): void => {
    const list = files.get(file);
    if (list) list.push(one);
    else files.set(file, [one]);
  };
  for (const row of found.rows) add(row.file, caseOf(row, options));
  for (const silenced of found.silenced) add(silenced.row.file, skippedOf(silenced));
  const suites = [...files].map(([file, cases]) => suiteOf(file, cases.length > 0 ? cases : [{ name: 'nothing found' }]));
  const all = [...files.values()].flatMap((cases) => (cases.length > 0 ? cases : [{ name: 'nothing found' }]));
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="faultline check" ${countsOf(all)}>`,
    ...suites,
    '</testsuites>',
  ].join('\n');
}

function suiteOf(file: string, cases: readonly Case[]): string {
  const lines = cases.map(({ name, line, outcome }) => {
    const at = line === undefined ? '' : ` line="${line}"`;
    const head = `    <testcase name="${attribute(name)}" classname="${attribute(file)}" file="${attribute(file)}"${at} time="0"`;
    return outcome ? `${head}>${outcome.xml}</testcase>` : `${head}/>`;
  });
  return [`  <testsuite name="${attribute(file)}" ${countsOf(cases)}>`, ...lines, '  </testsuite>'].join('\n');
}

function countsOf(cases: readonly Case[]): string {
  const count = (kind: 'failure' | 'skipped') => cases.filter(({ outcome }) => outcome?.kind === kind).length;
  return `tests="${cases.length}" failures="${count('failure')}" errors="0" skipped="${count('skipped')}" time="0"`;
}

function caseOf(row: Row, { failOn }: Pick<Options, 'failOn'>): Case {
  const { rule, severity, message, line } = row;
  const text = content(`${placeText(row)}: ${severity}: ${message}`);
  const fails = severityOrder.indexOf(severity) <= severityOrder.indexOf(failOn);
  const xml = fails
    ? `<failure type="${attribute(rule)}" message="${attribute(message)}">${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return { name: nameOf(row), line, outcome: { kind: fails ? 'failure' : 'noted', xml } };
}

function skippedOf({ row, reason }: Silenced): Case {
  return { name: nameOf(row), line: row.line, outcome: { kind: 'skipped', xml: `<skipped message="${attribute(reason)}"/>` } };
}

/** Unlike the message it stays the same while figures move, so that a report can be compared with the last one. */
function nameOf({ rule, subject, line, column }: Row): string {
  return `${rule}: ${subject} (${line}:${column})`;
}

function placeText({ file, line, column }: Row): string {
  return `${file}:${line}:${column}`;
}

/** Characters that XML 1.0 has no way to write at all. */
const unwritable = /[^\t\n\r\P{Cc}]|\p{Cs}|[\ufffe\uffff]/gu;

function content(text: string): string {
  return text
    .replace(unwritable, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

/** In an attribute, line ends and tabs would be read as spaces. */
function attribute(text: string): string {
  return content(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;');
}
