import { strict as assert } from 'node:assert';
import { remediesOf, review, reviewText, today } from './helpers';

function found(text: string, rule: string): readonly string[] {
  return reviewText(text)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ subject, severity }) => `${severity} ${subject}`);
}

function shop(component: string, objectives = '{ rto: 15m, rpo: 15m }'): string {
  return `faultline: 1
objectives: ${objectives}
components:
  api: { replicas: 2, healthCheck: { interval: 5s } }
  db: ${component}
calls:
  - { from: api, to: db, timeout: 300ms }
journeys:
  browse: { entry: api, rate: 40/s }
`;
}

const pair = 'kind: database, replicas: 2, replication: sync';

describe('the rules of recovery', () => {
  it('allow what takes exactly as long as the objective', () => {
    for (const [within, expected] of [
      ['14m59s', []],
      ['15m', []],
      ['15m1s', ['warning db']],
    ] as const) {
      const automatic = shop(`{ ${pair}, failover: { within: ${within} }, backup: { every: 15m } }`);
      assert.deepEqual(found(automatic, 'rto-unmet'), expected, within);
      const byHand = shop(`{ ${pair}, failover: { automatic: false, within: ${within} }, backup: { every: 15m }, runbook: here }`);
      assert.deepEqual(found(byHand, 'manual-failover'), expected, within);
      assert.deepEqual(found(byHand, 'rto-unmet'), [], 'it is said already');
      const backup = shop(`{ ${pair}, failover: { within: 30s }, backup: { every: ${within} } }`);
      assert.deepEqual(found(backup, 'rpo-unmet'), expected, within);
    }
  });

  it('say of a slow check that it is slow, and of the switch behind it that it takes too long, but not both', () => {
    const text = (interval: string) =>
      shop(`{ ${pair}, healthCheck: { interval: ${interval}, unhealthyAfter: 3 }, failover: { within: 1m }, backup: { every: 15m } }`);
    assert.deepEqual([found(text('4m40s'), 'slow-detection'), found(text('4m40s'), 'rto-unmet')], [[], []]);
    assert.deepEqual([found(text('4m41s'), 'slow-detection'), found(text('4m41s'), 'rto-unmet')], [[], ['warning db']]);
    assert.deepEqual([found(text('5m1s'), 'slow-detection'), found(text('5m1s'), 'rto-unmet')], [['warning db'], []]);
  });

  it('are information where they rest on what nobody wrote', () => {
    const objectives = '{ rto: 30s, rpo: 1s }';
    const text = shop('{ kind: database, replicas: 2, replication: async, failover: {}, backup: { every: 1s } }', objectives);
    assert.deepEqual([found(text, 'rto-unmet'), found(text, 'rpo-unmet')], [['info db'], ['info db']]);
  });

  it('say nothing about what no journey needs, or without an objective', () => {
    const slow = `{ ${pair}, failover: { within: 1h }, backup: { every: 24h, restore: 5h } }`;
    const rules = ['rto-unmet', 'rpo-unmet', 'untested-restore'];
    const texts = [shop(slow, '{}'), shop(slow).replace('timeout: 300ms', 'timeout: 300ms, required: false')];
    for (const text of texts) for (const rule of rules) assert.deepEqual(found(text, rule), []);
    for (const rule of rules) assert.equal(found(shop(slow), rule).length, 1, rule);
  });

  it('offer a backup as often as the objective asks for, and none where that is all the time', () => {
    const titles = (rpo: string) => {
      const context = reviewText(shop(`{ ${pair}, failover: { within: 30s } }`, `{ rpo: ${rpo} }`));
      return context.findings
        .filter(({ rule }) => rule === 'missing-backup')
        .flatMap((finding) => remediesOf(context, finding).map(({ title }) => title));
    };
    assert.deepEqual(titles('none'), ['Insert a backup: every 1d']);
    assert.deepEqual(titles('2h'), ['Insert a backup: every 2h']);
    assert.deepEqual(titles('1m'), ['Insert a backup: every 1m']);
    assert.deepEqual(titles('59s'), []);
  });

  it('count a restore as tried for 180 days', () => {
    const text = shop(`{ ${pair}, failover: { within: 30s }, backup: { every: 15m, restore: 15m, tested: 2026-01-01 } }`);
    const on = (day: string) =>
      review(new Map([['/shop/shop.faultline.yaml', text]]), new Map(), day).findings.filter(({ rule }) => rule === 'untested-restore')
        .length;
    assert.deepEqual([on('2026-06-30'), on('2026-07-01'), on(today)], [0, 1, 0]);
  });
});

