import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { neighboursOf } from '../../src/layout/neighbours';
import { ordered } from '../../src/layout/order';
import type { Cell, Link } from '../../src/layout/proper';
import { cell, crossings, link, shuffledPlanar } from './planar';

type Layers = readonly (readonly Cell[])[];

/** The fewest crossings of two layers: of all orders of both. */
function fewest([first = [], second = []]: Layers, links: readonly Link[]): number {
  const all = (list: readonly Cell[]): readonly (readonly Cell[])[] =>
    list.length === 0 ? [[]] : list.flatMap((one) => all(list.filter((other) => other !== one)).map((rest) => [one, ...rest]));
  return Math.min(...all(first).flatMap((a) => all(second).map((b) => crossings([a, b], links))));
}

/** Layers of cells in one or two bands, and links from each layer to the next. */
const graphs = fc
  .record({
    sizes: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 2, maxLength: 4 }),
    bands: fc.integer({ min: 1, max: 2 }),
    ends: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat()), { maxLength: 20 }),
  })
  .map(({ sizes, bands, ends }) => {
    let index = 0;
    const layers = sizes.map((size, layer) => Array.from({ length: size }, (_, i) => cell(index++, layer, Math.floor((i * bands) / size))));
    const links = ends.flatMap(([layer, from, to]) => {
      const first = layers[layer % (layers.length - 1)] ?? [];
      const second = layers[(layer % (layers.length - 1)) + 1] ?? [];
      const [a, b] = [first[from % first.length], second[to % second.length]];
      return a && b ? [link(a, b)] : [];
    });
    return { layers, links };
  });

describe('an order with few crossings', () => {
  it('holds what was given, band after band, and crosses no oftener', () => {
    fc.assert(
      fc.property(graphs, ({ layers, links }) => {
        const order = ordered(layers, neighboursOf(links));
        assert.equal(order.length, layers.length);
        for (const [i, layer] of order.entries()) {
          assert.deepEqual(new Set(layer), new Set(layers[i]));
          assert.equal(layer.length, layers[i]?.length);
          const bands = layer.map(({ band }) => band);
          assert.deepEqual(
            bands,
            [...bands].sort((a, b) => a - b),
          );
        }
        assert.ok(crossings(order, links) <= crossings(layers, links));
      }),
    );
  });

  it('is the best there is for 19 small ones of 20', () => {
    let [best, worse, count] = [0, 0, 0];
    fc.assert(
      fc.property(
        graphs.filter(
          ({ layers }) => layers.length === 2 && layers.every((layer) => layer.length <= 5 && layer.every(({ band }) => band === 0)),
        ),
        ({ layers, links }) => {
          const [now, least] = [crossings(ordered(layers, neighboursOf(links)), links), fewest(layers, links)];
          assert.ok(now >= least);
          count++;
          best += least;
          if (now > least) worse++;
        },
      ),
      { numRuns: 300 },
    );
    assert.ok(best > 0 && worse <= 0.05 * count, `${worse} of ${count} worse`);
  });

  it('unties a tree that was written crosswise', () => {
    const [root, a, b, c] = [cell(0, 0), cell(1, 1), cell(2, 1), cell(3, 1)];
    const leaves = Array.from({ length: 6 }, (_, i) => cell(4 + i, 2));
    const parents = [c, a, b, c, b, a];
    const links = [link(root, a), link(root, b), link(root, c), ...leaves.map((leaf, i) => link(parents[i] ?? a, leaf))];
    const given = [[root], [a, b, c], leaves];
    assert.ok(crossings(given, links) > 0);
    assert.equal(crossings(ordered(given, neighboursOf(links)), links), 0);
  });

  it('unties at least 13 of 20 small graphs that need no crossing, and leaves less than two a graph of the rest', () => {
    let [untied, left] = [0, 0];
    const count = 300;
    for (let seed = 1; seed <= count; seed++) {
      const { layers, links } = shuffledPlanar(seed);
      const found = crossings(ordered(layers, neighboursOf(links)), links);
      if (found === 0) untied++;
      left += found;
    }
    assert.ok(untied >= 0.65 * count, `${untied} of ${count}`);
    assert.ok(left < count, `${left} crossings`);
  });

  it('is found for hundreds in a layer too', () => {
    const [upper, lower] = [0, 1].map((layer) => Array.from({ length: 400 }, (_, i) => cell(400 * layer + i, layer)));
    const links = (upper ?? []).flatMap((one, i) => {
      const other = lower?.[(i * 171) % 400];
      return other ? [link(one, other)] : [];
    });
    assert.equal(links.length, 400);
    const order = ordered([upper ?? [], lower ?? []], neighboursOf(links));
    assert.equal(crossings(order, links), 0);
  });
});
