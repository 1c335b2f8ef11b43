import ELK from 'elkjs/lib/elk.bundled.js';
import { loadSystems } from '../../src/cli/systems';
import type { Layouter } from '../../src/layout/elk';
import { entriesOf, flowing, graphOf } from '../../src/layout/graphOf';
import { layoutPicture } from '../../src/layout/picture';
import { faultsOf } from '../../test/layout/check';

/** What was drawn of all systems of a folder, and what is wrong with it. */
export interface CorpusPictures {
  readonly pictures: number;
  readonly cards: number;
  /** Overlaps, lines that do not meet their cards, and whatever else must not be, with the system and the view. */
  readonly faults: readonly string[];
}

/** Lays out every system below a folder in both views and both directions. */
export async function picturesIn(folder: string): Promise<CorpusPictures> {
  const layouter: Layouter = new ELK();
  const faults: string[] = [];
  let pictures = 0;
  let cards = 0;
  for (const { system } of loadSystems({ paths: [folder] }).systems) {
    for (const view of ['logical', 'deployment'] as const) {
      const whole = graphOf(system, [], [], { startup: true, telemetry: true, view });
      for (const direction of ['right', 'down'] as const) {
        const graph = flowing(whole, direction);
        const picture = await layoutPicture(graph, layouter, { direction, entries: entriesOf(system) });
        pictures++;
        cards += picture.cards.length;
        faults.push(...faultsOf(graph, picture).map((fault) => `${system.name} (${view}, ${direction}): ${fault}`));
      }
    }
  }
  return { pictures, cards, faults };
}
