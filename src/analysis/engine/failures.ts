import { finish, type Steps } from '../../model/steps';
import { type FailureGraph, type Gate, kinds } from './graph';

/** Words of 32 failures handled in one sweep over the graph. */
const width = 8;

/** Which failures bring down one root: bit i of the set is failure i. */
export class FailureSet {
  readonly #words: Int32Array;

  constructor(words: Int32Array) {
    this.#words = words;
  }

  has(failure: number): boolean {
    return (((this.#words[failure >>> 5] as number) >>> (failure & 31)) & 1) === 1;
  }

  /** All of them, ascending: time in proportion to how many there are, and to a 32nd of how many there could be. */
  *[Symbol.iterator](): Iterator<number> {
    for (let word = 0; word < this.#words.length; word++) {
      for (let bits = this.#words[word] as number; bits !== 0; bits &= bits - 1) yield word * 32 + 31 - Math.clz32(bits & -bits);
    }
  }
}

/**
 * Evaluates many failures at once, 32 to a word: each failure is a set of gates or variables that fail while all else
 * works, and for each root the answer says which failures bring it down. Exact for any gates; single points of failure
 * and blast radii both come from it. Time: gates × failures / 32.
 */
export function effectsOf(graph: FailureGraph, roots: readonly Gate[], failures: readonly (readonly Gate[])[]): readonly FailureSet[] {
  return finish(effectSteps(graph, roots, failures));
}

/** The same as {@link effectsOf} in small steps. */
export function* effectSteps(
  graph: FailureGraph,
  roots: readonly Gate[],
  failures: readonly (readonly Gate[])[],
): Steps<readonly FailureSet[]> {
  const { kind, value, start, args } = graph.arrays();
  const cone = coneOf(graph, roots);
  const words = Math.ceil(failures.length / 32);
  const results = roots.map(() => new Int32Array(words + width));
  const rows = new Int32Array(graph.size * width);
  const row = new Int32Array(width);

  for (let first = 0; first < words; first += width) {
    rows.fill(0).fill(-1, width, 2 * width);
    const end = Math.min(failures.length, (first + width) * 32);
    for (let failure = first * 32; failure < end; failure++) {
      const bit = failure - first * 32;
      for (const gate of failures[failure] ?? []) {
        const at = gate * width + (bit >>> 5);
        rows[at] = (rows[at] as number) | (1 << (bit & 31));
      }
    }
    for (let i = 0; i < cone.length; i++) {
      const gate = cone[i] as Gate;
      const from = start[gate] as number;
      const to = start[gate + 1] as number;
      if (kind[gate] === kinds.or) {
        row.fill(0);
        for (let at = from; at < to; at++) {
          const other = (args[at] as number) * width;
          for (let word = 0; word < width; word++) row[word] = (row[word] as number) | (rows[other + word] as number);
        }
      } else if (kind[gate] === kinds.and) {
        row.fill(-1);
        for (let at = from; at < to; at++) {
          const other = (args[at] as number) * width;
          for (let word = 0; word < width; word++) row[word] = (row[word] as number) & (rows[other + word] as number);
        }
      } else {
        for (let word = 0; word < width; word++) row[word] = atLeastWord(args, from, to, value[gate] as number, rows, word);
      }
      const own = gate * width;
      for (let word = 0; word < width; word++) rows[own + word] = (rows[own + word] as number) | (row[word] as number);
    }
    for (const [i, root] of roots.entries()) results[i]?.set(rows.subarray(root * width, (root + 1) * width), first);
    yield;
  }
  return results.map((result) => new FailureSet(result));
}

/** For 32 failures at once, whether at least k arguments fail: `over[j]` has the bits of failures with more than j so far. */
function atLeastWord(args: Int32Array, from: number, to: number, k: number, rows: Int32Array, word: number): number {
  const over = new Int32Array(k);
  for (let at = from; at < to; at++) {
    const fails = rows[(args[at] as number) * width + word] as number;
    for (let j = k - 1; j > 0; j--) over[j] = (over[j] as number) | ((over[j - 1] as number) & fails);
    over[0] = (over[0] as number) | fails;
  }
  return over[k - 1] as number;
}

/** The gates (not variables or constants) that the roots depend on, arguments first. */
export function coneOf(graph: FailureGraph, roots: readonly Gate[]): Int32Array {
  const seen = new Uint8Array(graph.size);
  for (const root of roots) seen[root] = 1;
  let count = 0;
  for (let gate = graph.size - 1; gate >= 2; gate--) {
    if (seen[gate] !== 1 || graph.kind(gate) < kinds.and) continue;
    count++;
    for (const arg of graph.args(gate)) seen[arg] = 1;
  }
  const cone = new Int32Array(count);
  let at = 0;
  for (let gate = 2; gate < graph.size; gate++) {
    if (seen[gate] === 1 && graph.kind(gate) >= kinds.and) cone[at++] = gate;
  }
  return cone;
}
