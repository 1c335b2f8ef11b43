/** `to` is at least `from + least`; what lies between them costs `weight` for each unit. */
export interface Difference {
  readonly from: number;
  readonly to: number;
  readonly least: number;
  readonly weight: number;
}

/** Steps times variables, above which the best that was found so far has to do. */
const effort = 12_000_000;

/**
 * Values for `count` variables that keep all differences at the least total cost. The differences must not contradict
 * each other. This is the network simplex on a spanning tree, as in Gansner, Koutsofios, North and Vo, "A technique for
 * drawing directed graphs" (1993), section 2; a cut's value is the sum of the net weights of what lies behind it. The same input
 * gives the same values, and whole numbers stay whole. In very large problems it stops early, with all differences kept.
 * `near` says of some variables where they are likely to end; the search begins there, not where everything is lowest.
 */
export function leastCost(count: number, given: readonly Difference[], near: ReadonlyMap<number, number> = new Map()): readonly number[] {
  // A floor below all that nothing pushes makes the whole connected.
  const pushed = new Set(given.map(({ to }) => to));
  const floor = count;
  const differences = [...given];
  for (let i = 0; i < count; i++) if (!pushed.has(i)) differences.push({ from: floor, to: i, least: 0, weight: 0 });
  const low = Math.min(...near.values()) - 1_000_000;
  const problem = new Problem(count + 1, differences, near.size > 0 ? new Map([...near, [floor, low]]) : near);
  let steps = Math.max(50, Math.floor(effort / (count + differences.length + 1)));
  while (steps-- > 0 && problem.improve());
  return problem.values.slice(0, count);
}

class Problem {
  readonly values: number[];
  readonly #differences: readonly Difference[];
  readonly #treeOf: number[][];
  /** What leaves a variable less what arrives. */
  readonly #net: number[];
  /** The walk through the tree from the root: each variable once, before all that hangs on it. */
  readonly #walk: number[] = [];
  readonly #parent: number[];
  readonly #first: number[];
  readonly #last: number[];

  constructor(count: number, differences: readonly Difference[], near: ReadonlyMap<number, number>) {
    this.#differences = differences;
    this.values = lowest(count, differences, near);
    if (near.size > 0) raise(this.values, count - 1, differences);
    this.#treeOf = Array.from({ length: count }, () => []);
    this.#parent = new Array<number>(count).fill(-1);
    this.#first = new Array<number>(count).fill(0);
    this.#last = new Array<number>(count).fill(0);
    this.#net = new Array<number>(count).fill(0);
    for (const { from, to, weight } of differences) {
      this.#net[from] = at(this.#net, from) + weight;
      this.#net[to] = at(this.#net, to) - weight;
    }
    this.#span(count);
    this.#measure();
  }

