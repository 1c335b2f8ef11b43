import type { Variant } from './scenario';

/** What becomes of a journey while something is gone. */
export type Verdict = 'survives' | 'degrades' | 'stops';

/** The verdicts from the mildest to the worst. */
export const verdicts = ['survives', 'degrades', 'stops'] as const satisfies readonly Verdict[];

/** What several seeds that do not agree come to, one by one. */
export interface SplitSeeds {
  /** The mildest that comes out, and with how many of the seeds it does. */
  readonly best: Verdict;
  readonly count: number;
  readonly of: number;
  readonly worst: Verdict;
}

/** How seeds are split over the verdicts; undefined where all that are known say the same. */
export function splitOf(seeds: Readonly<Record<Verdict, number>> | undefined): SplitSeeds | undefined {
  const found = seeds ? verdicts.filter((each) => seeds[each] > 0) : [];
  const [best] = found;
  const worst = found.at(-1);
  if (!seeds || best === undefined || worst === undefined || best === worst) return undefined;
  return { best, count: seeds[best], of: verdicts.reduce((sum, each) => sum + seeds[each], 0), worst };
}

/** The journeys that stop, and those that go on without a feature. */
export interface Effects {
  readonly stops: readonly string[];
  readonly degrades: readonly string[];
}

/** What is lost without one thing, by the calls alone, as if every wait ended. */
export interface PaperThing extends Effects {
  readonly kind: 'component' | 'zone' | 'region' | 'sharedFate';
  readonly name: string;
  /** The same where a caller that waits for what does not answer stops too. */
  readonly ifHanging: Effects;
}

/** What the analysis says becomes of journeys without each thing, without running anything. Plain JSON. */
export interface OnPaper {
  readonly variant: Variant;
  /** The journeys that it knows of. */
  readonly journeys: readonly string[];
  readonly things: readonly PaperThing[];
}

export interface PaperVerdicts {
  readonly structure: Verdict;
  readonly ifHanging: Verdict;
}

/** What the analysis says of a journey without one thing; undefined where it knows nothing of either. */
export function verdictsOnPaper(
  onPaper: OnPaper | undefined,
  target: Pick<PaperThing, 'kind' | 'name'>,
  journey: string,
): PaperVerdicts | undefined {
  const thing = onPaper?.things.find(({ kind, name }) => kind === target.kind && name === target.name);
  if (!thing || !onPaper?.journeys.includes(journey)) return undefined;
  return { structure: verdictIn(thing, journey), ifHanging: verdictIn(thing.ifHanging, journey) };
}

function verdictIn({ stops, degrades }: Effects, journey: string): Verdict {
  return stops.includes(journey) ? 'stops' : degrades.includes(journey) ? 'degrades' : 'survives';
}
