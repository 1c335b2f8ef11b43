import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { joined, touches } from '../../../src/formats/shared/spans';

const span = fc.tuple(fc.nat(40), fc.nat(6)).map(([start, length]) => ({ start, end: start + length }));

describe('spans', () => {
  it('are joined into sorted, disjoint ones that cover the same', () => {
    fc.assert(
      fc.property(fc.array(span), (spans) => {
        const result = joined(spans);
        for (let i = 1; i < result.length; i++) assert.ok((result[i - 1]?.end ?? 0) < (result[i]?.start ?? 0));
        const covered = (all: readonly { start: number; end: number }[], at: number) =>
          all.some(({ start, end }) => at >= start && at < end);
        for (let at = 0; at < 50; at++) assert.equal(covered(result, at), covered(spans, at));
      }),
    );
  });

  it('touch when they share a place', () => {
    fc.assert(
      fc.property(fc.array(span), span, (spans, wanted) => {
        const sorted = joined(spans).filter(({ start, end }) => end > start);
        const found = sorted.some(({ start, end }) => (start < wanted.end && wanted.start < end) || start === wanted.start);
        assert.equal(
          touches(
            sorted.filter(({ start, end }) => end > start),
            wanted,
          ),
          found,
        );
      }),
    );
  });
});
