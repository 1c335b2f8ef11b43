import { strict as assert } from 'node:assert';
import { rules } from '../../src/rules/registry';
import type { Severity } from '../../src/rules/rule';
import { review, reviewText } from './helpers';

const shop = `faultline: 1
components:
  api: { concurrency: 8, replicas: 2, healthCheck: { interval: 5s } }
  db: { kind: search }
calls:
  - { from: api, to: db, operation: GET /orders, retry: { base: 100ms, budget: 10% } }
journeys:
  browse: { entry: api, rate: 40/s }
`;

describe('checking a system', () => {
  it('sorts by file, position and rule, whatever the order in which rules run', () => {
    const texts = new Map([
      ['/shop/b.calls.yaml', 'faultline: 1\nsystem: shop\ncalls:\n  - { from: api, to: db, retry: { base: 100ms, budget: 10% } }\n'],
      [
        '/shop/a.topology.yaml',
        'faultline: 1\nsystem: shop\ncomponents:\n  db: { kind: search, colour: red }\n  api: {}\njourneys:\n  browse: { entry: api }\n',
      ],
    ]);
    const found = review(texts).findings.map(({ rule, subject, place }) => `${place.file.slice(6, 7)} ${rule} ${subject}`);
    assert.deepEqual(found, [
      'a single-point-of-failure db',
      'a unknown-key db',
      'a single-point-of-failure api',
      'b missing-timeout api -> db',
      'b retry-without-jitter api -> db',
      'b unbounded-retry api -> db',
    ]);
  });

  it('gives each rule the severity of its setting, and nothing where it is off', () => {
    const settings = new Map<string, Severity>([
      ['missing-timeout', 'error'],
      ['unbounded-retry', 'off'],
      ['single-point-of-failure', 'hint'],
    ]);
    const found = reviewText(shop, settings).findings.map(({ rule, severity }) => `${severity} ${rule}`);
    assert.deepEqual(found, ['hint single-point-of-failure', 'error missing-timeout', 'warning retry-without-jitter']);
  });

  it('is never louder than information about a journey that nobody declared', () => {
    const text = shop.replace(/journeys:[\s\S]*/, '');
    const severities = (setting: Severity) =>
      reviewText(text, new Map([['single-point-of-failure', setting]])).findings.flatMap(({ rule, severity }) =>
        rule === 'single-point-of-failure' ? severity : [],
      );
    assert.deepEqual(severities('error'), ['info']);
    assert.deepEqual(severities('hint'), ['hint']);
  });

  it('says how many findings are silenced, and which', () => {
    const text = shop.replace('  - { from', '  # faultline-ignore missing-timeout, unbounded-retry -- one machine\n  - { from');
    const { findings, suppressed, silenced } = reviewText(text);
    assert.equal(suppressed, 2);
    assert.deepEqual(
      silenced.map(({ rule }) => rule),
      ['missing-timeout', 'unbounded-retry'],
    );
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['single-point-of-failure', 'retry-without-jitter'],
    );
  });

  it('does not call a comment useless whose rule is switched off, or whose file is half typed', () => {
    const text = shop.replace('  - { from', '  # faultline-ignore single-zone -- one machine\n  - { from');
    const stale = (source: string, settings?: ReadonlyMap<string, Severity>) =>
      reviewText(source, settings).findings.filter(({ rule }) => rule === 'stale-suppression').length;
    assert.equal(stale(text), 1);
    assert.equal(stale(text, new Map([['single-zone', 'off']])), 0);
    assert.equal(stale(`${text}  other: { entry:`), 0);
    assert.equal(stale(text, new Map([['stale-suppression', 'off']])), 0);
  });

  it('keeps a comment valid to the end of its last day', () => {
    const text = shop.replace(
      '  - { from',
      '  # faultline-ignore missing-timeout, unbounded-retry, retry-without-jitter until 2026-06-15 -- soon\n  - { from',
    );
    const texts = new Map([['/shop/shop.faultline.yaml', text]]);
    const rulesOn = (day: string) => review(texts, new Map(), day).findings.map(({ rule }) => rule);
    assert.deepEqual(rulesOn('2026-06-15'), ['single-point-of-failure']);
    assert.deepEqual(rulesOn('2026-06-16'), [
      'single-point-of-failure',
      'stale-suppression',
      'missing-timeout',
      'retry-without-jitter',
      'unbounded-retry',
    ]);
  });

  it('finds nothing in a system without anything in it', () => {
    assert.deepEqual(reviewText('faultline: 1\n').findings, []);
  });

  it('offers fixes only for what it reports, with titles that tell them apart', () => {
    const context = reviewText(shop);
    for (const finding of context.findings) {
      const fixes = rules.find(({ id }) => id === finding.rule)?.fixes?.(finding, context) ?? [];
      assert.ok(fixes.length > 0, finding.rule);
      assert.equal(new Set(fixes.map(({ title }) => title)).size, fixes.length);
    }
    const stranger = { message: '', place: { file: '', span: { start: 0, end: 0 } }, subject: 'nobody' };
    for (const { fixes } of rules) assert.deepEqual(fixes?.(stranger, context) ?? [], []);
  });
});
