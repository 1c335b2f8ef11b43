import { strict as assert } from 'node:assert';
import * as fc from 'fast-check';
import { fitText, textWidth } from '../../src/layout/text';

describe('text widths', () => {
  it('grow with every character, with the size and with the weight', () => {
    assert.ok(textWidth('orders-db', 12) > textWidth('orders', 12));
    assert.ok(textWidth('orders', 13) > textWidth('orders', 12));
    assert.ok(textWidth('orders', 12, 600) > textWidth('orders', 12));
    assert.ok(textWidth('iii', 12) < textWidth('mmm', 12));
    assert.equal(textWidth('注文', 10), 20);
  });

  it('a text that fits stays as it is; a longer one is cut with an ellipsis and then fits', () => {
    assert.equal(fitText('orders', 100, 12), 'orders');
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), fc.integer({ min: 30, max: 200 }), (text, width) => {
        assert.ok(textWidth(fitText(text, width, 12), 12) <= width + 1e-9);
      }),
    );
  });

  it('line breaks, control characters and marks that turn the reading direction become spaces', () => {
    assert.equal(fitText('a\nb\u0000c\u202Ed', 200, 12), 'a b c d');
  });

  it('a name of a megabyte is cut without looking at all of it', () => {
    assert.ok(fitText('x'.repeat(1_000_000), 100, 12).length < 30);
  });
});
