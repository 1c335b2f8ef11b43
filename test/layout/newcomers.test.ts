import { strict as assert } from 'node:assert';
import type { Spot } from '../../src/layout/flow';
import type { Card, Edge } from '../../src/layout/graph';
import type { OldLevel, OldSpot } from '../../src/layout/keep';
import type { Level, Piece } from '../../src/layout/levels';
import { withNewcomers } from '../../src/layout/newcomers';

const size = { width: 200, height: 60 };

function card(name: string, more: Partial<Card> = {}): Card {
  return {
    id: `component ${name}`,
    name,
    title: name,
    meta: '',
    icon: 'service',
    pips: [],
    badges: [],
    tone: 'none',
    external: false,
    spoken: name,
    hint: '',
    ...size,
    ...more,
  };
}

function call(from: string, to: string, labelled = false): Piece {
  const edge: Edge = {
    id: `call ${from} -> ${to}`,
    calls: [`${from} -> ${to}`],
    from: `component ${from}`,
    to: `component ${to}`,
    style: 'sync',
    tone: 'none',
    spoken: '',
    hint: '',
  };
  return { edge, from: { kind: 'item', item: edge.from }, to: { kind: 'item', item: edge.to }, labelled };
}

function level(names: readonly (string | Card)[], pieces: readonly Piece[], bands: Level['bands'] = []): Level {
  return { group: undefined, cards: names.map((one) => (typeof one === 'string' ? card(one) : one)), children: [], pieces, bands };
}

const spot = (u: number, v: number, du = size.width, dv = size.height): OldSpot => ({ u, v, du, dv });

function old(items: Readonly<Record<string, OldSpot>>, routes: readonly (readonly Spot[])[] = [], more: Partial<OldLevel> = {}): OldLevel {
  const spots = Object.entries(items).map(([name, at]) => [`component ${name}`, at] as const);
  return {
    items: new Map(spots),
    labels: new Map(),
    routes: new Map(routes.map((route, i) => [`${i}`, route])),
    frames: new Map(),
    stood: new Map(),
    frame: undefined,
    cards: spots.map(([, at]) => at),
    ...more,
  };
}

/** Three columns of three, 300 apart, and 100 from one row to the next. */
const three = Object.fromEntries(
  ['a', 'b', 'c'].flatMap((column, i) => [0, 1, 2].map((row) => [`${column}${row}`, spot(300 * i, 100 * row)] as const)),
);
const all = Object.keys(three);
const chain = [0, 1, 2].flatMap((row) => [call(`a${row}`, `b${row}`), call(`b${row}`, `c${row}`), call(`a${row}`, `b${(row + 1) % 3}`)]);

function without(...names: readonly string[]): Readonly<Record<string, OldSpot>> {
  return Object.fromEntries(Object.entries(three).filter(([name]) => !names.includes(name)));
}

function placeOf(name: string, found: OldLevel): OldSpot {
  const at = found.items.get(`component ${name}`);
  assert.ok(at, name);
  return at;
}

