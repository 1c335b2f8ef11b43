import { strict as assert } from 'node:assert';
import { sections } from '../../../src/formats/native/schema';
import type { ValueType } from '../../../src/formats/native/types';
import { elementsOf, read, slice } from './helpers';

/** Every key of the language at least once. */
const text = `
faultline: 1
system: everything
include: [docker-compose.yml]
objectives: { availability: 99.95%, latency: 800ms, rto: 15m, rpo: none }
regions:
  north: { availability: 99.99% }
zones:
  north-1: { region: north, availability: 99.95% }
sharedFate:
  certificate: { availability: 99.99%, components: [edge, db] }
components:
  edge:
    kind: load-balancer
    managed: true
    ttl: 60s
    errorRate: 0.5%
    connections: 1000
    quota: 1200/m
    owner: team-edge
    description: Where everything comes in
    runbook: https://wiki.example.com/edge
    dependsOn: [db]
    onOverload: crash
    startup: 10s
    leaderElection: false
  db:
    kind: database
    replicas: { north-1: 2 }
    needs: 2
    zones: [north-1]
    availability: 99.9%
    mtbf: 90d
    mttr: 2h
    commonCause: 5%
    releases: { every: 1d, failureRate: 5%, rollback: 10m }
    concurrency: unlimited
    queue: 50
    serviceTime: { p50: 20ms, p99: 120ms }
    healthCheck: { interval: 5s, timeout: 1s, unhealthyAfter: 2 }
    replication: { mode: async, lag: 5s }
    failover: { automatic: false, within: 30m }
    backup: { every: 24h, restore: 3h, tested: 2026-01-31, region: south }
    recovery: { strategy: pilot-light, region: south, rto: 30m, rpo: 1m, tested: 2026-02-28 }
  app: { serviceTime: { mean: 20ms } }
policies:
  careful:
    timeout: 500ms
    deadline: 2s
    retry:
      maxAttempts: 3
      backoff: exponential
      base: 100ms
      factor: 2.5
      cap: 2s
      jitter: decorrelated
      budget: { tokens: 500, cost: 5, refund: 1 }
      on: [timeout, refused]
    circuitBreaker:
      failures: 5
      errorRate: 50%
      window: 10s
      minimumCalls: 20
      slowRate: 100%
      slowCall: 1s
      cooldown: 30s
      trialCalls: 2
      counts: attempts
    preset: polly
    bulkhead: { concurrency: 4 }
    fallback: { to: app }
    idempotent: true
    idempotencyKey: Idempotency-Key
calls:
  - from: edge
    to: app
    operation: GET /things
    journeys: [browse]
    count: 2
    share: 20%
    parallel: a
    required: false
    async: true
    policy: careful
    timeout: none
    deadline: none
    retry: none
    circuitBreaker: none
    preset: grpc
    bulkhead: none
    fallback: none
    idempotent: false
    idempotencyKey: X-Key
journeys:
  browse: { entry: edge, rate: 40/s, availability: none, latency: 2s, description: Looking around }
scenarios:
  storm:
    description: All at once
    duration: 60s
    seed: 7
    clients: { browse: 1000 }
    think: 1s
    events:
      - { at: 1s, kill: db }
      - { at: 2s, crash: db#2 }
      - { at: 3s, restore: zone north-1 }
      - { at: 4s, slow: region north, factor: 5, add: 200ms }
      - { at: 5s, errors: sharedFate certificate, share: 20% }
      - { at: 6s, partition: [[edge, app], [db]] }
      - { at: 7s, load: browse, factor: 3 }
    expect:
      - { journey: browse, success: 99%, degraded: 5%, p50: 100ms, p99: 800ms, from: 1s, to: 40s, variant: bare, recoversWithin: 30s }
      - { component: db, busy: 80%, queue: 20 }
      - { call: edge -> app, attempts: 1.5, duplicateEffects: 0, breakerOpened: 1 }
`.slice(1);

/** All dotted paths of a type, list items and names left out: `retry.budget.tokens`. */
function pathsOf(type: ValueType<unknown>, path: string): readonly string[] {
  const own = [...(type.fields ?? [])].flatMap(([key, field]) => {
    const inner = path === '' ? key : `${path}.${key}`;
    return [inner, ...pathsOf(field.type, inner)];
  });
  const alternatives = (type.alternatives ?? []).flatMap((one) => pathsOf(one, path));
  const items = type.item?.fields ? pathsOf(type.item, path) : [];
  return [...own, ...alternatives, ...items];
}

