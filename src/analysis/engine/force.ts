import type { Gate } from './graph';
import type { Block } from './order';

/** Rounds without a shorter total span after which the search ends, and rounds at most. */
const patience = 5;
const mostRounds = 40;

/**
 * Moves the leaves of an order so that what one gate connects stands close together (FORCE, Aloul, Markov, Sakallah
 * 2003): every gate pulls itself and its arguments to their middle. Returns the order of the shortest total span.
 */
export function forced(block: Block, start: readonly Gate[]): readonly Gate[] {
  const nodes = [...start, ...block.gates];
  const place = new Map(nodes.map((node, i) => [node, i]));
  const edges = block.gates.map((gate) => Int32Array.from([gate, ...block.graph.args(gate)].flatMap((node) => place.get(node) ?? [])));
  const pulls = new Float64Array(nodes.length);
  for (const edge of edges) for (const node of edge) pulls[node] = (pulls[node] as number) + 1;

  let position = startingAt(start.length, edges, nodes.length);
  let shortest = Infinity;
  let best: Float64Array | undefined;
  for (let round = 0, idle = 0; round < mostRounds && idle < patience; round++, idle++) {
    const sums = new Float64Array(nodes.length);
    let span = 0;
    for (const edge of edges) {
      let middle = 0;
      let low = Infinity;
      let high = -Infinity;
      for (const node of edge) {
        const at = position[node] as number;
        middle += at;
        low = Math.min(low, at);
        high = Math.max(high, at);
      }
      span += high - low;
      middle /= edge.length;
      for (const node of edge) sums[node] = (sums[node] as number) + middle;
    }
    // The first span is that of the places given, which are no order of all nodes yet.
    if (round > 0 && span < shortest) {
      shortest = span;
      idle = 0;
      best = position;
    }
    for (let node = 0; node < sums.length; node++) sums[node] = (sums[node] as number) / (pulls[node] as number);
    const order = byPosition(sums, nodes.length);
    position = new Float64Array(nodes.length);
    for (const [at, node] of order.entries()) position[node] = at;
  }
  return best ? byPosition(best, start.length).map((i) => start[i] as Gate) : start;
}

/** Leaves where they are, gates in the middle of their arguments. */
function startingAt(leaves: number, edges: readonly Int32Array[], count: number): Float64Array {
  const position = new Float64Array(count);
  for (let leaf = 0; leaf < leaves; leaf++) position[leaf] = leaf;
  for (const [gate, edge] of edges.entries()) {
    let sum = 0;
    for (let i = 1; i < edge.length; i++) sum += position[edge[i] as number] as number;
    position[leaves + gate] = sum / Math.max(1, edge.length - 1);
  }
  return position;
}

/** The first `count` nodes by position; equal ones as they stand. */
function byPosition(position: Float64Array, count: number): number[] {
  return Array.from({ length: count }, (_, i) => i).sort((a, b) => (position[a] as number) - (position[b] as number) || a - b);
}
