import { type FailureGraph, type Gate, kinds } from './graph';

/** How a depth-first search that orders variables goes through the arguments of a gate. */
export const searches = ['written', 'reversed', 'light', 'heavy'] as const;
export type Search = (typeof searches)[number];

/** What one decision diagram is made of: gates, arguments first, over leaves (variables and other modules). */
export interface Block {
  readonly graph: FailureGraph;
  readonly root: Gate;
  readonly gates: readonly Gate[];
  readonly leaves: readonly Gate[];
}

/** The gates below a root down to variables and to gates for which `isLeaf` holds. */
export function blockOf(graph: FailureGraph, root: Gate, isLeaf: (gate: Gate) => boolean): Block {
  const seen = new Set<Gate>([root]);
  const gates: Gate[] = [];
  const leaves: Gate[] = [];
  for (const gate of seen) {
    if (gate !== root && (graph.kind(gate) === kinds.variable || isLeaf(gate))) {
      leaves.push(gate);
      continue;
    }
    gates.push(gate);
    for (const arg of graph.args(gate)) seen.add(arg);
  }
  gates.sort((a, b) => a - b);
  return { graph, root, gates, leaves };
}

/** The leaves of a block in the order in which a depth-first search meets them. */
export function leafOrder(block: Block, search: Search): readonly Gate[] {
  const { graph, root } = block;
  const inner = new Set(block.gates);
  const weights = search === 'light' || search === 'heavy' ? weightsOf(block) : undefined;
  const seen = new Set<Gate>();
  const order: Gate[] = [];
  const stack: Gate[] = [root];
  for (let gate = stack.pop(); gate !== undefined; gate = stack.pop()) {
    if (seen.has(gate)) continue;
    seen.add(gate);
    if (!inner.has(gate)) {
      order.push(gate);
      continue;
    }
    const args = Array.from(graph.args(gate));
    if (search === 'reversed') args.reverse();
    if (weights) args.sort((a, b) => (weights.get(a) ?? 1) - (weights.get(b) ?? 1));
    if (search === 'heavy') args.reverse();
    // The last one pushed is visited first.
    for (let i = args.length - 1; i >= 0; i--) stack.push(args[i] as Gate);
  }
  return order;
}

/** The size of the tree below each gate, what is shared counted each time. */
function weightsOf(block: Block): ReadonlyMap<Gate, number> {
  const weights = new Map<Gate, number>();
  for (const gate of block.gates) {
    let sum = 1;
    for (const arg of block.graph.args(gate)) sum += weights.get(arg) ?? 1;
    weights.set(gate, sum);
  }
  return weights;
}
