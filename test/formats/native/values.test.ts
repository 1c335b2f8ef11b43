import { strict as assert } from 'node:assert';
import type { Problem } from '../../../src/model/problem';
import { applied, call, component, element, elementsOf, problemsOf, read } from './helpers';

/** Each line is a key with a value, and what is reported: the marked text and the message. */
function check(wrap: (line: string) => string, cases: readonly (readonly [line: string, marked: string, message: string])[]): void {
  for (const [line, marked, message] of cases) assert.deepEqual(problemsOf(wrap(line)), [`invalid-value at ${marked}: ${message}`], line);
}

function titles(problem: Problem | undefined): readonly string[] {
  return problem?.suggestions?.map((suggestion) => suggestion.title) ?? [];
}

describe('values', () => {
  it('are refused at their exact place, with what is expected', () => {
    check(component, [
      ['mttr: soon', 'soon', 'Expected a duration such as 250ms, 5s or 1h30m, not `soon`.'],
      ['mttr: [1h]', '[1h]', 'Expected a duration such as 2h, not a list.'],
      ['availability: high', 'high', 'Expected a percentage such as 99.95%, not `high`.'],
      ['availability: {}', '{}', 'Expected a percentage such as 99.95%, not a map.'],
      ['quota: 40', '40', 'Per what? 40/s, 40/m or 40/h.'],
      ['quota: lots', 'lots', 'Expected a rate such as 40/s, 1200/m or 5/h, not `lots`.'],
      ['replicas: 0', '0', 'This must be 1 or more, not 0.'],
      ['replicas: -2', '-2', 'This must be 1 or more, not -2.'],
      ['replicas: 1.5', '1.5', 'Expected a whole number such as 3, not `1.5`.'],
      ['replicas: 99999999999', '99999999999', 'This number is too large.'],
      ['replicas: { a: 2, b: 0 }', '0', 'This must be 1 or more, not 0.'],
      ['replicas: [2]', '[2]', 'Expected a count such as 3, or counts by zone such as `{ us-east-1a: 2, us-east-1b: 1 }`, not a list.'],
      ['queue: -1', '-1', 'This must be 0 or more, not -1.'],
      ['concurrency: many', 'many', 'Expected a whole number such as 8, or `unlimited`, not `many`.'],
      ['managed: maybe', 'maybe', 'Expected `true` or `false`, not `maybe`.'],
      ['zones: a', 'a', 'Expected a list of zones such as [us-east-1a, us-east-1b], not `a`.'],
      ['zones: [a, [b]]', '[b]', 'Expected the name of a zone, not a list.'],
      ['backup: { tested: 2026-02-30 }', '2026-02-30', 'Expected a date such as 2026-01-31, not `2026-02-30`.'],
      ['backup: { tested: yesterday }', 'yesterday', 'Expected a date such as 2026-01-31, not `yesterday`.'],
      ['owner: { team: a }', '{ team: a }', 'Expected a text, not a map.'],
      ['healthCheck: 5s', '5s', 'Expected a health check such as `{ interval: 5s, unhealthyAfter: 2 }`, or `none`, not `5s`.'],
      ['serviceTime: { p50: 20ms }', 'serviceTime', '`p50` and `p99` are needed together: the median and the 99th percentile.'],
      ['serviceTime: { p50: 20ms, p99: 10ms }', '10ms', 'The 99th percentile is below the median.'],
      ['serviceTime: { p50: 20ms, p99: 30ms, mean: 25ms }', '25ms', 'A service time has a `mean`, or `p50` and `p99`, not both.'],
      ['serviceTime: [1ms]', '[1ms]', 'Expected a duration such as 20ms, `{ p50: 20ms, p99: 120ms }` or `{ mean: 20ms }`, not a list.'],
      ['mttr:', 'mttr', 'Nothing is written here. Expected a duration such as 2h.'],
      ['mttr: ~', 'mttr', 'Nothing is written here. Expected a duration such as 2h.'],
    ]);
    check(call, [
      ['timeout: never', 'never', 'Expected a duration such as 250ms, 5s or 1h30m, not `never`.'],
      ['retry: 3', '3', 'Expected a retry such as `{ maxAttempts: 3, backoff: exponential, jitter: full }`, or `none`, not `3`.'],
      ['retry: { budget: { cost: 5 } }', 'budget', '`tokens` is missing: a retry budget needs it.'],
      ['retry: { factor: 0 }', '0', 'This must be more than 0, not 0.'],
      ['bulkhead: {}', 'bulkhead', '`concurrency` is missing: a bulkhead needs it.'],
      ['bulkhead: { concurrency: 0 }', '0', 'This must be 1 or more, not 0.'],
      ['circuitBreaker: { window: 0 }', '0', 'This must be 1 or more, not 0.'],
      ['fallback: { to: }', 'to', 'Nothing is written here. Expected the name of a component.'],
      ['fallback: [a]', '[a]', 'Expected a word such as `cached`, or `{ to: other }`, or `none`, not a list.'],
      [
        'preset: cobol',
        'cobol',
        'Expected a library with a preset: `resilience4j`, `polly`, `hystrix`, `envoy`, `istio`, `linkerd`, `dapr`, `grpc`, `aws-sdk`, not `cobol`.',
      ],
    ]);
  });

  it('offer texts with a unit where it is missing, the likely one first', () => {
    const timeout = call('timeout: 300');
    const [problem, ...more] = read(timeout).problems;
    assert.equal(problem?.message, 'The unit is missing: 300ms, 300s or 300m?');
    assert.deepEqual(titles(problem), ['Replace with `300ms`', 'Replace with `300s`', 'Replace with `300m`']);
    assert.deepEqual(
      problem?.suggestions?.map(({ safe }) => safe),
      [true, false, false],
    );
    assert.deepEqual(more, []);
    assert.equal(applied(timeout, problem), call('timeout: 300ms'));
    assert.deepEqual(problemsOf(applied(timeout, problem)), []);

    const interval = component('healthCheck: { interval: 5 }');
    assert.equal(applied(interval, read(interval).problems[0]), component('healthCheck: { interval: 5s }'));
    const quota = component('quota: 40');
    assert.equal(applied(quota, read(quota).problems[0]), component('quota: 40/s'));
    const quoted = call('timeout: "300"');
    assert.equal(applied(quoted, read(quoted).problems[0]), call('timeout: "300ms"'));
    const share = component('availability: 99.95');
    assert.equal(applied(share, read(share).problems[0]), component('availability: 99.95%'));
  });

  it('are words with a did-you-mean', () => {
    const text = component('kind: databse');
    assert.deepEqual(problemsOf(text), ['invalid-value at databse: `databse` is not a kind of component. Did you mean `database`?']);
    assert.equal(applied(text, read(text).problems[0]), component('kind: database'));
    const jitter = call('retry: { jitter: fulll }');
    assert.equal(applied(jitter, read(jitter).problems[0]), call('retry: { jitter: full }'));
    const quoted = component("kind: 'databse'");
    assert.equal(applied(quoted, read(quoted).problems[0]), component("kind: 'database'"));
    const list = call('retry: { on: [timeout, reject] }');
    assert.equal(applied(list, read(list).problems[0]), call('retry: { on: [timeout, rejected] }'));
  });

  it('offer true and false for what other languages write', () => {
    for (const [written, meant] of [
      ['yes', 'true'],
      ['Off', 'false'],
      ['"true"', 'true'],
    ] as const) {
      const text = component(`managed: ${written}`);
      assert.equal(applied(text, read(text).problems[0]), component(`managed: ${meant}`));
    }
  });

  it('offer a list for a single name', () => {
    const text = component('zones: us-east-1a');
    assert.equal(applied(text, read(text).problems[0]), component('zones: [us-east-1a]'));
  });

  it('that are wrong are left out, and everything else stays', () => {
    const fragment = read(component('replicas: zero\nkind: database\nhealthCheck: { interval: often, unhealthyAfter: 2 }'));
    assert.deepEqual(element(fragment, 'component', 'api').value, {
      name: 'api',
      source: 'native',
      kind: 'database',
      healthCheck: { unhealthyAfter: 2 },
    });
    assert.deepEqual(
      [...element(fragment, 'component', 'api').origin.keys.keys()],
      ['replicas', 'kind', 'healthCheck', 'healthCheck.interval', 'healthCheck.unhealthyAfter'],
    );
  });

  it('may be fractions, quoted, or in another notation', () => {
    const { value } = element(
      read(component('availability: 0.9995\nerrorRate: "5%"\nmttr: 1h30m\nstartup: 250us\nreplicas: "3"')),
      'component',
      'api',
    );
    assert.deepEqual(value.availability, { up: 0.9995, down: 0.0005 });
    assert.equal(value.errorRate, 0.05);
    assert.equal(value.mttr, 5400);
    assert.equal(value.startup, 0.00025);
    assert.equal(value.replicas, 3);
  });

  it('know the written decision from the omission', () => {
    const [written] = elementsOf(read(call('timeout: none\nretry: none\nfallback: none')), 'call');
    assert.deepEqual([written?.value.timeout, written?.value.retry, written?.value.fallback], ['none', 'none', 'none']);
    const [omitted] = elementsOf(read(call('required: true')), 'call');
    assert.equal(omitted?.value.timeout, undefined);
    assert.ok(omitted && !('timeout' in omitted.value));
  });

  it('may be blocks with nothing in them', () => {
    const fragment = read('components:\n  api:\n  db: {}\ncalls:\n  - from: api\n    to: db\n    retry:\n');
    assert.deepEqual(fragment.problems, []);
    assert.deepEqual(
      elementsOf(fragment, 'component').map(({ value }) => value),
      [
        { name: 'api', source: 'native' },
        { name: 'db', source: 'native' },
      ],
    );
    assert.deepEqual(elementsOf(fragment, 'call')[0]?.value.retry, {});
  });

  it('have short forms', () => {
    const fragment = read(component('serviceTime: 20ms\nreplication: sync'));
    const { value } = element(fragment, 'component', 'api');
    assert.deepEqual(value.serviceTime, { kind: 'constant', value: 0.02 });
    assert.deepEqual(value.replication, { mode: 'sync' });
    const [written] = elementsOf(read(call('retry: { budget: 10% }\ncircuitBreaker: { window: 100 }\nfallback: cached')), 'call');
    assert.deepEqual(written?.value.retry, { budget: { share: 0.1 } });
    assert.deepEqual(written?.value.circuitBreaker, { window: { calls: 100 } });
    assert.deepEqual(written?.value.fallback, { kind: 'degrade', word: 'cached' });
  });
});
