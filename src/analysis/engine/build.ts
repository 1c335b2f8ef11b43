import type { Steps } from '../../model/steps';
import { Bdd, type Edge, overBudget } from './bdd';
import { type Diagram, packed } from './diagram';
import { forced } from './force';
import { type Gate, kinds } from './graph';
import { type Block, leafOrder, searches } from './order';

/** What may still be done: shared by all that one question needs, so that its time is bounded. */
export interface Budget {
  /** Nodes of diagrams. */
  nodes: number;
  /** Visits of gates in search of bounds, where there are no diagrams; no end where it is not given. */
  visits?: number;
  /** The most that one try may make, so that none takes long; as many as there are where it is not given. */
  readonly atOnce?: number;
  /** The part of what is left that one block may take; all of it where it is not given. */
  readonly share?: number;
}

/** The first tries are small; each round may use eight times as many nodes as the one before. */
const firstRound = 4096;
const growth = 8;
/** How many orders get another try in each round. */
const kept = [6, 3];
/** A diagram this small is not worth another order. */
const small = 1000;
/** Deeper diagrams than this are not built: their recursion would run out of stack. */
const mostLeaves = 4000;

/**
 * The decision diagram of a block over its leaves by place, or undefined when the budget does not allow one. Static
 * depth-first orders, and what pulling together makes of them, are tried with few nodes each; the smallest diagram is
 * kept. When none fits, those that came furthest are tried again with more nodes, and the first that fits is taken.
 */
export function* diagramOf(block: Block, budget: Budget): Steps<Diagram | undefined> {
  if (block.leaves.length > mostLeaves) return undefined;
  const depthFirst = searches.map((search) => leafOrder(block, search));
  let best: Diagram | undefined;
  let candidates: { readonly order: readonly Gate[]; readonly gates: number }[] = [];
  const isEnough = (): boolean => best !== undefined && best.input.length < Math.max(small, 4 * block.leaves.length);
  for (const order of lazily(depthFirst, (start) => forced(block, start))) {
    if (budget.nodes <= 0) return best;
    const { diagram, gates, nodes } = yield* attempt(block, order, Math.min(firstRound, budget.nodes));
    budget.nodes -= nodes;
    if (diagram && (best === undefined || diagram.input.length < best.input.length)) best = diagram;
    if (isEnough()) return best;
    candidates.push({ order, gates });
    yield;
  }
  if (best) return best;
  for (let round = 0, limit = firstRound * growth; ; round++, limit *= growth) {
    // Fewer of them are worth more effort each time.
    candidates = candidates.sort((a, b) => b.gates - a.gates).slice(0, kept[round] ?? 2);
    const reached: typeof candidates = [];
    for (const { order } of candidates) {
      if (budget.nodes <= 0) return undefined;
      const { diagram, gates, nodes } = yield* attempt(block, order, Math.min(limit, budget.nodes, budget.atOnce ?? Infinity));
      budget.nodes -= nodes;
      if (diagram) return diagram;
      reached.push({ order, gates });
      yield;
    }
    if (limit >= (budget.atOnce ?? Infinity)) return undefined;
    candidates = reached;
  }
}

function* lazily<T>(given: readonly T[], made: (from: T) => T): Generator<T> {
  yield* given;
  for (const from of given) yield made(from);
}

interface Attempt {
  readonly diagram: Diagram | undefined;
  /** How many gates were done. */
  readonly gates: number;
  /** How many nodes were made. */
  readonly nodes: number;
}

function* attempt(block: Block, order: readonly Gate[], limit: number): Steps<Attempt> {
  const bdd = new Bdd(limit, Math.max(2 * block.leaves.length, limit / 4));
  const edges = new Map<Gate, Edge>();
  for (const [level, leaf] of order.entries()) edges.set(leaf, bdd.variable(level));
  for (const [done, gate] of block.gates.entries()) {
    const args = Array.from(block.graph.args(gate), (arg) => (arg < 2 ? arg : (edges.get(arg) ?? overBudget)));
    const edge = yield* combined(bdd, block.graph.kind(gate), block.graph.value(gate), args);
    if (edge < 0) return { diagram: undefined, gates: done, nodes: bdd.size };
    edges.set(gate, edge);
  }
  const place = new Map(block.leaves.map((leaf, i) => [leaf, i]));
  const inputs = order.map((leaf) => place.get(leaf) ?? 0);
  return { diagram: packed(bdd, edges.get(block.root) ?? 0, inputs), gates: block.gates.length, nodes: bdd.size };
}

/** Nodes that are made between two pauses, as far as single operations allow. */
const nodesAtOnce = 20_000;

function* combined(bdd: Bdd, kind: number, value: number, args: Edge[]): Steps<Edge> {
  if (args.some((arg) => arg < 0)) return overBudget;
  // From the bottom of the diagram upwards every step adds on top of what is there.
  args.sort((a, b) => bdd.level(b) - bdd.level(a));
  if (kind === kinds.atLeast) return yield* atLeast(bdd, value, args);
  let paused = bdd.size;
  let edge: Edge = kind === kinds.and ? 1 : 0;
  for (const arg of args) {
    edge = kind === kinds.and ? bdd.and(edge, arg) : bdd.or(edge, arg);
    if (edge < 0) return overBudget;
    if (bdd.size - paused > nodesAtOnce) {
      paused = bdd.size;
      yield;
    }
  }
  return edge;
}

/** counts[j]: at least j of the arguments so far. */
function* atLeast(bdd: Bdd, k: number, args: readonly Edge[]): Steps<Edge> {
  let paused = bdd.size;
  const counts: Edge[] = new Array(k + 1).fill(0);
  counts[0] = 1;
  for (const arg of args) {
    for (let j = k; j > 0; j--) {
      const edge = bdd.choose(arg, counts[j - 1] as Edge, counts[j] as Edge);
      if (edge < 0) return overBudget;
      counts[j] = edge;
    }
    if (bdd.size - paused > nodesAtOnce) {
      paused = bdd.size;
      yield;
    }
  }
  return counts[k] as Edge;
}
