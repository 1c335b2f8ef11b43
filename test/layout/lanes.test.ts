import { strict as assert } from 'node:assert';
import type { Edge } from '../../src/layout/graph';
import { inBands } from '../../src/layout/lanes';
import { type Item, labelNode, levelGraph } from '../../src/layout/levelGraph';
import type { Piece } from '../../src/layout/levels';
import type { PlacedInBands } from '../../src/layout/placeKept';
import type { Seat } from '../../src/layout/proper';

const extent = { du: 200, dv: 60 };

function call(from: string, to: string, label?: string): Piece {
  const edge: Edge = {
    id: `call ${from} -> ${to}`,
    calls: [],
    from: `component ${from}`,
    to: `component ${to}`,
    style: 'sync',
    tone: 'none',
    spoken: '',
    hint: '',
    ...(label === undefined ? {} : { pill: { width: 60, height: 18, segments: [] } }),
  };
  return { edge, from: { kind: 'item', item: from }, to: { kind: 'item', item: to }, labelled: label !== undefined };
}

/** Items with their layer, their place across and their band, in two bands. */
function placed(seats: Readonly<Record<string, Seat & { readonly band: number }>>, pieces: readonly Piece[]): PlacedInBands {
  const items = Object.keys(seats).map((id): Item => ({ id, extent }));
  const graph = levelGraph(items, pieces, 'right', { turned: new Set(), returning: new Set(), sides: new Map() });
  const all = new Map<string, Seat>(Object.entries(seats).map(([id, { layer, v }]) => [id, { layer, v }]));
  for (const { id } of graph.nodes) if (!all.has(id)) all.set(id, { layer: 1, v: 0 });
  const of = new Map(Object.entries(seats).map(([id, { band }]) => [id, band]));
  return inBands(graph, { seats: all, via: () => undefined }, { of, oldAt: undefined, room: [40], cuts: undefined });
}

function spotOf({ nodes }: PlacedInBands, id: string) {
  const spot = nodes.get(id);
  assert.ok(spot, id);
  return spot;
}

describe('bands of a level', () => {
  it('stand one behind the other across the flow, whatever was where', () => {
    const seats = {
      a: { layer: 0, v: 900, band: 0 },
      b: { layer: 1, v: 900, band: 0 },
      c: { layer: 0, v: 0, band: 1 },
      d: { layer: 1, v: 0, band: 1 },
    };
    const found = placed(seats, [call('a', 'b'), call('c', 'd'), call('a', 'd')]);
    const [cut = Number.NaN] = found.cuts;
    for (const id of ['a', 'b']) assert.ok(spotOf(found, id).v + extent.dv <= cut, id);
    for (const id of ['c', 'd']) assert.ok(spotOf(found, id).v >= cut, id);
  });

  it('spread what has no lines over their columns, so that it makes no tower', () => {
    const lone = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`lone${i}`, { layer: 0, v: i, band: 0 }] as const));
    const seats = { a: { layer: 0, v: 0, band: 0 }, b: { layer: 1, v: 0, band: 0 }, c: { layer: 1, v: 0, band: 1 }, ...lone };
    const found = placed(seats, [call('a', 'b'), call('a', 'c')]);
    const columns = new Map<number, number>();
    for (const id of ['a', 'b', ...Object.keys(lone)]) columns.set(spotOf(found, id).u, (columns.get(spotOf(found, id).u) ?? 0) + 1);
    assert.deepEqual([...columns.values()], [4, 4]);
  });

  it('hold their lines, however far apart things were', () => {
    const far = 900_000;
    const seats = {
      a: { layer: 0, v: far, band: 0 },
      b: { layer: 1, v: 0, band: 0 },
      c: { layer: 2, v: far, band: 0 },
      d: { layer: 1, v: 0, band: 1 },
    };
    const found = placed(seats, [call('a', 'b'), call('b', 'c'), call('a', 'c'), call('a', 'd')]);
    const [cut = Number.NaN] = found.cuts;
    const route = found.edges.get('edge call a -> c') ?? [];
    assert.ok(route.length >= 2);
    for (const { v } of route) assert.ok(v <= cut, `${v} is behind ${cut}`);
  });

  it('have a label beside who calls', () => {
    const seats = { a: { layer: 0, v: 0, band: 0 }, b: { layer: 2, v: 0, band: 1 } };
    const found = placed(seats, [call('a', 'b', '1s')]);
    const [cut = Number.NaN] = found.cuts;
    assert.ok(spotOf(found, labelNode('call a -> b')).v + 18 <= cut);
    const back = placed({ a: { layer: 0, v: 0, band: 1 }, b: { layer: 2, v: 0, band: 0 } }, [call('a', 'b', '1s')]);
    assert.ok(spotOf(back, labelNode('call a -> b')).v >= (back.cuts[0] ?? Number.NaN));
  });
});
