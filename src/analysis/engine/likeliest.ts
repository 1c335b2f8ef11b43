import type { PlainBlock } from './bounds';
import type { Budget } from './build';

/** A minimal cut set: leaves that bring a block down together. */
export interface CutSet {
  readonly leaves: readonly number[];
  readonly probability: number;
}

/** Visits of gates that one search may make at most, and at least. */
const [mostEffort, leastEffort] = [3_000_000, 20_000] as const;
/** The search ends when what is left is this small a part of what was found. */
const negligible = 1e-9;

/** A way to fail that is not worked out yet: these leaves fail, and these gates still have to. */
interface Partial {
  readonly leaves: readonly number[];
  readonly gates: readonly number[];
  /** At most as likely as this. */
  bound: number;
  /** Whether the bound was worked out for just these leaves. */
  exact: boolean;
}

/**
 * Searches a block from the top for its likeliest minimal cut sets, best first, until they are all found or the effort
 * is spent. All ways to fail are either in a cut set found or among partial ones; `rest` is the sum of their bounds.
 */
export function likeliestCuts(
  block: PlainBlock,
  down: Float64Array,
  budget: Pick<Budget, 'visits'> = {},
): { readonly found: readonly CutSet[]; readonly rest: number } {
  // Each search leaves something for those that follow.
  const effort = Math.min(mostEffort, Math.max(leastEffort, (budget.visits ?? Infinity) / 16));
  const search = new Search(block, down);
  const open = new Queue();
  const root = block.isAnd.length - 1;
  open.push({ leaves: [], gates: [root], bound: 1, exact: false });
  const found = new Map<string, CutSet>();
  let sum = 0;
  while (search.spent < effort && open.total > negligible * sum) {
    const partial = open.pop();
    if (!partial) break;
    const unmet = search.unmet(partial);
    if (!partial.exact) {
      partial.bound = Math.min(partial.bound, search.bound(partial.leaves, unmet));
      partial.exact = true;
      if (partial.bound < open.best && unmet.length > 0) {
        open.push({ ...partial, gates: unmet });
        continue;
      }
    }
    if (unmet.length === 0) {
      const leaves = search.minimal(partial.leaves);
      const key = leaves.join();
      if (found.has(key)) continue;
      const probability = search.product(leaves);
      found.set(key, { leaves, probability });
      sum += probability;
      continue;
    }
    for (const next of search.branches(partial, unmet)) if (next.bound > 0) open.push(next);
  }
  if (budget.visits !== undefined) budget.visits = Math.max(0, budget.visits - search.spent);
  return { found: [...found.values()].sort((a, b) => b.probability - a.probability), rest: open.sum() };
}

class Search {
  spent = 0;
  readonly #block: PlainBlock;
  readonly #down: Float64Array;
  /** At most this likely, given the leaves last looked at. */
  readonly #chance: Float64Array;
  readonly #supports: readonly Int32Array[];
  readonly #words: number;
  /** Of each node, whether it has failed, when asked last. */
  readonly #failed: Uint8Array;

  constructor(block: PlainBlock, down: Float64Array) {
    this.#block = block;
    this.#down = down;
    this.#chance = new Float64Array(block.isAnd.length);
    this.#failed = new Uint8Array(block.isAnd.length);
    this.#words = (block.leaves + 31) >>> 5;
    this.#supports = supportsOf(block, this.#words);
  }

