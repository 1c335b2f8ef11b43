import process from 'node:process';
import type { Block, Cell, Column } from '../language/report/blocks';
import { asMarkdown } from '../language/report/markdown';
import type { Quantity, ValidationCase, ValidationFamily } from '../validation/case';
import { validationSet } from '../validation/registry';
import { confidence, type Effort, runsOf, type Verdict, validate } from '../validation/validate';
import { asText } from './blocks';
import type { Options } from './options';
import { painter } from './print';

interface Verified {
  readonly family: ValidationFamily;
  readonly cases: readonly { readonly subject: ValidationCase; readonly runs: number; readonly verdicts: readonly Verdict[] }[];
}

/** `faultline verify`: the engine against theory on this machine; 1 when a figure is out of its bounds. */
export function runVerify(
  options: Options,
  set: readonly ValidationFamily[] = validationSet,
): { readonly text: string; readonly status: number } {
  const effort = { seed: options.seed ?? 1, times: options.runs };
  const done = verified(set, effort);
  const status = done.every(({ cases }) => cases.every(({ verdicts }) => verdicts.every(({ ok }) => ok))) ? 0 : 1;
  switch (options.format) {
    case 'json':
      return { text: JSON.stringify(jsonOf(done, effort), null, 2), status };
    case 'markdown':
      return { text: `${page(effort)}\n\n${asMarkdown(documentOf(done, effort, true))}\n`, status };
    default:
      return { text: asText(documentOf(done, effort, false), painter(options)), status };
  }
}

function verified(set: readonly ValidationFamily[], effort: Effort): readonly Verified[] {
  const total = set.reduce((sum, { cases }) => sum + cases.length, 0);
  let count = 0;
  const done = set.map((family) => ({
    family,
    cases: family.cases.map((subject) => {
      progress(`${++count} of ${total}: ${subject.name}`);
      return { subject, runs: runsOf(subject, effort), verdicts: validate(subject, effort) };
    }),
  }));
  progress('');
  return done;
}

/** One line that is written over and over, on a terminal only. */
function progress(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`);
}

function jsonOf(done: readonly Verified[], { seed }: Effort): object {
  const cases = done.flatMap(({ family, cases }) =>
    cases.flatMap(({ subject, runs, verdicts }) =>
      verdicts.map(({ quantity, theory, measured, half, ok }) => ({
        family: family.name,
        case: subject.name,
        quantity: quantity.name,
        unit: quantity.unit,
        source: subject.source,
        runs,
        theory,
        measured,
        low: measured - half,
        high: measured + half,
        bar: quantity.bar,
        ok,
      })),
    ),
  );
  return { version: 1, confidence, seed, cases };
}

function page({ seed, times }: Effort): string {
  const command = `faultline verify --format markdown${seed === 1 ? '' : ` --seed ${seed}`}${times === 1 ? '' : ` --runs ${times}`}`;
  return `# The engine against theory

This page is what \`${command}\` prints: the simulation's engine is run in settings of which
theory knows the outcome, and its figures are held against theory's. To make it again:

\`\`\`sh
npm run build
node dist/cli.js ${command.slice('faultline '.length)} --output docs/validation.md
\`\`\`

A run is the same wherever it is made, so you get these figures to the last digit. \`--seed 1001\` takes other random
numbers, \`--runs 4\` four times as many runs. Exit status 0 says that all figures are within their bounds.

Every row is the mean of independent runs with the seeds from ${seed} on. *±* is half the ${confidence * 100}% confidence interval by
Student's distribution. A row is *ok* when the interval holds the theory and *±* is no more than the *bar*: an interval
that is too wide says nothing. Rows that count something exactly have no interval. Where runs that begin and end cannot
show exactly what theory says of endless ones, a distance that is named counts as agreement.

What theory says is computed by other code than the engine's: closed forms; counting; the analysis, where that is what is
compared; and for the back-off study a second program, whose own error is in *±*. There is no theory of how many orders
survive an outage with slower protections (a timeout of 2 s, a breaker that judges by a rate): it depends on queue and
outage, so the tests of the lab check their order, and only what follows from the rules stands here.`;
}

/** With all there is to say about each case, or as a table for a terminal. */
function documentOf(done: readonly Verified[], { seed }: Effort, whole: boolean): readonly Block[] {
  const all = done.flatMap(({ cases }) => cases.flatMap(({ verdicts }) => verdicts));
  const held = all.filter(({ ok }) => ok).length;
  const summary = `${held} of ${all.length} figures are within their bounds; seeds from ${seed} on, ${confidence * 100}% intervals`;
  const families = done.flatMap(({ family, cases }): readonly Block[] => [
    { kind: 'heading', level: 1, text: family.name },
    ...(whole ? [sources(cases)] : []),
    {
      kind: 'table',
      columns: head,
      rows: cases.flatMap(({ subject, verdicts }) => verdicts.map((verdict, i) => row(i === 0 ? subject.name : '', verdict))),
    },
  ]);
  return whole ? [{ kind: 'line', text: `${summary}.` }, ...families] : [...families, { kind: 'heading', level: 1, text: summary }];
}

const head: readonly Column[] = [
  'case',
  'figure',
  { head: 'theory', figures: true },
  { head: 'measured', figures: true },
  { head: '±', figures: true },
  { head: 'bar', figures: true },
  '',
];

function sources(cases: Verified['cases']): Block {
  return {
    kind: 'table',
    columns: ['case', 'theory', 'a run', { head: 'runs', figures: true }],
    rows: cases.map(({ subject, runs }) => [subject.name, subject.source, subject.setting, String(runs)]),
  };
}

function row(name: string, { quantity, theory, measured, half, ok }: Verdict): readonly Cell[] {
  const share = theory === 0 ? half : half / Math.abs(theory);
  return [
    name,
    quantity.name,
    amount(theory, half, quantity),
    amount(measured, half, quantity),
    half === 0 ? 'exact' : `${(share * 100).toFixed(share < 0.001 ? 3 : 1)}%`,
    bar(quantity),
    ok ? { text: 'ok', mood: 'good' } : { text: 'out of bounds', mood: 'bad' },
  ];
}

function bar({ bar: most, within = 0 }: Quantity): string {
  const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}%`;
  return within > 0 ? `${percent(most)}, or ${percent(within)} apart` : percent(most);
}

/** A figure to the place that the interval around what was measured says something of. @param half of the interval, as the figure */
function amount(value: number, half: number, { unit }: Quantity): string {
  switch (unit) {
    case 'seconds':
      return value < 1 ? `${digits(value * 1000, half * 1000)} ms` : `${digits(value, half)} s`;
    case 'share':
      return `${digits(value * 100, half * 100)}%`;
    case 'number':
      return digits(value, half);
  }
}

/** Two digits of the half interval, so that what lies apart by a part of it can be told apart; five digits in all at most. */
function digits(value: number, half: number): string {
  const places = half > 0 ? Math.min(100, Math.max(0, 1 - Math.floor(Math.log10(half)))) : 100;
  return String(Number(Number(value.toPrecision(5)).toFixed(places)));
}
