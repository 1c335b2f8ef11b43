import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import { hasDrifted, isOtherStructure, tangleOf } from '../../src/layout/drift';
import type { Layouter } from '../../src/layout/elk';
import type { Point } from '../../src/layout/flow';
import { graphOf } from '../../src/layout/graphOf';
import { layoutPicture, type Picture } from '../../src/layout/picture';
import { generate } from './generate';

const elk: Layouter = new ELK();

function pictureWith(...lines: readonly (readonly (readonly [number, number])[])[]): Picture {
  const pointsOf = (line: readonly (readonly [number, number])[]): readonly Point[] => line.map(([x, y]) => ({ x, y }));
  const edges = lines.map((line, i) => ({ id: `${i}`, points: pointsOf(line) }));
  return { key: '', direction: 'right', width: 1000, height: 1000, cards: [], frames: [], edges };
}

/** So many lines across one, and where that is to be longer, by so much. */
function comb(teeth: number, more = 0): Picture {
  const tooth = (i: number) => [
    [10 + 10 * i, 0],
    [10 + 10 * i, 20],
  ];
  return pictureWith(
    [
      [0, 10],
      [900 + more, 10],
    ],
    ...Array.from({ length: teeth }, (_, i) => tooth(i) as [number, number][]),
  );
}

describe('how tangled a picture is', () => {
  it('counts where lines cross, not where they touch, run along each other or turn', () => {
    const crossing = pictureWith(
      [
        [0, 10],
        [100, 10],
        [100, 50],
      ],
      [
        [50, 0],
        [50, 40],
        [150, 40],
      ],
    );
    // At (50, 10) and at (100, 40).
    assert.deepEqual(tangleOf(crossing), { crossings: 2, length: 100 + 40 + 40 + 100 });
    assert.equal(
      tangleOf(
        pictureWith(
          [
            [0, 10],
            [100, 10],
          ],
          [
            [50, 10],
            [50, 40],
          ],
        ),
      ).crossings,
      0,
      'touching',
    );
    assert.equal(
      tangleOf(
        pictureWith(
          [
            [0, 10],
            [100, 10],
          ],
          [
            [50, 10],
            [150, 10],
          ],
        ),
      ).crossings,
      0,
      'along each other',
    );
    assert.equal(
      tangleOf(
        pictureWith([
          [0, 10],
          [100, 10],
          [100, 0],
          [50, 0],
          [50, 30],
        ]),
      ).crossings,
      0,
      'a line over itself',
    );
    assert.deepEqual(tangleOf(comb(7)), { crossings: 7, length: 900 + 7 * 20 });
  });

  it('has drifted above 1.3 times the crossings or the length of a fresh one, but not for two crossings more', () => {
    assert.equal(hasDrifted(comb(13), comb(10)), false);
    assert.equal(hasDrifted(comb(14), comb(10)), true);
    assert.equal(hasDrifted(comb(2), comb(0)), false);
    assert.equal(hasDrifted(comb(3), comb(0)), true);
    assert.equal(hasDrifted(comb(0, 270), comb(0)), false);
    assert.equal(hasDrifted(comb(0, 271), comb(0)), true);
    assert.equal(hasDrifted(comb(10), comb(20)), false);
  });

  it('counts as another structure when something comes or goes', async () => {
    const graph = (components: number) =>
      graphOf(generate(3, { components, zones: 0, regions: 0 }), [], [], { startup: true, telemetry: false });
    const before = await layoutPicture(graph(8), elk, { direction: 'right' });
    assert.equal(isOtherStructure(before, await layoutPicture(graph(9), elk, { direction: 'right', previous: before })), true);
    assert.equal(isOtherStructure(before, await layoutPicture(graph(8), elk, { direction: 'down' })), false);
  });

  it('counts each card, frame and line that comes or goes, and no size', () => {
    const plain = pictureWith([
      [0, 10],
      [100, 10],
    ]);
    const card = { id: 'component a', level: '', x: 0, y: 0, width: 10, height: 10 };
    const others: readonly Picture[] = [
      { ...plain, cards: [card] },
      { ...plain, frames: [card] },
      { ...plain, edges: [] },
    ];
    for (const other of others) {
      assert.equal(isOtherStructure(plain, other), true);
      assert.equal(isOtherStructure(other, plain), true);
    }
    const grown = { ...card, width: 99, x: 5 };
    assert.equal(
      isOtherStructure({ ...plain, cards: [card], frames: [card] }, { ...plain, cards: [grown], frames: [grown], width: 1 }),
      false,
    );
  });
});
