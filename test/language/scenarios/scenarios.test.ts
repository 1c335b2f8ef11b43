import { strict as assert } from 'node:assert';
import type { KnownOutcome } from '../../../src/language/host';
import { failuresOf } from '../../../src/language/scenarios/failures';
import { journeysTable, shareText } from '../../../src/language/scenarios/journeys';
import { reportLines } from '../../../src/language/scenarios/report';
import { failureText, outcomeText } from '../../../src/language/scenarios/texts';
import type { Expectation, Scenario } from '../../../src/model/scenario';
import { answering } from '../../../src/simulation/questions';
import { type Check, fingerprint, type ScenarioOutcome, scenarioTest } from '../../../src/simulation/scenarios';
import type { LinkedSystem } from '../../../src/workspace/linked';
import { open } from '../fixture';

const path = '/shop/shop.faultline.yaml';
const text = `faultline: 1
system: shop
components:
  web: { concurrency: 8, serviceTime: 5ms }
  cards: { kind: external, serviceTime: 5ms }
calls:
  - { from: web, to: cards, timeout: 200ms }
journeys:
  buy: { entry: web, rate: 20/s }
scenarios:
  cards-gone:
    description: Nobody can pay
    duration: 20s
    seed: 4
    events:
      - { at: 5s, crash: cards }
    expect:
      - { journey: buy, success: 99%, to: 5s }
      - { journey: buy, success: 99%, from: 5s, variant: bare }
      - { journey: buy, success: 90%, from: 10s, recoversWithin: 5s }
  quiet:
    duration: 5s
`;

function only(linked: LinkedSystem, name: string): Scenario {
  const scenario = linked.system.scenarios.get(name);
  assert.ok(scenario);
  return scenario;
}

