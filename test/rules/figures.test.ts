import { strict as assert } from 'node:assert';
import { reviewText } from './helpers';

/** The message of the only finding of a rule. */
function message(text: string, rule: string): string {
  const found = reviewText(text).findings.filter((finding) => finding.rule === rule);
  assert.equal(found.length, 1, JSON.stringify(found.map((finding) => finding.message)));
  return found[0]?.message ?? '';
}

function calling(component: string, call: string, journeys: string): string {
  return `faultline: 1
components:
  api: { ${component} }
  db: { kind: database, managed: true }
  pay: { kind: database, managed: true }
calls:
  - { from: api, to: db, timeout: 1s, journeys: [browse] }
  - { from: api, to: pay${call} }
journeys:
${journeys}
`;
}

describe('the time until a pool is full', () => {
  const journeys = '  browse: { entry: api, rate: 70/s }\n  buy: { entry: api, rate: 1800/m }';

  it('is slots over the requests a second that make the call', () => {
    // 8 slots at 30/s: 0.2667 s. 3 × 8 at 30/s: 0.8 s. A fifth of 30/s: 8 / 6 = 1.333 s.
    assert.match(
      message(calling('concurrency: 8', ', journeys: [buy]', journeys), 'missing-timeout'),
      /the 8 slots of api are full after 267 ms, and browse \(70\/s\) stops too\.$/,
    );
    assert.match(
      message(calling('concurrency: 8, replicas: 3, healthCheck: { interval: 5s }', ', journeys: [buy]', journeys), 'missing-timeout'),
      /the 24 slots of api are full after 800 ms,/,
    );
    assert.match(message(calling('concurrency: 8', ', journeys: [buy], share: 20%', journeys), 'missing-timeout'), /full after 1\.33 s,/);
    assert.match(
      message(calling('concurrency: 1', ', journeys: [buy]', journeys), 'missing-timeout'),
      /the one slot of api is full after 33\.3 ms,/,
    );
  });

  it('counts all journeys that make the call: 8 slots at 100/s are full after 80 ms', () => {
    assert.match(
      message(calling('concurrency: 8', '', journeys), 'missing-timeout'),
      /full after 80 ms, and browse \(70\/s\) and buy \(30\/s\) stop\.$/,
    );
  });

  it('is of the bulkhead where one bounds the call', () => {
    assert.match(
      message(calling('concurrency: 8', ', journeys: [buy], bulkhead: { concurrency: 3 }', journeys), 'missing-timeout'),
      /its bulkhead of 3 slots is full after 100 ms/,
    );
  });

  it('is at most that where a journey that makes the call has no rate', () => {
    const one = '  browse: { entry: api, rate: 70/s }\n  buy: { entry: api }';
    assert.match(message(calling('concurrency: 7', '', one), 'missing-timeout'), /full after at most 100 ms, and/);
  });

  it('is not said where a rate or the concurrency is not written, or there is no end of slots', () => {
    const noRates = '  browse: { entry: api }\n  buy: { entry: api }';
    for (const text of [
      calling('concurrency: 8', ', journeys: [buy]', noRates),
      calling('kind: service', ', journeys: [buy]', journeys),
      calling('concurrency: unlimited', ', journeys: [buy]', journeys),
    ]) {
      assert.match(message(text, 'missing-timeout'), /if pay hangs, so does api, and browse.* stops too\.$/);
    }
  });
});

describe('what a single point costs', () => {
  const text = (objective: string) => `faultline: 1
components:
  api: { replicas: 2, healthCheck: { interval: 5s }, availability: 100% }
  db: { kind: database, availability: 99.9% }
calls:
  - { from: api, to: db, timeout: 1s }
journeys:
  browse: { entry: api, rate: 28/s${objective} }
`;

  it('is what the journey would win if it never failed: 0.1% of 8,760 hours', () => {
    assert.equal(message(text(''), 'single-point-of-failure'), 'db has one replica; browse (28/s) stops when it dies: 8.76 h/yr.');
    assert.equal(
      message(text(', availability: 99.95%'), 'single-point-of-failure'),
      'db has one replica; browse (28/s) stops when it dies: 8.76 h/yr of its 4.38 h budget.',
    );
  });
});

describe('the waits of a retry in step', () => {
  const text = (retry: string) => `faultline: 1
components:
  api: {}
  db: { kind: database, managed: true }
calls:
  - { from: api, to: db, timeout: 1s, retry: { ${retry} } }
`;
  const said = (retry: string) => message(text(retry), 'retry-without-jitter').split('come back together, as one wave')[1];

  it('are named as the back-off makes them', () => {
    assert.equal(said('maxAttempts: 3, base: 100ms'), ', each time after exactly 100 ms and 200 ms.');
    assert.equal(said('maxAttempts: 4, backoff: linear, base: 100ms'), ', each time after exactly 100 ms, 200 ms and 300 ms.');
    assert.equal(said('maxAttempts: 9, base: 1s, factor: 3, cap: 5s'), ', each time after exactly 1 s, 3 s, 5 s….');
    assert.equal(said('maxAttempts: 5, backoff: constant, base: 2s'), ', each time after exactly 2 s.');
    assert.equal(said('maxAttempts: 5, backoff: constant'), '.');
  });
});
