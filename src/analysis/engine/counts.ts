import type { CutPart, FamilyPart } from './cutsets';

/** Numbers of sets by order: the i-th is how many have i members. */
export type Counts = readonly bigint[];

const none: Counts = [];
const empty: Counts = [1n];

/** How many minimal cut sets of each order a root has: counted on the diagrams, without listing any. */
export function countsOf(parts: readonly CutPart[], top: number | 'never' | 'always'): Counts {
  if (top === 'never') return none;
  if (top === 'always') return empty;
  const known = new Map<number, Counts>();
  const inputCounts = (input: number): Counts => known.get(input) ?? [0n, 1n];
  for (const part of parts) {
    const inputs = Array.from(part.inputs, inputCounts);
    if (part.kind === 'family') known.set(part.output, familyCounts(part, inputs));
    else known.set(part.output, part.kind === 'any' ? inputs.reduce(plus, none) : inputs.reduce(times, empty));
  }
  return inputCounts(top);
}

function familyCounts({ families, family, leaves }: FamilyPart, inputs: readonly Counts[]): Counts {
  const counts: Counts[] = new Array(families.size);
  counts[0] = none;
  counts[1] = empty;
  // Parents have greater numbers than what they lead to.
  const used = new Uint8Array(families.size);
  used[family] = 1;
  for (let node = family; node > 1; node--) {
    if (used[node] !== 1) continue;
    used[families.low.get(node)] = 1;
    used[families.high.get(node)] = 1;
  }
  for (let node = 2; node <= family; node++) {
    if (used[node] !== 1) continue;
    const leaf = inputs[leaves[families.level.get(node)] as number] as Counts;
    counts[node] = plus(counts[families.low.get(node)] as Counts, times(counts[families.high.get(node)] as Counts, leaf));
  }
  return counts[family] as Counts;
}

function plus(a: Counts, b: Counts): Counts {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const [long, short] = a.length >= b.length ? [a, b] : [b, a];
  return long.map((count, i) => count + (short[i] ?? 0n));
}

function times(a: Counts, b: Counts): Counts {
  if (a.length === 0 || b.length === 0) return none;
  // One variable: every set has one member more.
  if (b.length === 2 && b[0] === 0n && b[1] === 1n) return [0n, ...a];
  const result = new Array<bigint>(a.length + b.length - 1).fill(0n);
  for (const [i, x] of a.entries()) {
    if (x === 0n) continue;
    for (const [j, y] of b.entries()) result[i + j] = (result[i + j] as bigint) + x * y;
  }
  return result;
}
