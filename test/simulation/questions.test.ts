import { strict as assert } from 'node:assert';
import { answering, type Question, type RunOrder, runOrder, together } from '../../src/simulation/questions';
import type { Run } from '../../src/simulation/run';
import { runScenario } from '../../src/simulation/run';
import { constant, exponential, pool, scenarioOf, systemOf } from './systems';

const system = systemOf({
  components: [{ name: 'server', ...pool(2, 100), ...exponential(0.01) }],
  journeys: [{ name: 'all', entry: 'server', rate: 100 }],
});

const order = (seed: number, duration = 2): RunOrder => ({ variant: 'written', seed, scenario: scenarioOf([]), duration });

function digest(run: Run | undefined): string {
  assert.ok(run?.ok, run?.ok === false ? run.reason : 'no run');
  return run.result.digest;
}

/** Asks for one run after the other, and in the end tells what they were. */
function* oneByOne(from: number, count: number): Question<readonly string[]> {
  const digests: string[] = [];
  for (let seed = from; seed < from + count; seed++) digests.push(...(yield [order(seed)]).map(digest));
  return digests;
}

function finish<T>(steps: Generator<unknown, T, undefined>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

describe('a question that takes many runs', () => {
  const alone = (seed: number) => digest(runOrder(system, order(seed)));

  it('is given the runs it asks for, in order', () => {
    assert.deepEqual(finish(answering(system, oneByOne(5, 3))), [alone(5), alone(6), alone(7)]);
    assert.notEqual(alone(5), alone(6));
  });

  it('has the same answer beside others, whatever they need', () => {
    const answers = finish(answering(system, together([oneByOne(1, 3), oneByOne(9, 0), oneByOne(2, 1)])));
    assert.deepEqual(answers, [[alone(1), alone(2), alone(3)], [], [alone(2)]]);
  });

  it('tells how far it is, and can be dropped in the middle of a long run', () => {
    function* long(): Question<number> {
      return (yield [order(1), order(2, 1_000_000)]).length;
    }
    const steps = answering(system, long());
    let seen = steps.next().value;
    for (let i = 0; i < 1000 && typeof seen === 'object' && seen.done < 1; i++) seen = steps.next().value;
    assert.deepEqual(seen, { done: 1, asked: 2 });
    const dropped = steps.return(0);
    assert.deepEqual(dropped, { done: true, value: 0 });
  });
});

describe('a run of a year', () => {
  const year = 365 * 86_400;
  const busy = systemOf({
    components: [{ name: 'server', ...pool('unlimited'), ...constant(0.01) }],
    journeys: [{ name: 'all', entry: 'server', rate: 1000 }],
  });
  const request = { system: busy, variant: 'written', seed: 1, scenario: scenarioOf([]) } as const;

  it('ends after as many events as were allowed, and says so', () => {
    const run = runScenario(request, { duration: year, mostEvents: 100_000 });
    assert.ok(run.ok);
    assert.equal(run.result.events, 100_000);
    assert.equal(run.result.tooLong, true);
    assert.match(run.result.stopped ?? '', /after 0\.1 million events 50(\.\d)? s are simulated/);
    assert.equal(run.result.log.at(-1)?.text, run.result.stopped);
  });

  it('holds no expectation, for nobody knows what would have come', () => {
    const scenario = scenarioOf([], {
      expect: [{ subject: { kind: 'journey', name: 'all' }, measure: 'success', comparison: 'at-least', bound: 0.5 }],
    });
    const short = runScenario({ ...request, scenario }, { duration: 1, mostEvents: 100_000 });
    const long = runScenario({ ...request, scenario }, { duration: year, mostEvents: 100_000 });
    assert.ok(short.ok && long.ok);
    assert.deepEqual([short.result.expectations[0]?.holds, long.result.expectations[0]?.holds], [true, false]);
  });
});
