import { elementId, keyPlace } from '../model/origin';
import type { Scenario, Variant } from '../model/scenario';
import { LineIndex } from '../model/text';
import { countText, secondsText } from '../model/words';
import type { ExpectationResult } from '../simulation/expectations';
import type { RunResult } from '../simulation/result';
import { runScenario } from '../simulation/run';
import type { LinkedSystem } from '../workspace/linked';
import { shown } from './check';
import { scenarioOfKills, seconds } from './kill';
import { type Options, UsageError } from './options';
import { type Paint, painter, table } from './print';
import { type Loaded, loadSystems } from './systems';

/** An expectation with where it stands and, over several seeds, how often it held. */
interface Checked extends Omit<ExpectationResult, 'index'> {
  readonly file?: string;
  readonly line?: number;
  readonly summary?: { readonly holds: number; readonly of: number; readonly low: number | null; readonly high: number | null };
}

type Row = Omit<RunResult, 'expectations'> & { readonly expectations: readonly Checked[] };

/** `faultline simulate`: runs scenarios; 1 when an expectation fails in some run. */
export function runSimulate(options: Options): { readonly text: string; readonly status: number } {
  const loaded = loadSystems(options);
  const rows = loaded.systems.flatMap((linked) =>
    scenariosOf(linked, options).flatMap((scenario) => rowsOf(linked, scenario, options, loaded)),
  );
  if (rows.length === 0) throw new UsageError(nothingToRun(options, loaded));
  const fails = rows.some(({ expectations }) => expectations.some(({ holds }) => !holds));
  const text = options.format === 'json' ? JSON.stringify({ version: 1, runs: rows }, null, 2) : human(rows, painter(options));
  return { text, status: fails ? 1 : 0 };
}

function scenariosOf({ system }: LinkedSystem, options: Options): readonly Scenario[] {
  if (options.kill.length > 0) return [scenarioOfKills(options.kill)];
  return [...system.scenarios.values()].filter(({ name }) => options.scenario === undefined || name === options.scenario);
}

function nothingToRun({ scenario, paths }: Options, { systems }: Loaded): string {
  const known = systems.flatMap(({ system }) => [...system.scenarios.keys()]);
  if (scenario === undefined) return `${paths.join(', ')}: no scenarios; make one up with --kill NAME@10s..40s`;
  return `no scenario is called ${scenario}${known.length > 0 ? `; there are ${known.join(', ')}` : ''}`;
}

/** The variants to run: the one asked for, else as written and every other one that an expectation names. */
function variantsOf({ expect }: Scenario, asked: Variant | undefined): readonly Variant[] {
  return asked === undefined ? [...new Set<Variant>(['written', ...expect.flatMap(({ variant }) => variant ?? [])])] : [asked];
}

function rowsOf(linked: LinkedSystem, scenario: Scenario, options: Options, loaded: Loaded): readonly Row[] {
  const duration = options.duration === undefined ? undefined : seconds('--duration', options.duration);
  const first = options.seed ?? scenario.seed ?? 1;
  return variantsOf(scenario, options.variant).flatMap((variant) => {
    const results = Array.from({ length: options.runs }, (_, i) => {
      const request = { system: linked.system, scenario, variant, seed: first + i };
      const run = runScenario(request, duration === undefined ? {} : { duration });
      if (!run.ok) throw new UsageError(`${linked.system.name}: ${run.reason}`);
      return run.result;
    });
    return results.map((result) => ({
      ...result,
      expectations: result.expectations.map((expectation) => checked(expectation, results, linked, scenario, loaded)),
    }));
  });
}

function checked(
  { index, ...expectation }: ExpectationResult,
  results: readonly RunResult[],
  linked: LinkedSystem,
  scenario: Scenario,
  loaded: Loaded,
): Checked {
  const place = keyPlace(linked.origins, elementId('scenario', scenario.name), `expect.${index}`);
  const where = place && {
    file: shown(place.file),
    line: new LineIndex(loaded.read(place.file) ?? '').positionAt(place.span.start).line + 1,
  };
  return { ...expectation, ...where, ...(results.length > 1 ? { summary: summaryOf(index, results) } : {}) };
}

function summaryOf(index: number, results: readonly RunResult[]): NonNullable<Checked['summary']> {
  const same = results.flatMap(({ expectations }) => expectations.filter((other) => other.index === index));
  const measured = same.flatMap((other) => other.measured ?? []);
  return {
    holds: same.filter(({ holds }) => holds).length,
    of: same.length,
    low: measured.length > 0 ? Math.min(...measured) : null,
    high: measured.length > 0 ? Math.max(...measured) : null,
  };
}

function human(rows: readonly Row[], paint: Paint): string {
  const blocks = rows.map((row) => {
    const lines = [
      `${paint('bold', `${row.system}: ${row.scenario}`)} (${row.variant}, seed ${row.seed}, ${secondsText(row.durationSeconds)})`,
    ];
    const journeys = Object.entries(row.journeys).map(([name, { offered, succeeded, degraded, failed, latency }]) => {
      const causes = Object.entries(failed).filter(([, count]) => count > 0);
      return [
        `  ${name}`,
        countText(offered, 'request'),
        offered > 0 ? `${(((succeeded + degraded) / offered) * 100).toFixed(1)}% ok` : '-',
        latency.p99 === null ? '-' : `p99 ${secondsText(latency.p99)}`,
        causes.map(([cause, count]) => `${count} ${cause}`).join(', '),
      ];
    });
    lines.push(table(journeys, [1, 2, 3]));
    if (row.stopped !== undefined) lines.push(`  ${paint('red', row.stopped)}`);
    for (const expectation of row.expectations) lines.push(`  ${verdict(expectation, paint)}`);
    return lines.join('\n');
  });
  const all = rows.flatMap(({ expectations }) => expectations);
  const held = all.filter(({ holds }) => holds).length;
  return [...blocks, `${countText(rows.length, 'run')}: ${held} of ${countText(all.length, 'expectation')} hold`].join('\n\n');
}

function verdict({ text, measured, holds, summary, file, line }: Checked, paint: Paint): string {
  const mark = holds ? paint('green', 'holds') : paint('red', 'fails');
  const value = measured === null ? 'nothing to measure' : `measured ${Number(measured.toPrecision(4))}`;
  const over = summary ? `, holds in ${summary.holds} of ${summary.of}` : '';
  const where = file === undefined ? '' : paint('dim', ` ${file}:${line}`);
  return `${mark}  ${text} (${value}${over})${where}`;
}
