import { Ints } from './ints';

/** A family of sets: 0 is no set at all, 1 is the empty set alone, others are nodes. −1: over the budget. */
export type Family = number;

const bottom = 0x7fffffff;
/** The cache of operations stops growing here. */
const largestCache = 1 << 20;

/**
 * Families of sets as zero-suppressed decision diagrams (Minato 1993), for minimal cut sets. Every family here is
 * minimal: no set contains another.
 */
export class Zbdd {
  readonly level = new Ints(1024);
  /** The sets without the node's variable, and those with it (which is left out). */
  readonly low = new Ints(1024);
  readonly high = new Ints(1024);
  readonly #budget: number;
  #buckets = new Int32Array(1024);
  readonly #next = new Ints(1024);
  /** Results of *without*: both families and the result. No entry has a first family below 2. */
  #without = new Int32Array(4096);
  readonly #caches = new Map<string, Map<number, Family>>();

  constructor(budget: number) {
    this.#budget = budget;
    for (const terminal of [0, 1]) this.#add(bottom, terminal, terminal);
  }

  get size(): number {
    return this.level.length;
  }

  make(level: number, low: Family, high: Family): Family {
    if (low < 0 || high < 0) return -1;
    if (high === 0) return low;
    const bucket = bucketOf(level, low, high) & (this.#buckets.length - 1);
    for (let found = this.#buckets[bucket] as number; found !== 0; found = this.#next.get(found)) {
      if (this.low.get(found) === low && this.high.get(found) === high && this.level.get(found) === level) return found;
    }
    if (this.size > this.#budget) return -1;
    const node = this.#add(level, low, high);
    if (this.size > this.#buckets.length) this.#rehash();
    else {
      this.#next.data[node] = this.#buckets[bucket] as number;
      this.#buckets[bucket] = node;
    }
    return node;
  }

  /** The sets of `a` that contain no set of `b`. */
  without(a: Family, b: Family): Family {
    if (a < 0 || b < 0) return -1;
    if (a === 0 || b === 1 || a === b) return 0;
    if (b === 0 || a === 1) return a;
    const slot = slotOf(a, b) & (this.#without.length - 4);
    if (this.#without[slot] === a && this.#without[slot + 1] === b) return this.#without[slot + 2] as number;
    const levelA = this.level.get(a);
    const levelB = this.level.get(b);
    let result: Family;
    if (levelA > levelB) result = this.without(a, this.low.get(b));
    else if (levelA < levelB) result = this.make(levelA, this.without(this.low.get(a), b), this.without(this.high.get(a), b));
    else {
      const [b0, b1] = [this.low.get(b), this.high.get(b)];
      const high = this.without(this.without(this.high.get(a), b1), b0);
      result = this.make(levelA, this.without(this.low.get(a), b0), high);
    }
    if (result < 0) return -1;
    const at = slotOf(a, b) & (this.#without.length - 4);
    this.#without[at] = a;
    this.#without[at + 1] = b;
    this.#without[at + 2] = result;
    return result;
  }

  /** The minimal sets of both. */
  union(a: Family, b: Family): Family {
    if (a < 0 || b < 0) return -1;
    if (a === 0 || a === b || b === 1) return b;
    if (b === 0 || a === 1) return a;
    const first = this.without(a, b);
    return this.#join(first, this.without(b, first));
  }

  /** Sets of either, where none contains another. */
  #join(a: Family, b: Family): Family {
    if (a < 0 || b < 0) return -1;
    if (a === 0 || a === b) return b;
    if (b === 0) return a;
    const [x, y] = a < b ? [a, b] : [b, a];
    const cache = this.#cache('join');
    const key = x * 0x4000000 + y;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const level = Math.min(this.level.get(x), this.level.get(y));
    const [x0, x1] = this.#split(x, level);
    const [y0, y1] = this.#split(y, level);
    const result = this.make(level, this.#join(x0, y0), this.#join(x1, y1));
    cache.set(key, result);
    return result;
  }

  /** The minimal sets of one of `a` together with one of `b`, those of at most `most` variables. */
  product(a: Family, b: Family, most: number): Family {
    if (a < 0 || b < 0) return -1;
    if (a === 0 || b === 0) return 0;
    if (a === 1) return this.limited(b, most);
    if (b === 1 || a === b) return this.limited(a, most);
    const [x, y] = a < b ? [a, b] : [b, a];
    const cache = this.#cache(`product ${most}`);
    const key = x * 0x4000000 + y;
    const known = cache.get(key);
    if (known !== undefined) return known;
    const level = Math.min(this.level.get(x), this.level.get(y));
    const [x0, x1] = this.#split(x, level);
    const [y0, y1] = this.#split(y, level);
    const low = this.product(x0, y0, most);
    let high: Family = 0;
    if (most > 0) {
      const both = this.union(this.product(x1, y1, most - 1), this.product(x1, y0, most - 1));
      high = this.without(this.union(both, this.product(x0, y1, most - 1)), low);
    }
    const result = this.make(level, low, high);
    cache.set(key, result);
    return result;
  }

  /** The sets of at most `most` variables. */
  limited(a: Family, most: number): Family {
    if (a <= 1 || most === Infinity) return a;
    if (most < 0) return 0;
    const cache = this.#cache(`limited ${most}`);
    const known = cache.get(a);
    if (known !== undefined) return known;
    const high = most === 0 ? 0 : this.limited(this.high.get(a), most - 1);
    const result = this.make(this.level.get(a), this.limited(this.low.get(a), most), high);
    cache.set(a, result);
    return result;
  }

  #split(a: Family, level: number): readonly [Family, Family] {
    return this.level.get(a) === level ? [this.low.get(a), this.high.get(a)] : [a, 0];
  }

  #cache(name: string): Map<number, Family> {
    let cache = this.#caches.get(name);
    if (!cache) {
      cache = new Map();
      this.#caches.set(name, cache);
    }
    return cache;
  }

  #add(level: number, low: Family, high: Family): Family {
    const node = this.level.length;
    this.level.push(level);
    this.low.push(low);
    this.high.push(high);
    this.#next.push(0);
    return node;
  }

  #rehash(): void {
    this.#buckets = new Int32Array(this.#buckets.length * 2);
    if (this.#without.length < largestCache * 4) this.#without = new Int32Array(this.#without.length * 2);
    for (let node = 2; node < this.size; node++) {
      const bucket = bucketOf(this.level.get(node), this.low.get(node), this.high.get(node)) & (this.#buckets.length - 1);
      this.#next.data[node] = this.#buckets[bucket] as number;
      this.#buckets[bucket] = node;
    }
  }
}

function slotOf(a: Family, b: Family): number {
  const h = Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b);
  return (h ^ (h >>> 15)) << 2;
}

function bucketOf(level: number, low: Family, high: Family): number {
  const h = Math.imul(level, 0x27d4eb2f) ^ Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b);
  return h ^ (h >>> 15);
}
