import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { LineIndex } from '../../src/model/text';

describe('LineIndex', () => {
  it('counts lines as the editor does, whatever ends them', () => {
    const index = new LineIndex('a\nbc\r\nd\re');
    assert.equal(index.lineCount, 4);
    assert.deepEqual(index.positionAt(3), { line: 1, character: 1 });
    assert.deepEqual(index.positionAt(6), { line: 2, character: 0 });
    assert.deepEqual(index.positionAt(99), { line: 3, character: 1 });
    assert.deepEqual(index.positionAt(-1), { line: 0, character: 0 });
    assert.equal(index.offsetAt({ line: 1, character: 1 }), 3);
    assert.equal(index.offsetAt({ line: 9, character: 0 }), 9);
  });

  it('goes there and back', () => {
    const text = fc.array(fc.constantFrom('a', 'é', '\n', '\r\n', '\r', ' ')).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(60), (source, at) => {
        const offset = Math.min(at, source.length);
        const index = new LineIndex(source);
        assert.equal(index.offsetAt(index.positionAt(offset)), offset);
      }),
    );
  });
});
