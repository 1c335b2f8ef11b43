import { strict as assert } from 'node:assert';
import type { Figure } from '../../src/analysis/figures';
import { budgetSpent, figureDowntime, figureText, keeps, pairText, spentText } from '../../src/language/figureText';
import { percentageText } from '../../src/language/hover/percentage';
import { type Availability, fromDown, readAvailability } from '../../src/model/units';

function exact(down: number): Figure {
  return { exact: true, value: fromDown(down) };
}

function objective(text: string): Availability {
  const read = readAvailability(text);
  assert.ok(read.ok);
  return read.value;
}

describe('figures as they are shown', () => {
  it('are one number, a pair or an interval', () => {
    assert.equal(figureText(exact(0.0017)), '99.83%');
    assert.equal(
      pairText({ up: exact(0.0059), protected: exact(0.0017) }),
      '99.41% if failures hang, 99.83% with a deadline on every call',
    );
    assert.equal(pairText({ up: exact(0.0017), protected: exact(0.0017) }), '99.83%');
    const bounds: Figure = { exact: false, lower: fromDown(0.002), upper: fromDown(0.001) };
    assert.equal(figureText(bounds), '99.8% to 99.9%');
    assert.equal(figureDowntime(bounds), '8.76 h/yr to 17.5 h/yr');
  });

  it('keep an objective only when they certainly do', () => {
    assert.equal(keeps(exact(0.0005), objective('99.95%')), true);
    assert.equal(keeps(exact(0.00051), objective('99.95%')), false);
    assert.equal(keeps({ exact: false, lower: fromDown(0.002), upper: fromDown(0.0001) }, objective('99.9%')), false);
  });

  it('say how much of a budget is spent', () => {
    const words = (down: number, text: string) => spentText(budgetSpent(down, objective(text)) ?? Number.NaN, 'its budget');
    assert.equal(words(0.00034, '99.9%'), '34% of its budget');
    assert.equal(words(0.0034, '99.9%'), '3.4 times its budget');
    assert.equal(words(0.000001, '99.9%'), 'under 1% of its budget');
    assert.equal(budgetSpent(0.1, objective('100%')), undefined);
  });
});

describe('a percentage in a hover', () => {
  it('is a downtime for each period', () => {
    // 0.1% of 8,760, 720 and 168 hours.
    const text = percentageText('99.9%') ?? '';
    assert.match(text, /three nines/);
    assert.match(text, /Down 8\.76 h\/yr · 43\.2 min\/mo · 10\.1 min\/wk/);
    assert.match(text, /next nine leaves 52\.6 min a year/);
  });

  it('counts nines that are not whole, and stops at the ends', () => {
    assert.match(percentageText('99.95%') ?? '', /3\.3 nines/);
    assert.match(percentageText('0.9999') ?? '', /four nines/);
    assert.match(percentageText('"99.99%"') ?? '', /four nines/);
    assert.doesNotMatch(percentageText('100%') ?? '', /nine leaves/);
    assert.doesNotMatch(percentageText('50%') ?? '', /nines?\b.*·/);
    assert.equal(percentageText('fast'), undefined);
    assert.equal(percentageText('120%'), undefined);
  });
});
