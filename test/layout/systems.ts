import type { Mark } from '../../src/layout/protocol';
import type { Call } from '../../src/model/call';
import type { Component } from '../../src/model/component';
import { type ElementId, elementId } from '../../src/model/origin';
import type { Scenario } from '../../src/model/scenario';
import { emptySystem, type System, type Zone } from '../../src/model/system';

type Parts<T> = Readonly<Record<string, Omit<T, 'name'>>>;

/** A system written in code, with what a reader would have filled in. */
export function systemOf(
  name: string,
  components: Parts<Component>,
  calls: readonly (Pick<Call, 'from' | 'to'> & Partial<Call>)[],
  rest: Partial<System> = {},
): System {
  const zones = new Map<string, Zone>(rest.zones ?? []);
  for (const component of Object.values(components)) {
    for (const zone of component.zones ?? []) if (!zones.has(zone)) zones.set(zone, { name: zone });
  }
  const ids = new Set<string>();
  const list = calls.map((call): Call => {
    let id = `${call.from} -> ${call.to}`;
    if (ids.has(id)) id = `${id} ${call.operation ?? ids.size}`;
    ids.add(id);
    return { ownKeys: [], role: 'request', source: 'native', ...call, id };
  });
  const named = new Map(Object.entries(components).map(([key, component]) => [key, { ...component, name: key }]));
  return { ...emptySystem(name), ...rest, components: named, calls: list, zones };
}

const minute = 60;

/** An API with eight threads; seven requests in ten need the database, three need payment. */
export function lab(): System {
  const outage: Scenario = {
    name: 'payment-dies',
    description: 'Payment stops answering after five seconds',
    duration: 30,
    seed: 1,
    events: [
      { at: 5, fault: { kind: 'kill', target: { kind: 'component', name: 'payment' } } },
      { at: 20, fault: { kind: 'restore', target: { kind: 'component', name: 'payment' } } },
    ],
    expect: [],
  };
  return systemOf(
    'lab',
    {
      api: { kind: 'service', concurrency: 8, queue: 50, serviceTime: { kind: 'constant', value: 0.001 } },
      db: { kind: 'database', concurrency: 50, serviceTime: { kind: 'log-normal', p50: 0.015, p99: 0.06 } },
      payment: { kind: 'external', serviceTime: { kind: 'log-normal', p50: 0.04, p99: 0.15 } },
    },
    [
      { from: 'api', to: 'db', operation: 'GET /orders', journeys: ['orders'] },
      { from: 'api', to: 'payment', operation: 'POST /charge', journeys: ['pay'] },
    ],
    {
      journeys: new Map([
        ['orders', { name: 'orders', entry: 'api', rate: 70, implied: false, latency: 0.5 }],
        ['pay', { name: 'pay', entry: 'api', rate: 30, implied: false, latency: 2 }],
      ]),
      scenarios: new Map([[outage.name, outage]]),
    },
  );
}