function run(linked: LinkedSystem, name: string): ScenarioOutcome {
  const steps = answering(linked.system, scenarioTest(only(linked, name)));
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

const success: Expectation = { subject: { kind: 'journey', name: 'buy' }, measure: 'success', comparison: 'at-least', bound: 0.99 };
const check = (fields: Partial<Check>): Check => ({ index: 0, expectation: success, text: '', measured: 0.7143, holds: false, ...fields });

describe('what came of a scenario', () => {
  it('is told in one line', () => {
    const verdict = (...checks: readonly Check[]) => outcomeText({ ok: true, checks });
    assert.equal(verdict(), '✓ ran, expects nothing');
    assert.equal(verdict(check({ holds: true })), '✓ 1 of 1 holds');
    assert.equal(verdict(check({ holds: true }), check({ holds: true })), '✓ 2 of 2 hold');
    assert.equal(verdict(check({ holds: true }), check({})), '✗ buy success 71.4%, not 99%');
    assert.equal(verdict(check({}), check({}), check({ holds: true })), '✗ buy success 71.4%, not 99% · 2 of 3 fail');
    assert.equal(outcomeText({ ok: true, checks: [check({ holds: true })], stopped: 'The simulation stops.' }), '✗ The simulation stops.');
    assert.equal(outcomeText({ ok: false, reason: 'There is nothing.' }), '✗ There is nothing.');
  });

  it('says why an expectation does not hold', () => {
    const p99: Expectation = { ...success, measure: 'p99', comparison: 'at-most', bound: 0.8 };
    assert.equal(failureText(check({ expectation: p99, measured: 1.234 })), 'buy p99 1.23s, not 800ms');
    assert.equal(failureText(check({ expectation: { ...success, comparison: 'below' }, measured: 1 })), 'buy success 100%, not < 99%');
    assert.equal(failureText(check({ expectation: { ...success, variant: 'bare' } })), 'buy success 71.4%, not 99% (bare)');
    assert.equal(failureText(check({ measured: null })), 'buy success: nothing to measure');
    const again: Expectation = { ...success, recoversWithin: 20 };
    assert.equal(failureText(check({ expectation: again, measured: 32 })), 'buy success recovers in 32s, not in 20s');
    assert.equal(failureText(check({ expectation: again, measured: null })), 'buy success does not recover');
    assert.equal(failureText(check({ stopped: 'Too much.' })), 'buy success: not known, for the run was stopped');
  });
});

describe('the failures of a scenario', () => {
  const { linked, workspace } = open({ [path]: text });
  const placed = (verdict: Parameters<typeof failuresOf>[2]) =>
    failuresOf(linked, 'cards-gone', verdict).map(({ text: said, place }) => {
      assert.equal(place?.file, path);
      return [said, workspace.text(path)?.slice(place.span.start, place.span.end)];
    });

  it('stand at the expectations that do not hold', () => {
    const outcome = run(linked, 'cards-gone');
    assert.deepEqual(placed(outcome), [
      ['buy success 0%, not 99% (bare)', '{ journey: buy, success: 99%, from: 5s, variant: bare }'],
      ['buy success does not recover', '{ journey: buy, success: 90%, from: 10s, recoversWithin: 5s }'],
    ]);
    assert.deepEqual(
      failuresOf(linked, 'cards-gone', outcome).map(({ difference }) => difference),
      [
        { expected: '99%', actual: '0%' },
        { expected: '5s', actual: 'never' },
      ],
    );
  });

  it('say that nothing was measured where nothing came, or the run was stopped', () => {
    const actual = (fields: Partial<Check>) =>
      failuresOf(linked, 'cards-gone', { ok: true, checks: [check(fields)] })[0]?.difference?.actual;
    assert.equal(actual({ measured: null }), 'nothing to measure');
    assert.equal(actual({ stopped: 'Too much.' }), 'nothing to measure');
    assert.equal(actual({}), '71.4%');
  });

  it('stand at the name where the whole run failed', () => {
    assert.deepEqual(placed({ ok: false, reason: 'There is nothing.' }), [['There is nothing.', 'cards-gone']]);
    assert.deepEqual(placed({ ok: true, checks: [], stopped: 'Too much.' }), [['Too much.', 'cards-gone']]);
  });
});

describe('the report of a scenario', () => {
  const { linked } = open({ [path]: text });

  it('has a table of the journeys, what was expected and what happened, for each variant', () => {
    const lines = reportLines(only(linked, 'cards-gone'), run(linked, 'cards-gone'));
    assert.equal(lines[0], 'cards-gone: Nobody can pay');
    const runs = lines.flatMap((line, i) => (/, seed 4, 20 s$/.test(line) ? [i] : []));
    assert.deepEqual(
      runs.map((i) => lines[i]),
      ['as written, seed 4, 20 s', 'bare, seed 4, 20 s'],
    );
    const [written = 0, bare = 0] = runs;
    assert.match(lines[written + 1] ?? '', /^ {2}journey +requests +answered +p99 +failed$/);
    assert.match(lines[written + 2] ?? '', /^ {2}buy +\d+ +\d+\.\d% +\S+ m?s +\d+ \w+/);
    assert.equal(lines[written + 3], '  ✓ buy success >= 99% to 5s: 100%');
    assert.equal(lines[written + 4], '  ✗ buy success does not recover');
    assert.equal(lines[bare + 3], '  ✗ buy success 0%, not 99% (bare)');
    for (const part of [lines.slice(written, bare), lines.slice(bare)]) assert.ok(part.some((line) => /^ +5 s +.*cards/.test(line)));
  });

  it('says why there was no run', () => {
    assert.deepEqual(reportLines(only(linked, 'quiet'), { ok: false, reason: 'There is nothing.' }), ['quiet', 'There is nothing.', '']);
  });

  it('moves no cursor of a terminal', () => {
    const named = { ...only(linked, 'quiet'), name: 'a\u001b[2Jb\r\nc\u009b', description: '\u0007' };
    const lines = reportLines(named, { ok: false, reason: '' });
    assert.equal(lines[0], 'a�[2Jb��c�: �');
  });

  it('has a dash where there is no figure', () => {
    const outcome = run(linked, 'quiet');
    const buy = outcome.ok ? outcome.results[0]?.journeys['buy'] : undefined;
    assert.ok(buy);
    const nothing = { ...buy, offered: 0, latency: { mean: null, p50: null, p90: null, p99: null, max: null } };
    assert.deepEqual(journeysTable({ journeys: { buy: nothing } }).rows, [['buy', '0', '–', '–', '–']]);
    assert.deepEqual([shareText(0.99349), shareText(1.0000001)], ['99.3%', '100.0%']);
    // One of five thousand is not all of them, and not none.
    assert.deepEqual([shareText(0.9998), shareText(0.0002), shareText(0)], ['>99.9%', '<0.1%', '0.0%']);
  });
});

describe('the lenses over a scenario', () => {
  let known: KnownOutcome | undefined;
  const scenarios = {
    runCommand: 'run',
    resultsCommand: 'results',
    outcome: (_: LinkedSystem, name: string) => (name === 'quiet' ? undefined : known),
  };
  const { linked, service } = open({ [path]: text }, new Map(), { scenarios });
  const lenses = () =>
    service
      .codeLenses(linked, path)
      .filter(({ range }) => range.start.line >= 10)
      .map(({ range, command }) => [range.start.line, command?.title]);

  it('run it', () => {
    assert.deepEqual(lenses(), [
      [10, '▷ run'],
      [20, '▷ run'],
    ]);
    const lens = service.codeLenses(linked, path).find(({ command }) => command?.command === 'run');
    assert.deepEqual(lens?.command?.arguments, [{ uri: `file://${path}`, system: 'shop', scenario: 'cards-gone' }]);
  });

  it('say what came of it, and whether that is of an older text', () => {
    known = { verdict: { ok: true, checks: [check({})] }, isStale: false };
    assert.deepEqual(lenses()[1], [10, '✗ buy success 71.4%, not 99%']);
    known = { ...known, isStale: true };
    assert.deepEqual(lenses()[1], [10, '✗ buy success 71.4%, not 99% (before the last change)']);
    known = undefined;
  });

  it('are not there where nobody runs tests', () => {
    const other = open({ [path]: text });
    assert.ok(other.service.codeLenses(other.linked, path).every(({ command }) => command?.title !== '▷ run'));
  });
});

describe('an edit of the text', () => {
  it('concerns a scenario only where its outcome rests on it', () => {
    const basis = (edited: string) => {
      const { linked } = open({ [path]: edited });
      return fingerprint(linked.system, only(linked, 'cards-gone'));
    };
    const now = basis(text);
    assert.equal(basis(`# Why.\n${text.replace('Nobody can pay', 'Nobody pays').replace('duration: 5s', 'duration: 6s')}`), now);
    assert.notEqual(basis(text.replace('at: 5s', 'at: 6s')), now);
    assert.notEqual(basis(text.replace('timeout: 200ms', 'timeout: none')), now);
    assert.notEqual(basis(text.replace(', timeout: 200ms', '')), basis(text.replace('timeout: 200ms', 'timeout: 0.3s')));
  });
});
