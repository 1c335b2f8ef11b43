import { type Assumptions, assumptionsOf } from '../../model/defaults';
import { finish, type Steps } from '../../model/steps';
import type { System } from '../../model/system';
import type { Availability } from '../../model/units';
import { periods } from '../../model/words';
import type { Proposal, ProposalKind } from '../../remedies/proposals';
import type { Limits } from '../availability/models';
import type { Figure, SystemFigures } from '../figures';
import { bestProposals, type Candidates, type Fixes, fixesSteps, type RankedFix } from './fixes';
import { proposalSteps } from './proposals';
import { certainGain, type Fix, worst } from './savings';

/** Fixes that together bring a journey to its objective. */
export interface Way<T extends Fix = Proposal> {
  /** What saves most by itself comes first; empty where the objective is kept as it is. */
  readonly fixes: readonly T[];
  /** Whether it is certain that no fewer of them would do. */
  readonly fewest: boolean;
  /** The journey's figure with all of them made. */
  readonly up: Figure;
  /** What they save together, in hours a year. */
  readonly hoursPerYear: number;
}

/** A fix may say what it is: to do without something is the last that one does. */
type KnownFix = Fix & { readonly kind?: ProposalKind };

/** Sets of one size that are looked at, at most; past that it is not certain that there are no fewer. */
const mostSets = 200_000;
/** Components evaluated, at most, for sets of one size, and on the way from a set that is enough to a small one. */
const mostEvaluated = 8000;
const mostTried = 12_000;
/** The best next fix is looked for in systems of so many components, and so many times, at most. */
const smallEnough = 300;
const mostSteps = 12;
/** Fixes whose savings are found out before it is seen whether one of them is enough. */
const atOnce = 24;

/**
 * The fewest fixes that bring a journey to an objective; among as many, those that do without nothing. Sets of one, two,
 * three and so on are tried for as long as bounds leave few of them. Past that the search is heuristic, and says so.
 * Undefined where all of them together do not reach it.
 */
export function shortestWay<T extends KnownFix>(
  system: System,
  journey: string,
  objective: Availability,
  fixes: readonly T[],
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): Way<T> | undefined {
  return finish(shortestWaySteps(system, journey, objective, fixes, given, limits));
}

/** The same as {@link shortestWay} in small steps. */
export function* shortestWaySteps<T extends KnownFix>(
  system: System,
  journey: string,
  objective: Availability,
  fixes: readonly T[],
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): Steps<Way<T> | undefined> {
  const known = yield* fixesSteps(system, fixes, given, limits, new Set([journey]));
  return yield* wayOf(known, journey, objective);
}

/** What to do first: the best fixes of each journey, and the shortest way of each that misses its objective. */
export interface Advice {
  readonly ranked: ReadonlyMap<string, readonly RankedFix[]>;
  readonly ways: ReadonlyMap<string, Way | undefined>;
}

/**
 * What saves most of each journey, and the shortest way of each that misses its objective, over all that can be proposed;
 * a way is undefined where all of it together does not reach the objective. @param figures of the system as it is
 */
export function* adviceSteps(
  system: System,
  figures: Pick<SystemFigures, 'journeys'>,
  most = 10,
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): Steps<Advice> {
  const known = yield* fixesSteps(system, yield* proposalSteps(system, given), given, limits);
  const ranked = yield* bestProposals(known, most);
  const ways = new Map<string, Way | undefined>();
  for (const { journey, objective, up } of figures.journeys) {
    if (objective && !reaches(up, objective)) ways.set(journey, yield* wayOf(known, journey, objective));
  }
  return { ranked, ways };
}

/** {@link adviceSteps} all at once. */
export function adviceFor(
  system: System,
  figures: Pick<SystemFigures, 'journeys'>,
  most = 10,
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): Advice {
  return finish(adviceSteps(system, figures, most, given, limits));
}

/** Whether a figure keeps an objective for certain; a rounded number does not break it. */
function reaches(figure: Figure, objective: Availability): boolean {
  return worst(figure) <= objective.down * (1 + 1e-12);
}

/** The shortest way of one journey, from what is known of all fixes. */
export function* wayOf<T extends KnownFix>(known: Fixes<T>, journey: string, objective: Availability): Steps<Way<T> | undefined> {
  const candidates = known.journeys.find((other) => other.journey === journey);
  if (!candidates) return undefined;
  if (reaches(candidates.now, objective)) return { fixes: [], fewest: true, up: candidates.now, hoursPerYear: 0 };
  return yield* new Search(known, candidates, objective).run();
}