/** A shop in three zones of one region, with third parties, written by somebody in a hurry. */
export function storefront(): System {
  const [a, b, c] = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'];
  const careful = {
    timeout: 0.25,
    retry: { maxAttempts: 3, backoff: 'exponential', base: 0.05, cap: 1, jitter: 'full' },
    circuitBreaker: { errorRate: 0.5, window: { seconds: 10 }, cooldown: 5 },
  } as const;
  return systemOf(
    'storefront',
    {
      dns: { kind: 'dns', replicas: 2 },
      edge: { kind: 'load-balancer', replicas: 2, zones: [a, b] },
      web: { kind: 'service', replicas: 4, zones: [a, b], concurrency: 32, serviceTime: { kind: 'log-normal', p50: 0.01, p99: 0.06 } },
      cart: { kind: 'service', replicas: 2, zones: [a], concurrency: 16, serviceTime: { kind: 'log-normal', p50: 0.015, p99: 0.09 } },
      catalog: {
        kind: 'service',
        replicas: 3,
        zones: [a, b, c],
        concurrency: 16,
        serviceTime: { kind: 'log-normal', p50: 0.012, p99: 0.08 },
      },
      orders: { kind: 'service', replicas: 2, zones: [a, b], concurrency: 8, serviceTime: { kind: 'log-normal', p50: 0.02, p99: 0.15 } },
      sessions: { kind: 'cache', replicas: 1, zones: [a], serviceTime: { kind: 'constant', value: 0.001 } },
      jobs: { kind: 'queue', replicas: 3, needs: 2, zones: [a, b, c] },
      mailer: { kind: 'worker', replicas: 1, zones: [b] },
      'orders-db': {
        kind: 'database',
        replicas: 2,
        zones: [a, b],
        concurrency: 100,
        serviceTime: { kind: 'log-normal', p50: 0.005, p99: 0.04 },
      },
      search: { kind: 'search', replicas: 3, needs: 2, zones: [a, b, c], serviceTime: { kind: 'log-normal', p50: 0.025, p99: 0.2 } },
      payment: { kind: 'external', serviceTime: { kind: 'log-normal', p50: 0.12, p99: 0.9 } },
      mail: { kind: 'external', serviceTime: { kind: 'log-normal', p50: 0.08, p99: 2 } },
      nightly: { kind: 'scheduler', replicas: 1, zones: [a] },
      releases: { kind: 'deployer', replicas: 1 },
    },
    [
      { from: 'dns', to: 'edge' },
      { from: 'edge', to: 'web', timeout: 2 },
      { from: 'web', to: 'sessions', operation: 'GET session' },
      { from: 'web', to: 'catalog', operation: 'GET /products', journeys: ['browse'], ...careful },
      { from: 'catalog', to: 'search', timeout: 0.3, fallback: { kind: 'degrade', word: 'cached' }, journeys: ['browse'] },
      { from: 'web', to: 'cart', operation: 'PUT /cart', journeys: ['checkout'], timeout: 0.5, retry: { maxAttempts: 4, backoff: 'none' } },
      { from: 'web', to: 'orders', operation: 'POST /orders', journeys: ['checkout'], timeout: 1, retry: { maxAttempts: 3, base: 0.1 } },
      { from: 'cart', to: 'sessions', operation: 'GET session', timeout: 0.1, journeys: ['checkout'] },
      { from: 'orders', to: 'orders-db', operation: 'POST order', timeout: 0.4, journeys: ['checkout'] },
      { from: 'orders', to: 'payment', operation: 'POST /charge', journeys: ['checkout'], retry: { backoff: 'constant', base: 0.1 } },
      { from: 'orders', to: 'jobs', operation: 'POST receipt', async: true, journeys: ['checkout'] },
      { from: 'jobs', to: 'mailer' },
      { from: 'mailer', to: 'mail', operation: 'POST /send', timeout: 10, retry: { maxAttempts: 5, base: 1 } },
      { from: 'nightly', to: 'orders-db', operation: 'GET totals', timeout: 5 * minute },
    ],
    {
      regions: new Map([['eu-west-1', { name: 'eu-west-1' }]]),
      zones: new Map([a, b, c].map((name) => [name, { name, region: 'eu-west-1' }])),
      journeys: new Map([
        ['browse', { name: 'browse', entry: 'dns', rate: 120, implied: false, latency: 0.6 }],
        ['checkout', { name: 'checkout', entry: 'dns', rate: 15, implied: false, latency: 2 }],
      ]),
    },
  );
}

