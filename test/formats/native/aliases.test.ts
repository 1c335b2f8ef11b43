import { strict as assert } from 'node:assert';
import { element, elementsOf, problemsOf, read, slice } from './helpers';

const nowhere = { start: 0, end: 0 };

describe('anchors', () => {
  const text = `x-base: &base { replicas: 2, zones: [a, b] }
x-retry: &retry { maxAttempts: 3, jitter: full }
components:
  api:
    <<: *base
    kind: service
    replicas: 3
  db:
    <<: [*base, { kind: database, replicas: 9 }]
  web: *base
calls:
  - from: &caller api
    to: db
    retry: *retry
  - { from: *caller, to: web }
`;
  const fragment = read(text);

  it('are values, and merge keys lay one map under another', () => {
    assert.deepEqual(fragment.problems, []);
    const own = { source: 'native' };
    assert.deepEqual(
      elementsOf(fragment, 'component').map(({ value }) => value),
      [
        { kind: 'service', replicas: 3, zones: ['a', 'b'], name: 'api', ...own },
        { replicas: 2, zones: ['a', 'b'], kind: 'database', name: 'db', ...own },
        { replicas: 2, zones: ['a', 'b'], name: 'web', ...own },
      ],
    );
    const [first, second] = elementsOf(fragment, 'call');
    assert.deepEqual(first?.value.retry, { maxAttempts: 3, jitter: 'full' });
    assert.deepEqual([second?.value.from, second?.value.to], ['api', 'web']);
  });

  it('stand where they are used, not where they are defined', () => {
    const { keys } = element(fragment, 'component', 'api').origin;
    assert.equal(slice(text, keys.get('zones')?.value ?? nowhere), '*base');
    assert.equal(slice(text, keys.get('replicas')?.value ?? nowhere), '3');
    assert.ok((keys.get('zones')?.value.start ?? 0) > text.indexOf('api:'));
    const [first, second] = elementsOf(fragment, 'call');
    assert.equal(slice(text, first?.origin.keys.get('retry')?.key ?? nowhere), 'retry');
    assert.equal(slice(text, first?.origin.keys.get('retry')?.value ?? nowhere), '*retry');
    assert.equal(slice(text, first?.origin.keys.get('retry.jitter')?.value ?? nowhere), '*retry');
    assert.equal(slice(text, second?.origin.name ?? nowhere), 'from: *caller');
  });

  it('are reported once, where the wrong value is written', () => {
    const wrong = 'x: &x { timeout: 5 }\ncalls:\n  - { from: a, to: b, <<: *x }\n  - { from: a, to: c, <<: *x }\n';
    assert.deepEqual(
      problemsOf(wrong).filter((problem) => !problem.startsWith('unknown-key')),
      ['invalid-value at 5: The unit is missing: 5ms, 5s or 5m?'],
    );
  });

  it('must stand before their aliases', () => {
    assert.deepEqual(problemsOf('components:\n  api: *base\n'), ['syntax at *base: No anchor `&base` stands above this.']);
    assert.deepEqual(problemsOf('components:\n  api: &self { zones: *self }\n'), ['syntax at *self: No anchor `&self` stands above this.']);
    assert.deepEqual(problemsOf('components:\n  api:\n    <<: 5\n'), [
      'invalid-value at 5: Expected an alias of a map, such as `*defaults`.',
    ]);
  });

  it('may be declared again: the nearest above counts', () => {
    const twice = 'x-a: &a 2\nx-b: &a 3\ncomponents:\n  api: { replicas: *a }\n';
    assert.equal(element(read(twice), 'component', 'api').value.replicas, 3);
  });

  it('cannot blow up', () => {
    const levels = ['x-0: &a0 { kind: service }'];
    for (let i = 1; i < 30; i++)
      levels.push(
        `x-${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const bomb = `${levels.join('\n')}\ncomponents:\n  api: { zones: *a29 }\ncalls: *a29\n`;
    const started = process.cpuUsage().user;
    const messages = read(bomb).problems.map(({ message }) => message);
    assert.ok(process.cpuUsage().user - started < 2_000_000);
    assert.ok(messages.length > 0 && messages.length < 10);

    const merges = ['x-0: &m0 { a: 1 }'];
    for (let i = 1; i < 40; i++) merges.push(`x-${i}: &m${i} { <<: [*m${i - 1}, *m${i - 1}, *m${i - 1}] }`);
    const merged = `${merges.join('\n')}\ncomponents:\n  api: { <<: *m39 }\n`;
    const since = process.cpuUsage().user;
    assert.ok(read(merged).problems.some(({ message }) => message.includes('too many values')));
    assert.ok(process.cpuUsage().user - since < 3_000_000);
  });
});
