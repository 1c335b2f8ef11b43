import type { Block, Cell } from '../../language/report/blocks';
import { unknownText } from '../../language/scenarios/failures';
import { journeysTable, shareText } from '../../language/scenarios/journeys';
import { countText, secondsText } from '../../model/words';
import { measuredText } from '../../simulation/expectations';
import type { JourneySummary, SeedsSummary } from '../../simulation/seeds';
import type { Interval } from '../../simulation/statistics';
import type { Checked, Group } from './scenarios';

/** What came of the scenarios; of several seeds what they say together. */
export function scenariosDocument(groups: readonly Group[]): readonly Block[] {
  const all = groups.flatMap(({ rows }) => rows.flatMap(({ expectations }) => expectations));
  const held = all.filter(({ holds }) => holds).length;
  const count = groups.reduce((sum, { rows }) => sum + rows.length, 0);
  const runs = countText(count, '1 run', `${count} runs`);
  const expectations = countText(all.length, '1 expectation', `${all.length} expectations`);
  return [...groups.flatMap(groupBlocks), { kind: 'heading', level: 1, text: `${runs}: ${held} of ${expectations} hold` }];
}

function groupBlocks({ system, scenario, variant, rows, summary }: Group): readonly Block[] {
  const [first] = rows;
  const last = rows.at(-1);
  if (!first || !last) return [];
  const seeds = rows.length > 1 ? `seeds ${first.seed} to ${last.seed}` : `seed ${first.seed}`;
  const stopped = rows.flatMap((row) => row.stopped ?? []);
  return [
    { kind: 'heading', level: 1, text: `${system}: ${scenario} (${variant}, ${seeds}, ${secondsText(first.durationSeconds)})` },
    rows.length > 1 ? summaryTable(summary) : { kind: 'table', ...journeysTable(first) },
    ...(rows.length > 1 ? collapseBlocks(summary) : []),
    ...(stopped[0] === undefined ? [] : [{ kind: 'line', text: stoppedText(stopped[0], stopped.length, rows.length) } as const]),
    ...expectationsTable(first.expectations, rows.length),
  ];
}

function stoppedText(reason: string, count: number, of: number): string {
  return of > 1 ? `${reason} (${count} of ${of} runs)` : reason;
}

function summaryTable({ journeys }: SeedsSummary): Block {
  const row = ([name, { offered, success, failed, p99 }]: [string, JourneySummary]) => [
    name,
    intervalText(offered, rounded),
    success ? intervalText(success, shareText) : '–',
    intervalText(failed, rounded),
    p99 ? intervalText(p99, secondsText) : '–',
  ];
  return {
    kind: 'table',
    columns: [
      'journey, mean of all runs',
      { head: 'requests', figures: true },
      { head: 'answered', figures: true },
      { head: 'failed', figures: true },
      { head: 'p99', figures: true },
    ],
    rows: [...journeys].map(row),
  };
}

/** `99.2% (98.9% to 99.5%)`: a mean and its 95% confidence interval. */
function intervalText({ mean, low, high }: Interval, text: (value: number) => string): string {
  const middle = text(mean);
  if (low === null || high === null) return middle;
  const range = rangeText(text(Math.max(0, low)), text(high));
  return range === middle ? middle : `${middle} (${range})`;
}

/** The two ends, or the one where they read the same. */
function rangeText(low: string, high: string): string {
  return low === high ? low : `${low} to ${high}`;
}

function rounded(value: number): string {
  return String(Number(value.toFixed(value < 100 ? 1 : 0)));
}

function collapseBlocks({ collapses }: SeedsSummary): readonly Block[] {
  if (!collapses) return [];
  const { runs, of, low, high, journeys } = collapses;
  const bounds = `between ${Math.round(low * 100)}% and ${Math.round(high * 100)}% of all seeds`;
  const which = [...journeys].map(([name, count]) => `${name} in ${count}`).join(', ');
  return [{ kind: 'line', label: 'Collapses', text: `in ${runs} of ${of} seeds (${bounds})${which === '' ? '' : `: ${which}`}` }];
}

function expectationsTable(expectations: readonly Checked[], runs: number): readonly Block[] {
  if (expectations.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: ['expectation', { head: runs > 1 ? 'measured, all seeds' : 'measured', figures: true }, '', 'where'],
      rows: expectations.map((expectation) => [
        expectation.text,
        foundText(expectation),
        verdict(expectation),
        expectation.file === undefined ? '–' : `${expectation.file}:${expectation.line}`,
      ]),
    },
  ];
}

/** What was measured, the lowest to the highest of several seeds. One that never recovers is the highest. */
function foundText({ expectation, each }: Checked): string {
  const known = each.filter((measured) => measured !== null).sort((a, b) => a - b);
  const [low, high] = [known[0], known.at(-1)];
  const unknown = unknownText({ expectation });
  if (low === undefined || high === undefined) return unknown;
  const isEver = expectation.recoversWithin === undefined || known.length === each.length;
  return rangeText(measuredText(expectation, low), isEver ? measuredText(expectation, high) : unknown);
}

function verdict({ holds, summary }: Checked): Cell {
  if (!summary) return holds ? { text: 'holds', mood: 'good' } : { text: 'fails', mood: 'bad' };
  const text = `holds in ${summary.holds} of ${summary.of}`;
  return { text, mood: summary.holds === summary.of ? 'good' : 'bad' };
}
