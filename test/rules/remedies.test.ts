import { strict as assert } from 'node:assert';
import { applied, file, remediesOf, reviewText } from './helpers';

/** What the first fix of a rule's first finding is called, and the lines that it writes. */
function firstFix(rule: string, text: string): { readonly title: string; readonly written: readonly string[] } {
  const context = reviewText(text);
  const finding = context.findings.find((one) => one.rule === rule);
  assert.ok(finding, `no ${rule} in\n${text}`);
  const [remedy] = remediesOf(context, finding);
  assert.ok(remedy, 'there is no fix');
  const after = applied(context, remedy)?.get(file) ?? '';
  const before = new Set(text.split('\n'));
  return { title: remedy.title, written: after.split('\n').filter((line) => !before.has(line)) };
}

/** Two replicas leave a budget of 100%, five one of 25%. */
const components = 'components: { a: {}, b: { replicas: 2 }, c: { replicas: 5 } }';
const retry = 'retry: { maxAttempts: 3, base: 50ms, jitter: full }';

describe('the budget that a fix writes', () => {
  it('is the one that suits the call', () => {
    const { title, written } = firstFix(
      'missing-circuit-breaker',
      `faultline: 1\n${components}\ncalls:\n  - { from: a, to: c, timeout: 1s, ${retry} }\n`,
    );
    assert.equal(title, 'Add a budget of 25%');
    assert.deepEqual(written, ['  - { from: a, to: c, timeout: 1s, retry: { maxAttempts: 3, base: 50ms, jitter: full, budget: 25% } }']);
  });

  for (const order of ['b, c', 'c, b']) {
    it(`is the least of what the calls of an entry need (${order})`, () => {
      const text = `faultline: 1\n${components}\ncalls:\n  - { from: a, to: [${order}], timeout: 1s, ${retry} }\n`;
      const { title, written } = firstFix('missing-circuit-breaker', text);
      assert.equal(title, 'Add a budget of 25% (both calls of this entry)');
      assert.equal(written.length, 1);
      assert.match(written[0] ?? '', /budget: 25%/);
    });

    it(`is the least of what the calls of a policy need (${order})`, () => {
      const calls = order.split(', ').map((to) => `  - { from: a, to: ${to}, policy: p }\n`);
      const text = `faultline: 1\n${components}\npolicies:\n  p: { timeout: 1s, ${retry} }\ncalls:\n${calls.join('')}`;
      const { title, written } = firstFix('missing-circuit-breaker', text);
      assert.equal(title, 'Add a budget of 25% (policy p)');
      assert.deepEqual(written, ['  p: { timeout: 1s, retry: { maxAttempts: 3, base: 50ms, jitter: full, budget: 25% } }']);
    });

    it(`is the least of them too where a whole call is completed (${order})`, () => {
      // b needs the longer timeout, and c the lesser budget.
      const times = components.replace('b: {', 'b: { serviceTime: 100ms,').replace('c: {', 'c: { serviceTime: 10ms,');
      const text = `faultline: 1\n${times}\ncalls:\n  - { from: a, to: [${order}], operation: GET / }\njourneys: { go: { entry: a } }\n`;
      const context = reviewText(text);
      const finding = context.findings.find(({ rule }) => rule === 'missing-timeout');
      const remedy = finding && remediesOf(context, finding).find(({ title }) => title.startsWith('Complete the call: timeout, retry'));
      assert.ok(remedy, JSON.stringify(finding && remediesOf(context, finding).map(({ title }) => title)));
      const after = applied(context, remedy)?.get(file) ?? '';
      assert.match(after, /timeout: 200ms/);
      assert.match(after, /budget: 25%/);
    });
  }

  it('is a tenth behind the retries of others, where the one that suits the call alone would not do', () => {
    const hops = (...attempts: readonly number[]) => {
      const names = ['a', 'b', 'c', 'd'].slice(0, attempts.length + 1);
      const calls = attempts.map(
        (count, i) =>
          `  - { from: ${names[i]}, to: ${names[i + 1]}, timeout: 1s, retry: { maxAttempts: ${count}, base: 50ms, jitter: full }, circuitBreaker: { failures: 5 } }\n`,
      );
      return `faultline: 1\ncomponents: { ${names.map((name) => `${name}: { replicas: 2 }`).join(', ')} }\ncalls:\n${calls.join('')}journeys: { go: { entry: a } }\n`;
    };
    // 4 × 4; with 100% at one of them 4 × 2.
    assert.equal(firstFix('retry-amplification', hops(4, 4)).title, 'Add a budget of 100%');
    // 3 × 4 × 3; with 100% 3 × 2 × 3, and with a tenth 3 × 1.1 × 3.
    assert.equal(firstFix('retry-amplification', hops(3, 4, 3)).title, 'Add a budget of 10%');
    // 4 × 4 × 4; a tenth at one is not enough.
    const { title, written } = firstFix('retry-amplification', hops(4, 4, 4));
    assert.equal(title, 'Add a budget of 10% to every retry on the way');
    assert.equal(written.filter((line) => line.includes('budget: 10%')).length, 3);
  });

  it('is none where one attempt alone fits: the retry goes', () => {
    const text =
      'faultline: 1\ncomponents: { a: {}, b: { serviceTime: 300ms } }\ncalls:\n  - from: a\n    to: b\n    retry:\n      backoff: constant\n      base: 200ms\njourneys: { go: { entry: a, latency: 1s } }\n';
    const context = reviewText(text);
    const finding = context.findings.find(({ rule }) => rule === 'missing-timeout');
    const remedy = finding && remediesOf(context, finding).find(({ title }) => title.startsWith('Complete the call: timeout, no retry'));
    assert.ok(remedy, JSON.stringify(finding && remediesOf(context, finding).map(({ title }) => title)));
    const after = applied(context, remedy)?.get(file) ?? '';
    assert.match(after, /\n {4}retry: none\n/);
    assert.doesNotMatch(after, /budget|backoff|base/);
  });
});
