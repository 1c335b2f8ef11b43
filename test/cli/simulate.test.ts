import { strict as assert } from 'node:assert';
import { spawn } from 'node:child_process';
import { asText } from '../../src/cli/blocks';
import { scenariosDocument } from '../../src/cli/simulate/document';
import { type ComparedGameDay, gameDayDocument } from '../../src/cli/simulate/gameDay';
import { progressText } from '../../src/cli/simulate/progress';
import { Runners } from '../../src/cli/simulate/runners';
import { tippingDocument } from '../../src/cli/simulate/tippingPoint';
import { asMarkdown } from '../../src/language/report/markdown';
import type { Verdict } from '../../src/model/onPaper';
import type { Expectation } from '../../src/model/scenario';
import type { System } from '../../src/model/system';
import type { RunOrder } from '../../src/simulation/questions';
import { runScenario } from '../../src/simulation/run';
import { lab, scenarioOf } from '../simulation/systems';
import { Program } from './program';

const shop = `faultline: 1
system: shop
components:
  api: { kind: service, concurrency: 8, queue: 50, serviceTime: 1ms }
  db: { kind: database, serviceTime: 10ms, concurrency: 50 }
  payment: { kind: external, serviceTime: 40ms }
  "a|b": { kind: service }
calls:
  - { from: api, to: db, operation: GET /orders, journeys: [orders] }
  - { from: api, to: payment, operation: POST /charge, journeys: [pay] }
journeys:
  orders: { entry: api, rate: 30/s }
  pay: { entry: api, rate: 10/s }
scenarios:
  payment-dies:
    duration: 30s
    events: [{ at: 5s, kill: payment }, { at: 15s, restore: payment }]
    expect:
      - { journey: orders, success: 99%, from: 5s, to: 15s }
      - { journey: orders, success: 99%, from: 0s, to: 4s }
`;