describe('the schema', () => {
  const fragment = read(text);

  it('knows every key of a file that uses them all', () => {
    assert.deepEqual(
      fragment.problems.map((problem) => `${problem.message} ${slice(text, problem.place.span)}`),
      [],
    );
  });

  it('has each of its keys read somewhere', () => {
    const seen = new Set<string>();
    for (const { kind, origin } of fragment.elements) {
      for (const path of origin.keys.keys()) seen.add(`${kind} ${path.replaceAll(/\.\d+(?=\.|$)/g, '')}`);
    }
    const kinds = new Map([
      ['objectives', 'objectives'],
      ['regions', 'region'],
      ['zones', 'zone'],
      ['sharedFate', 'sharedFate'],
      ['components', 'component'],
      ['policies', 'policy'],
      ['calls', 'call'],
      ['journeys', 'journey'],
      ['scenarios', 'scenario'],
    ]);
    const missing = [...kinds].flatMap(([key, kind]) => {
      const section = sections.get(key);
      assert.ok(section);
      const inPolicies = key === 'calls' ? pathsOf(sections.get('policies')?.type ?? section.type, '') : [];
      return pathsOf(section.type, '')
        .filter((path) => !seen.has(`${kind} ${path}`) && !(inPolicies.includes(path) && seen.has(`policy ${path}`)))
        .map((path) => `${kind} ${path}`);
    });
    assert.deepEqual(missing, []);
  });

  it('documents each key in a sentence, with a default that is words', () => {
    const visit = (type: ValueType<unknown>, path: string): void => {
      for (const [key, field] of type.fields ?? []) {
        assert.match(field.doc, /^[A-Z].*\.$/, `${path}.${key}`);
        assert.notEqual(field.default, '', `${path}.${key}`);
        visit(field.type, `${path}.${key}`);
      }
      for (const other of [...(type.alternatives ?? []), ...(type.item ? [type.item] : [])]) visit(other, path);
    };
    for (const [key, section] of sections) {
      assert.match(section.doc, /^[A-Z].*\.$/, key);
      visit(section.type, key);
    }
  });

  it('gives examples that can be read', () => {
    const bad: string[] = [];
    for (const [key, section] of sections) {
      for (const example of section.examples ?? []) {
        if (read(`${key}: ${example}\n`).problems.length > 0) bad.push(`${key}: ${example}`);
      }
    }
    const check = (name: string, wrap: (line: string) => string, type: ValueType<unknown> | undefined, path = ''): void => {
      for (const [key, field] of type?.fields ?? []) {
        for (const example of field.examples ?? []) {
          const problems = read(wrap(`${key}: ${example}`)).problems.filter((problem) => !problem.message.includes('is missing'));
          if (problems.length > 0) bad.push(`${name}${path}.${key}: ${example}: ${problems[0]?.message}`);
        }
      }
    };
    check('components', (line) => `components:\n  api:\n    ${line}\n`, sections.get('components')?.type);
    check('calls', (line) => `calls:\n  - ${line}\n`, sections.get('calls')?.type);
    check('policies', (line) => `policies:\n  p:\n    ${line}\n`, sections.get('policies')?.type);
    check('journeys', (line) => `journeys:\n  j:\n    ${line}\n`, sections.get('journeys')?.type);
    check('zones', (line) => `zones:\n  z:\n    ${line}\n`, sections.get('zones')?.type);
    const retry = sections.get('policies')?.type.fields?.get('retry')?.type;
    check('retry', (line) => `policies:\n  p:\n    retry:\n      ${line}\n`, retry);
    const breaker = sections.get('policies')?.type.fields?.get('circuitBreaker')?.type;
    check('circuitBreaker', (line) => `policies:\n  p:\n    circuitBreaker:\n      ${line}\n`, breaker);
    assert.deepEqual(bad, []);
  });

  it('turns the file into the model', () => {
    assert.equal(fragment.system, 'everything');
    assert.deepEqual(
      fragment.includes.map(({ path, place }) => [path, slice(text, place.span)]),
      [['docker-compose.yml', 'docker-compose.yml']],
    );
    const [db] = elementsOf(fragment, 'component').filter((one) => one.name === 'db');
    assert.deepEqual(db?.value, {
      name: 'db',
      source: 'native',
      kind: 'database',
      replicas: new Map([['north-1', 2]]),
      needs: 2,
      zones: ['north-1'],
      availability: { up: 0.999, down: 0.001 },
      mtbf: 7_776_000,
      mttr: 7200,
      commonCause: 0.05,
      releases: { every: 86_400, failureRate: 0.05, rollback: 600 },
      concurrency: 'unlimited',
      queue: 50,
      serviceTime: { kind: 'log-normal', p50: 0.02, p99: 0.12 },
      healthCheck: { interval: 5, timeout: 1, unhealthyAfter: 2 },
      replication: { mode: 'async', lag: 5 },
      failover: { automatic: false, within: 1800 },
      backup: { every: 86_400, restore: 10_800, tested: '2026-01-31', region: 'south' },
      recovery: { strategy: 'pilot-light', region: 'south', rto: 1800, rpo: 60, tested: '2026-02-28' },
    });
    const [policy] = elementsOf(fragment, 'policy');
    assert.deepEqual(policy?.value, {
      timeout: 0.5,
      deadline: 2,
      retry: {
        maxAttempts: 3,
        backoff: 'exponential',
        base: 0.1,
        factor: 2.5,
        cap: 2,
        jitter: 'decorrelated',
        budget: { tokens: 500, cost: 5, refund: 1 },
        on: ['timeout', 'refused'],
      },
      circuitBreaker: {
        failures: 5,
        errorRate: 0.5,
        window: { seconds: 10 },
        minimumCalls: 20,
        slowRate: 1,
        slowCall: 1,
        cooldown: 30,
        trialCalls: 2,
        counts: 'attempts',
      },
      preset: 'polly',
      bulkhead: { concurrency: 4 },
      fallback: { kind: 'component', to: 'app' },
      idempotent: true,
      idempotencyKey: 'Idempotency-Key',
    });
    const calls = elementsOf(fragment, 'call').map(({ value }) => value);
    assert.deepEqual(calls, [
      { from: 'edge', to: 'db', role: 'request', source: 'native' },
      {
        from: 'edge',
        to: 'app',
        operation: 'GET /things',
        journeys: ['browse'],
        count: 2,
        share: 0.2,
        parallel: 'a',
        required: false,
        async: true,
        policy: 'careful',
        timeout: 'none',
        deadline: 'none',
        retry: 'none',
        circuitBreaker: 'none',
        preset: 'grpc',
        bulkhead: 'none',
        fallback: 'none',
        idempotent: false,
        idempotencyKey: 'X-Key',
        role: 'request',
        source: 'native',
      },
    ]);
    const [scenario] = elementsOf(fragment, 'scenario');
    assert.deepEqual(scenario?.value.events, [
      { at: 1, fault: { kind: 'kill', target: { kind: 'component', name: 'db' } } },
      { at: 2, fault: { kind: 'crash', target: { kind: 'replica', name: 'db', replica: 2 } } },
      { at: 3, fault: { kind: 'restore', target: { kind: 'zone', name: 'north-1' } } },
      { at: 4, fault: { kind: 'slow', target: { kind: 'region', name: 'north' }, factor: 5, add: 0.2 } },
      { at: 5, fault: { kind: 'errors', target: { kind: 'sharedFate', name: 'certificate' }, share: 0.2 } },
      { at: 6, fault: { kind: 'partition', sides: [['edge', 'app'], ['db']] } },
      { at: 7, fault: { kind: 'load', journey: 'browse', factor: 3 } },
    ]);
    const window = { from: 1, to: 40, variant: 'bare', recoversWithin: 30 };
    const browse = { kind: 'journey', name: 'browse' };
    const link = { kind: 'call', name: 'edge -> app' };
    assert.deepEqual(scenario?.value.expect, [
      { subject: browse, measure: 'success', comparison: 'at-least', bound: 0.99, ...window },
      { subject: browse, measure: 'degraded', comparison: 'at-most', bound: 0.05, ...window },
      { subject: browse, measure: 'p50', comparison: 'at-most', bound: 0.1, ...window },
      { subject: browse, measure: 'p99', comparison: 'at-most', bound: 0.8, ...window },
      { subject: { kind: 'component', name: 'db' }, measure: 'busy', comparison: 'at-most', bound: 0.8 },
      { subject: { kind: 'component', name: 'db' }, measure: 'queue', comparison: 'at-most', bound: 20 },
      { subject: link, measure: 'attempts', comparison: 'at-most', bound: 1.5 },
      { subject: link, measure: 'duplicateEffects', comparison: 'at-most', bound: 0 },
      { subject: link, measure: 'breakerOpened', comparison: 'at-most', bound: 1 },
    ]);
  });

  it('marks exactly what was written, for every key', () => {
    for (const { kind, name, origin } of fragment.elements) {
      for (const [path, { key, value }] of origin.keys) {
        const last = path.split('.').at(-1) ?? '';
        const where = `${kind} ${name} ${path}`;
        if (/^\d+$/.test(last)) assert.deepEqual(key, value, where);
        else assert.equal(slice(text, key), last, where);
        assert.ok(value.end > value.start, where);
        assert.doesNotMatch(slice(text, value), /^\s|\s$|^[:,] |[,\n]$/, where);
      }
    }
  });
});
