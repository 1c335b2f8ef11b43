import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { type Arrow, backwardArrows } from '../../src/layout/orient';

function hasCycle(items: readonly string[], arrows: readonly Arrow[], turned: ReadonlySet<string>): boolean {
  let left = arrows.map((arrow) => (turned.has(arrow.id) ? { from: arrow.to, to: arrow.from } : arrow));
  let open = items;
  for (;;) {
    const free = open.filter((item) => !left.some((arrow) => arrow.to === item));
    if (free.length === 0) return open.length > 0;
    open = open.filter((item) => !free.includes(item));
    left = left.filter((arrow) => open.includes(arrow.from) && open.includes(arrow.to));
  }
}

const graphs = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc.record({
    items: fc.constant(Array.from({ length: count }, (_, i) => `item ${i}`)),
    arrows: fc
      .array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 30 })
      .map((pairs) =>
        pairs.filter(([a, b]) => a !== b).map(([a, b], i): Arrow => ({ id: `arrow ${i}`, from: `item ${a}`, to: `item ${b}` })),
      ),
    along: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: count, maxLength: count }),
  }),
);

describe('backward arrows', () => {
  it('leave no cycle when they are turned', () => {
    fc.assert(
      fc.property(graphs, ({ items, arrows }) => {
        assert.equal(hasCycle(items, arrows, backwardArrows(items, arrows)), false);
      }),
    );
  });

  it('leave no cycle when they are told by old positions, equal ones included', () => {
    fc.assert(
      fc.property(graphs, ({ items, arrows, along }) => {
        const places = new Map(items.map((item, i) => [item, along[i] ?? 0]));
        assert.equal(hasCycle(items, arrows, backwardArrows(items, arrows, places)), false);
      }),
    );
  });

  it('are none where there is no cycle', () => {
    const arrows: Arrow[] = [
      { id: '1', from: 'c', to: 'a' },
      { id: '2', from: 'a', to: 'b' },
    ];
    assert.deepEqual([...backwardArrows(['a', 'b', 'c'], arrows)], []);
  });

  it('are found in a chain longer than the call stack is deep', () => {
    const items = Array.from({ length: 100_000 }, (_, i) => String(i));
    const arrows = items.map((item, i): Arrow => ({ id: item, from: item, to: String((i + 1) % items.length) }));
    assert.equal(backwardArrows(items, arrows).size, 1);
  });
});
