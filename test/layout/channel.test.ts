import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { type Crossing, tracksOf } from '../../src/layout/channel';

/** How often lines cross when each runs to its track, along it, and on. */
function crossings(lines: readonly Crossing[], tracks: readonly (number | undefined)[]): number {
  const within = (v: number, line: Crossing): boolean => v > Math.min(line.from, line.to) && v < Math.max(line.from, line.to);
  let sum = 0;
  for (const [i, a] of lines.entries()) {
    for (const [k, b] of lines.entries()) {
      const [ta, tb] = [tracks[i], tracks[k]];
      if (i === k || ta === undefined || tb === undefined) continue;
      // The way of `a` before its track meets earlier tracks, the way behind it later ones.
      if (tb < ta && within(a.from, b)) sum++;
      if (tb > ta && within(a.to, b)) sum++;
    }
  }
  return sum;
}

describe('the tracks between two layers', () => {
  it('are none for straight lines, and the first for one that bends', () => {
    assert.deepEqual(
      tracksOf([
        { from: 10, to: 10 },
        { from: 50, to: 20 },
      ]),
      [undefined, 0],
    );
  });

  it('are shared by lines that are far from each other', () => {
    assert.deepEqual(
      tracksOf([
        { from: 0, to: 20 },
        { from: 100, to: 140 },
      ]),
      [0, 0],
    );
  });

  it('let lines that fan out pass each other without crossing', () => {
    const up = [
      { from: 30, to: 0 },
      { from: 40, to: 20 },
    ];
    const down = [
      { from: 30, to: 60 },
      { from: 40, to: 90 },
    ];
    for (const lines of [up, down]) assert.equal(crossings(lines, tracksOf(lines)), 0);
  });

  it('lay no line on another where one arrives at the height at which the other leaves', () => {
    const [first = 0, second = 0] = tracksOf([
      { from: 0, to: 50 },
      { from: 50, to: 120 },
    ]);
    assert.ok(second < first, 'the line that leaves there has to be gone before the other comes');
  });

  it('are never shared by lines whose stretches meet', () => {
    const line = fc.record({ from: fc.nat(200), to: fc.nat(200) });
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        const tracks = tracksOf(lines);
        for (const [i, a] of lines.entries()) {
          assert.equal(tracks[i] === undefined, a.from === a.to);
          for (const [k, b] of lines.entries()) {
            if (i >= k || tracks[i] === undefined || tracks[i] !== tracks[k]) continue;
            const apart =
              Math.max(Math.min(a.from, a.to), Math.min(b.from, b.to)) - Math.min(Math.max(a.from, a.to), Math.max(b.from, b.to));
            assert.ok(apart > 0, `${JSON.stringify([a, b])} share track ${tracks[i]}`);
          }
        }
      }),
    );
  });

  it('let a line that turns back do so before one that goes on past it', () => {
    const lines = [
      { from: 10, to: 40, turns: true },
      { from: 50, to: 20 },
    ];
    assert.deepEqual(tracksOf(lines), [0, 1]);
    assert.deepEqual(tracksOf([...lines].reverse()), [1, 0]);
    assert.deepEqual(tracksOf([{ from: 10, to: 10, turns: true }]), [0]);
  });
});
