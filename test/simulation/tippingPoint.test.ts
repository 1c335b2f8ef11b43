import { strict as assert } from 'node:assert';
import type { Call } from '../../src/model/call';
import type { System } from '../../src/model/system';
import { type TippingOfVariant, type TippingSetting, tippingPicture, tippingPoint } from '../../src/simulation/tippingPoint';
import { answerTo, refusalOf } from './running';
import { component, constant, pool, systemOf } from './systems';

const today = 10;
const capacity = 100;

/** Everybody who hangs while `d` is away asks once more when it is back, and waits in its queue; a second is too long. */
function queueing(patience: number, call: Partial<Call> = { retry: { maxAttempts: 2 } }): System {
  return systemOf({
    components: [
      { name: 'a', ...pool('unlimited'), ...constant(0) },
      { name: 'd', ...pool(1, 1_000_000), ...constant(1 / capacity) },
    ],
    calls: [{ from: 'a', to: 'd', ...call }],
    journeys: [{ name: 'all', entry: 'a', rate: today, latency: patience }],
  });
}

function setting(length: number, within: number, fields: Partial<TippingSetting> = {}): TippingSetting {
  return { target: component('d'), length, within, variants: ['written'], seed: 1, runs: 1, ...fields };
}

function only(system: System, asked: TippingSetting): TippingOfVariant {
  const [first] = answerTo(system, tippingPoint(system, asked)).variants;
  assert.ok(first);
  return first;
}

