import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { neighboursOf } from '../../src/layout/neighbours';
import { ordered } from '../../src/layout/order';
import type { Cell, Link } from '../../src/layout/proper';

type Layers = readonly (readonly Cell[])[];

function cell(index: number, layer: number, band = 0): Cell {
  return { index, layer, band, du: 100, dv: 50, v: 0, stays: undefined, node: undefined };
}

const link = (from: Cell, to: Cell): Link => ({ edge: `${from.index} ${to.index}`, from, to, straight: 1 });

/** How often lines cross: each two are compared, as they would be drawn. */
function crossings(layers: Layers, links: readonly Link[]): number {
  const at = new Map(layers.flatMap((layer) => layer.map((one, i) => [one, i] as const)));
  const of = (one: Cell): number => at.get(one) ?? Number.NaN;
  let sum = 0;
  for (const [i, a] of links.entries()) {
    for (const b of links.slice(i + 1)) {
      if (a.from.layer === b.from.layer && (of(a.from) - of(b.from)) * (of(a.to) - of(b.to)) < 0) sum++;
    }
  }
  return sum;
}

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