describe('a card that comes to a picture', () => {
  it('takes the free place between who calls it and what it calls, and moves nothing', () => {
    const before = old(without('b1'));
    const found = withNewcomers(level(all, chain), before, 'right');
    const { u, du, v, dv } = placeOf('b1', found);
    assert.deepEqual([u, du, dv], [300, size.width, size.height]);
    // Between b0, which ends at 60, and b2, with what stays free around a card.
    assert.ok(v >= 60 + 22 && v + dv <= 200 - 22, `${v}`);
    assert.deepEqual([...(found.fresh ?? [])], ['component b1']);
    for (const [id, at] of before.items) assert.deepEqual(found.items.get(id), at);
  });

  it('changes nothing where nothing or everything is new', () => {
    const before = old(three);
    assert.equal(withNewcomers(level(all, chain), before, 'right'), before);
    const none = old({});
    assert.equal(withNewcomers(level(all, chain), none, 'right'), none);
  });

  it('stands behind who calls it, though there is room beside them and before', () => {
    // In the column of its caller, and in the one before, the place in the same row is free.
    const before = old(without('a1', 'b1'));
    const pieces = [call('a0', 'b0'), call('a2', 'b2'), call('b0', 'c0'), call('b2', 'c2'), call('c1', 'new')];
    const names = [...all.filter((name) => name !== 'a1' && name !== 'b1'), 'new'];
    const linked = [...pieces, call('a0', 'c1')];
    const { u } = placeOf('new', withNewcomers(level(names, linked), before, 'right'));
    assert.ok(u >= 600 + size.width, `${u}`);
  });

  it('stands before what it calls', () => {
    const names = [...all.filter((name) => name !== 'b1' && name !== 'c1'), 'new'];
    const pieces = [call('a0', 'b0'), call('a2', 'b2'), call('b0', 'c0'), call('b2', 'c2'), call('a1', 'b0'), call('new', 'a1')];
    const { u, du } = placeOf('new', withNewcomers(level(names, pieces), old(without('b1', 'c1')), 'right'));
    assert.ok(u + du <= 0, `${u}`);
  });

  it('goes where no line passes, when a place beside is nearly as near', () => {
    const room = { a0: spot(0, 200), b0: spot(300, 0), b1: spot(300, 400), c0: spot(600, 200) };
    const pieces = [call('a0', 'b0'), call('a0', 'b1'), call('b0', 'c0'), call('a0', 'new'), call('new', 'c0')];
    const names = [...Object.keys(room), 'new'];
    const free = placeOf('new', withNewcomers(level(names, pieces), old(room), 'right'));
    assert.deepEqual([free.u, free.v], [300, 200]);
    // Six lines pass low: the place at the end of the column is farther, but nothing passes there.
    const lines = Array.from({ length: 20 }, (_, i): readonly Spot[] => [
      { u: 100, v: 201 + i },
      { u: 700, v: 201 + i },
    ]);
    const { v } = placeOf('new', withNewcomers(level(names, pieces), old(room, lines), 'right'));
    assert.ok(v >= 460 || v <= -60, `${v}`);
  });

  it('opens no column where that would move half of the cards, however short the line would be', () => {
    // Between a and b there is no column; a callee of a0 that calls b0 fits nowhere without one of them looking back.
    const names = [...all, 'new'];
    const { u } = placeOf('new', withNewcomers(level(names, [...chain, call('a0', 'new'), call('new', 'b0')]), old(three), 'right'));
    assert.ok([0, 300, 600].includes(u) || u < 0 || u >= 600 + size.width, `${u}`);
  });

  it('leaves a column for the label of its call, where that opens none', () => {
    const names = ['a', 'b', 'c', 'd'];
    const row = Object.fromEntries(names.map((name, i) => [name, spot(230 * i, 0)] as const));
    const pieces = [call('a', 'b'), call('b', 'c'), call('c', 'd'), call('new', 'd')];
    const at = (labelled: boolean) =>
      placeOf('new', withNewcomers(level([...names, 'new'], [...pieces, call('a', 'new', labelled)]), old(row), 'right')).u;
    assert.deepEqual([at(false), at(true)], [230, 460]);
  });

  it('stays in the column even where it is not as wide as the card', () => {
    const wide = card('new', { width: 215 });
    const found = withNewcomers(
      level([...all.filter((name) => name !== 'b1'), wide], [...chain, call('a1', 'new'), call('new', 'c1')]),
      old(without('b1')),
      'right',
    );
    assert.deepEqual(placeOf('new', found), { ...three['b1'], du: size.width });
  });

  it('goes into the band of its zone', () => {
    const zones = ['zone one', 'zone two'];
    const bands = zones.map((id) => ({ id, group: undefined }));
    const inZone = (name: string, zone: number): Card => card(name, { group: zones[zone] ?? '' });
    const stood = new Map([
      ['zone one', spot(-20, -40, 560, 300)],
      ['zone two', spot(-20, 300, 560, 300)],
    ]);
    const items = { a: spot(0, 0), b: spot(300, 0), c: spot(0, 340), d: spot(300, 340) };
    const cards = [inZone('a', 0), inZone('b', 0), inZone('c', 1), inZone('d', 1), inZone('new', 1)];
    const pieces = [call('a', 'b'), call('c', 'd'), call('a', 'new')];
    const { v, dv } = placeOf('new', withNewcomers(level(cards, pieces, bands), old(items, [], { stood }), 'right'));
    assert.ok(v >= 300 && v + dv <= 600, `${v}`);
  });

  it('waits for those on which its place depends', () => {
    // `far` knows nobody but `near`, which comes later in the order of names.
    const pieces = [...chain, call('c1', 'near'), call('near', 'far')];
    const found = withNewcomers(level([...all, 'far', 'near'], pieces), old(three), 'right');
    const [near, far] = [placeOf('near', found), placeOf('far', found)];
    assert.ok(near.u >= 600 + size.width && far.u >= near.u + near.du, `${near.u}, ${far.u}`);
    assert.deepEqual([...(found.fresh ?? [])], ['component near', 'component far']);
  });
});
