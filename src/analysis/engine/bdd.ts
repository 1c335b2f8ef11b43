import { powerOfTwo } from './ints';

/**
 * An edge to a node: twice its number, plus one for the complement of its function. Edge 0 is *never*, 1 is *always*.
 * −1 stands for a result that the node budget did not allow.
 */
export type Edge = number;

export const overBudget: Edge = -1;

/** The level of the end, below all variables. */
const bottom = 0x7fffffff;
/** The operation cache stops growing here. */
const largestCache = 1 << 20;

/**
 * A reduced ordered binary decision diagram with complement edges (Bryant 1986; Brace, Rudell, Bryant 1990) on typed
 * arrays. The low edge (variable false) is never complemented, which makes equal functions equal edges. Children have
 * smaller numbers than their parents.
 */
export class Bdd {
  size = 1;
  readonly #budget: number;
  /** Four numbers a node, side by side for the processor's cache: level, low edge, high edge, next in its bucket. */
  #nodes: Int32Array;
  #buckets: Int32Array;
  /** Results of *and*: first edge, second edge, result. */
  #cache: Int32Array;

  /** @param budget the greatest number of nodes @param capacity how many to make room for at first */
  constructor(budget: number, capacity = 1024) {
    const room = Math.max(64, Math.min(powerOfTwo(capacity), powerOfTwo(budget + 2)));
    this.#budget = budget;
    this.#nodes = new Int32Array(room * 4);
    this.#nodes[0] = bottom;
    this.#buckets = new Int32Array(room);
    this.#cache = new Int32Array(Math.min(room, largestCache) * 4);
  }

  level(edge: Edge): number {
    return this.#nodes[(edge >> 1) * 4] as number;
  }

  /** The low edge of a node (not of a complemented edge to it). */
  low(node: number): Edge {
    return this.#nodes[node * 4 + 1] as number;
  }

  high(node: number): Edge {
    return this.#nodes[node * 4 + 2] as number;
  }

  /** The function that is one variable. */
  variable(level: number): Edge {
    return this.#make(level, 0, 1);
  }

  or(f: Edge, g: Edge): Edge {
    const result = this.and(f ^ 1, g ^ 1);
    return result < 0 ? result : result ^ 1;
  }

  and(f: Edge, g: Edge): Edge {
    if (f === g || g === 1) return f;
    if (f === 1) return g;
    if (f === 0 || g === 0 || f === (g ^ 1)) return 0;
    if (f > g) {
      const swap = f;
      f = g;
      g = swap;
    }
    // No entry has a first edge below 2, so zeroed room is empty.
    const cache = this.#cache;
    const slot = slotOf(f, g) & (cache.length - 4);
    if (cache[slot] === f && cache[slot + 1] === g) return cache[slot + 2] as number;

    const nodes = this.#nodes;
    const a = (f >> 1) * 4;
    const b = (g >> 1) * 4;
    const levelF = nodes[a] as number;
    const levelG = nodes[b] as number;
    const level = Math.min(levelF, levelG);
    let lowF = f;
    let highF = f;
    if (levelF === level) {
      lowF = (nodes[a + 1] as number) ^ (f & 1);
      highF = (nodes[a + 2] as number) ^ (f & 1);
    }
    let lowG = g;
    let highG = g;
    if (levelG === level) {
      lowG = (nodes[b + 1] as number) ^ (g & 1);
      highG = (nodes[b + 2] as number) ^ (g & 1);
    }
    const low = this.and(lowF, lowG);
    if (low < 0) return overBudget;
    const high = this.and(highF, highG);
    if (high < 0) return overBudget;
    const result = this.#make(level, low, high);
    if (result < 0) return overBudget;
    const at = slotOf(f, g) & (this.#cache.length - 4);
    this.#cache[at] = f;
    this.#cache[at + 1] = g;
    this.#cache[at + 2] = result;
    return result;
  }

  /** if f then g else h. */
  choose(f: Edge, g: Edge, h: Edge): Edge {
    const a = this.and(f, g);
    const b = a < 0 ? a : this.and(f ^ 1, h);
    return b < 0 ? overBudget : this.or(a, b);
  }

  #make(level: number, low: Edge, high: Edge): Edge {
    if (low === high) return low;
    const complement = low & 1;
    low ^= complement;
    high ^= complement;
    const nodes = this.#nodes;
    const bucket = bucketOf(level, low, high) & (this.#buckets.length - 1);
    for (let found = this.#buckets[bucket] as number; found !== 0; found = nodes[found * 4 + 3] as number) {
      const at = found * 4;
      if (nodes[at + 1] === low && nodes[at + 2] === high && nodes[at] === level) return (found << 1) | complement;
    }
    if (this.size > this.#budget) return overBudget;
    const node = this.size++;
    const at = node * 4;
    if (at === nodes.length) this.#grow();
    // Growing moved the buckets.
    const place = bucketOf(level, low, high) & (this.#buckets.length - 1);
    this.#nodes[at] = level;
    this.#nodes[at + 1] = low;
    this.#nodes[at + 2] = high;
    this.#nodes[at + 3] = this.#buckets[place] as number;
    this.#buckets[place] = node;
    return (node << 1) | complement;
  }

  #grow(): void {
    const count = this.#nodes.length / 4;
    const nodes = new Int32Array(this.#nodes.length * 2);
    nodes.set(this.#nodes);
    const buckets = new Int32Array(count * 2);
    for (let node = 1; node < count; node++) {
      const at = node * 4;
      const bucket = bucketOf(nodes[at] as number, nodes[at + 1] as number, nodes[at + 2] as number) & (buckets.length - 1);
      nodes[at + 3] = buckets[bucket] as number;
      buckets[bucket] = node;
    }
    this.#nodes = nodes;
    this.#buckets = buckets;
    if (this.#cache.length < largestCache * 4) this.#growCache();
  }

  #growCache(): void {
    const old = this.#cache;
    const cache = new Int32Array(old.length * 2);
    for (let at = 0; at < old.length; at += 4) {
      if (old[at] === 0) continue;
      const slot = slotOf(old[at] as number, old[at + 1] as number) & (cache.length - 4);
      cache[slot] = old[at] as number;
      cache[slot + 1] = old[at + 1] as number;
      cache[slot + 2] = old[at + 2] as number;
    }
    this.#cache = cache;
  }
}

function slotOf(f: Edge, g: Edge): number {
  const h = Math.imul(f, 0x9e3779b1) ^ Math.imul(g, 0x85ebca6b);
  return (h ^ (h >>> 15)) << 2;
}

function bucketOf(level: number, low: Edge, high: Edge): number {
  const h = Math.imul(level, 0x27d4eb2f) ^ Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return h ^ (h >>> 15);
}
