import type { CutPart, FamilyPart, VariableSet } from './cutsets';
import type { Plan } from './plan';

/** The sets of a family or module, cheapest continuations known, so that no search ends without one. */
class Lister {
  /** The cost of the cheapest set of each variable or module. */
  readonly least: Map<number, number>;
  readonly #parts = new Map<number, CutPart>();
  readonly #cost: Float64Array;
  /** The cheapest way from each node of a family to its end, by module. */
  readonly #leastBelow = new Map<number, Float64Array>();
  readonly #limit: number;
  found = 0;

  constructor(parts: readonly CutPart[], cost: Float64Array, limit: number) {
    this.#cost = cost;
    this.#limit = limit;
    this.least = new Map();
    for (const part of parts) {
      this.#parts.set(part.output, part);
      this.least.set(part.output, this.#leastOf(part));
    }
  }

  get isFull(): boolean {
    return this.found > this.#limit;
  }

  leastOf(input: number): number {
    return this.least.get(input) ?? (this.#cost[input] as number);
  }

  #leastOf(part: CutPart): number {
    const inputs = Array.from(part.inputs, (input) => this.leastOf(input));
    if (part.kind !== 'family') {
      return part.kind === 'any' ? inputs.reduce((a, b) => Math.min(a, b), Infinity) : inputs.reduce((a, b) => a + b, 0);
    }
    const { families, family, leaves } = part;
    const below = new Float64Array(Math.max(2, family + 1)).fill(Infinity);
    below[1] = 0;
    // Families are made children first.
    for (let node = 2; node <= family; node++) {
      const leaf = inputs[leaves[families.level.get(node)] as number] as number;
      below[node] = Math.min(below[families.low.get(node)] as number, (below[families.high.get(node)] as number) + leaf);
    }
    this.#leastBelow.set(part.output, below);
    return below[family] as number;
  }

  /** Calls `emit` with every set of the input that costs at most `most`, and its cost. */
  each(input: number, most: number, emit: (variables: readonly number[], cost: number) => void): void {
    if (this.isFull || this.leastOf(input) > most) return;
    const part = this.#parts.get(input);
    if (!part) emit([input], this.#cost[input] as number);
    else if (part.kind === 'family') this.#family(part, part.family, most, [], 0, emit);
    else if (part.kind === 'all') this.#all([...part.inputs], most, [], 0, emit);
    else for (const inner of part.inputs) this.each(inner, most, emit);
  }

  /** One set of each input together. */
  #all(
    inputs: readonly number[],
    most: number,
    before: readonly number[],
    spent: number,
    emit: (variables: readonly number[], cost: number) => void,
  ): void {
    const [first, ...rest] = inputs;
    if (first === undefined) {
      emit(before, spent);
      return;
    }
    const others = rest.reduce((sum, input) => sum + this.leastOf(input), 0);
    this.each(first, most - spent - others, (variables, cost) => this.#all(rest, most, [...before, ...variables], spent + cost, emit));
  }

  #family(
    part: FamilyPart,
    node: number,
    most: number,
    before: readonly number[],
    spent: number,
    emit: (variables: readonly number[], cost: number) => void,
  ): void {
    const below = this.#leastBelow.get(part.output);
    let at = node;
    while (at > 1 && !this.isFull) {
      if (spent + (below?.[at] ?? 0) > most) return;
      const { families, leaves, inputs } = part;
      const high = families.high.get(at);
      const input = inputs[leaves[families.level.get(at)] as number] as number;
      const rest = below?.[high] ?? 0;
      this.each(input, most - spent - rest, (variables, cost) =>
        this.#family(part, high, most, [...before, ...variables], spent + cost, emit),
      );
      at = families.low.get(at);
    }
    if (at === 1) emit(before, spent);
  }
}

/** See {@link CutSets.within}. */
export function listed(
  parts: readonly CutPart[],
  top: Plan['top'],
  cost: Float64Array,
  most: number,
  limit: number,
): readonly VariableSet[] | undefined {
  if (top === 'never') return [];
  if (top === 'always') return most >= 0 ? [{ variables: [], cost: 0 }] : [];
  const lister = new Lister(parts, cost, limit);
  const sets: VariableSet[] = [];
  lister.each(top, most, (variables, spent) => {
    lister.found++;
    sets.push({ variables: [...variables].sort((a, b) => a - b), cost: spent });
  });
  return lister.isFull ? undefined : sets;
}

/** The cost of the cheapest set. */
export function cheapest(parts: readonly CutPart[], top: Plan['top'], cost: Float64Array): number {
  if (top === 'never') return Infinity;
  return top === 'always' ? 0 : new Lister(parts, cost, 0).leastOf(top);
}
