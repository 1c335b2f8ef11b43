import { strict as assert } from 'node:assert';
import { validationSet } from '../../src/validation/registry';
import { runsOf, validate } from '../../src/validation/validate';

/** A quarter of the runs: intervals are wider than the bars, and hold the theory all the same. */
const effort = { seed: 1, times: 0.25 };

for (const { name, cases } of validationSet) {
  describe(`the engine against theory: ${name}`, function () {
    this.timeout(120_000);

    for (const subject of cases) {
      it(subject.name, () => {
        const verdicts = validate(subject, effort);
        assert.equal(verdicts.length, subject.quantities.length);
        for (const { quantity, theory, measured, half, agrees } of verdicts) {
          const text = `${quantity.name}: ${measured} ± ${half} against ${theory}`;
          assert.ok(agrees, text);
          // With ten runs instead of forty an interval is three times as wide.
          assert.ok(half <= 4 * quantity.bar * Math.abs(theory), `too imprecise: ${text}`);
        }
      });
    }
  });
}

describe('the validation set', () => {
  const cases = validationSet.flatMap((family) => family.cases);

  it('names each case once, and each figure once in a case', () => {
    assert.equal(new Set(cases.map(({ name }) => name)).size, cases.length);
    for (const { quantities } of cases) assert.equal(new Set(quantities.map(({ name }) => name)).size, quantities.length);
  });

  it('takes ten runs at least, whatever the effort', () => {
    for (const subject of cases) {
      assert.ok(subject.runs >= 10, subject.name);
      assert.equal(runsOf(subject, { seed: 1, times: 0 }), 10);
      assert.equal(runsOf(subject, { seed: 1, times: 2 }), 2 * subject.runs);
    }
  });
});
