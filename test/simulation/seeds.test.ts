import { strict as assert } from 'node:assert';
import { summaryOfSeeds } from '../../src/simulation/seeds';
import { seconds as each, resultOf } from './results';
import { journeyOf, run, seeds, statistics } from './running';
import { component, exponential, pool, scenarioOf, systemOf } from './systems';

describe('many seeds together', () => {
  it('have a mean, and 2.262 standard errors on either side of it for ten of them', () => {
    const system = systemOf({
      components: [{ name: 'server', ...pool(2), ...exponential(0.1) }],
      journeys: [{ name: 'all', entry: 'server', rate: 20 }],
    });
    const results = seeds(10).map((seed) => run(system, 30, { seed }));
    const success = results.map((result) => {
      const { offered, succeeded } = journeyOf(result, 'all');
      return succeeded / offered;
    });
    const { mean, error } = statistics(success);
    const found = summaryOfSeeds(results, scenarioOf([])).journeys.get('all')?.success;
    assert.ok(found && found.low !== null && found.high !== null && error > 0);
    assert.ok(Math.abs(found.mean - mean) < 1e-12);
    assert.ok(Math.abs((found.high - found.low) / 2 / error - 2.262157) < 1e-4);
  });

  it('say in how many of them something collapses, and how sure that is', () => {
    const scenario = scenarioOf([
      { at: 10, fault: { kind: 'kill', target: component('d') } },
      { at: 20, fault: { kind: 'restore', target: component('d') } },
    ]);
    const start = [...each(10, 10, 10), ...each(10, 10, 0)];
    const bad = resultOf({ a: [...start, ...each(10, 10, 0)], b: [...start, ...each(10, 10, 10)] });
    const good = resultOf({ a: [...start, ...each(10, 10, 10)], b: [...start, ...each(10, 10, 10)] });
    const { collapses } = summaryOfSeeds([bad, good, good, bad, { ...bad, tooLong: true }], scenario);
    assert.ok(collapses);
    assert.deepEqual([collapses.runs, collapses.of, [...collapses.journeys]], [2, 4, [['a', 2]]]);
    // Wilson's bounds of two in four, from a table.
    assert.ok(Math.abs(collapses.low - 0.15) < 5e-4 && Math.abs(collapses.high - 0.85) < 5e-4, `${collapses.low} ${collapses.high}`);
  });

  it('of a scenario without events say nothing about collapses', () => {
    assert.equal(summaryOfSeeds([resultOf({ a: each(10, 1, 1) })], scenarioOf([])).collapses, undefined);
  });
});
