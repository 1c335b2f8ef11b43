import { Ints } from './ints';

/** A node of a {@link FailureGraph}. Arguments always have smaller numbers than the gates that use them. */
export type Gate = number;

/** Never fails. */
export const never: Gate = 0;
/** Has failed. */
export const always: Gate = 1;

export const kinds = { constant: 0, variable: 1, and: 2, or: 3, atLeast: 4 } as const;

/**
 * A failure graph: AND, OR and k-of-n gates over failure events, without negation. Equal gates exist once
 * (hash-consing), so that what is shared is the same node and equal functions are often found equal by number.
 */
export class FailureGraph {
  readonly #kind = new Ints();
  /** The variable of a variable, the k of a k-of-n gate. */
  readonly #value = new Ints();
  readonly #start = new Ints();
  readonly #args = new Ints();
  readonly #variables: Gate[] = [];
  #table = new Int32Array(256);

  constructor() {
    this.#node(kinds.constant, 0, []);
    this.#node(kinds.constant, 1, []);
  }

  get size(): number {
    return this.#kind.length;
  }

  kind(gate: Gate): number {
    return this.#kind.get(gate);
  }

  value(gate: Gate): number {
    return this.#value.get(gate);
  }

  args(gate: Gate): Int32Array {
    const end = gate + 1 < this.size ? this.#start.get(gate + 1) : this.#args.length;
    return this.#args.data.subarray(this.#start.get(gate), end);
  }

  /** The arrays behind the graph, for passes over all of it. Valid until the next gate is made. */
  arrays(): { kind: Int32Array; value: Int32Array; start: Int32Array; args: Int32Array } {
    const start = new Int32Array(this.size + 1);
    start.set(this.#start.data.subarray(0, this.size));
    start[this.size] = this.#args.length;
    return { kind: this.#kind.data, value: this.#value.data, start, args: this.#args.data };
  }

  /** The failure event with this number. */
  variable(index: number): Gate {
    const known = this.#variables[index];
    if (known !== undefined) return known;
    const gate = this.#node(kinds.variable, index, []);
    this.#variables[index] = gate;
    return gate;
  }

  /** Fails when all of these have failed. */
  and(args: readonly Gate[]): Gate {
    return this.#gate(kinds.and, args, never, always);
  }

  /** Fails when one of these has failed. */
  or(args: readonly Gate[]): Gate {
    return this.#gate(kinds.or, args, always, never);
  }

  /** Fails when at least k of these have failed. An argument given twice counts twice. */
  atLeast(k: number, args: readonly Gate[]): Gate {
    let rest = k;
    const open: Gate[] = [];
    for (const arg of args) {
      if (arg === always) rest--;
      else if (arg !== never) open.push(arg);
    }
    if (rest <= 0) return always;
    if (rest > open.length) return never;
    if (rest === 1) return this.or(open);
    if (rest === open.length) return this.and(open);
    open.sort((a, b) => a - b);
    return this.#consed(kinds.atLeast, rest, open);
  }

  #gate(kind: number, args: readonly Gate[], absorbing: Gate, neutral: Gate): Gate {
    const [a, b] = args;
    if (a === undefined) return neutral;
    if (args.length === 1) return a;
    if (args.length === 2 && b !== undefined) {
      if (a === absorbing || b === absorbing) return absorbing;
      if (a === neutral || a === b) return b;
      if (b === neutral) return a;
      return this.#consed(kind, 0, a < b ? [a, b] : [b, a]);
    }
    const sorted = [...args].sort((x, y) => x - y);
    const kept: Gate[] = [];
    for (const arg of sorted) {
      if (arg === absorbing) return absorbing;
      if (arg !== neutral && arg !== kept[kept.length - 1]) kept.push(arg);
    }
    if (kept.length <= 1) return kept[0] ?? neutral;
    return this.#consed(kind, 0, kept);
  }

  #consed(kind: number, value: number, args: readonly Gate[]): Gate {
    if (this.size * 2 > this.#table.length) this.#rehash();
    const mask = this.#table.length - 1;
    let slot = hash(kind, value, args) & mask;
    for (;;) {
      const found = this.#table[slot] as number;
      if (found === 0) break;
      if (this.#is(found, kind, value, args)) return found;
      slot = (slot + 1) & mask;
    }
    const gate = this.#node(kind, value, args);
    this.#table[slot] = gate;
    return gate;
  }

  #is(gate: Gate, kind: number, value: number, args: readonly Gate[]): boolean {
    if (this.#kind.get(gate) !== kind || this.#value.get(gate) !== value) return false;
    const start = this.#start.get(gate);
    const end = gate + 1 < this.size ? this.#start.get(gate + 1) : this.#args.length;
    if (end - start !== args.length) return false;
    for (let i = 0; i < args.length; i++) if (this.#args.get(start + i) !== args[i]) return false;
    return true;
  }

  #node(kind: number, value: number, args: readonly Gate[]): Gate {
    const gate = this.size;
    this.#kind.push(kind);
    this.#value.push(value);
    this.#start.push(this.#args.length);
    for (const arg of args) this.#args.push(arg);
    return gate;
  }

  #rehash(): void {
    const table = new Int32Array(this.#table.length * 4);
    const mask = table.length - 1;
    for (let gate = 2; gate < this.size; gate++) {
      if (this.#kind.get(gate) < kinds.and) continue;
      let slot = hash(this.#kind.get(gate), this.#value.get(gate), this.args(gate)) & mask;
      while (table[slot] !== 0) slot = (slot + 1) & mask;
      table[slot] = gate;
    }
    this.#table = table;
  }
}

function hash(kind: number, value: number, args: ArrayLike<number>): number {
  let h = Math.imul(kind + 8 * value, 0x9e3779b1);
  for (let i = 0; i < args.length; i++) h = Math.imul(h ^ (args[i] as number), 0x85ebca6b) ^ (h >>> 13);
  return (h ^ (h >>> 15)) >>> 0;
}
