import { type Assumptions, assumptionsOf } from '../../model/defaults';
import { finish, type Steps } from '../../model/steps';
import type { System } from '../../model/system';
import { periods } from '../../model/words';
import { applyChanges } from '../../remedies/change';
import type { Proposal } from '../../remedies/proposals';
import { ConditionedModel } from '../availability/conditioned';
import { domainsOfGroup } from '../availability/conditions';
import { type LossEffects, lossSteps } from '../availability/losses';
import { type Limits, RootModels } from '../availability/models';
import { type Probe, type RootModel, toFigure } from '../availability/rootmodel';
import type { Figure } from '../figures';
import { type Structure, structureSteps } from '../structure/structure';
import { proposalSteps } from './proposals';
import { type Part, type SavingBound, savingBound } from './savingbound';
import { certainGain, type Fix, least, upSteps, worst } from './savings';
import { type Switch, switchGains, switchOf } from './switches';
import { Touch } from './touch';

/** A fix with what it saves of a journey's downtime for certain, in hours a year. */
export interface RankedFix<T extends Fix = Proposal> {
  readonly fix: T;
  readonly hoursPerYear: number;
}

/** Changes of calls that are evaluated together; fewer where the diagrams would become too large. */
const mostTogether = 24;

/** Gains below this share of what there is are rounding. */
const rounding = 1e-11;

/** One journey, with what is known of the fixes for it without making them. */
export interface Candidates {
  readonly journey: string;
  readonly now: Figure;
  /** The unavailability that each fix saves, by number; NaN where it is not known yet. */
  readonly gains: Float64Array;
  /** The most that each can save. */
  readonly caps: Float64Array;
  /** Whether a fix can make any difference, with others or by itself. */
  matters(fix: number): boolean;
  /** The most that some together can save. */
  together(fixes: readonly number[]): number;
}

/**
 * What fixes save. Other chances of one component are known from the derivatives of the journey's figure, exactly and
 * all at once; for all else there is a bound, and whoever asks for the best evaluates no more than that takes.
 */
export class Fixes<T extends Fix> {
  readonly system: System;
  readonly list: readonly T[];
  readonly journeys: readonly Candidates[];
  readonly #touch: Touch;
  readonly #given: Assumptions;
  readonly #limits: Limits;
  readonly #switches: readonly (Switch | undefined)[];
  #together = mostTogether;

  constructor(system: System, list: readonly T[], journeys: readonly Candidates[], touch: Touch, given: Assumptions, limits: Limits) {
    this.system = system;
    this.list = list;
    this.journeys = journeys;
    this.#touch = touch;
    this.#given = given;
    this.#limits = limits;
    this.#switches = list.map(({ changes }) => switchOf(touch, changes));
  }

