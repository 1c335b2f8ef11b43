import { onPaperSteps } from '../../analysis/availability/onPaper';
import { pointText } from '../../language/figureText';
import { type Block, type Cell, more, shownRows } from '../../language/report/blocks';
import { shareText } from '../../language/scenarios/journeys';
import { splitOf, type Verdict, verdictsOnPaper } from '../../model/onPaper';
import { finish } from '../../model/steps';
import type { System } from '../../model/system';
import { secondsText } from '../../model/words';
import type { GameDay, GameDayCell, GameDayRow } from '../../simulation/gameDay';

/** What a journey does without one thing, by the structure alone and in the simulation. */
interface Compared extends Omit<GameDayCell, 'verdict'> {
  /** What the calls alone say, as if every wait ended. Absent for what the structure knows nothing of. */
  readonly structure?: Verdict;
  /** The same where a caller that waits for what does not answer stops too. */
  readonly ifHanging?: Verdict;
  /** Absent for a journey that is not simulated, or that nothing is known of. */
  readonly simulation?: Verdict;
}

export interface ComparedRow extends Omit<GameDayRow, 'cells'> {
  readonly cells: readonly Compared[];
}

/** A game day with what the structure alone says beside it. */
export interface ComparedGameDay extends Omit<GameDay, 'rows'> {
  readonly system: string;
  readonly journeys: readonly string[];
  readonly rows: readonly ComparedRow[];
}

/** Puts what the structure of the same variant says beside what the simulation measured. */
export function compare(system: System, day: GameDay): ComparedGameDay {
  const onPaper = finish(onPaperSteps(system, day.variant));
  const journeys = [...system.journeys.keys()];
  const rows = day.rows.map((row): ComparedRow => {
    const cells = new Map(row.cells.map((cell) => [cell.journey, cell]));
    return {
      ...row,
      cells: journeys.map((journey) => {
        const { verdict: simulation, ...cell } = cells.get(journey) ?? { journey, verdict: undefined };
        return {
          ...cell,
          ...verdictsOnPaper(onPaper, row.target, journey),
          ...(simulation ? { simulation } : {}),
        };
      }),
    };
  });
  return { ...day, system: system.name, journeys, rows };
}

function differs({ structure, simulation }: Compared): boolean {
  return structure !== undefined && simulation !== undefined && structure !== simulation;
}

export function gameDayDocument(day: ComparedGameDay): readonly Block[] {
  const { system, variant, seed, runs, from, to, duration, journeys, rows, notes } = day;
  const seeds = runs > 1 ? `seeds ${seed} to ${seed + runs - 1}` : `seed ${seed}`;
  const sorted = [...rows].sort((a, b) => weight(b) - weight(a));
  const stopped = rows.find((row) => row.stopped !== undefined)?.stopped;
  const simulated = new Set(rows.flatMap(({ cells }) => cells.filter(({ simulation }) => simulation).map(({ journey }) => journey)));
  const surprising = sorted.filter(({ cells }) => cells.some(differs));
  return [
    { kind: 'heading', level: 1, text: `${system}: game day (${variant}, ${seeds})` },
    {
      kind: 'line',
      text: `Each thing is killed at ${secondsText(from)} and back at ${secondsText(to)} of ${secondsText(duration)}. What is answered meanwhile, of all requests:`,
    },
    ...notes.map((text): Block => ({ kind: 'line', text })),
    ...(stopped === undefined ? [] : [{ kind: 'line', text: stopped } as const]),
    {
      kind: 'table',
      columns: ['without', ...journeys.map((name) => (simulated.has(name) ? name : `${name} (on paper)`))],
      rows: sorted.slice(0, shownRows).map((row) => [pointText(row.target), ...row.cells.map((cell) => cellText(cell, duration))]),
    },
    ...more(rows.length),
    ...surprises(surprising),
  ];
}

/** What hits most comes first. */
function weight({ cells }: ComparedRow): number {
  return cells.reduce((sum, cell) => sum + (cell.recovers === false ? 3 : 0) + severity(worstOf(cell)), 0);
}

/** The worst that came out with any of the seeds. */
function worstOf({ simulation, seeds }: Compared): Verdict | undefined {
  return splitOf(seeds)?.worst ?? simulation;
}

function severity(verdict: Verdict | undefined): number {
  return verdict === 'stops' ? 2 : verdict === 'degrades' ? 1 : 0;
}

function cellText(cell: Compared, duration: number): Cell {
  const { structure, simulation, success, recovers } = cell;
  if (simulation === undefined) return structure ?? '–';
  const certain = simulation === 'survives' || success === undefined ? simulation : `${simulation} (${shareText(success)})`;
  const measured = splitText(cell) ?? certain;
  const said = differs(cell) ? `${structure} on paper, ${measured}` : measured;
  const text = recovers === false ? `${said}, not back at ${secondsText(duration)}` : said;
  return worstOf(cell) === 'stops' || recovers === false ? { text, mood: 'bad' } : text;
}

/** `survives in 4 of 5, at worst stops`; undefined where all seeds say the same. */
function splitText({ seeds }: Compared): string | undefined {
  const split = splitOf(seeds);
  return split && `${split.best} in ${split.count} of ${split.of}, at worst ${split.worst}`;
}

/** The cells that are worth most: what no diagram shows. */
function surprises(rows: readonly ComparedRow[]): readonly Block[] {
  if (rows.length === 0) return [];
  const items = rows.slice(0, shownRows).map(({ target, cells, firstSign }) => {
    const which = cells.filter(differs).map((cell) => {
      const { journey, structure, simulation, ifHanging } = cell;
      const why = ifHanging === simulation ? ', for calls can hang' : '';
      return `${journey} ${structure} on paper and ${splitText(cell) ?? simulation}${why}`;
    });
    const sign = firstSign ? ` (at ${secondsText(firstSign.at)}: ${firstSign.text})` : '';
    return `without ${pointText(target)}: ${which.join('; ')}${sign}`;
  });
  return [{ kind: 'list', label: 'Where the run says something else than the structure', items }];
}

export function gameDayJson({ rows, journeys: _, ...day }: ComparedGameDay): object {
  return {
    ...day,
    targets: rows.map(({ target, cells, ...row }) => ({
      subject: target.kind === 'component' ? target.name : `${target.kind} ${target.name}`,
      ...row,
      journeys: Object.fromEntries(
        cells.map(({ journey, ...cell }) => [
          journey,
          {
            structure: cell.structure ?? null,
            structureIfHanging: cell.ifHanging ?? null,
            simulation: cell.simulation ?? null,
            agrees: !differs({ journey, ...cell }),
            success: cell.success ?? null,
            usually: cell.usually ?? null,
            after: cell.after ?? null,
            usuallyAfter: cell.usuallyAfter ?? null,
            recovers: cell.recovers ?? null,
            seeds: cell.seeds ?? null,
          },
        ]),
      ),
    })),
  };
}
