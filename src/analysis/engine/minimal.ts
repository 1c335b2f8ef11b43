import type { Diagram } from './diagram';
import { type Gate, kinds } from './graph';
import { type Block, leafOrder } from './order';
import type { Family, Zbdd } from './zbdd';

/**
 * The minimal solutions of a coherent diagram (Rauzy 1993): with a variable failed, those that do not fail without it.
 * Levels of the family are levels of the diagram.
 */
export function minimalSolutions(diagram: Diagram, families: Zbdd): Family {
  const level = new Int32Array(diagram.order.length);
  for (const [at, leaf] of diagram.order.entries()) level[leaf] = at;
  const solutions = new Int32Array(diagram.input.length);
  // In a coherent function only edges to *always* are complemented.
  const behind = (edge: number): Family => (edge < 2 ? edge : (solutions[edge >> 1] as Family));
  for (let node = 1; node < diagram.input.length; node++) {
    const low = behind(diagram.low[node] as number);
    const high = families.without(behind(diagram.high[node] as number), low);
    const family = families.make(level[diagram.input[node] as number] as number, low, high);
    if (family < 0) return -1;
    solutions[node] = family;
  }
  return behind(diagram.root);
}

/**
 * The minimal cut sets of a block of at most `most` leaves, gate by gate, where there is no diagram.
 * @returns the family, and the leaves by its levels
 */
export function smallSolutions(block: Block, families: Zbdd, most: number): { family: Family; order: readonly Gate[] } {
  const order = leafOrder(block, 'light');
  const known = new Map<Gate, Family>(order.map((leaf, level) => [leaf, families.make(level, 0, 1)]));
  for (const gate of block.gates) {
    const args = Array.from(block.graph.args(gate), (arg) => (arg < 2 ? arg : (known.get(arg) ?? -1)));
    const kind = block.graph.kind(gate);
    let family: Family;
    if (kind === kinds.or) family = args.reduce((all, arg) => families.union(all, arg), 0);
    else if (kind === kinds.and) family = args.reduce((all, arg) => families.product(all, arg, most), 1);
    else family = atLeast(families, block.graph.value(gate), args, most);
    if (family < 0) return { family: -1, order };
    known.set(gate, family);
  }
  return { family: known.get(block.root) ?? -1, order };
}

function atLeast(families: Zbdd, k: number, args: readonly Family[], most: number): Family {
  let counts: Family[] = [1, ...new Array<Family>(k).fill(0)];
  for (const arg of args) {
    counts = counts.map((count, j) => (j === 0 ? 1 : families.union(count, families.product(arg, counts[j - 1] as Family, most))));
  }
  return counts[k] as Family;
}