  /** The figures of some journeys with some fixes made. */
  *with(fixes: readonly number[], journeys: ReadonlySet<string>): Steps<ReadonlyMap<string, Figure>> {
    const changes = fixes.flatMap((number) => this.list[number]?.changes ?? []);
    return yield* upSteps(applyChanges(this.system, changes), this.#given, this.#limits, journeys);
  }

  /** What the other fixes, those that are allowed, save of a journey once some are made. */
  *after(made: readonly T[], journey: string, isAllowed: (fix: T) => boolean): Steps<Fixes<T>> {
    const system = applyChanges(
      this.system,
      made.flatMap(({ changes }) => changes),
    );
    const rest = this.list.filter((fix) => !made.includes(fix) && isAllowed(fix));
    return yield* fixesSteps(system, rest, this.#given, this.#limits, new Set([journey]));
  }

  /** Finds out what some fixes save of some journeys: many of them at once where they are changes of calls. */
  *learn(fixes: readonly number[], journeys: readonly Candidates[]): Steps<void> {
    const switched = fixes.filter((fix) => this.#switches[fix]);
    for (let i = 0; i < switched.length; ) {
      const together = switched.slice(i, i + this.#together);
      i += together.length;
      yield* this.#learnTogether(together, journeys);
    }
    for (const fix of fixes) {
      const open = journeys.filter(({ gains }) => Number.isNaN(gains[fix]));
      if (open.length === 0) continue;
      const figures = yield* this.with([fix], namesOf(open));
      for (const { journey, now, gains } of open) {
        const then = figures.get(journey);
        gains[fix] = then ? certainGain(now, then) : 0;
      }
    }
  }

  *#learnTogether(fixes: readonly number[], journeys: readonly Candidates[]): Steps<void> {
    const open = journeys.filter(({ gains, now }) => now.exact && fixes.some((fix) => Number.isNaN(gains[fix])));
    if (fixes.length < 2 || open.length === 0) return;
    const switches = fixes.flatMap((fix) => this.#switches[fix] ?? []);
    const found = yield* switchGains(this.system, switches, this.#touch, this.#given, this.#limits, namesOf(open));
    for (const { journey, gains } of open) {
      fixes.forEach((fix, i) => {
        if (Number.isNaN(gains[fix])) gains[fix] = found.get(journey)?.[i] ?? Number.NaN;
      });
    }
    // Out of reach: so would be as many others.
    if (fixes.every((fix) => Number.isNaN(open[0]?.gains[fix]))) this.#together = Math.ceil(this.#together / 2);
  }

  /** The best fixes of each journey among some, as many as asked for; those that save nothing are left out. */
  *best(most: number, isAmong: (fix: T) => boolean = () => true): Steps<ReadonlyMap<string, readonly RankedFix<T>[]>> {
    const among = this.list.map(isAmong);
    const waiting = this.#byCap().filter((fix) => among[fix]);
    for (let next = 0; next < waiting.length; ) {
      const least = this.journeys.map((candidates) => nth(candidates, most, among));
      const chunk: number[] = [];
      const open = new Set<Candidates>();
      for (; next < waiting.length && chunk.length < this.#together; next++) {
        const fix = waiting[next] as number;
        const better = this.journeys.filter(
          ({ gains, caps }, i) => Number.isNaN(gains[fix]) && (caps[fix] as number) > (least[i] as number),
        );
        if (better.length > 0) chunk.push(fix);
        for (const candidates of better) open.add(candidates);
      }
      yield* this.learn(chunk, [...open]);
    }
    return new Map(this.journeys.map((candidates) => [candidates.journey, this.#ranked(candidates, among).slice(0, most)]));
  }

  /** The fixes that are not known for every journey, those that may save most first. */
  #byCap(): readonly number[] {
    const unknown = this.list.flatMap((_, fix) => (this.journeys.some(({ gains }) => Number.isNaN(gains[fix])) ? [fix] : []));
    const cap = (fix: number): number => this.journeys.reduce((most, { caps }) => Math.max(most, caps[fix] as number), 0);
    return unknown
      .map((fix) => ({ fix, cap: cap(fix) }))
      .sort((a, b) => b.cap - a.cap)
      .map(({ fix }) => fix);
  }

  #ranked({ gains, now }: Candidates, among: readonly boolean[]): readonly RankedFix<T>[] {
    const floor = rounding * worst(now);
    return this.list
      .flatMap((fix, i) => (among[i] && (gains[i] as number) > floor ? [{ fix, hoursPerYear: (gains[i] as number) * periods.year }] : []))
      .sort((a, b) => b.hoursPerYear - a.hoursPerYear);
  }
}

function namesOf(journeys: readonly Candidates[]): ReadonlySet<string> {
  return new Set(journeys.map(({ journey }) => journey));
}

/** The n-th best gain that is known, or what is no gain. */
function nth({ gains, now }: Candidates, n: number, among: readonly boolean[]): number {
  const known = gains.filter((gain, fix) => gain > 0 && among[fix]).sort();
  return Math.max(known[known.length - n] ?? 0, rounding * worst(now));
}

/** Everything about the fixes that takes no evaluation of each. @param only the journeys that are asked for */
export function* fixesSteps<T extends Fix>(
  system: System,
  list: readonly T[],
  given: Assumptions,
  limits: Limits,
  only?: ReadonlySet<string>,
): Steps<Fixes<T>> {
  const structure = yield* structureSteps(system, given);
  const effects = yield* lossSteps(structure);
  const models = new RootModels(structure, effects, limits);
  const touch = new Touch(structure, given);
  yield;
  const touches: (ReadonlySet<number> | undefined)[] = [];
  const probes: (Probe | undefined)[] = [];
  for (const { changes } of list) {
    touches.push(touch.of(changes));
    probes.push(touch.probe(changes));
    yield;
  }
  const journeys: Candidates[] = [];
  for (const [number, { journey }] of structure.journeys.entries()) {
    if (only && !only.has(journey.name)) continue;
    const model = yield* models.of(number, 'up');
    const now = toFigure(yield* model.figures());
    const safe = touch.isSafe ? now : toFigure(yield* (yield* models.of(number, 'protected')).figures());
    const all = worst(now);
    const gap = Math.max(0, all - least(safe));
    const most = list.map(({ changes }) => (touch.onlyEndsWaits(changes) ? gap : all));
    const needed = (fix: number): ReadonlySet<number> => touch.stillNeeded(journey, list[fix]?.changes ?? []);
    const bounded = yield* boundsOf(structure, effects, number, model, touches, needed);
    const caps = Float64Array.from(list, (_, fix) => Math.min(most[fix] as number, bounded?.each[fix] ?? Infinity));
    const gains = new Float64Array(list.length).fill(Number.NaN);
    yield* probed(structure, model, probes, gains);
    gains.forEach((gain, fix) => {
      if (Number.isNaN(gain) && (caps[fix] as number) <= rounding * all) gains[fix] = 0;
    });
    const together = (fixes: readonly number[]): number => {
      const parts = fixes.map((fix) => bounded?.part(fix));
      const known = parts.every((part) => part !== undefined);
      const limit = fixes.every((fix) => most[fix] === gap) ? gap : all;
      return known && bounded ? Math.min(limit, bounded.bound.of(...parts)) : limit;
    };
    const matters = (fix: number): boolean => bounded?.part(fix)?.fails.some((chance) => chance > 0) ?? true;
    journeys.push({ journey: journey.name, now, gains, caps, matters, together });
  }
  return new Fixes(system, list, journeys, touch, given, limits);
}

interface Bounded {
  readonly bound: SavingBound;
  /** What a fix has to do with the journey's failure, worked out when first asked for; undefined where it may be anything. */
  readonly part: (fix: number) => Part | undefined;
  /** The most that each saves by itself. */
  readonly each: readonly number[];
}

function* boundsOf(
  structure: Structure,
  effects: LossEffects,
  journey: number,
  { components }: RootModel,
  touches: readonly (ReadonlySet<number> | undefined)[],
  needed: (fix: number) => ReadonlySet<number>,
): Steps<Bounded | undefined> {
  const bound = savingBound(structure, effects, journey, components);
  if (!bound) return undefined;
  const each: number[] = [];
  for (const [fix, touched] of touches.entries()) {
    each.push(touched ? bound.of(bound.partOf(touched, needed(fix))) : Infinity);
    yield;
  }
  // Together fixes may free what each of them by itself leaves needed.
  const parts = new Map<number, Part>();
  const part = (fix: number): Part | undefined => {
    const touched = touches[fix];
    const known = parts.get(fix) ?? (touched && bound.partOf(touched));
    if (known) parts.set(fix, known);
    return known;
  };
  return { bound, part, each };
}

/** What is saved by other chances of one component, where the model can tell. */
function* probed(structure: Structure, model: RootModel, probes: readonly (Probe | undefined)[], gains: Float64Array): Steps<void> {
  if (!(model instanceof ConditionedModel)) return;
  const { groups, domains } = structure;
  const known = new Set(model.components);
  const users = new Map<number, number[]>();
  for (const component of model.components) {
    const group = groups[component];
    for (const domain of group ? domainsOfGroup(group, domains.list) : []) {
      const by = users.get(domain) ?? [];
      // Two are enough to know that it is not one alone.
      if (by.length < 2) users.set(domain, [...by, component]);
    }
  }
  // Where another component stood alone in a domain, the model takes no notice of the two failing together.
  const isApart = ({ component, group }: Probe): boolean =>
    domainsOfGroup(group, domains.list).every((domain) => {
      const [first, second] = users.get(domain) ?? [];
      return first === undefined || first === component || second !== undefined;
    });
  const asked = probes.flatMap((probe, fix) => (probe && isApart(probe) ? [{ fix, probe }] : []));
  const importance = yield* model.importance(asked.map(({ probe }) => probe));
  for (const [i, { fix, probe }] of importance ? asked.entries() : []) {
    gains[fix] = known.has(probe.component) ? -(importance?.probes[i] ?? 0) : 0;
  }
}

/** How many fixes of a journey are listed where nobody says. */
const usuallyListed = 10;

/**
 * The best fixes of every journey, with the hours a year that each saves by itself: those that save most first, and none
 * that saves nothing. Where a figure is bounds, what is saved for certain.
 */
export function rankedFixes<T extends Fix>(
  system: System,
  fixes: readonly T[],
  most = usuallyListed,
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): ReadonlyMap<string, readonly RankedFix<T>[]> {
  return finish(rankedFixSteps(system, fixes, most, given, limits));
}

/** The same as {@link rankedFixes} in small steps. */
export function* rankedFixSteps<T extends Fix>(
  system: System,
  fixes: readonly T[],
  most = usuallyListed,
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): Steps<ReadonlyMap<string, readonly RankedFix<T>[]>> {
  return yield* (yield* fixesSteps(system, fixes, given, limits)).best(most);
}

/**
 * The best proposals of each journey: as many as asked for of those that only make it last, and as many of those that do
 * without something, in one list. The second kind would crowd out the first: to need less always helps.
 */
export function* bestProposals(known: Fixes<Proposal>, most: number): Steps<ReadonlyMap<string, readonly RankedFix[]>> {
  const isLess = ({ kind }: Proposal): boolean => kind === 'optional';
  const lasting = yield* known.best(most, (fix) => !isLess(fix));
  const less = yield* known.best(most, isLess);
  return new Map(
    [...lasting].map(([journey, ranked]) => {
      const both = [...ranked, ...(less.get(journey) ?? [])];
      return [journey, both.sort((a, b) => b.hoursPerYear - a.hoursPerYear)];
    }),
  );
}

/** {@link bestProposals} of everything that can be proposed. */
export function rankedProposals(
  system: System,
  most = usuallyListed,
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): ReadonlyMap<string, readonly RankedFix[]> {
  return finish(rankedProposalSteps(system, most, given, limits));
}

/** The same as {@link rankedProposals} in small steps. */
export function* rankedProposalSteps(
  system: System,
  most = usuallyListed,
  given: Assumptions = assumptionsOf(system),
  limits: Limits = {},
): Steps<ReadonlyMap<string, readonly RankedFix[]>> {
  return yield* bestProposals(yield* fixesSteps(system, yield* proposalSteps(system, given), given, limits), most);
}
