import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import { linesInto } from '../../src/layout/drawing/frameShape';
import type { Box, Direction } from '../../src/layout/flow';
import { graphOf } from '../../src/layout/graphOf';
import { layoutPicture } from '../../src/layout/picture';
import type { System } from '../../src/model/system';
import { placeTitles, titled } from '../../src/webview/titles';
import { overlap } from '../layout/check';
import { generate } from '../layout/generate';
import { storefront, twoZones } from '../layout/systems';

const elk = new ELK();
/** The size of letters below which none is ever shown. */
const least = 12;

interface Placed {
  readonly id: string;
  readonly size: number;
  readonly box: Box;
}

/** Where the letters of all titles are, and all cards with their names. */
async function placed(
  system: System,
  direction: Direction,
  size: number,
): Promise<{ readonly titles: readonly Placed[]; readonly cards: readonly Box[] }> {
  const graph = graphOf(system, [], [], { startup: true, telemetry: false });
  const picture = await layoutPicture(graph, elk, { direction });
  const framed = picture.frames.flatMap((box) =>
    graph.groups.filter(({ id, kind }) => id === box.id && kind !== 'zones').map((group) => ({ box, group })),
  );
  const titles = framed.map(({ box, group }) => titled(group, box, linesInto(box, picture)));
  return {
    cards: picture.cards,
    titles: placeTitles(titles, picture, size).map((place, i) => {
      const line = titles[i]?.at(size);
      assert.ok(line);
      return {
        id: framed[i]?.group.id ?? '',
        size: place.size,
        // From the top of a capital to the end of a descender, in most fonts.
        box: { x: line.left, y: place.baseline - 0.76 * place.size, width: line.right - line.left, height: 0.98 * place.size },
      };
    }),
  };
}

describe('the titles of frames', function () {
  this.timeout(60_000);

  const systems = {
    storefront: storefront(),
    'two zones': twoZones(),
    generated: generate(7, { components: 60, zones: 5, regions: 2, single: 0.8 }),
  };
  for (const [name, system] of Object.entries(systems)) {
    for (const direction of ['right', 'down'] as const) {
      it(`lie over no card and over no other title, whatever their size: ${name}, ${direction}`, async () => {
        for (const size of [12, 22, 28, 44, 160]) {
          const { titles, cards } = await placed(system, direction, size);
          assert.ok(titles.length >= 3);
          const faults = titles.flatMap((title, i) => [
            ...cards.filter((card) => overlap(card, title.box)).map((card) => `${title.id} lies over the card at ${card.x}, ${card.y}`),
            ...titles
              .slice(i + 1)
              .filter((other) => overlap(other.box, title.box))
              .map((other) => `${title.id} lies over ${other.id}`),
          ]);
          assert.deepEqual(faults, [], `letters of ${size}`);
          assert.ok(titles.every((title) => title.size >= least && title.size <= size));
        }
      });
    }
  }

  it('stand where they always did while there is room, and grow where there is more', async () => {
    const { titles: small } = await placed(storefront(), 'right', least);
    assert.deepEqual(
      small.filter((title) => title.size !== least),
      [],
    );
    for (const direction of ['right', 'down'] as const) {
      for (const system of Object.values(systems)) {
        const { titles: large } = await placed(system, direction, 36);
        // More than half of what was wanted even where frames stand in each other and below one another.
        assert.ok(
          large.every(({ size }) => size >= 20),
          JSON.stringify(large),
        );
        assert.ok(large.filter(({ size }) => size > 32).length >= large.length / 2, JSON.stringify(large));
      }
    }
  });
});
