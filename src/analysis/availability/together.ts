import type { FailureEvent } from '../structure/explicit';
import type { CutSet, JourneyCutSets } from './journeycuts';

/** One of several things that fail together; of a component, how many of its replicas. */
export type Member =
  | { readonly kind: 'replica'; readonly name: string; readonly count: number }
  | { readonly kind: 'commonCause' | 'release' | 'switching' | 'zone' | 'region' | 'sharedFate'; readonly name: string };

/**
 * Minimal cut sets that differ only in which replicas of a component they name, as one: `two replicas of api`.
 */
export interface Together {
  readonly members: readonly Member[];
  /** How many cut sets this stands for. */
  readonly sets: number;
  /** The sum of their probabilities, an upper bound of the probability that one of them happens. */
  readonly probability: number;
}

/** More cut sets than this of one order are not gone through; then the likeliest ones are. */
const mostListed = 20_000;

/** The pairs and triples whose failure stops a journey although neither does alone, the likeliest first. */
export function pairsAndTriples(cuts: JourneyCutSets, most = 5): readonly Together[] {
  const sets = cuts.upTo(3, mostListed) ?? cuts.likeliest(most * 20);
  const groups = new Map<string, { members: readonly Member[]; sets: number; probability: number }>();
  for (const set of sets) {
    if (set.events.length < 2 || set.events.length > 3 || set.probability === 0) continue;
    const members = membersOf(set);
    const key = JSON.stringify(members);
    const known = groups.get(key);
    if (known) {
      known.sets++;
      known.probability += set.probability;
    } else groups.set(key, { members, sets: 1, probability: set.probability });
  }
  return [...groups.values()].sort((a, b) => b.probability - a.probability).slice(0, most);
}

/** The events without their places, in an order that does not depend on how they were found. */
function membersOf({ events }: CutSet): readonly Member[] {
  const replicas = new Map<string, number>();
  const others: Member[] = [];
  for (const event of events) {
    if (event.kind === 'replica') replicas.set(event.component, (replicas.get(event.component) ?? 0) + 1);
    else others.push({ kind: event.kind, name: nameOf(event) });
  }
  const counted = [...replicas].map(([name, count]): Member => ({ kind: 'replica', name, count }));
  return [...counted, ...others].sort((a, b) => compare(a.kind, b.kind) || compare(a.name, b.name));
}

function nameOf(event: FailureEvent): string {
  return 'component' in event ? event.component : event.name;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
