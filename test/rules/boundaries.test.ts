import { strict as assert } from 'node:assert';
import type { Finding } from '../../src/rules/rule';
import { applied, remediesOf, reviewText } from './helpers';

function found(text: string, rule: string): readonly Finding[] {
  return reviewText(text).findings.filter((finding) => finding.rule === rule);
}

function message(text: string, rule: string): string {
  const all = found(text, rule);
  assert.equal(all.length, 1, JSON.stringify(all.map((finding) => finding.message)));
  return all[0]?.message ?? '';
}

describe('headroom', () => {
  const text = (replicas: string, rate: number, more = '') => `faultline: 1
components:
  api: { replicas: ${replicas}, concurrency: 10, serviceTime: 100ms, healthCheck: { interval: 5s }${more} }
journeys:
  browse: { entry: api, rate: ${rate}/s }
`;

  it('is enough up to the last slot: 100/s × 0.1 s are 10 slots, which one of two replicas has', () => {
    assert.deepEqual(found(text('2', 99), 'no-headroom'), []);
    assert.deepEqual(found(text('2', 100), 'no-headroom'), []);
    assert.match(
      message(text('2', 101), 'no-headroom'),
      /holds 10\.1 requests.*one of its 2 replicas down, the 10 slots left would be 101% busy\.$/,
    );
  });

  it('of one replica is a matter of its own, until that is too little', () => {
    assert.deepEqual(found(text('1', 100), 'no-headroom'), []);
    assert.match(message(text('1', 110), 'no-headroom'), /and has 10 slots: 110% busy with nothing broken\.$/);
  });

  it('counts the zone with most replicas, and leaves a single zone to single-zone', () => {
    // Three replicas in two zones: without the first one is left.
    assert.match(message(text('3', 150, ', zones: [a, b]'), 'no-headroom'), /with zone a down, the 10 slots left would be 150% busy/);
    assert.deepEqual(found(text('3', 100, ', zones: [a, b]'), 'no-headroom'), []);
    assert.deepEqual(found(text('{ a: 3 }', 150), 'no-headroom'), []);
  });

  it('says that it is at least so much where a journey has no rate', () => {
    const more = `${text('2', 150)}  look: { entry: api }\n`;
    assert.match(message(more, 'no-headroom'), /\(at least 150\/s for 100 ms each\)/);
  });

  it('is given by as many replicas as carry the peak with one short: 641/s are 64.1 slots, 7 replicas and one', () => {
    const context = reviewText(text('2', 641));
    const [finding] = context.findings.filter(({ rule }) => rule === 'no-headroom');
    assert.ok(finding);
    const [remedy] = remediesOf(context, finding);
    assert.equal(remedy?.title, 'Run 8 replicas, to carry the peak with one short');
    // 64 replicas are the most that are suggested: 631 slots need 64 and one to spare.
    const far = reviewText(text('2', 6310));
    const [other] = far.findings.filter(({ rule }) => rule === 'no-headroom');
    assert.ok(other);
    assert.deepEqual(remediesOf(far, other), []);
  });

  it('is not bought with more connections than the callee accepts', () => {
    const more = `${text('2', 150)}`.replace(
      'journeys:',
      '  db: { kind: database, managed: true, connections: 20 }\ncalls: [{ from: api, to: db, timeout: 1s, share: 1% }]\njourneys:',
    );
    const context = reviewText(more);
    const [finding] = context.findings.filter(({ rule }) => rule === 'no-headroom');
    assert.ok(finding);
    assert.deepEqual(remediesOf(context, finding), []);
  });
});

describe('a region', () => {
  const text = (objective: string, more = '') => `faultline: 1
regions: { north: {}, south: {} }
zones: { n1: { region: north }, n2: { region: north } }
objectives: { ${objective} }
components:
  api: { replicas: 2, zones: [n1, n2], healthCheck: { interval: 5s }${more} }
journeys:
  browse: { entry: api, rate: 28/s }
`;

  it('matters from four nines on', () => {
    assert.deepEqual(found(text('availability: 99.98%'), 'single-region'), []);
    assert.equal(found(text('availability: 99.99%'), 'single-region').length, 1);
    assert.equal(found(text('availability: 99.999%'), 'single-region').length, 1);
    assert.deepEqual(found(text('latency: 1s'), 'single-region'), []);
  });

  it('matters to a recovery time that nothing meets', () => {
    assert.match(
      message(text('rto: 15m'), 'single-region'),
      /nothing brings api back elsewhere, and browse is to be back within 15 min\.$/,
    );
    const recovery = (rto: string) => `, recovery: { strategy: pilot-light, region: south, rto: ${rto} }`;
    assert.deepEqual(found(text('rto: 15m', recovery('15m')), 'single-region'), []);
    assert.match(message(text('rto: 15m', recovery('16m')), 'single-region'), /api takes 16 min to come back/);
  });

  it('is recovered from in half of the time that is allowed', () => {
    const context = reviewText(text('rto: 20m, availability: 99.99%'));
    const [finding] = context.findings.filter(({ rule }) => rule === 'single-region');
    assert.ok(finding);
    const [remedy] = remediesOf(context, finding);
    assert.ok(remedy);
    const [after] = [...(applied(context, remedy)?.values() ?? [])];
    assert.match(after ?? '', /recovery: \{ strategy: warm-standby, region: south, rto: 10m \}/);
    assert.deepEqual(found(after ?? '', 'single-region'), []);
  });

  it('has no fix where there is no other', () => {
    const alone = text('availability: 99.99%').replace(', south: {}', '');
    const context = reviewText(alone);
    const [finding] = context.findings.filter(({ rule }) => rule === 'single-region');
    assert.ok(finding);
    assert.deepEqual(remediesOf(context, finding), []);
  });
});

