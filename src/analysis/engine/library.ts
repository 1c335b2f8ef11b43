import type { Steps } from '../../model/steps';
import { type Budget, diagramOf } from './build';
import type { Diagram } from './diagram';
import type { Gate } from './graph';
import type { Block } from './order';

/** Nodes that any block may take while there are some. */
const leastShare = 32_768;
/** Nodes of all diagrams that are kept together. */
const room = 4_000_000;

/**
 * Diagrams that were built before, by the shape of what they decide. A changed probability changes no shape, and what
 * several journeys share has the same, so that nothing is built twice. The least recently used go first.
 */
export class Library {
  readonly #diagrams = new Map<string, Diagram>();
  #nodes = 0;

  /** @param budget what may be built; the given diagrams cost nothing */
  *diagramOf(block: Block, budget: Budget): Steps<Diagram | undefined> {
    const key = shapeOf(block);
    const known = this.#diagrams.get(key);
    if (known) {
      this.#diagrams.delete(key);
      this.#diagrams.set(key, known);
      return known;
    }
    // One hard block does not use up what others need as well.
    const own: Budget = { ...budget, nodes: Math.max(leastShare, budget.nodes * (budget.share ?? 1)) };
    const allowed = Math.min(budget.nodes, own.nodes);
    own.nodes = allowed;
    const diagram = yield* diagramOf(block, own);
    budget.nodes -= allowed - own.nodes;
    if (diagram && diagram.input.length <= room) {
      this.#diagrams.set(key, diagram);
      this.#nodes += diagram.input.length;
      for (const [oldest, { input }] of this.#diagrams) {
        if (this.#nodes <= room) break;
        this.#diagrams.delete(oldest);
        this.#nodes -= input.length;
      }
    }
    return diagram;
  }
}

/** The block as text, with its leaves and gates numbered by place. */
function shapeOf(block: Block): string {
  const { graph } = block;
  const place = new Map<Gate, number>();
  for (const leaf of block.leaves) place.set(leaf, place.size);
  const parts: string[] = [];
  for (const gate of block.gates) {
    place.set(gate, place.size);
    parts.push(`${graph.kind(gate)}.${graph.value(gate)}:${Array.from(graph.args(gate), (arg) => place.get(arg) ?? -1 - arg).join()}`);
  }
  return parts.join(';');
}