  /** Exchanges the tree's costliest difference for one that costs less; false when there is none. */
  improve(): boolean {
    const leaving = this.#costliest();
    if (leaving === undefined) return false;
    const { from, to } = this.#of(leaving);
    // What hangs on the difference is either where it starts or where it ends.
    const child = at(this.#parent, to) === leaving ? to : from;
    const low = at(this.#first, child);
    const high = at(this.#last, child);
    const hangs = (i: number): boolean => at(this.#first, i) >= low && at(this.#first, i) <= high;
    const startHangs = child === from;
    let entering: number | undefined;
    let least = Infinity;
    for (let i = 0; i < this.#differences.length; i++) {
      const other = this.#of(i);
      // From the side where the leaving one ends to the side where it starts.
      if (hangs(other.from) === startHangs || hangs(other.to) !== startHangs) continue;
      const slack = this.#slack(other);
      if (slack < least) {
        least = slack;
        entering = i;
      }
    }
    if (entering === undefined) return false;
    if (least > 0) this.#shift(child, startHangs ? -least : least);
    this.#exchange(leaving, entering);
    return true;
  }

  #costliest(): number | undefined {
    const sums = [...this.#net];
    let worst = -1e-9;
    let found: number | undefined;
    for (let i = this.#walk.length - 1; i > 0; i--) {
      const variable = at(this.#walk, i);
      const difference = at(this.#parent, variable);
      const { from, to } = this.#of(difference);
      const isStart = from === variable;
      const sum = at(sums, variable);
      sums[isStart ? to : from] = at(sums, isStart ? to : from) + sum;
      const cut = isStart ? sum : -sum;
      if (cut < worst) {
        worst = cut;
        found = difference;
      }
    }
    return found;
  }

  /** Makes a spanning tree of differences without slack, moving parts together until all are in it. */
  #span(count: number): void {
    const around: number[][] = Array.from({ length: count }, () => []);
    for (const [i, { from, to }] of this.#differences.entries()) {
      around[from]?.push(i);
      around[to]?.push(i);
    }
    const inside = new Array<boolean>(count).fill(false);
    const members: number[] = [];
    const enter = (start: number): void => {
      inside[start] = true;
      members.push(start);
      for (let i = members.length - 1; i < members.length; i++) {
        for (const index of around[at(members, i)] ?? []) {
          const difference = this.#of(index);
          const other = difference.from === members[i] ? difference.to : difference.from;
          if (inside[other] || this.#slack(difference) !== 0) continue;
          this.#join(index);
          inside[other] = true;
          members.push(other);
        }
      }
    };
    enter(count - 1);
    while (members.length < count) {
      let nearest: number | undefined;
      let least = Infinity;
      for (const [i, difference] of this.#differences.entries()) {
        if (inside[difference.from] === inside[difference.to]) continue;
        const slack = this.#slack(difference);
        if (slack < least) {
          least = slack;
          nearest = i;
        }
      }
      if (nearest === undefined) return;
      const { from, to } = this.#of(nearest);
      const by = inside[from] ? least : -least;
      for (const member of members) this.values[member] = at(this.values, member) + by;
      this.#join(nearest);
      enter(inside[from] ? to : from);
    }
  }

  #join(index: number): void {
    const { from, to } = this.#of(index);
    this.#treeOf[from]?.push(index);
    this.#treeOf[to]?.push(index);
  }

  #exchange(leaving: number, entering: number): void {
    const { from, to } = this.#of(leaving);
    for (const end of [from, to]) {
      const list = this.#treeOf[end];
      list?.splice(list.indexOf(leaving), 1);
    }
    this.#join(entering);
    this.#measure();
  }

  /** Walks through the tree, so that what hangs on a variable is a stretch of the walk. */
  #measure(): void {
    this.#walk.length = 0;
    const root = this.values.length - 1;
    const stack = [root];
    this.#parent[root] = -1;
    for (let variable = stack.pop(); variable !== undefined; variable = stack.pop()) {
      this.#first[variable] = this.#walk.length;
      this.#walk.push(variable);
      for (const index of this.#treeOf[variable] ?? []) {
        if (index === this.#parent[variable]) continue;
        const { from, to } = this.#of(index);
        const other = from === variable ? to : from;
        this.#parent[other] = index;
        stack.push(other);
      }
    }
    for (const [i, variable] of this.#walk.entries()) this.#last[variable] = i;
    for (let i = this.#walk.length - 1; i > 0; i--) {
      const variable = at(this.#walk, i);
      const { from, to } = this.#of(at(this.#parent, variable));
      const above = from === variable ? to : from;
      this.#last[above] = Math.max(at(this.#last, above), at(this.#last, variable));
    }
  }

  #shift(child: number, by: number): void {
    for (let i = at(this.#first, child); i <= at(this.#last, child); i++) {
      const variable = at(this.#walk, i);
      this.values[variable] = at(this.values, variable) + by;
    }
  }

  #slack({ from, to, least }: Difference): number {
    return at(this.values, to) - at(this.values, from) - least;
  }

  #of(index: number): Difference {
    return this.#differences[index] ?? none;
  }
}

const none: Difference = { from: 0, to: 0, least: 0, weight: 0 };

function at(list: readonly number[], index: number): number {
  return list[index] ?? 0;
}

/** Every variable as low as the differences allow, or as near as that to where it is likely to end. */
function lowest(count: number, differences: readonly Difference[], near: ReadonlyMap<number, number>): number[] {
  const leaving: Difference[][] = Array.from({ length: count }, () => []);
  const missing = new Array<number>(count).fill(0);
  for (const difference of differences) {
    leaving[difference.from]?.push(difference);
    missing[difference.to] = at(missing, difference.to) + 1;
  }
  const values = Array.from({ length: count }, (_, i) => near.get(i) ?? 0);
  const reached = Array.from({ length: count }, (_, i) => near.has(i));
  const ready = missing.flatMap((left, i) => (left === 0 ? [i] : []));
  for (const variable of ready) {
    for (const { to, least } of leaving[variable] ?? []) {
      const value = at(values, variable) + least;
      values[to] = reached[to] ? Math.max(at(values, to), value) : value;
      reached[to] = true;
      missing[to] = at(missing, to) - 1;
      if (missing[to] === 0) ready.push(to);
    }
  }
  return values;
}

/** Raises what only the floor pushes as high as the differences allow: there the costs begin. */
function raise(values: number[], floor: number, given: readonly Difference[]): void {
  const limits = new Map<number, number>();
  const pushed = new Set<number>();
  for (const { from, to, least } of given) {
    if (from === floor) continue;
    limits.set(from, Math.min(limits.get(from) ?? Infinity, at(values, to) - least));
    pushed.add(to);
  }
  for (const [i, limit] of limits) if (!pushed.has(i)) values[i] = limit;
}
