import type { Budget } from './build';
import type { Chance } from './compile';
import { FailureGraph, type Gate, kinds } from './graph';
import { type CutSet, likeliestCuts } from './likeliest';
import type { Block } from './order';

/** Certified bounds of a probability of failure. */
export interface Bounds {
  readonly lower: Chance;
  readonly upper: Chance;
}

/**
 * A block for which no diagram was built, in AND and OR gates only, leaves first. `args` of a leaf are empty and its
 * place in the list is its number; the last gate is the block.
 */
export interface PlainBlock {
  readonly leaves: number;
  readonly isAnd: readonly boolean[];
  readonly args: readonly (readonly number[])[];
}

/** Finds certified bounds of one block, for any probabilities of its leaves. */
export class BoundedBlock {
  readonly #block: PlainBlock;
  readonly #budget: Pick<Budget, 'visits'>;
  #asked: Float64Array | undefined;
  #known: Bounds | undefined;

  constructor(block: Block, budget: Pick<Budget, 'visits'> = {}) {
    this.#budget = budget;
    this.#block = plainBlock(block);
  }

  /**
   * Gate by gate first; then by the likeliest cut sets, whose union is the least that can happen, and by what all the
   * others could add at most.
   */
  bounds(down: Float64Array, up: Float64Array): Bounds {
    if (this.#known && this.#asked && same(this.#asked, down)) return this.#known;
    const gates = gateBounds(this.#block, down, up);
    const cuts = likeliestCuts(this.#block, down, this.#budget);
    const lower = Math.max(gates.lower.down, atLeastOneOf(cuts.found, down));
    const upper = Math.min(gates.upper.down, Math.min(1, atMostOneOf(cuts.found) + cuts.rest));
    this.#asked = down.slice();
    this.#known = {
      lower: lower > gates.lower.down ? { down: lower, up: 1 - lower } : gates.lower,
      upper: upper < gates.upper.down ? { down: upper, up: 1 - upper } : gates.upper,
    };
    return this.#known;
  }
}

function same(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i]);
}

/** k-of-n gates are taken apart: at least k of these is the first with k − 1 of the rest, or k of the rest. */
function plainBlock(block: Block): PlainBlock {
  const graph = new FailureGraph();
  const copy = new Map<Gate, Gate>(block.leaves.map((leaf, i) => [leaf, graph.variable(i)]));
  const atLeast = (k: number, args: readonly Gate[]): Gate => {
    let counts: Gate[] = [1, ...new Array<Gate>(k).fill(0)];
    for (const arg of args) {
      counts = counts.map((count, j) => (j === 0 ? 1 : graph.or([count, graph.and([arg, counts[j - 1] as Gate])])));
    }
    return counts[k] as Gate;
  };
  for (const gate of block.gates) {
    const args = Array.from(block.graph.args(gate), (arg) => copy.get(arg) ?? arg);
    const kind = block.graph.kind(gate);
    const made = kind === kinds.and ? graph.and(args) : kind === kinds.or ? graph.or(args) : atLeast(block.graph.value(gate), args);
    copy.set(gate, made);
  }
  const top = copy.get(block.root) ?? 1;
  const isAnd: boolean[] = [];
  const args: (readonly number[])[] = [];
  for (let node = 2; node < Math.max(top + 1, block.leaves.length + 2); node++) {
    isAnd.push(graph.kind(node) === kinds.and);
    args.push(Array.from(graph.args(node), (arg) => arg - 2));
  }
  // The last node is the block itself, a gate in any case.
  isAnd.push(top === 1);
  args.push(top < 2 ? [] : [top - 2]);
  return { leaves: block.leaves.length, isAnd, args };
}

/**
 * Coherent gates over independent variables are associated (Esary, Proschan, Walkup 1967): that all of some fail is at
 * least as likely as the product and at most as their least likely, that one fails at least as likely as the likeliest
 * and at most as if they were independent.
 */
function gateBounds({ leaves, isAnd, args }: PlainBlock, down: Float64Array, up: Float64Array): Bounds {
  const lower: Chance[] = [];
  const upper: Chance[] = [];
  for (let node = 0; node < isAnd.length; node++) {
    if (node < leaves) {
      const chance = { down: down[node] as number, up: up[node] as number };
      lower.push(chance);
      upper.push(chance);
      continue;
    }
    const low = (args[node] ?? []).map((arg) => lower[arg] as Chance);
    const high = (args[node] ?? []).map((arg) => upper[arg] as Chance);
    lower.push(isAnd[node] ? product(low) : extreme(low, { down: 0, up: 1 }, (a, b) => a.down > b.down));
    upper.push(isAnd[node] ? extreme(high, { down: 1, up: 0 }, (a, b) => a.down < b.down) : flip(product(high.map(flip))));
  }
  return { lower: lower[lower.length - 1] as Chance, upper: upper[upper.length - 1] as Chance };
}

function product(chances: readonly Chance[]): Chance {
  let down = 1;
  let up = 0;
  for (const chance of chances) {
    up += down * chance.up;
    down *= chance.down;
  }
  return { down, up };
}

function flip({ down, up }: Chance): Chance {
  return { down: up, up: down };
}

function extreme(chances: readonly Chance[], none: Chance, better: (a: Chance, b: Chance) => boolean): Chance {
  return chances.reduce((best, chance) => (better(chance, best) ? chance : best), none);
}

/** P(some cut set happens) is at most as if they were independent. */
function atMostOneOf(cuts: readonly CutSet[]): number {
  let none = 1;
  let one = 0;
  for (const { probability } of cuts) {
    one += none * probability;
    none *= 1 - probability;
  }
  return one;
}

/**
 * P(some cut set happens) as the sum of each happening first. Given one, that none of those before it happens is at
 * least as likely as if they were independent of each other, for they are all decreasing in the same variables.
 */
function atLeastOneOf(cuts: readonly CutSet[], down: Float64Array): number {
  const containing = new Map<number, number[]>();
  let none = 1;
  let sum = 0;
  for (const [i, { leaves, probability }] of cuts.entries()) {
    let factor = none;
    const overlapping = new Set(leaves.flatMap((leaf) => containing.get(leaf) ?? []));
    for (const other of overlapping) {
      const cut = cuts[other] as CutSet;
      const given = cut.leaves.reduce((q, leaf) => (leaves.includes(leaf) ? q : q * (down[leaf] as number)), 1);
      factor = cut.probability < 1 ? (factor * (1 - given)) / (1 - cut.probability) : 0;
    }
    sum += probability * factor;
    none *= 1 - probability;
    for (const leaf of leaves) {
      const list = containing.get(leaf);
      if (list) list.push(i);
      else containing.set(leaf, [i]);
    }
  }
  // Rounding errors of the products must not lift the bound above the truth.
  return sum * (1 - 1e-12);
}
