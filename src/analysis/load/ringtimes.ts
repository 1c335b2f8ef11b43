import type { Seconds } from '../../model/units';
import type { Wire } from '../structure/wiring';
import { mostMembers, seriesOf, takenBy } from './series';

/** One of several calls that are made at once: of the one that takes longest, the caller notices the time. */
interface Branch {
  /** The member it goes to; −1 for one outside of the ring. */
  readonly to: number;
  readonly times: number;
  /** Where it goes outside. */
  readonly seconds: Seconds;
}

/** Calls of one member that are made at once. */
interface Group {
  readonly from: number;
  readonly branches: readonly Branch[];
  /** The branch that counts. */
  longest: Branch;
}

/** More than any real ring takes: each round finds other calls that take longest, and few are made at once. */
const mostRounds = 100;

/** A little more is the same, so that the search for the longest ends. */
const longer = 1 + 1e-12;

/**
 * Seconds that a request holds a slot of each member of a ring of calls that wait for one another: the least H with
 * H = own + Σ count × share × H of what it calls, of calls made at once the longest. Solved exactly for one choice of
 * the longest after the other (policy iteration, R. A. Howard 1960), which rises from below until no choice changes.
 *
 * @param calls the synchronous calls of each member
 * @param own seconds of work of each member itself
 * @param indexOf the member that a call goes to, −1 for none
 * @param outside seconds that one request takes at a callee that is no member
 * @returns undefined where it has no bound
 */
export function ringTimes(
  calls: readonly (readonly Wire[])[],
  own: Float64Array,
  indexOf: (wire: Wire) => number,
  outside: (wire: Wire) => Seconds,
): Float64Array | undefined {
  const size = calls.length;
  if (size > mostMembers) return undefined;
  const gains = new Float64Array(size * size);
  const each = own.slice();
  const groups: Group[] = [];
  calls.forEach((wires, from) => {
    const together = new Map<string, Branch[]>();
    for (const wire of wires) {
      const { count = 1, share = 1, parallel } = wire.call;
      const to = indexOf(wire);
      const seconds = to < 0 ? outside(wire) : 0;
      const branch: Branch = { to, times: count * share, seconds: seconds === 0 ? 0 : seconds * count * share };
      if (parallel === undefined) add(gains, each, from, branch);
      else if (!together.get(parallel)?.push(branch)) together.set(parallel, [branch]);
    }
    for (const branches of together.values()) groups.push({ from, branches, longest: longestOf(branches, own) });
  });
  for (let round = 0; round < mostRounds; round++) {
    const holding = solve(gains, each, groups);
    if (!holding) return undefined;
    let changed = false;
    for (const group of groups) {
      const longest = longestOf(group.branches, holding);
      if (!(timeOf(longest, holding) > timeOf(group.longest, holding) * longer)) continue;
      group.longest = longest;
      changed = true;
    }
    if (!changed) return holding;
  }
  return undefined;
}

function solve(sequential: Float64Array, own: Float64Array, groups: readonly Group[]): Float64Array | undefined {
  const gains = sequential.slice();
  const each = own.slice();
  for (const { from, longest } of groups) add(gains, each, from, longest);
  const series = seriesOf(gains, each.length);
  return series && takenBy(series, each);
}

function add(gains: Float64Array, each: Float64Array, from: number, { to, times, seconds }: Branch): void {
  if (to < 0) each[from] = (each[from] as number) + seconds;
  else gains[from * each.length + to] = (gains[from * each.length + to] as number) + times;
}

function timeOf({ to, times, seconds }: Branch, holding: Float64Array): Seconds {
  return to < 0 ? seconds : times * (holding[to] as number);
}

/** A time that is not known counts as the longest. */
function longestOf(branches: readonly Branch[], holding: Float64Array): Branch {
  let longest: Branch = { to: -1, times: 0, seconds: 0 };
  for (const branch of branches) {
    if (!(timeOf(branch, holding) <= timeOf(longest, holding))) longest = branch;
    if (Number.isNaN(timeOf(longest, holding))) break;
  }
  return longest;
}