describe('a tipping point', function () {
  this.timeout(30_000);

  /**
   * As a fluid: the outage leaves a backlog of λL; it shrinks by μ − λ a second, and who arrives finds the wait
   * backlog / μ. After B seconds that wait is D where λL − (μ − λ)B = μD, so λ = μ(D + B) / (L + B). Half a second more
   * may pass: what fails in so little of the twenty seconds that are looked at is not told from chance.
   */
  for (const [length, within, patience] of [
    [5, 20, 1],
    [20, 20, 1],
    [20, 20, 5],
    [30, 10, 0.5],
  ] as const) {
    it(`is where a queue of ${length} s of arrivals is just worked off in ${within} s, for who waits ${patience} s`, () => {
      const { kind, survives = 0, fails = 0 } = only(queueing(patience), setting(length, within));
      const back = within + 0.5;
      const expected = (capacity * (patience + back)) / (length + back);
      assert.equal(kind, 'between');
      assert.ok(survives < fails && fails <= survives * 1.02, `${survives} to ${fails}`);
      assert.ok(Math.abs((survives * today) / expected - 1) < 0.06, `${survives * today} for ${expected}`);
    });
  }

  it('is the capacity where an outage leaves nothing behind, and the limit is then no outage', () => {
    const { survives = 0, limit } = only(queueing(1), setting(10, 10, { variants: ['bare'] }));
    assert.ok(survives * today > 0.85 * capacity && survives * today < 1.03 * capacity, `${survives * today}`);
    assert.equal(limit, 'overloaded');
  });

  it('is never where any load stays down, and says that this is the outage', () => {
    const { kind, tried, limit } = only(queueing(1, { timeout: 0.5, circuitBreaker: { failures: 2, cooldown: 300 } }), setting(10, 10));
    assert.deepEqual([kind, tried[0]?.factor, limit], ['never', 1 / 16, 'stuck']);
  });

  it('is beyond what was tried where nothing is ever too much', () => {
    const system = systemOf({
      components: [{ name: 'd', ...pool('unlimited'), ...constant(0.01) }],
      journeys: [{ name: 'all', entry: 'd', rate: 5 }],
    });
    const { kind, survives, fails } = only(system, setting(5, 5));
    assert.deepEqual([kind, survives, fails], ['beyond', 16, undefined]);
  });

  it('is found for each variant, and for what today brings to it', () => {
    const system = queueing(1);
    const { variants, rate, passing } = answerTo(system, tippingPoint(system, setting(20, 20, { variants: ['written', 'bare'] })));
    assert.deepEqual([rate, passing], [today, ['all']]);
    assert.deepEqual(
      variants.map(({ variant }) => variant),
      ['written', 'bare'],
    );
    assert.deepEqual(variants[0], only(system, setting(20, 20)), 'the same alone');
    assert.ok((variants[1]?.survives ?? 0) > (variants[0]?.survives ?? 0), 'who does not ask again leaves no backlog');
  });

  /**
   * Thirty calls that time out open a breaker that stays open for long: from some ten requests a second on. From 60 on the
   * pool is full before the first timeout; then `a` crashes, and when it is back it knows nothing of its breaker.
   */
  it('tells of a heavier load that is survived again', () => {
    const system = systemOf({
      components: [
        { name: 'a', ...pool(60), ...constant(0), onOverload: 'crash', startup: 10 },
        { name: 'd', ...pool('unlimited'), ...constant(0.01) },
      ],
      calls: [{ from: 'a', to: 'd', timeout: 1, circuitBreaker: { failures: 30, cooldown: 300 } }],
      journeys: [{ name: 'all', entry: 'a', rate: 45 }],
    });
    const { kind, survives = 0, again, limit } = only(system, setting(5, 20));
    assert.deepEqual([kind, limit, again[0]], ['between', 'stuck', 2]);
    assert.ok(survives * 45 > 2.5 && survives * 45 < 12, `${survives * 45}`);
  });

  it('is part of the picture of load against length of the outage', () => {
    const system = queueing(1);
    const options = { target: component('d'), within: 20, seed: 1, runs: 1, variant: 'written' } as const;
    const picture = answerTo(system, tippingPicture(system, options, { factors: [2, 6, 12], lengths: [5, 20] }));
    // The fluid tips at 84 a second after 5 s, at 52.5 after 20 s.
    assert.deepEqual(
      picture.map(({ length, factor, outcome }) => [length, factor, outcome]),
      [
        [5, 2, 'recovers'],
        [5, 6, 'recovers'],
        [5, 12, 'overloaded'],
        [20, 2, 'recovers'],
        [20, 6, 'stuck'],
        [20, 12, 'overloaded'],
      ],
    );
  });

  it('is a matter of luck near the edge: the picture says with how many seeds it is recovered from', () => {
    const system = queueing(1);
    const cellOf = (seed: number, runs: number) => {
      const options = { target: component('d'), within: 20, seed, runs, variant: 'written' } as const;
      const [cell] = answerTo(system, tippingPicture(system, options, { factors: [5.25], lengths: [20] }));
      assert.ok(cell);
      return cell;
    };
    const alone = [1, 2, 3, 4, 5, 6].map((seed) => cellOf(seed, 1));
    const together = cellOf(1, 6);
    assert.equal(together.recovers, alone.filter(({ outcome }) => outcome === 'recovers').length);
    assert.ok(together.recovers > 0 && together.recovers < 6, `${together.recovers}`);
    assert.equal(together.outcome, 'stuck', 'the worst');
    assert.ok(alone.every(({ outcome, recovers }) => recovers === (outcome === 'recovers' ? 1 : 0)));
  });

  it('is not looked for where even a small load takes too long', () => {
    const system = queueing(1);
    assert.match(refusalOf(system, tippingPoint(system, setting(365 * 86_400, 5, { mostEvents: 10_000 }))), /after 0\.01 million events/);
  });

  it('is not known above a load that takes too long', () => {
    const { kind, limit, survives = 0 } = only(queueing(1), setting(5, 5, { mostEvents: 2000 }));
    assert.deepEqual([kind, limit], ['between', 'unknown']);
    assert.ok(survives < 5, `${survives}`);
  });

  it('is not known where no journey passes it, none succeeds, or there is no traffic', () => {
    const system = queueing(1);
    const lonely: System = { ...system, components: new Map([...system.components, ['x', { name: 'x' }]]) };
    assert.match(refusalOf(lonely, tippingPoint(lonely, setting(5, 5, { target: component('x') }))), /No journey that is simulated passes/);
    const broken = queueing(0.001);
    assert.match(refusalOf(broken, tippingPoint(broken, setting(5, 5))), /even without an outage/);
    const still: System = { ...system, journeys: new Map([['all', { name: 'all', entry: 'a', rate: 0, implied: false }]]) };
    assert.match(refusalOf(still, tippingPoint(still, setting(5, 5))), /rate of 0/);
  });
});
