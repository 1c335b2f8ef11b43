import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { printDuration, printRate, printShare, readAvailability, readDuration, readRate, readShare } from '../../src/model/units';

function value<T>(read: { ok: true; value: T } | { ok: false; reason: string }): T {
  assert.ok(read.ok, 'expected a value');
  return read.value;
}

describe('units', () => {
  it('reads durations into seconds', () => {
    const cases: readonly [string, number][] = [
      ['250us', 0.00025],
      ['20ms', 0.02],
      ['300ms', 0.3],
      ['5s', 5],
      ['15m', 900],
      ['3h', 10800],
      ['90d', 7776000],
      ['1h30m', 5400],
      ['1.5s', 1.5],
    ];
    for (const [text, seconds] of cases) assert.equal(value(readDuration(text)), seconds, text);
  });

  it('says which unit is missing and offers fixes', () => {
    const read = readDuration('30');
    assert.ok(!read.ok);
    assert.match(read.reason, /unit is missing/);
    assert.deepEqual(read.instead, ['30ms', '30s', '30m']);
  });

  it('refuses what is no duration', () => {
    for (const text of ['', 'soon', '-5s', '5 parsecs', '1h30', 'NaNs']) assert.equal(readDuration(text).ok, false, text);
  });

  it('prints durations as it reads them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 10_000_000 }), fc.constantFrom(1e-3, 1, 60), (count, unit) => {
        const seconds = unit < 1 ? count / 1000 : count * unit;
        const again = value(readDuration(printDuration(seconds)));
        assert.ok(Math.abs(again - seconds) <= seconds * 1e-9, `${seconds} became ${printDuration(seconds)}`);
      }),
    );
    assert.equal(printDuration(5400), '1h30m');
    assert.equal(printDuration(0.3), '300ms');
  });

  it('keeps every digit of a percentage in its complement', () => {
    assert.deepEqual(value(readAvailability('99.9999999%')), { up: 0.999999999, down: 1e-9 });
    assert.deepEqual(value(readAvailability('0.9995')), { up: 0.9995, down: 0.0005 });
    assert.deepEqual(value(readAvailability('100%')), { up: 1, down: 0 });
    assert.deepEqual(value(readAvailability('0%')), { up: 0, down: 1 });
    const nines = fc.integer({ min: 1, max: 15 });
    fc.assert(fc.property(nines, (n) => value(readAvailability(`99.${'9'.repeat(n)}%`)).down === Number(`1e-${n + 2}`)));
  });

  it('refuses percentages above 100% and fractions above 1', () => {
    for (const text of ['100.1%', '101%', '1.5', '99.95', 'ten%', '-1%']) assert.equal(readAvailability(text).ok, false, text);
    const read = readAvailability('99.95');
    assert.ok(!read.ok);
    assert.deepEqual(read.instead, ['99.95%']);
  });

  it('reads shares and rates', () => {
    assert.equal(value(readShare('20%')), 0.2);
    assert.equal(value(readRate('40/s')), 40);
    assert.equal(value(readRate('1200/m')), 20);
    assert.equal(value(readRate('5/h')), 5 / 3600);
    assert.equal(readRate('40').ok, false);
    assert.equal(printRate(40), '40/s');
    assert.equal(printRate(5 / 3600), '5/h');
    assert.equal(printShare(0.1), '10%');
    assert.equal(printShare(0.9995), '99.95%');
  });
});
