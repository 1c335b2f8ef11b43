import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { editDistance, mostSimilar } from '../../../src/formats/shared/similar';

describe('mostSimilar', () => {
  it('finds the word that was probably meant', () => {
    const words = ['replicas', 'replication', 'retry', 'timeout', 'to'];
    for (const [written, meant] of [
      ['replcas', 'replicas'],
      ['relpicas', 'replicas'],
      ['Replicas', 'replicas'],
      ['replications', 'replication'],
      ['timout', 'timeout'],
      ['tiemout', 'timeout'],
      ['ot', 'to'],
      ['colour', undefined],
      ['', undefined],
      ['x'.repeat(100), undefined],
    ] as const) {
      assert.equal(mostSimilar(written, words), meant, written);
    }
  });

  it('takes the nearest, and of equally near ones the first', () => {
    assert.equal(mostSimilar('api-v2', ['api-v1', 'api-v3']), 'api-v1');
    assert.equal(mostSimilar('cats', ['cots', 'cat', 'catss']), 'cots');
  });
});

describe('editDistance', () => {
  it('counts changes, a swap of neighbours as one', () => {
    for (const [a, b, distance] of [
      ['', '', 0],
      ['abc', '', 3],
      ['abc', 'abd', 1],
      ['abc', 'acb', 1],
      ['kitten', 'sitting', 3],
      ['abcdef', 'badcfe', 3],
    ] as const) {
      assert.equal(editDistance(a, b), distance, `${a} ${b}`);
    }
  });

  it('is a distance', () => {
    const short = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(short, short, (a, b) => {
        assert.equal(editDistance(a, b), editDistance(b, a));
        assert.equal(editDistance(a, b) === 0, a === b);
        assert.ok(editDistance(a, b) <= Math.max(a.length, b.length));
        assert.ok(editDistance(a, b) >= Math.abs(a.length - b.length));
      }),
    );
  });
});
