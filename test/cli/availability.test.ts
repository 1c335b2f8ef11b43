import { strict as assert } from 'node:assert';
import { systemJson } from '../../src/cli/availability/json';
import { asText } from '../../src/cli/blocks';
import { systemDocument } from '../../src/language/report/figures';
import { asMarkdown } from '../../src/language/report/markdown';
import { reviewOf } from '../../src/language/report/review';
import { Workspace } from '../../src/workspace/workspace';

const shop = `faultline: 1
system: shop
objectives: { rto: 15m, rpo: 1m }
zones:
  a: { availability: 99.95% }
  b: { availability: 99.95% }
components:
  api:
    replicas: 2
    zones: [a, b]
    availability: 99.9%
    concurrency: 8
    serviceTime: 20ms
    healthCheck: { interval: 5s, unhealthyAfter: 2 }
  db:
    kind: database
    availability: 99.9%
    zones: [a, b]
    replicas: 2
    replication: { mode: async, lag: 5s }
    failover: { automatic: false, within: 30m }
    backup: { every: 24h, restore: 3h }
    serviceTime: 10ms
    concurrency: 50
  mail_out: { kind: external, availability: 99% }
calls:
  - { from: api, to: db, timeout: 200ms, retry: { maxAttempts: 3, base: 50ms, jitter: full }, circuitBreaker: { failures: 5 } }
  - { from: api, to: mail_out, timeout: 1s, circuitBreaker: { failures: 5 }, required: false, share: 10% }
journeys:
  browse: { entry: api, rate: 100/s, availability: 99.99%, latency: 500ms }
`;

function reviewed(text: string) {
  const workspace = new Workspace();
  workspace.setFile('/shop/shop.faultline.yaml', text);
  const [linked] = workspace.systems();
  assert.ok(linked);
  return reviewOf(linked.system);
}

interface Json {
  readonly journeys: readonly {
    readonly unavailable: number;
    readonly expectedSuccess: number;
    readonly budgetSpent: number;
    readonly singlePoints: readonly string[];
    readonly together: readonly { readonly members: readonly string[]; readonly probability: number }[];
    readonly importance: readonly { readonly subject: string; readonly hoursPerYear: number; readonly riskReduction: number | null }[];
    readonly fixes: readonly { readonly title: string; readonly subject: string; readonly savesHoursPerYear: number }[];
    readonly shortestWay?: { readonly fixes: readonly { readonly subject: string }[]; readonly savesHoursPerYear: number };
  }[];
  readonly blast: readonly { readonly subject: string; readonly stops: readonly string[]; readonly stoppedRate: number }[];
  readonly recovery: readonly {
    readonly subject: string;
    readonly loss: string;
    readonly rto: number | null;
    readonly rpo: number | null;
    readonly rtoMet?: boolean;
  }[];
  readonly load: readonly {
    readonly subject: string;
    readonly amplification?: number;
    readonly utilisation?: number;
    readonly utilisationOneDown?: number | null;
  }[];
}

