import { type Assumptions, assumptions } from '../model/defaults';
import type { System } from '../model/system';
import type { Availability } from '../model/units';
import { periods } from '../model/words';
import { applyChanges, type Change } from '../remedies/change';
import type { Figure } from './figures';
import { lossEffects } from './losses';
import { type Limits, RootModels } from './models';
import { toFigure } from './rootmodel';
import { finish } from './steps';
import { structureOf } from './structure';

/** Something that can be done, such as a remedy. */
export interface Proposal {
  readonly changes: readonly Change[];
}

/** A proposal with what it saves of each journey's downtime, and of all of them by their rates. */
export interface Saving<T extends Proposal> {
  readonly proposal: T;
  /** Hours a year by journey; from one certain bound to the other where a figure is not exact. */
  readonly hoursPerYear: ReadonlyMap<string, number>;
  /** Of the journey that gains most. */
  readonly most: number;
}

/** Whether each journey is up, if failures hang: the one figure without what explains it. */
export function upFigures(system: System, given: Assumptions = assumptions, limits: Limits = {}): ReadonlyMap<string, Figure> {
  const structure = structureOf(system, given);
  const models = new RootModels(structure, lossEffects(structure), given, limits);
  return new Map(structure.journeys.map(({ journey }, i) => [journey.name, toFigure(finish(finish(models.of(i, 'up')).figures()))]));
}

/**
 * What each proposal saves: applied to the model, and everything evaluated again. The best comes first; those that save
 * nothing are left out.
 */
export function rankedSavings<T extends Proposal>(
  system: System,
  proposals: readonly T[],
  given: Assumptions = assumptions,
  limits: Limits = {},
): readonly Saving<T>[] {
  const before = upFigures(system, given, limits);
  const savings = proposals.map((proposal): Saving<T> => {
    const after = upFigures(applyChanges(system, proposal.changes), given, limits);
    const hoursPerYear = new Map<string, number>();
    for (const [journey, figure] of before) {
      const then = after.get(journey);
      if (then) hoursPerYear.set(journey, certainGain(figure, then) * periods.year);
    }
    return { proposal, hoursPerYear, most: [...hoursPerYear.values()].reduce((a, b) => Math.max(a, b), 0) };
  });
  return savings.filter(({ most }) => most > 0).sort((a, b) => b.most - a.most);
}

/** How many proposals are tried in pairs, and in threes. */
const pairsOf = 12;
const threesOf = 8;
/** More steps than this are no short way. */
const longest = 12;

/**
 * The fewest proposals that bring a journey to its objective: one, two or three of the best by trying them all, more by
 * taking the best next one each time. Undefined when they do not reach it together.
 */
export function shortestWay<T extends Proposal>(
  system: System,
  journey: string,
  objective: Availability,
  proposals: readonly T[],
  given: Assumptions = assumptions,
  limits: Limits = {},
): readonly T[] | undefined {
  const downOf = (chosen: readonly T[]): number => {
    const changes = chosen.flatMap((proposal) => proposal.changes);
    const figure = upFigures(applyChanges(system, changes), given, limits).get(journey);
    return figure ? worst(figure) : 1;
  };
  const isReached = (down: number): boolean => down <= objective.down * (1 + 1e-12);
  const now = downOf([]);
  if (isReached(now)) return [];
  const ranked = proposals
    .map((proposal) => ({ proposal, down: downOf([proposal]) }))
    .filter(({ down }) => down < now)
    .sort((a, b) => a.down - b.down);
  const [best] = ranked;
  if (!best) return undefined;
  if (isReached(best.down)) return [best.proposal];

  const top = ranked.map(({ proposal }) => proposal);
  for (const [count, among] of [
    [2, pairsOf],
    [3, threesOf],
  ] as const) {
    const found = bestOf(subsets(top.slice(0, among), count), downOf);
    if (found && isReached(found.down)) return found.chosen;
  }
  let chosen: readonly T[] = [best.proposal];
  for (let down = best.down; chosen.length < longest; ) {
    const next = bestOf(
      top.filter((proposal) => !chosen.includes(proposal)).map((proposal) => [...chosen, proposal]),
      downOf,
    );
    if (!next || next.down >= down) return undefined;
    ({ chosen, down } = next);
    if (isReached(down)) return chosen;
  }
  return undefined;
}

function bestOf<T>(
  candidates: readonly (readonly T[])[],
  downOf: (chosen: readonly T[]) => number,
): { chosen: readonly T[]; down: number } | undefined {
  let best: { chosen: readonly T[]; down: number } | undefined;
  for (const chosen of candidates) {
    const down = downOf(chosen);
    if (!best || down < best.down) best = { chosen, down };
  }
  return best;
}

function subsets<T>(items: readonly T[], count: number): readonly (readonly T[])[] {
  if (count === 0) return [[]];
  return items.flatMap((item, i) => subsets(items.slice(i + 1), count - 1).map((rest) => [item, ...rest]));
}

/** What is gained for certain: from the least it was down to the most it then is, where figures are bounds. */
function certainGain(before: Figure, after: Figure): number {
  if (before.exact && after.exact) return before.value.down - after.value.down;
  return Math.max(0, (before.exact ? before.value.down : before.upper.down) - worst(after));
}

function worst(figure: Figure): number {
  return figure.exact ? figure.value.down : figure.lower.down;
}