describe('the rules of objectives', () => {
  it('allow what is exactly as good as the objective', () => {
    const text = (objective: string) =>
      `faultline: 1\ncomponents:\n  api: { availability: 99.9% }\njourneys:\n  browse: { entry: api, availability: ${objective} }\n`;
    assert.deepEqual(found(text('99.9%'), 'objective-unreachable'), []);
    assert.deepEqual(found(text('99.90001%'), 'objective-unreachable'), ['warning browse']);
  });

  it('call it information where better numbers in place of assumed ones make up for half of the miss', () => {
    // Budget 8.76 h. The assumed payment (99.9%) costs about 8.76 h, api what its availability leaves.
    const text = (api: string) => `faultline: 1
components:
  api: { availability: ${api} }
  payment: { kind: external }
calls:
  - { from: api, to: payment, timeout: 300ms }
journeys:
  browse: { entry: api, availability: 99.9% }
`;
    assert.deepEqual(found(text('99.9%'), 'objective-unreachable'), ['info browse']);
    assert.deepEqual(found(text('99.81%'), 'objective-unreachable'), ['info browse']);
    assert.deepEqual(found(text('99.79%'), 'objective-unreachable'), ['warning browse']);
  });

  it('let releases spend a quarter of the budget', () => {
    // 99.9% leaves 86.4 s a day; a quarter of it is 21.6 s: one release a day, of which 3% are bad, for 12 min.
    const text = (rollback: string) =>
      `faultline: 1\ncomponents:\n  api: { replicas: 2, healthCheck: { interval: 5s }, releases: { every: 1d, failureRate: 3%, rollback: ${rollback} } }\njourneys:\n  browse: { entry: api, availability: 99.9% }\n`;
    assert.deepEqual(found(text('12m'), 'release-spends-budget'), []);
    assert.deepEqual(found(text('12m1s'), 'release-spends-budget'), ['warning browse']);
    const context = reviewText(text('20m'));
    const [finding] = context.findings.filter(({ rule }) => rule === 'release-spends-budget');
    assert.deepEqual(finding && remediesOf(context, finding).map(({ title }) => title), ['Roll back api within 12m']);
  });
});

describe('the rules of the model', () => {
  it('name a ring once, however many calls there are in it', () => {
    const text = (count: number) => {
      const names = Array.from({ length: count }, (_, i) => `c${i}`);
      const calls = names.map((name, i) => `  - { from: ${name}, to: c${(i + 1) % count}, timeout: 1s }`);
      const back = names.slice(1).map((name) => `  - { from: ${name}, to: c0, operation: GET /back, timeout: 1s }`);
      return `faultline: 1\ncomponents: { ${names.map((name) => `${name}: {}`).join(', ')} }\ncalls:\n${[...calls, ...back].join('\n')}\n`;
    };
    const rings = (count: number) => reviewText(text(count)).findings.filter(({ rule }) => rule === 'dependency-cycle');
    assert.deepEqual(
      rings(3).map(({ message }) => message.split(' is ')[0]),
      ['c0 → c1 → c0'],
    );
    assert.equal(rings(40).length, 1);
  });

  it('leave off in the middle of a long ring', () => {
    const names = Array.from({ length: 9 }, (_, i) => `c${i}`);
    const calls = names.map((name, i) => `  - { from: ${name}, to: c${(i + 1) % 9}, timeout: 1s }`).join('\n');
    const [ring] = reviewText(
      `faultline: 1\ncomponents: { ${names.map((name) => `${name}: {}`).join(', ')} }\ncalls:\n${calls}\n`,
    ).findings.filter(({ rule }) => rule === 'dependency-cycle');
    assert.equal(ring?.message.split(' is ')[0], 'c0 → c1 → c2 → c3 → c4 → … → c0');
  });

  it('do not call unused what may be used in another file, or once there are calls', () => {
    const places = 'faultline: 1\nsystem: shop\nzones: { a: {} }\npolicies: { quick: { timeout: 1s } }\n';
    const unused = (texts: readonly [string, string][]) =>
      review(new Map(texts)).findings.flatMap(({ rule, subject }) => (rule === 'unused-declaration' ? subject : []));
    assert.deepEqual(unused([['/shop/a.topology.yaml', places]]), ['a']);
    const calls = 'faultline: 1\nsystem: shop\ncomponents: { x: { zones: [a] }, y: {} }\ncalls: [{ from: x, to: y, policy: quick }]\n';
    assert.deepEqual(
      unused([
        ['/shop/a.topology.yaml', places],
        ['/shop/b.calls.yaml', calls],
      ]),
      [],
    );
    const broken = calls.replace('policy: quick }]', 'policy: ');
    assert.deepEqual(
      unused([
        ['/shop/a.topology.yaml', places],
        ['/shop/b.calls.yaml', broken],
      ]),
      [],
    );
    assert.deepEqual(unused([['/shop/a.topology.yaml', `${places}include: [b.yaml]\n`]]), []);
  });
});