/** Two zones as failure domains, each with its own load balancer and servers. */
export function twoZones(): System {
  const policy = { timeout: 2, retry: { maxAttempts: 3 }, circuitBreaker: { failures: 5 } } as const;
  const cached = { timeout: 0.05, circuitBreaker: { failures: 5 } } as const;
  const [a, b] = ['eu-west-1a', 'eu-west-1b'];
  return systemOf(
    'two zones',
    {
      clients: { kind: 'client' },
      dns: { kind: 'dns', managed: true },
      'lb-a': { kind: 'load-balancer', zones: [a] },
      'lb-b': { kind: 'load-balancer', zones: [b] },
      'api-1': { zones: [a], concurrency: 200 },
      'api-2': { zones: [a], concurrency: 200 },
      'api-3': { zones: [b], concurrency: 200 },
      sessions: { kind: 'cache', zones: [a] },
      jobs: { kind: 'queue', replicas: 2, zones: [a, b] },
      worker: { kind: 'worker', replicas: 4, zones: [b] },
      'orders-db': { kind: 'database', zones: [a] },
      'orders-db-ro': { kind: 'database', zones: [b] },
      payments: { kind: 'external' },
      'e-mail': { kind: 'external' },
    },
    [
      { from: 'clients', to: 'dns', timeout: 5 },
      { from: 'dns', to: 'lb-a', timeout: 5 },
      { from: 'dns', to: 'lb-b', timeout: 5 },
      { from: 'lb-a', to: 'api-1', timeout: 3 },
      { from: 'lb-a', to: 'api-2', timeout: 3 },
      { from: 'lb-b', to: 'api-3', timeout: 3 },
      { from: 'api-1', to: 'orders-db', ...policy },
      { from: 'api-2', to: 'orders-db', ...policy },
      { from: 'api-3', to: 'orders-db', ...policy },
      { from: 'api-1', to: 'sessions', ...cached },
      { from: 'api-2', to: 'sessions', ...cached },
      { from: 'api-3', to: 'sessions', ...cached },
      { from: 'api-1', to: 'jobs', async: true },
      { from: 'api-2', to: 'jobs', async: true },
      { from: 'api-3', to: 'jobs', async: true },
      { from: 'jobs', to: 'worker' },
      { from: 'worker', to: 'payments', retry: { maxAttempts: 5 } },
      { from: 'worker', to: 'e-mail', timeout: 5, retry: { maxAttempts: 2 }, circuitBreaker: { failures: 3 } },
      { from: 'worker', to: 'orders-db', timeout: 2, retry: { maxAttempts: 3 } },
      { from: 'orders-db', to: 'orders-db-ro', async: true },
    ],
    {
      regions: new Map([['eu-west-1', { name: 'eu-west-1' }]]),
      zones: new Map([a, b].map((name) => [name, { name, region: 'eu-west-1' }])),
    },
  );
}

/** Findings as the rules would make them: calls that wait without a timeout, components that stand alone. */
export function marksFor(system: System): readonly Mark[] {
  const marks: Mark[] = [];
  const mark = (element: ElementId, rule: string, severity: Mark['severity'], message: string) =>
    marks.push({ element, rule, severity, message });
  for (const call of system.calls) {
    const from = system.components.get(call.from);
    const awaits = !(call.async ?? from?.kind === 'queue');
    if (awaits && call.timeout === undefined && call.source !== 'compose') {
      mark(elementId('call', call.id), 'missing-timeout', 'error', `${call.from} waits forever for ${call.to}: write a timeout.`);
    }
    if (call.retry !== undefined && call.retry !== 'none' && call.retry.jitter === undefined) {
      mark(elementId('call', call.id), 'retry-without-jitter', 'warning', `The retries of ${call.id} all come at once: add jitter.`);
    }
  }
  for (const component of system.components.values()) {
    const alone = (component.replicas ?? 1) === 1 && component.kind !== 'external' && component.kind !== 'client' && !component.managed;
    if (alone && system.calls.some((call) => call.to === component.name && call.async !== true)) {
      mark(elementId('component', component.name), 'single-point-of-failure', 'error', `${component.name} is a single point of failure.`);
    }
    if (component.replicas === 2 && component.zones?.length === 1) {
      mark(elementId('component', component.name), 'single-zone', 'warning', `All replicas of ${component.name} are in one zone.`);
    }
  }
  return marks;
}