describe('a cold cache', () => {
  const text = (rate: number, share = '10%', kind = 'service') => `faultline: 1
components:
  api: { replicas: 2, healthCheck: { interval: 5s }, serviceTime: 1ms, concurrency: 200 }
  pages: { kind: cache, managed: true }
  books: { kind: ${kind}, concurrency: 8, serviceTime: 50ms }
calls:
  - { from: api, to: pages, timeout: 20ms, required: false }
  - { from: api, to: books, share: ${share}, timeout: 300ms }
journeys:
  browse: { entry: api, rate: ${rate}/s }
`;

  it('hurts from the first request that does not fit: 160/s × 50 ms are 8 slots', () => {
    assert.deepEqual(found(text(160), 'cold-cache'), []);
    assert.match(
      message(text(161), 'cold-cache'),
      /books gets 161\/s instead of 16\.1\/s: that takes 8\.05 slots at once, and it has 8 slots\.$/,
    );
  });

  it('is nothing new to what is overloaded anyway', () => {
    assert.deepEqual(found(text(1700), 'cold-cache'), []);
  });

  it('is not concluded from a branch that most requests take, unless it leads to the data', () => {
    assert.deepEqual(found(text(200, '60%'), 'cold-cache'), []);
    assert.equal(found(text(200, '60%', 'database'), 'cold-cache').length, 1);
    assert.deepEqual(found(text(200, '100%', 'database'), 'cold-cache'), []);
  });

  it('is found where the load goes on to the next one', () => {
    const deep = text(170).replace('concurrency: 8,', 'concurrency: 100, replicas: 2, healthCheck: { interval: 5s },');
    const behind = deep
      .replace('calls:', '  rows: { kind: database, concurrency: 1, serviceTime: 10ms }\ncalls:')
      .replace('journeys:', '  - { from: books, to: rows, timeout: 200ms }\njourneys:');
    assert.match(message(behind, 'cold-cache'), /rows gets 170\/s instead of 17\/s: that takes 1\.7 slots/);
  });
});

describe('a hint', () => {
  const text = `faultline: 1
components:
  api: { replicas: 2, healthCheck: { interval: 5s } }
  stock: { replicas: 2, healthCheck: { interval: 5s } }
calls:
  - { from: api, to: stock, operation: GET /a, timeout: 300ms, retry: { maxAttempts: 2, base: 50ms, jitter: full } }
`;

  it('stays one whatever the rule is set to, and is gone where the rule is off', () => {
    const severities = (level: 'error' | 'off') =>
      reviewText(text, new Map([['missing-circuit-breaker', level]])).findings.flatMap(({ rule, severity }) =>
        rule === 'missing-circuit-breaker' ? severity : [],
      );
    assert.deepEqual(severities('error'), ['hint']);
    assert.deepEqual(severities('off'), []);
  });
});

describe('a fallback that its objective asks for', () => {
  const text = (objective: string) => `faultline: 1
components:
  shop: { replicas: 2, healthCheck: { interval: 5s } }
  tips: { kind: external, availability: 99.9% }
calls:
  - { from: shop, to: tips, operation: GET /tips, timeout: 300ms, circuitBreaker: { failures: 5 } }
journeys:
  browse: { entry: shop, availability: ${objective} }
  look: { entry: shop, availability: 99.92% }
`;

  it('is missing only above what the callee keeps by itself, and the strictest journey is named', () => {
    assert.match(message(text('99.9%'), 'missing-fallback'), /^look stops without/);
    assert.match(
      message(text('99.95%'), 'missing-fallback'),
      /^browse and look stop.*the objective of browse, 99\.95%, allows 4\.38 h\/yr/,
    );
  });
});
