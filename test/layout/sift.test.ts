import { strict as assert } from 'node:assert';
import { neighboursOf } from '../../src/layout/neighbours';
import type { Cell } from '../../src/layout/proper';
import { sifted } from '../../src/layout/sift';
import { cell, crossings, link, shuffledPlanar } from './planar';

const free = (): boolean => false;
const indices = (layers: readonly (readonly Cell[])[]): readonly (readonly number[])[] =>
  layers.map((layer) => layer.map(({ index }) => index));

describe('sifting', () => {
  const [a, b, c] = [cell(0, 0), cell(1, 0), cell(2, 0)];
  const [x, y, z] = [cell(3, 1), cell(4, 1), cell(5, 1)];

  it('moves a cell past several others to where its lines cross least', () => {
    const neighbours = neighboursOf([link(a, z), link(b, x), link(c, y)]);
    assert.deepEqual(
      indices(
        sifted(
          [
            [a, b, c],
            [x, y, z],
          ],
          neighbours,
          free,
        ),
      ),
      [
        [1, 2, 0],
        [3, 4, 5],
      ],
    );
  });

  it('leaves where it is what gains nothing', () => {
    const given = [
      [b, a, c],
      [y, x, z],
    ];
    assert.deepEqual(indices(sifted(given, neighboursOf([]), (one) => one !== a)), indices(given));
    // One crossing, whichever of its ends stands where.
    const knot = neighboursOf([link(a, x), link(a, y), link(b, x), link(b, y)]);
    assert.deepEqual(
      indices(
        sifted(
          [
            [b, a],
            [x, y],
          ],
          knot,
          free,
        ),
      ),
      [
        [1, 0],
        [3, 4],
      ],
    );
  });

  it('moves nothing that is fixed, but what is not around it', () => {
    const neighbours = neighboursOf([link(a, y), link(b, x)]);
    const given = [
      [a, b],
      [x, y],
    ];
    assert.deepEqual(indices(sifted(given, neighbours, () => true)), indices(given));
    assert.deepEqual(indices(sifted(given, neighbours, (one) => one !== y)), [
      [0, 1],
      [4, 3],
    ]);
  });

  it('keeps every cell in its band', () => {
    const [first, second] = [cell(0, 0, 0), cell(1, 0, 1)];
    const neighbours = neighboursOf([link(first, y), link(second, x)]);
    assert.deepEqual(
      indices(
        sifted(
          [
            [first, second],
            [x, y],
          ],
          neighbours,
          (one) => one === x || one === y,
        ),
      ),
      [
        [0, 1],
        [3, 4],
      ],
    );
  });

  it('goes through the layers until a second time gains next to nothing', () => {
    let [given, once, twice] = [0, 0, 0];
    for (let seed = 1; seed <= 200; seed++) {
      const { layers, links } = shuffledPlanar(seed);
      const neighbours = neighboursOf(links);
      const first = sifted(layers, neighbours, free);
      given += crossings(layers, links);
      once += crossings(first, links);
      twice += crossings(sifted(first, neighbours, free), links);
    }
    assert.ok(once < given / 2, `${once} of ${given}`);
    assert.ok(twice <= once && once - twice <= 0.02 * once, `${once}, then ${twice}`);
  });
});
