import { always, type FailureGraph, type Gate, never } from '../engine/graph';
import { ringsOf } from './rings';

/** A need that is unmet when all components in `on` fail and `and` has happened (`always` where nothing more is asked). */
export interface Need {
  readonly and: Gate;
  readonly on: readonly number[];
}

/**
 * Sets `fails` for the members of a ring of needs (or one component alone): the least solution of
 * fails(c) = base(c) or some need of c unmet. What is outside of the ring is known already.
 */
export function solveRing(
  graph: FailureGraph,
  members: readonly number[],
  base: readonly Gate[],
  needs: readonly (readonly Need[])[],
  fails: Int32Array,
): void {
  const [only] = members;
  if (only !== undefined && members.length === 1) {
    fails[only] = alone(graph, only, base[only] as Gate, needs[only] ?? [], fails);
    return;
  }
  // Members that need each other without alternative fail together.
  const place = new Map(members.map((member, i) => [member, i]));
  const plain = ringsOf(
    members.length,
    (i) =>
      (needs[members[i] as number] ?? []).flatMap(({ and, on }) => {
        const target = on.length === 1 && and === always ? place.get(on[0] as number) : undefined;
        return target === undefined ? [] : [target];
      }),
    members.keys(),
  );
  const classOf = (member: number): number => {
    const i = place.get(member);
    return i === undefined ? -1 : (plain.of[i] as number);
  };

  const fixed: Gate[][] = plain.members.map(() => []);
  const open: Need[][] = plain.members.map(() => []);
  for (const member of members) {
    const own = classOf(member);
    fixed[own]?.push(base[member] as Gate);
    for (const need of needs[member] ?? []) {
      const inside = [...new Set(need.on.map(classOf).filter((other) => other >= 0))];
      // Unmet only when this class fails already: it adds nothing to the least solution.
      if (inside.includes(own)) continue;
      const outside = need.on.filter((other) => classOf(other) < 0).map((other) => fails[other] as Gate);
      const and = graph.and([...outside, need.and]);
      if (inside.length === 0) fixed[own]?.push(and);
      else if (and !== never) open[own]?.push({ and, on: inside });
    }
  }
  const values = iterate(
    graph,
    fixed.map((gates) => graph.or(gates)),
    open,
  );
  for (const member of members) fails[member] = values[classOf(member)] as Gate;
}

/** A component in no ring; what it needs of itself adds nothing. */
function alone(graph: FailureGraph, self: number, base: Gate, needs: readonly Need[], fails: Int32Array): Gate {
  const events = [base];
  for (const { and, on } of needs) {
    if (on.includes(self)) continue;
    const [one] = on;
    if (on.length === 1 && and === always && one !== undefined) events.push(fails[one] as Gate);
    else events.push(graph.and([...on.map((other) => fails[other] as Gate), and]));
  }
  return graph.or(events);
}

/** All components that some need is on. */
export function targetsOf(needs: readonly Need[]): readonly number[] {
  const targets: number[] = [];
  for (const { on } of needs) targets.push(...on);
  return targets;
}

/**
 * The least solution by rounds. Classes at which a search comes back to its own path are guessed *never fails* and
 * corrected round by round; each round, for any state of the world, settles one of them or changes nothing.
 */
function iterate(graph: FailureGraph, base: readonly Gate[], needs: readonly (readonly Need[])[]): readonly Gate[] {
  const values: Gate[] = base.map(() => never);
  const { order, targets } = depthFirst(needs);
  for (let round = 0; round <= targets.size; round++) {
    let changed = false;
    for (const node of order) {
      const events = [base[node] as Gate];
      for (const { and, on } of needs[node] ?? []) {
        events.push(graph.and([...on.map((other) => values[other] as Gate), and]));
      }
      const value = graph.or(events);
      if (value === values[node]) continue;
      values[node] = value;
      if (targets.has(node)) changed = true;
    }
    if (!changed) break;
  }
  return values;
}

/** What is needed first, and the nodes to which the search came back while they were open. */
function depthFirst(needs: readonly (readonly Need[])[]): { order: readonly number[]; targets: ReadonlySet<number> } {
  const state = new Uint8Array(needs.length);
  const order: number[] = [];
  const targets = new Set<number>();
  for (let root = 0; root < needs.length; root++) {
    if (state[root] !== 0) continue;
    const path = [{ node: root, next: targetsOf(needs[root] ?? []), at: 0 }];
    state[root] = 1;
    for (let top = path[0]; top !== undefined; top = path[path.length - 1]) {
      const other = top.next[top.at++];
      if (other === undefined) {
        state[top.node] = 2;
        order.push(top.node);
        path.pop();
      } else if (state[other] === 1) targets.add(other);
      else if (state[other] === 0) {
        state[other] = 1;
        path.push({ node: other, next: targetsOf(needs[other] ?? []), at: 0 });
      }
    }
  }
  return { order, targets };
}
