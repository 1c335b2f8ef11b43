import { strict as assert } from 'node:assert';
import { onPaperSteps } from '../../src/analysis/availability/onPaper';
import { finish } from '../../src/model/steps';
import type { GameDayCell, GameDayTarget } from '../../src/simulation/gameDay';
import { cellText, comparedText, paperText, spokenText, tippingText, worstOf } from '../../src/webview/questions/cellText';
import { lab } from '../model/systems';

const target: GameDayTarget = { kind: 'component', name: 'payment' };

function cell(survives: number, degrades: number, stops: number, more: Partial<GameDayCell> = {}): GameDayCell {
  return { journey: 'orders', verdict: 'degrades', success: 0.8, seeds: { survives, degrades, stops }, ...more };
}

describe('the cells of the questions', () => {
  it('say with how many seeds a journey survives, and have the colour of the worst', () => {
    assert.equal(cellText(cell(4, 0, 1)), 'survives in 4 of 5');
    assert.equal(worstOf(cell(4, 0, 1)), 'stops');
    assert.equal(spokenText(cell(4, 0, 1), target, undefined), 'survives in 4 of 5; at worst stops');
    assert.equal(cellText(cell(0, 3, 2)), 'degrades in 3 of 5');
    assert.equal(worstOf(cell(1, 4, 0)), 'degrades');
  });

  it('say what all seeds say in one word', () => {
    assert.equal(cellText(cell(5, 0, 0, { verdict: 'survives' })), 'survives');
    assert.equal(cellText(cell(0, 5, 0)), 'degrades 80%');
    assert.equal(spokenText(cell(0, 5, 0), target, undefined), 'degrades 80%');
    assert.equal(cellText({ journey: 'orders' }), 'not known');
    assert.equal(worstOf({ journey: 'orders' }), undefined);
    assert.equal(cellText(cell(4, 1, 0, { recovers: false })), 'survives in 4 of 5, and does not come back');
  });

  it('say what the analysis says where it says something else', () => {
    const onPaper = finish(onPaperSteps(lab(), 'written'));
    const stops = cell(0, 0, 1, { verdict: 'stops', success: 0.1 });
    assert.equal(comparedText(stops, target, onPaper), 'stops 10% · on paper: survives, but calls can hang');
    assert.equal(comparedText(cell(0, 1, 0), target, onPaper), 'degrades 80% · on paper: survives');
    assert.equal(comparedText(cell(1, 0, 0, { verdict: 'survives' }), target, onPaper), 'survives');
    assert.equal(paperText(onPaper, target, 'orders'), 'survives; if calls hang: stops');
    assert.equal(paperText(onPaper, target, 'pay'), 'stops');
    assert.equal(paperText(onPaper, target, 'nobody'), 'not known');
  });

  it('say with how many seeds an outage is recovered from', () => {
    const tried = { factor: 1, length: 5 };
    assert.equal(tippingText({ ...tried, outcome: 'stuck', recovers: 3 }, 5), 'recovers in 3 of 5');
    assert.equal(tippingText({ ...tried, outcome: 'stuck', recovers: 0 }, 5), 'stuck');
    assert.equal(tippingText({ ...tried, outcome: 'recovers', recovers: 5 }, 5), 'recovers');
  });
});
