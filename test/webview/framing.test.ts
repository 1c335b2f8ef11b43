import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { countBeyond, firstOf, fitsReadably, readableFrom, type Sighted, wholeOf } from '../../src/webview/framing';
import type { Transform } from '../../src/webview/panZoom';

const room = { width: 1000, height: 600 };

const card = (id: string, x: number, y: number, rest: Partial<Sighted> = {}): Sighted & { id: string; level: string } => ({
  id,
  level: '',
  x,
  y,
  width: 200,
  height: 54,
  isEntry: false,
  tone: 'none',
  ...rest,
});

/** Whether all of a card is in the window. */
function holds({ x, y, width, height }: Sighted, at: Transform): boolean {
  const [left, top] = [x * at.k + at.x, y * at.k + at.y];
  return left >= 0 && top >= 0 && left + width * at.k <= room.width && top + height * at.k <= room.height;
}

describe('the first view of a picture', () => {
  it('is all of it where its names can be made out', () => {
    const picture = { width: 4000, height: 3000 };
    assert.equal(wholeOf(picture, room).k, 0.2);
    assert.deepEqual(firstOf(picture, [card('a', 0, 0)], room), { x: 100, y: 0, k: 0.2 });
  });

  it('blows nothing up', () => {
    assert.deepEqual(firstOf({ width: 200, height: 100 }, [], room), { x: 375, y: 237.5, k: 1.25 });
  });

  it('is where journeys begin, though worse is found elsewhere', () => {
    const picture = { width: 40_000, height: 20_000 };
    const cards = [
      ...Array.from({ length: 40 }, (_, i) =>
        card(`bad ${i}`, 30_000 + (i % 8) * 250, 15_000 + Math.floor(i / 8) * 100, { tone: 'error' }),
      ),
      card('entry', 20, 9000, { isEntry: true }),
    ];
    const view = firstOf(picture, cards, room);
    assert.ok(view.k >= readableFrom && cards.filter(({ isEntry }) => isEntry).every((each) => holds(each, view)), JSON.stringify(view));
    assert.equal(view.x, 0, 'nothing of the window is beyond the picture');
  });

  it('is where the worst was found, and most of that, where no journey begins', () => {
    const picture = { width: 40_000, height: 20_000 };
    const cards = [
      card('alone', 100, 100, { tone: 'error' }),
      card('one', 30_000, 15_000, { tone: 'error' }),
      card('two', 30_500, 15_100, { tone: 'error' }),
      ...Array.from({ length: 9 }, (_, i) => card(`fine ${i}`, 100 + i * 220, 300)),
    ];
    const view = firstOf(picture, cards, room);
    assert.deepEqual(
      cards.filter((each) => holds(each, view)).map(({ id }) => id),
      ['one', 'two'],
    );
    assert.equal(countBeyond(cards, room, view), 10);
  });

  it('of any picture can be read, and shows a card where there is one', () => {
    const cards = fc.array(
      fc.record({ x: fc.nat(39_000), y: fc.nat(39_000), isEntry: fc.boolean(), tone: fc.constantFrom('error', 'warning', 'info', 'none') }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(cards, fc.integer({ min: 300, max: 40_000 }), fc.integer({ min: 300, max: 40_000 }), (places, width, height) => {
        const picture = { width, height };
        const all = places.map(({ x, y, isEntry, tone }, i) =>
          card(`${i}`, x % (width - 200), y % (height - 54), { isEntry, tone } as Partial<Sighted>),
        );
        const view = firstOf(picture, all, room);
        if (all.length === 0 || fitsReadably(picture, room)) return assert.deepEqual(view, wholeOf(picture, room));
        assert.ok(view.k >= readableFrom);
        assert.ok(countBeyond(all, room, view) < all.length);
        const entries = all.filter(({ isEntry }) => isEntry);
        assert.ok(entries.length === 0 || entries.some((each) => holds(each, view)), JSON.stringify(view));
      }),
    );
  });
});
