import { strict as assert } from 'node:assert';
import { availabilityText, countText, downtimeText, hoursText, listText, secondsText } from '../../src/model/words';

describe('words', () => {
  it('shows as many decimals as the unavailability needs', () => {
    const cases: readonly [number, string][] = [
      [0.0017, '99.83%'],
      [1.3306e-9, '99.99999987%'],
      [1e-13, '99.99999999999%'],
      [0.5, '50%'],
      [0.012, '98.8%'],
      [0.0005, '99.95%'],
      [0.01, '99%'],
      [0.1, '90%'],
      [0, '100%'],
      [1, '0%'],
    ];
    for (const [down, text] of cases) assert.equal(availabilityText({ up: 1 - down, down }), text);
  });

  it('reproduces the downtime table', () => {
    const cases: readonly [number, string][] = [
      [0.01, '3.65 d/yr'],
      [0.001, '8.76 h/yr'],
      [0.0005, '4.38 h/yr'],
      [0.0001, '52.6 min/yr'],
      [0.00001, '5.26 min/yr'],
    ];
    for (const [down, text] of cases) assert.equal(downtimeText(down), text);
    assert.equal(downtimeText(0.001, 'month'), '43.2 min/mo');
    assert.equal(downtimeText(0.001, 'week'), '10.1 min/wk');
  });

  it('words times and lists', () => {
    assert.equal(hoursText(0), '0 min');
    assert.equal(secondsText(0.12), '120 ms');
    assert.equal(secondsText(Infinity), 'forever');
    assert.equal(secondsText(5400), '1.5 h');
    assert.equal(listText([]), '');
    assert.equal(listText(['a', 'b']), 'a and b');
    assert.equal(listText(['a', 'b', 'c', 'd']), 'a, b and 2 more');
    assert.equal(countText(0, '0 reply', '0 replies'), '0 replies');
    assert.equal(countText(1, '1 reply', '1 replies'), '1 reply');
    assert.equal(countText(2, '2 reply', '2 replies'), '2 replies');
  });
});
