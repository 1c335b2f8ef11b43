import type { Bdd, Edge } from './bdd';

/**
 * The part of a decision diagram that one function uses, packed, children first. Edges are as in the diagram: twice a
 * node's number plus the complement; nodes count from 1, 0 is the end. `input` says which variable a node asks.
 */
export interface Diagram {
  readonly input: Int32Array;
  readonly low: Int32Array;
  readonly high: Int32Array;
  readonly root: Edge;
  /** The variables by level, from the top. */
  readonly order: Int32Array;
}

/** Packs the diagram below `root`; `inputs` maps levels to variables. */
export function packed(bdd: Bdd, root: Edge, inputs: readonly number[]): Diagram {
  const top = root >> 1;
  const used = new Uint8Array(top + 1);
  used[top] = 1;
  let count = 0;
  for (let node = top; node > 0; node--) {
    if (used[node] !== 1) continue;
    count++;
    used[bdd.low(node) >> 1] = 1;
    used[bdd.high(node) >> 1] = 1;
  }
  const input = new Int32Array(count + 1);
  const low = new Int32Array(count + 1);
  const high = new Int32Array(count + 1);
  const place = new Int32Array(top + 1);
  let at = 0;
  for (let node = 1; node <= top; node++) {
    if (used[node] !== 1) continue;
    at++;
    place[node] = at;
    input[at] = inputs[bdd.level(2 * node)] as number;
    low[at] = moved(bdd.low(node), place);
    high[at] = moved(bdd.high(node), place);
  }
  return { input, low, high, root: moved(root, place), order: Int32Array.from(inputs) };
}

function moved(edge: Edge, place: Int32Array): Edge {
  return ((place[edge >> 1] as number) << 1) | (edge & 1);
}

/** Room for the probabilities of a diagram's nodes, both polarities: 2i for node i being true, 2i + 1 for false. */
export function roomFor(diagram: Diagram): Float64Array {
  return new Float64Array(2 * diagram.input.length);
}

/**
 * Fills in the probability of every node, upwards, on both polarities: sums of products of what is not negative, so
 * that a small probability keeps its digits. An edge is then the index of its own probability.
 * @param down probability of each variable being true (failed) @param up and of being false
 */
export function evaluate(diagram: Diagram, down: Float64Array, up: Float64Array, values: Float64Array): void {
  const { input, low, high } = diagram;
  values[0] = 0;
  values[1] = 1;
  for (let node = 1; node < input.length; node++) {
    const variable = input[node] as number;
    const q = down[variable] as number;
    const p = up[variable] as number;
    const l = low[node] as number;
    const h = high[node] as number;
    values[2 * node] = q * (values[h] as number) + p * (values[l] as number);
    values[2 * node + 1] = q * (values[h ^ 1] as number) + p * (values[l ^ 1] as number);
  }
}

/**
 * Adds to `into`, for every variable, `weight` × the derivative of the root's probability in that variable's (Birnbaum
 * importance): one pass down the diagram after {@link evaluate}.
 */
export function differentiate(
  diagram: Diagram,
  down: Float64Array,
  up: Float64Array,
  values: Float64Array,
  weight: number,
  into: Float64Array,
  reach: Float64Array,
): void {
  const { input, low, high, root } = diagram;
  reach.fill(0, 0, input.length);
  // Reaching a node by a complemented edge counts negatively, for there its function is subtracted.
  reach[root >> 1] = (root & 1) === 1 ? -weight : weight;
  for (let node = input.length - 1; node > 0; node--) {
    const here = reach[node] as number;
    if (here === 0) continue;
    const variable = input[node] as number;
    const l = low[node] as number;
    const h = high[node] as number;
    into[variable] = (into[variable] as number) + here * difference(values, h, l);
    reach[l >> 1] = (reach[l >> 1] as number) + here * (up[variable] as number);
    const onward = here * (down[variable] as number);
    reach[h >> 1] = (reach[h >> 1] as number) + ((h & 1) === 1 ? -onward : onward);
  }
}

/** P(h) − P(l), on whichever polarity has the smaller numbers. */
function difference(values: Float64Array, h: Edge, l: Edge): number {
  const high = values[h] as number;
  return high < 0.5 ? high - (values[l] as number) : (values[l ^ 1] as number) - (values[h ^ 1] as number);
}