  product(leaves: readonly number[]): number {
    return leaves.reduce((q, leaf) => q * (this.#down[leaf] as number), 1);
  }

  /** The gates of a partial way that its leaves do not bring down yet. Leaves `#chance` as it is given those. */
  unmet({ leaves, gates }: Partial): readonly number[] {
    this.#given(leaves);
    return gates.filter((gate) => (this.#chance[gate] as number) < 2);
  }

  /** Bounds of all gates, with these leaves failed; 2 marks what has certainly failed. */
  #given(leaves: readonly number[]): void {
    const { isAnd, args, leaves: count } = this.#block;
    const chance = this.#chance;
    this.spent += isAnd.length;
    chance.set(this.#down.subarray(0, count));
    for (const leaf of leaves) chance[leaf] = 2;
    for (let node = count; node < isAnd.length; node++) {
      const inputs = args[node] as readonly number[];
      if (isAnd[node]) {
        let least = 2;
        for (let i = 0; i < inputs.length; i++) least = Math.min(least, chance[inputs[i] as number] as number);
        chance[node] = least;
      } else {
        let none = 1;
        let failed = false;
        for (let i = 0; i < inputs.length; i++) {
          const q = chance[inputs[i] as number] as number;
          if (q === 2) failed = true;
          none *= 1 - q;
        }
        // Rounded up: one minus a product loses what is below the last digit of one.
        chance[node] = failed ? 2 : Math.min(1, sumBound(inputs, chance, none));
      }
    }
  }

  /** P(leaves and gates fail) at most: gates with nothing in common are independent, given the leaves. */
  bound(leaves: readonly number[], gates: readonly number[]): number {
    const sorted = [...gates].sort((a, b) => (this.#chance[a] as number) - (this.#chance[b] as number));
    const taken = new Int32Array(this.#words);
    let bound = this.product(leaves);
    for (const gate of sorted) {
      if (!this.#disjoint(gate, taken, leaves)) continue;
      bound *= Math.min(1, this.#chance[gate] as number);
    }
    return bound;
  }

  #disjoint(gate: number, taken: Int32Array, leaves: readonly number[]): boolean {
    const support = Int32Array.from(this.#supports[gate] as Int32Array);
    for (const leaf of leaves) support[leaf >>> 5] = (support[leaf >>> 5] as number) & ~(1 << (leaf & 31));
    for (let word = 0; word < this.#words; word++) if (((support[word] as number) & (taken[word] as number)) !== 0) return false;
    for (let word = 0; word < this.#words; word++) taken[word] = (taken[word] as number) | (support[word] as number);
    return true;
  }

  /** The ways on: through the first AND gate at once, else through each argument of the OR gate with the fewest. */
  branches(partial: Partial, unmet: readonly number[]): readonly Partial[] {
    const { isAnd, args, leaves: count } = this.#block;
    const and = unmet.find((gate) => gate >= count && isAnd[gate]);
    const chosen = and ?? unmet.reduce((best, gate) => ((args[gate] ?? []).length < (args[best] ?? []).length ? gate : best));
    const others = unmet.filter((gate) => gate !== chosen);
    const through = (inputs: readonly number[]): Partial => {
      const leaves = new Set(partial.leaves);
      const gates = new Set(others);
      for (const input of inputs) (input < count ? leaves : gates).add(input);
      return { leaves: [...leaves].sort((a, b) => a - b), gates: [...gates], bound: partial.bound, exact: false };
    };
    if (and !== undefined) return [through(args[and] as readonly number[])];
    return (args[chosen] ?? []).map((input) => {
      const next = through([input]);
      // Without looking closely: the leaves, and this argument as it was.
      const before = this.product(partial.leaves);
      const q = Math.min(1, this.#chance[input] as number);
      next.bound = Math.min(partial.bound, before * q);
      return next;
    });
  }

  /** Leaves out what is not needed to bring the root down. */
  minimal(leaves: readonly number[]): readonly number[] {
    let kept = leaves;
    for (const leaf of leaves) {
      const without = kept.filter((other) => other !== leaf);
      if (this.#bringDown(without)) kept = without;
    }
    return kept;
  }

  /** Whether these leaves bring the root down. */
  #bringDown(leaves: readonly number[]): boolean {
    const { isAnd, args, leaves: count } = this.#block;
    const failed = this.#failed;
    // No products here: a fraction of the effort of bounds.
    this.spent += isAnd.length >> 2;
    failed.fill(0, 0, count);
    for (const leaf of leaves) failed[leaf] = 1;
    for (let node = count; node < isAnd.length; node++) {
      const inputs = args[node] as readonly number[];
      const and = isAnd[node] ? 1 : 0;
      let result = and;
      for (let i = 0; i < inputs.length && result === and; i++) result = failed[inputs[i] as number] as number;
      failed[node] = result;
    }
    return failed[failed.length - 1] === 1;
  }
}

/** P(one of them fails) at most as if they were independent; a sum where one minus the product has no digits. */
function sumBound(inputs: readonly number[], chance: Float64Array, none: number): number {
  if (none < 0.999) return 1 - none;
  let sum = 0;
  for (let i = 0; i < inputs.length; i++) sum += chance[inputs[i] as number] as number;
  return sum;
}

function supportsOf({ leaves, isAnd, args }: PlainBlock, words: number): readonly Int32Array[] {
  const supports: Int32Array[] = [];
  for (let node = 0; node < isAnd.length; node++) {
    const support = new Int32Array(words);
    if (node < leaves) support[node >>> 5] = 1 << (node & 31);
    for (const arg of args[node] ?? []) {
      const other = supports[arg] as Int32Array;
      for (let word = 0; word < words; word++) support[word] = (support[word] as number) | (other[word] as number);
    }
    supports.push(support);
  }
  return supports;
}

/** Partial ways, the likeliest first (a binary heap), with the sum of their bounds. */
class Queue {
  readonly #heap: Partial[] = [];
  #total = 0;
  #largest = 0;

  /** The sum of the bounds, up to rounding. */
  get total(): number {
    return this.#total;
  }

  sum(): number {
    return this.#heap.reduce((sum, { bound }) => sum + bound, 0);
  }

  get best(): number {
    return this.#heap[0]?.bound ?? 0;
  }

  push(partial: Partial): void {
    const heap = this.#heap;
    this.#total += partial.bound;
    this.#largest = Math.max(this.#largest, this.#total);
    let at = heap.push(partial) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above] as Partial;
      if (parent.bound >= partial.bound) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = partial;
  }

  pop(): Partial | undefined {
    const heap = this.#heap;
    const top = heap[0];
    const last = heap.pop();
    if (!top || !last) return undefined;
    this.#total -= top.bound;
    if (heap.length === 0) {
      this.#total = 0;
      return top;
    }
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= heap.length) break;
      if (below + 1 < heap.length && (heap[below + 1] as Partial).bound > (heap[below] as Partial).bound) below++;
      if ((heap[below] as Partial).bound <= last.bound) break;
      heap[at] = heap[below] as Partial;
      at = below;
    }
    heap[at] = last;
    // Rounding errors of what was large once must not pass for what is left.
    if (this.#total < 1e-6 * this.#largest) {
      this.#total = this.sum();
      this.#largest = this.#total;
    }
    return top;
  }
}
