import { strict as assert } from 'node:assert';
import type { Scenario } from '../../src/model/scenario';
import { answering } from '../../src/simulation/questions';
import type { JourneyResult, RunResult } from '../../src/simulation/result';
import { bandsOf, compareVariants, type Side, worstJourneys } from '../../src/webview/questions/bands';
import { lab } from '../model/systems';

const killed: Scenario = {
  name: 'killed',
  events: [{ at: 2, fault: { kind: 'kill', target: { kind: 'component', name: 'payment' } } }],
  expect: [],
};

function compared(setting: Parameters<typeof compareVariants>[0]): readonly Side[] {
  const steps = answering(lab(), compareVariants(setting));
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    assert.ok(step.value.ok);
    return step.value.answer;
  }
}

/** A run of one journey, of which this share succeeds in each second. */
function run(shares: readonly (number | undefined)[]): RunResult {
  const offered = shares.map((share) => (share === undefined ? 0 : 100));
  const series: JourneyResult['series'] = {
    second: shares.map((_, i) => i),
    offered,
    succeeded: shares.map((share) => 100 * (share ?? 0)),
    degraded: shares.map(() => 0),
    failed: shares.map(() => 0),
    p99: shares.map(() => null),
  };
  return { journeys: { __proto__: null, j: { series } } } as unknown as RunResult;
}

function withFailures({ journeys }: RunResult, failed: readonly number[]): Partial<JourneyResult> {
  const series = journeys['j']?.series;
  assert.ok(series);
  return { series: { ...series, failed: [...failed] } };
}

describe('success over time with many seeds', () => {
  it('is a middle and a band around it, second by second', () => {
    const runs = Array.from({ length: 21 }, (_, i) => run([i / 20, 1]));
    const [band] = bandsOf(runs);
    assert.equal(band?.journey, 'j');
    assert.deepEqual(
      band.points.map(({ second, low, middle, high }) => [second, low, middle, high].map((value) => Math.round(value * 1000) / 1000)),
      [
        [0, 0.05, 0.5, 0.95],
        [1, 1, 1, 1],
      ],
    );
  });

  it('says nothing of a second in which nobody asked, and counts only those who did', () => {
    const [band] = bandsOf([run([0.4, undefined]), run([undefined, undefined])]);
    assert.deepEqual(band?.points, [{ second: 0, low: 0.4, middle: 0.4, high: 0.4 }]);
  });

  it('says nothing of the last second of runs that ended before all had their answer', () => {
    const undecided = run([1, 1, 0.9]);
    const decided = { ...undecided, journeys: { j: withFailures(undecided, [0, 0, 10]) } } as unknown as RunResult;
    const seconds = (results: readonly RunResult[]) => bandsOf(results)[0]?.points.map(({ second }) => second);
    assert.deepEqual(seconds([decided, decided]), [0, 1, 2]);
    assert.deepEqual(seconds([decided, undecided]), [0, 1]);
    // What nothing happens to does not fare worse at the end of a run than before.
    const quiet: Scenario = { name: 'quiet', events: [], expect: [] };
    const [side] = compared({ scenario: quiet, variants: ['written'], duration: 12, seed: 3, runs: 4 });
    const middles = side?.bands.flatMap(({ points }) => points.map(({ middle }) => middle)) ?? [];
    assert.ok(middles.length > 20 && middles.every((middle) => middle === 1), middles.join());
  });

  it('knows the journeys that fare worst on either side, in their own order', () => {
    const side = (lowest: Readonly<Record<string, number>>): Side => ({
      variant: 'written',
      summary: { runs: 1, journeys: new Map() } as unknown as Side['summary'],
      bands: Object.entries(lowest).map(([journey, low]) => ({
        journey,
        points: [1, low, 1].map((middle, second) => ({ second, low: middle, middle, high: middle })),
      })),
    });
    const sides = [side({ a: 1, b: 0.9, c: 1, d: 0.2 }), side({ a: 1, b: 0.9, c: 0.1, d: 1 })];
    assert.deepEqual(worstJourneys(sides, 2), ['c', 'd']);
    assert.deepEqual(worstJourneys(sides, 3), ['b', 'c', 'd']);
    assert.deepEqual(worstJourneys(sides, 9), ['a', 'b', 'c', 'd']);
  });

  it('compares variants on the same traffic', () => {
    const sides = compared({ scenario: killed, variants: ['written', 'protected'], duration: 12, seed: 3, runs: 4 });
    assert.deepEqual(
      sides.map(({ variant }) => variant),
      ['written', 'protected'],
    );
    const [written, isProtected] = sides.map(({ summary }) => summary.journeys.get('orders'));
    assert.deepEqual(written?.offered, isProtected?.offered);
    assert.ok((isProtected?.success?.mean ?? 0) > (written?.success?.mean ?? 1) + 0.2);
  });

  it('gives the same answer for the same seeds, and another one for others', () => {
    const setting = { scenario: killed, variants: ['bare'], duration: 8, seed: 1, runs: 3 } as const;
    assert.deepEqual(compared(setting), compared(setting));
    assert.notDeepEqual(compared(setting), compared({ ...setting, seed: 9 }));
  });
});