describe('availability', () => {
  const review = reviewed(shop);
  const json = JSON.parse(JSON.stringify(systemJson(review))) as Json;
  const [browse] = json.journeys;
  const text = asText(systemDocument(review), (_, plain) => plain);
  const markdown = asMarkdown(systemDocument(review));

  it('prints what a calculator says', () => {
    assert.ok(browse);
    // Switching: 1,800 s in every mtbf + mttr = 3,600 s / 0.001.
    const switching = 1800 * (0.001 / 3600);
    const zone = 0.0005;
    const both = (q: number) => q * q;
    // Both zones down, one of them with what stands in the other, or nothing but replicas.
    const group = (zones: number) => (zones === 2 ? 1 : zones === 1 ? 0.001 : both(0.001));
    let down = 0;
    for (const [zones, weight] of [
      [0, (1 - zone) ** 2],
      [1, 2 * zone * (1 - zone)],
      [2, zone ** 2],
    ] as const) {
      const works = (1 - group(zones)) * (1 - group(zones)) * (1 - switching);
      down += weight * (1 - works);
    }
    assert.ok(Math.abs(browse.unavailable - down) < 1e-12, `${browse.unavailable}, by hand ${down}`);
    assert.ok(Math.abs(browse.budgetSpent - down / 1e-4) < 1e-8);
    assert.deepEqual(browse.singlePoints, []);
  });

  it('ranks fixes by what they save, and finds the way to the objective', () => {
    assert.ok(browse && browse.fixes.length > 0);
    const savings = browse.fixes.map(({ savesHoursPerYear }) => savesHoursPerYear);
    assert.deepEqual(
      savings,
      [...savings].sort((a, b) => b - a),
    );
    assert.ok(savings.every((hours) => hours > 0 && hours < browse.unavailable * 8760));
    assert.equal(browse.fixes[0]?.subject, 'db');
    assert.deepEqual(
      browse.shortestWay?.fixes.map(({ subject }) => subject),
      ['db'],
    );
  });

  it('lists what takes a journey down together, the likeliest first', () => {
    assert.equal(browse?.together.length, 5);
    const pairs = new Map(browse?.together.map(({ members, probability }) => [members.join(' + '), probability]));
    assert.ok(Math.abs((pairs.get('all of api') ?? 0) - 1e-6) < 1e-15);
    assert.ok(Math.abs((pairs.get('all of db') ?? 0) - 1e-6) < 1e-15);
  });

  it('says how every loss is recovered from, in seconds', () => {
    const of = (subject: string, loss: string) => json.recovery.find((one) => one.subject === subject && one.loss === loss);
    assert.deepEqual([of('db', 'zone a')?.rto, of('db', 'zone a')?.rpo, of('db', 'zone a')?.rtoMet], [1800, 5, false]);
    assert.deepEqual([of('db', 'data')?.rto, of('db', 'data')?.rpo], [10800, 86400]);
    assert.deepEqual([of('api', 'zone b')?.rto, of('api', 'zone b')?.rtoMet], [10, true]);
  });

  it('says how full everything is, and what retries make of it', () => {
    const of = (subject: string) => json.load.find((one) => one.subject === subject);
    // 100/s × (20 ms + 10 ms + a tenth of the assumed 10 ms) of 2 × 8 slots.
    assert.ok(Math.abs((of('api')?.utilisation ?? 0) - (100 * 0.031) / 16) < 1e-12);
    assert.ok(Math.abs((of('api')?.utilisationOneDown ?? 0) - (100 * 0.031) / 8) < 1e-12);
    assert.equal(of('db')?.amplification, 3);
    assert.equal(of('mail_out')?.amplification, 1);
  });

  it('names the blast radius', () => {
    assert.deepEqual(
      json.blast.find(({ subject }) => subject === 'api'),
      { subject: 'api', stops: ['browse'], degrades: [], stoppedRate: 100, degradedRate: 0 },
    );
  });

  it('reads well as text and as Markdown', () => {
    for (const printed of [text, markdown]) {
      assert.doesNotMatch(printed, /NaN|undefined|Infinity|\[object/);
      assert.match(printed, /Recovery/);
      assert.match(printed, /30 min, not 15 min/);
      assert.match(printed, /saves most/);
      assert.match(printed, /shortest way to 99\.99%/);
    }
    assert.match(text, /^shop\n {2}99\.9\d+% available/);
    assert.match(markdown, /^## shop\n\n/);
    assert.match(markdown, /^\| journey \| up \| downtime \|/m);
    // What Markdown would take for emphasis is shown as it is.
    assert.match(markdown, /api → mail\\_out/);
  });

  it('says nothing that it does not know', () => {
    const empty = reviewed('faultline: 1\nsystem: empty\ncomponents:\n  api: {}\n');
    const printed = asText(systemDocument(empty), (_, plain) => plain);
    assert.doesNotMatch(printed, /NaN|undefined|Infinity/);
    assert.match(printed, /nobody declared this journey/);
    assert.deepEqual((systemJson(empty) as { load: unknown[] }).load, []);
  });
});