/** Numbers of fixes with the figure they make. */
interface Found {
  readonly fixes: readonly number[];
  readonly up: Figure;
}

class Search<T extends KnownFix> {
  readonly #known: Fixes<T>;
  readonly #candidates: Candidates;
  readonly #objective: Availability;
  /** What has to be saved. */
  readonly #missing: number;
  /** The fixes that can do anything for the journey. */
  readonly #relevant: readonly number[];
  readonly #mostEvaluated: number;
  readonly #mostTried: number;

  constructor(known: Fixes<T>, candidates: Candidates, objective: Availability) {
    this.#known = known;
    this.#candidates = candidates;
    this.#objective = objective;
    this.#missing = (worst(candidates.now) - objective.down) * (1 - 1e-9);
    this.#relevant = known.list.flatMap((_, fix) => (candidates.matters(fix) ? [fix] : []));
    const { size } = known.system.components;
    this.#mostEvaluated = Math.min(200, Math.max(8, mostEvaluated / size));
    this.#mostTried = Math.min(200, Math.max(16, mostTried / size));
  }

  *run(): Steps<Way<T> | undefined> {
    const all = yield* this.#try(this.#relevant);
    const one = yield* this.#single(all !== undefined);
    if (one) return this.#way(one, true);
    if (!all) return undefined;
    // By what they save, or can save at most; what does without something last.
    const order = [...this.#relevant].sort((a, b) => this.#isLast(a) - this.#isLast(b) || this.#promise(b) - this.#promise(a));
    let certain = true;
    for (let size = 2; size < order.length && certain; size++) {
      const sets = yield* this.#sets(order, size);
      certain = sets !== undefined;
      for (const fixes of sets ?? []) {
        const found = yield* this.#try(fixes);
        if (found) return this.#way(found, true);
      }
    }
    if (certain) return this.#way(all, true);
    return this.#way(yield* this.#short(order, all), false);
  }

  /** A short set, but perhaps not the shortest. @param order what does without something last */
  *#short(order: readonly number[], all: Found): Steps<Found> {
    let best = yield* this.#reduced(order, all);
    const take = (found: Found | undefined): void => {
      if (found && found.fixes.length < best.fixes.length) best = found;
    };
    if (best.fixes.length > 2 && order.some((fix) => this.#isLast(fix) === 1)) {
      const plain = [...this.#relevant].sort((a, b) => this.#promise(b) - this.#promise(a));
      take(yield* this.#reduced(plain, all));
    }
    if (best.fixes.length > 3 && this.#known.system.components.size <= smallEnough) {
      const most = Math.min(best.fixes.length - 1, mostSteps);
      const isPlain = best.fixes.every((fix) => this.#isLast(fix) === 0);
      take(yield* this.#greedy(most, (fix) => fix.kind !== 'optional'));
      if (!isPlain) take(yield* this.#greedy(Math.min(best.fixes.length - 1, most), () => true));
    }
    return best;
  }

  /** The best next one each time. */
  *#greedy(most: number, isAllowed: (fix: T) => boolean): Steps<Found | undefined> {
    const { journey } = this.#candidates;
    const made: T[] = [];
    let known = this.#known;
    while (made.length < most) {
      known = yield* known.after(made.slice(-1), journey, isAllowed);
      const [next] = (yield* known.best(1)).get(journey) ?? [];
      if (!next) return undefined;
      made.push(next.fix);
      const fixes = made.map((fix) => this.#known.list.indexOf(fix));
      const found = yield* this.#try(fixes);
      if (found) return yield* this.#thinned(found, 1);
    }
    return undefined;
  }

  /** A single fix that is enough: of those that are known to be, the best. @param learn whether others may be */
  *#single(learn: boolean): Steps<Found | undefined> {
    const { gains, caps } = this.#candidates;
    const open = this.#relevant.filter((fix) => Number.isNaN(gains[fix]) && (caps[fix] as number) >= this.#missing);
    open.sort((a, b) => this.#isLast(a) - this.#isLast(b) || (caps[b] as number) - (caps[a] as number));
    for (let next = 0; ; next += atOnce) {
      const isOpen = learn && next < open.length;
      const enough = this.#relevant.filter((fix) => (gains[fix] as number) >= this.#missing && (!isOpen || this.#isLast(fix) === 0));
      enough.sort((a, b) => this.#isLast(a) - this.#isLast(b) || about(gains[b]) - about(gains[a]) || this.#size([a]) - this.#size([b]));
      for (const fix of enough.slice(0, 3)) {
        const found = yield* this.#try([fix]);
        if (found) return found;
      }
      if (!isOpen) return undefined;
      yield* this.#known.learn(open.slice(next, next + atOnce), [this.#candidates]);
    }
  }

  *#try(fixes: readonly number[]): Steps<Found | undefined> {
    const { journey } = this.#candidates;
    const up = (yield* this.#known.with(fixes, new Set([journey]))).get(journey);
    return up && reaches(up, this.#objective) ? { fixes, up } : undefined;
  }

  /** The sets of one size that may be enough, in the order in which to try them; undefined where there are too many. */
  *#sets(order: readonly number[], size: number): Steps<readonly (readonly number[])[] | undefined> {
    if (choose(order.length, size) > mostSets) return undefined;
    const sets: { readonly fixes: readonly number[]; readonly last: number; readonly promise: number }[] = [];
    let seen = 0;
    for (const fixes of subsets(order, size)) {
      if (++seen % 1000 === 0) yield;
      if (this.#candidates.together(fixes) < this.#missing) continue;
      if (sets.length >= this.#mostEvaluated) return undefined;
      const sum = (of: (fix: number) => number): number => fixes.reduce((total, fix) => total + of(fix), 0);
      sets.push({ fixes, last: sum((fix) => this.#isLast(fix)), promise: sum((fix) => this.#promise(fix)) });
    }
    sets.sort((a, b) => a.last - b.last || about(b.promise) - about(a.promise) || this.#size(a.fixes) - this.#size(b.fixes));
    return sets.map(({ fixes }) => fixes);
  }

  /** A set that is enough and of which no fix can be left out: the fewest of the first in the order, then one by one. */
  *#reduced(order: readonly number[], all: Found): Steps<Found> {
    let best = all;
    let low = 1;
    for (let high = order.length; low < high; ) {
      const middle = (low + high) >> 1;
      const found = yield* this.#try(order.slice(0, middle));
      if (found) {
        best = found;
        high = middle;
      } else low = middle + 1;
    }
    return yield* this.#thinned(best, Math.ceil(best.fixes.length / 2));
  }

  /** Leaves out what can be left out: so many at a time, from the end, for what promises least stands there; then fewer. */
  *#thinned(enough: Found, most: number): Steps<Found> {
    let best = enough;
    let tried = 0;
    for (let width = most; width > 0 && tried < this.#mostTried; width = width === 1 ? 0 : Math.ceil(width / 2)) {
      for (let end = best.fixes.length; end > 0 && tried < this.#mostTried; end -= width) {
        const start = Math.max(0, end - width);
        const rest = [...best.fixes.slice(0, start), ...best.fixes.slice(end)];
        if (rest.length === 0 || this.#candidates.together(rest) < this.#missing) continue;
        tried++;
        best = (yield* this.#try(rest)) ?? best;
      }
    }
    return best;
  }

  #promise(fix: number): number {
    const gain = this.#candidates.gains[fix] as number;
    return Number.isNaN(gain) ? (this.#candidates.caps[fix] as number) : gain;
  }

  /** How much is changed: of two that save about the same, the smaller one. */
  #size(fixes: readonly number[]): number {
    return fixes.reduce((sum, fix) => sum + (this.#known.list[fix]?.changes.length ?? 0), 0);
  }

  #isLast(fix: number): number {
    return this.#known.list[fix]?.kind === 'optional' ? 1 : 0;
  }

  #way({ fixes, up }: Found, fewest: boolean): Way<T> {
    const sorted = [...fixes].sort((a, b) => this.#promise(b) - this.#promise(a));
    const chosen = sorted.flatMap((fix) => this.#known.list[fix] ?? []);
    return { fixes: chosen, fewest, up, hoursPerYear: certainGain(this.#candidates.now, up) * periods.year };
  }
}

/** Two digits of what is saved. */
function about(gain = 0): number {
  return Number(gain.toPrecision(2));
}

/** n over k, or `Infinity` where that is large. */
function choose(n: number, k: number): number {
  let result = 1;
  for (let i = 0; i < Math.min(k, n - k) && result < 1e9; i++) result = (result * (n - i)) / (i + 1);
  return result;
}

function* subsets(items: readonly number[], size: number, from = 0): Generator<readonly number[]> {
  if (size === 0) yield [];
  else
    for (let i = from; i <= items.length - size; i++)
      for (const rest of subsets(items, size - 1, i + 1)) yield [items[i] as number, ...rest];
}
