import { strict as assert } from 'node:assert';
import type { ScenarioEvent } from '../../src/model/scenario';
import { callOf, run } from './running';
import { component, lab, pool, scenarioOf, systemOf } from './systems';

const kill = (at: number, name: string): ScenarioEvent => ({ at, fault: { kind: 'kill', target: component(name) } });
const restore = (at: number, name: string): ScenarioEvent => ({ at, fault: { kind: 'restore', target: component(name) } });

/** One caller whose breaker opens after three failures, and tries again each second. */
const pair = (replicas = 1) =>
  systemOf({
    components: [{ name: 'a', replicas, ...pool(50, 0) }, { name: 'b' }],
    calls: [{ from: 'a', to: 'b', timeout: 0.2, circuitBreaker: { failures: 3, cooldown: 1 } }],
    journeys: [{ name: 'j', entry: 'a', rate: 40 }],
  });

describe('what a run says of its breakers', () => {
  const said = (events: readonly ScenarioEvent[], duration: number, system = pair()) =>
    run(system, duration, { scenario: scenarioOf(events) });

  it('is that one opens, once, and when it closes how often it opened meanwhile', () => {
    const result = said([kill(5, 'b'), restore(25, 'b')], 40);
    const lines = result.log.filter(({ text }) => text.includes('breaker'));
    const opened = callOf(result, 'a -> b').breakerOpened;
    assert.ok(opened > 10, `${opened}`);
    assert.equal(lines.length, 2, JSON.stringify(lines));
    const [first, last] = lines;
    assert.equal(first?.text, 'a -> b: the breaker opens for 1 s, then tries 1 call.');
    assert.ok(first && first.at > 5 && first.at < 6, JSON.stringify(first));
    const close = /^a -> b: the breaker closes, calls go through again; it opened (\d+) times in ([\d.]+) s\.$/.exec(last?.text ?? '');
    assert.equal(Number(close?.[1]), opened);
    assert.ok(last && last.at > 25 && last.at < 27, JSON.stringify(last));
    assert.ok(Math.abs(Number(close?.[2]) - (last.at - first.at)) < 0.06, `${close?.[2]} from ${first.at} to ${last.at}`);
  });

  it('counts nothing where it opened once alone', () => {
    const lines = said([kill(5, 'b'), restore(6, 'b')], 20).log.map(({ text }) => text);
    assert.equal(lines.at(-1), 'a -> b: the breaker closes, calls go through again.');
  });

  it('is nothing more than that it opens while what it calls stays away', () => {
    const lines = said([kill(5, 'b')], 200).log.filter(({ text }) => text.includes('breaker'));
    assert.deepEqual(
      lines.map(({ text }) => text),
      ['a -> b: the breaker opens for 1 s, then tries 1 call.'],
    );
  });

  it('begins again with a caller that comes back as new', () => {
    const lines = said(
      [kill(5, 'b'), { at: 10, fault: { kind: 'crash', target: component('a') } }, restore(15, 'a'), restore(18, 'b')],
      30,
    );
    const about = lines.log.filter(({ text }) => text.includes('breaker')).map(({ at, text }) => `${Math.floor(at / 5)} ${text}`);
    assert.equal(about.length, 3, about.join('\n'));
    assert.match(about[0] ?? '', /^1 .* opens/);
    assert.match(about[1] ?? '', /^3 .* opens/);
    const times = Number(/it opened (\d+) times/.exec(about[2] ?? '')?.[1]);
    assert.ok(times >= 2 && times <= 4, about[2]);
  });

  it('is said of each replica of the caller', () => {
    const lines = said([kill(5, 'b')], 20, pair(2)).log.filter(({ text }) => text.includes('breaker'));
    assert.deepEqual(lines.map(({ text }) => text).sort(), [
      'a -> b (a#1): the breaker opens for 1 s, then tries 1 call.',
      'a -> b (a#2): the breaker opens for 1 s, then tries 1 call.',
    ]);
  });

  it('comes to an end for one that flaps', () => {
    const events = Array.from({ length: 20 }, (_, i) => [kill(5 + i * 10, 'b'), restore(8 + i * 10, 'b')]).flat();
    const lines = said(events, 210).log.filter(({ text }) => text.includes('breaker'));
    assert.equal(lines.length, 13);
    assert.match(lines.at(-1)?.text ?? '', /What it does from here on is not listed\.$/);
  });

  it('leaves the reason why a pool is full', () => {
    const events = [kill(10, 'payment'), restore(40, 'payment')];
    const { log } = run(lab(), 60, { variant: 'protected', scenario: scenarioOf(events) });
    const at = (fits: RegExp) => log.find(({ text }) => fits.test(text))?.at ?? Number.NaN;
    assert.ok(at(/^api: 8 of 8 threads wait for payment\.$/) <= at(/the breaker opens/), JSON.stringify(log));
    assert.ok(log.length < 10, JSON.stringify(log));
  });
});