describe('many runs', function () {
  this.timeout(60_000);

  const program = new Program();
  after(() => program.remove());

  const orders = (count: number, duration = 3): readonly RunOrder[] =>
    Array.from({ length: count }, (_, i) => ({ variant: 'written', seed: i + 1, scenario: scenarioOf([]), duration: duration + (i % 3) }));

  async function results(system: System, threads: number, alone: number, count: number): Promise<readonly unknown[]> {
    const runners = new Runners(system, { threads, alone, program: program.path });
    try {
      return await runners.run(orders(count));
    } finally {
      runners.close();
    }
  }

  it('give the same results in the same order, however many threads there are and whenever they start', async () => {
    const expected = await results(lab(), 1, 0, 12);
    assert.equal(new Set(expected.map((run) => JSON.stringify(run))).size, 12);
    assert.deepEqual(await results(lab(), 3, 0, 12), expected);
    assert.deepEqual(await results(lab(), 2, 30, 12), expected);
  });

  it('say on every thread why there is nothing to simulate', async () => {
    const system = { ...lab(), journeys: new Map() };
    const runs = await results(system, 2, 0, 3);
    assert.deepEqual(new Set(runs.map((run) => JSON.stringify(run))).size, 1);
    assert.match(JSON.stringify(runs[0]), /"ok":false,"reason":"There is nothing to simulate/);
  });

  it('tell how far they are, up to the end', async () => {
    const told: (readonly [number, number])[] = [];
    const runners = new Runners(lab(), { threads: 2, alone: 0, program: program.path, onProgress: (done, of) => told.push([done, of]) });
    await runners.run(orders(4));
    await runners.run(orders(2));
    runners.close();
    assert.deepEqual(told.at(-1), [6, 6]);
    assert.ok(told.every(([done, of]) => done <= of));
  });

  it('are shown as a bar', () => {
    assert.equal(progressText(5, 20), `[${'#'.repeat(7)}${' '.repeat(23)}] 5 of 20 runs`);
    assert.equal(progressText(0, 0), `[${' '.repeat(30)}] 0 of 0 runs`);
  });
});

describe('what several seeds do not agree on', () => {
  const plain = (_: unknown, text: string) => text;

  /** Three things, of which the run says this with so many seeds. */
  function day(seeds: Readonly<Record<string, Readonly<Record<Verdict, number>>>>, verdict: Verdict): ComparedGameDay {
    const rows = Object.entries(seeds).map(([name, counts]) => ({
      target: { kind: 'component' as const, name },
      cells: [{ journey: 'pay', structure: 'survives' as const, simulation: verdict, success: 0.8, seeds: counts, recovers: true }],
    }));
    return { system: 'shop', variant: 'written', seed: 1, runs: 5, from: 10, to: 40, duration: 60, journeys: ['pay'], rows, notes: [] };
  }

  it('is told of a game day, with the worst of them first', () => {
    const split = day(
      {
        same: { survives: 0, degrades: 5, stops: 0 },
        other: { survives: 4, degrades: 0, stops: 1 },
        third: { survives: 0, degrades: 3, stops: 2 },
      },
      'degrades',
    );
    const text = asText(gameDayDocument(split), plain);
    assert.match(text, /^ +same +survives on paper, degrades \(80\.0%\)$/m);
    assert.match(text, /^ +other +survives on paper, survives in 4 of 5, at worst stops$/m);
    assert.match(text, /^ +third +survives on paper, degrades in 3 of 5, at worst stops$/m);
    assert.match(text, /without third: pay survives on paper and degrades in 3 of 5, at worst stops$/m);
    assert.deepEqual(
      [...text.matchAll(/^ +(same|other|third) /gm)].map(([, name]) => name),
      ['other', 'third', 'same'],
    );
    const markdown = asMarkdown(gameDayDocument(split));
    assert.match(markdown, /\| other \| \*\*survives on paper, survives in 4 of 5, at worst stops\*\* \|/);
    assert.match(markdown, /\| same \| survives on paper, degrades \(80\.0%\) \|/);
  });

  it('is told of what was expected, in the notation of the expectation, and once where all measure the same', () => {
    const ran = runScenario({ system: lab(), seed: 1, scenario: scenarioOf([]), variant: 'written' }, { duration: 1 });
    assert.ok(ran.ok);
    const { result } = ran;
    const shown = (each: readonly (number | null)[], more: Partial<Expectation>) => {
      const expectation: Expectation = {
        subject: { kind: 'journey', name: 'pay' },
        measure: 'success',
        comparison: 'at-least',
        bound: 0.99,
        ...more,
      };
      const checked = { text: 'pay', measured: each[0] ?? null, holds: false, expectation, each };
      const group = { system: 'shop', scenario: 'bad', variant: 'written' as const, summary: { seeds: 1, journeys: new Map() } };
      const text = asText(scenariosDocument([{ ...group, rows: [{ ...result, expectations: [checked] }] }]), plain);
      return /^ +pay +(\S.*?) {2,}fails/m.exec(text)?.[1];
    };
    assert.equal(shown([0.712345], {}), '71.2%');
    // Three digits would look like the other side of the bound.
    assert.equal(shown([0.98999], {}), '98.999%');
    assert.equal(shown([0.9, null, 0.712345], {}), '71.2% to 90%');
    assert.equal(shown([0.70001, 0.70002], {}), '70%');
    assert.equal(shown([null, null], {}), 'nothing to measure');
    assert.equal(shown([0.123456], { measure: 'p99', comparison: 'at-most', bound: 0.1 }), '123ms');
    assert.equal(shown([12, null], { recoversWithin: 5 }), '12s to never');
    assert.equal(shown([null], { recoversWithin: 5 }), 'never');
  });

  it('is told of a tipping point, with how many seeds the load above it is recovered from', () => {
    const above = (recovers: number) => {
      const tried = [
        { factor: 1, outcome: 'recovers' as const, recovers: 5 },
        { factor: 2, outcome: 'stuck' as const, recovers },
      ];
      const variant = {
        variant: 'written' as const,
        kind: 'between' as const,
        survives: 1,
        fails: 2,
        limit: 'stuck' as const,
        again: [],
        tried,
      };
      const target = { kind: 'component' as const, name: 'db' };
      const blocks = tippingDocument({
        ...{ system: 'shop', subject: 'db', target, seed: 1, runs: 5, length: 30, within: 60, passing: ['pay'], rate: 10, notes: [] },
        variants: [variant],
      });
      const line = asText(blocks, plain)
        .split('\n')
        .find((one) => one.includes('written'));
      return [line?.trim().split(/ {2,}/)[2], asMarkdown(blocks).split(' | ').at(-1)?.replace(' |', '').trim()];
    };
    const split = 'recovers in 3 of 5, at worst does not come back';
    assert.deepEqual(above(3), [split, split]);
    assert.deepEqual(above(0), ['does not come back', 'does not come back']);
  });
});

describe('faultline simulate', function () {
  this.timeout(60_000);

  const program = new Program();
  before(() => program.files({ 'shop.faultline.yaml': shop }));
  after(() => program.remove());

  const json = (...args: readonly string[]): { readonly [key: string]: unknown } => {
    const { out, err } = program.run('simulate', '--format', 'json', ...args);
    assert.equal(err, '');
    return JSON.parse(out) as { readonly [key: string]: unknown };
  };

  it('sums up many seeds with intervals, and counts those that collapse', () => {
    const { runs, summaries } = json('--runs', '6', '--seed', '3') as unknown as {
      runs: { seed: number; expectations: { summary: object }[]; journeys: { orders: { offered: number; succeeded: number } } }[];
      summaries: {
        seeds: number[];
        journeys: { orders: { success: { mean: number; low: number; high: number } } };
        collapses: { runs: number; of: number };
      }[];
    };
    assert.deepEqual(
      runs.map(({ seed }) => seed),
      [3, 4, 5, 6, 7, 8],
    );
    const [summary] = summaries;
    assert.deepEqual(summary?.seeds, [3, 4, 5, 6, 7, 8]);
    const { mean, low, high } = summary?.journeys.orders.success ?? { mean: 0, low: 0, high: 0 };
    const shares = runs.map(({ journeys: { orders } }) => orders.succeeded / orders.offered);
    assert.ok(Math.abs(mean - shares.reduce((sum, share) => sum + share, 0) / 6) < 1e-12);
    assert.ok(low < mean && mean < high);
    // Restored after ten seconds, the pool is free again.
    assert.deepEqual([summary?.collapses.runs, summary?.collapses.of], [0, 6]);
    const { out, status } = program.run('simulate', '--runs', '6', '--seed', '3');
    assert.equal(status, 1);
    assert.match(out, /payment-dies \(written, seeds 3 to 8, 30 s\)/);
    assert.match(out, /Collapses: in 0 of 6 seeds/);
    assert.match(out, /holds in 6 of 6/);
    // As the file has it, not as a bare number: and once where all seeds measure the same.
    assert.match(out, /orders success >= 99% from 0s to 4s +100% +holds in 6 of 6/);
    assert.match(out, /orders success >= 99% from 5s to 15s +\d+(\.\d+)?% to \d+(\.\d+)?% +holds in 0 of 6/);
    const expectation = runs[0]?.expectations[0] ?? {};
    assert.deepEqual(Object.keys(expectation).sort(), ['file', 'holds', 'line', 'measured', 'summary', 'text']);
  });

  it('holds a game day, and shows where the run says something else than the structure', () => {
    const { gameDays } = json('--game-day') as unknown as {
      gameDays: {
        targets: {
          subject: string;
          journeys: Record<string, { structure: string; simulation: string; agrees: boolean; success: number }>;
        }[];
      }[];
    };
    const targets = gameDays[0]?.targets ?? [];
    assert.deepEqual(
      targets.map(({ subject }) => subject),
      ['api', 'db', 'payment', 'a|b'],
    );
    const cell = (subject: string, journey: string) => targets.find((target) => target.subject === subject)?.journeys[journey];
    const hung = cell('payment', 'orders');
    assert.deepEqual([hung?.structure, hung?.simulation, hung?.agrees], ['survives', 'stops', false]);
    assert.ok((hung?.success ?? 1) < 0.2);
    const own = cell('payment', 'pay');
    assert.deepEqual([own?.structure, own?.simulation, own?.agrees], ['stops', 'stops', true]);
    assert.deepEqual([cell('a|b', 'pay')?.structure, cell('a|b', 'pay')?.simulation], ['survives', 'survives']);
    const { out, status } = program.run('simulate', '--game-day');
    assert.equal(status, 0);
    assert.match(out, /payment +survives on paper, stops \(/);
    assert.match(out, /8 of 8 threads wait for payment/);
    const markdown = program.run('simulate', '--game-day', '--format', 'markdown').out;
    assert.match(markdown, /\| a\\\|b \| survives \| survives \|/);
  });

  it('holds it with the missing policies, and there the run agrees', () => {
    const { gameDays } = json('--game-day', '--variant', 'protected', '--outage', '15s') as unknown as {
      gameDays: { to: number; targets: { subject: string; journeys: { orders: { agrees: boolean; simulation: string } } }[] }[];
    };
    const payment = gameDays[0]?.targets.find(({ subject }) => subject === 'payment');
    assert.deepEqual([gameDays[0]?.to, payment?.journeys.orders.simulation, payment?.journeys.orders.agrees], [25, 'survives', true]);
  });

  it('finds the tipping point of each variant', () => {
    const { tippingPoints } = json('--tipping-point', 'payment', '--outage', '5s') as unknown as {
      tippingPoints: { subject: string; rate: number; outageSeconds: number; variants: { variant: string; survivesRate: number }[] }[];
    };
    const [found] = tippingPoints;
    assert.deepEqual([found?.subject, found?.rate, found?.outageSeconds], ['payment', 10, 5]);
    assert.deepEqual(
      found?.variants.map(({ variant }) => variant),
      ['written', 'bare', 'protected'],
    );
    const { out } = program.run('simulate', '--tipping-point', 'payment', '--outage', '5s', '--variant', 'written');
    const rate = found?.variants[0]?.survivesRate ?? 0;
    assert.ok(out.includes(`up to ${Number(rate.toPrecision(3))}/s`), out);
    assert.match(out, /Requests that pass it today: 10\/s \(pay\)/);
  });

  it('says in one line what it could not do, and what was probably meant', () => {
    const failures: readonly (readonly [readonly string[], RegExp])[] = [
      [['--tipping-point', 'paymnt'], /there is no component paymnt; did you mean payment\?/],
      [['--tipping-point', 'zone a'], /there is no zone a\n/],
      [['--tipping-point', 'api#2'], /api has 1 replica, there is no api#2/],
      [['--kill', 'paymnt@1s..2s'], /did you mean payment\?/],
      [['--tipping-point', '__proto__'], /there is no component __proto__/],
      [['--tipping-point', 'a|b'], /No journey that is simulated passes it/],
      [['--tipping-point', 'api', '--outage', '0s'], /--outage 0s/],
      [['--tipping-point', 'api', '--duration', '5s'], /--duration: not with --tipping-point/],
      [['--tipping-point', 'api', '--game-day'], /one at a time/],
      [['--game-day', '--kill', 'api@1s'], /--kill: not with --game-day/],
      [['--game-day', '--scenario', 'payment-dies'], /--scenario: not with --game-day/],
      [['--game-day', '--duration', '20s'], /--duration 20s/],
      [['--outage', '5s'], /--outage: only with/],
      [['--runs', '1001'], /--runs 1001: 1000 at most/],
    ];
    for (const [args, message] of failures) {
      const { status, out, err } = program.run('simulate', ...args);
      assert.deepEqual([status, out], [2, ''], args.join(' '));
      assert.match(err, /^faultline: [^\n]+\n$/, args.join(' '));
      assert.match(err, message, args.join(' '));
    }
  });

  it('ends at once when it is interrupted, threads and all', async () => {
    const child = spawn(process.execPath, [program.path, 'simulate', '--runs', '500', '--duration', '1h'], { cwd: program.folder });
    const ended = new Promise<NodeJS.Signals | null>((resolve) => child.on('exit', (_code, signal) => resolve(signal)));
    await new Promise((resolve) => setTimeout(resolve, 1500));
    child.kill('SIGINT');
    assert.equal(await ended, 'SIGINT');
  });
});
