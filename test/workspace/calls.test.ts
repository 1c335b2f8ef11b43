import { strict as assert } from 'node:assert';
import { elementId } from '../../src/model/origin';
import { link } from '../../src/workspace/link';
import { foreign, fragmentOf, linkTexts, marked, problemsOf } from './helpers';

const parts = 'components: { api: {}, db: {}, cache: {}, web: {} }\n';

function calls(lines: string, more = '') {
  return linkTexts({ '/a.yaml': `${parts}${more}calls:\n${lines}` });
}

describe('calls', () => {
  it('are named by their pair, with the operation where the pair has several', () => {
    const { system } = calls(
      '  - { from: api, to: db, operation: GET /a }\n  - { from: api, to: cache, operation: GET /a }\n  - { from: api, to: db, operation: PUT /a }\n  - { from: api, to: db }\n  - { from: api, to: api }\n',
    );
    assert.deepEqual(
      system.calls.map(({ id }) => id),
      ['api -> db GET /a', 'api -> cache', 'api -> db PUT /a', 'api -> db', 'api -> api'],
    );
  });

  it('have names that are unique whatever components are called', () => {
    const { system } = linkTexts({
      '/a.yaml': 'components: { a: {}, b -> c: {}, a -> b: {}, c: {} }\ncalls:\n  - { from: a, to: b -> c }\n  - { from: a -> b, to: c }\n',
    });
    assert.deepEqual(
      system.calls.map(({ id }) => id),
      ['a -> b -> c', 'a -> b -> c (2)'],
    );
  });

  it('keep the order in which they are written', () => {
    const { system } = calls('  - { from: [web, api], to: [db, cache] }\n  - { from: db, to: cache }\n');
    assert.deepEqual(
      system.calls.map(({ id }) => id),
      ['web -> db', 'web -> cache', 'api -> db', 'api -> cache', 'db -> cache'],
    );
  });

  it('that are written twice are one, and must not contradict each other', () => {
    const texts = {
      '/a.yaml': `${parts}calls:\n  - { from: api, to: db, operation: GET /a, timeout: 1s }\n`,
      '/b.yaml':
        'calls:\n  - { from: api, to: db, operation: GET /a, timeout: 2s, deadline: 3s }\n  - { from: api, to: db, operation: GET /b }\n',
    };
    const linked = linkTexts(texts);
    assert.deepEqual(problemsOf(linked, texts), [
      'duplicate-name in /b.yaml at 2s: `timeout` of the call `api -> db GET /a` is given with another value already; the first counts. Two calls of one pair need operations to tell them apart.',
    ]);
    assert.deepEqual(
      linked.system.calls.map(({ id, timeout, deadline }) => [id, timeout, deadline]),
      [
        ['api -> db GET /a', 1, 3],
        ['api -> db GET /b', undefined, undefined],
      ],
    );
    assert.equal(linked.origins.get(elementId('call', 'api -> db GET /a'))?.length, 2);
  });

  it('take keys from their policy, and from default when they name none', () => {
    const { system } = calls(
      '  - { from: api, to: db, policy: careful, timeout: 9s, retry: none }\n  - { from: api, to: cache, deadline: 4s }\n  - { from: web, to: api, policy: empty }\n',
      'policies:\n  default: { timeout: 1s }\n  careful: { timeout: 2s, deadline: 3s, retry: { maxAttempts: 3 } }\n  empty: {}\n',
    );
    assert.deepEqual(
      system.calls.map(({ policy, timeout, deadline, retry, ownKeys }) => ({ policy, timeout, deadline, retry, ownKeys })),
      [
        { policy: 'careful', timeout: 9, deadline: 3, retry: 'none', ownKeys: ['timeout', 'retry'] },
        { policy: 'default', timeout: 1, deadline: 4, retry: undefined, ownKeys: ['deadline'] },
        { policy: 'empty', timeout: undefined, deadline: undefined, retry: undefined, ownKeys: [] },
      ],
    );
  });

  it('replace what dependsOn says', () => {
    const text =
      'components:\n  api: { dependsOn: [db, cache] }\n  db: {}\n  cache: {}\ncalls:\n  - { from: api, to: db, operation: GET /a }\n  - { from: api, to: db, operation: GET /b }\n';
    const linked = linkTexts({ '/a.yaml': text });
    assert.deepEqual(linked.problems, []);
    assert.deepEqual(
      linked.system.calls.map(({ id }) => id),
      ['api -> cache', 'api -> db GET /a', 'api -> db GET /b'],
    );
    const [origin] = linked.origins.get(elementId('call', 'api -> cache')) ?? [];
    assert.equal(origin && marked({ '/a.yaml': text }, { file: origin.file, span: origin.name }), 'cache');
  });

  it('to what nobody declares are left out', () => {
    const { system, problems } = calls('  - { from: api, to: nobody }\n  - { from: api, to: db, fallback: { to: nobody }, timeout: 1s }\n');
    assert.deepEqual(
      system.calls.map(({ id, fallback, ownKeys }) => [id, fallback, ownKeys]),
      [['api -> db', undefined, ['timeout']]],
    );
    assert.equal(problems.length, 2);
  });

  it('are made by journeys that exist', () => {
    const { system } = calls('  - { from: api, to: db, journeys: [browse, byu] }\n', 'journeys: { browse: { entry: api } }\n');
    assert.deepEqual(system.calls[0]?.journeys, ['browse']);
  });
});

describe('calls of a file that includes others', () => {
  const included = foreign(
    fragmentOf(
      '/compose.yaml',
      'components: { api: { replicas: 1, kind: service }, db: {}, cache: {} }\ncalls:\n  - { from: api, to: db }\n  - { from: api, to: cache, operation: GET, timeout: 9s }\n  - { from: api, to: cache, operation: PUT }\n',
    ),
  );
  const over = (lines: string) =>
    link([included, fragmentOf('/z.faultline.yaml', `include: [compose.yaml]\n${lines}`)], { name: 'x', folder: '/' });

  it('are laid over every call of their pair, and win', () => {
    const { system, problems } = over('calls:\n  - { from: api, to: cache, timeout: 1s, required: false }\n');
    assert.deepEqual(problems, []);
    assert.deepEqual(
      system.calls.map(({ id, timeout, required, source }) => [id, timeout, required, source]),
      [
        ['api -> db', undefined, undefined, 'compose'],
        ['api -> cache GET', 1, false, 'native'],
        ['api -> cache PUT', 1, false, 'native'],
      ],
    );
  });

  it('with an operation take the place of an edge without one', () => {
    const { system } = over(
      'calls:\n  - { from: api, to: db, operation: GET /a }\n  - { from: api, to: db, operation: GET /b, timeout: 1s }\n',
    );
    assert.deepEqual(
      system.calls.filter(({ to }) => to === 'db').map(({ id }) => id),
      ['api -> db GET /a', 'api -> db GET /b'],
    );
  });

  it('leave what they write themselves alone', () => {
    const { system, problems } = over(
      'calls:\n  - { from: api, to: cache, timeout: 1s }\n  - { from: api, to: cache, operation: GET, timeout: 2s }\n',
    );
    assert.deepEqual(problems, []);
    assert.deepEqual(
      system.calls.filter(({ to }) => to === 'cache').map(({ id, timeout }) => [id, timeout]),
      [
        ['api -> cache GET', 2],
        ['api -> cache PUT', 1],
      ],
    );
  });

  it('win over components key by key', () => {
    const { system, problems } = over('components:\n  api: { replicas: 3, concurrency: 8 }\n');
    assert.deepEqual(problems, []);
    assert.deepEqual(system.components.get('api'), { name: 'api', source: 'compose', replicas: 3, concurrency: 8, kind: 'service' });
  });

  it('make a request of start-up order', () => {
    const startup = {
      ...included,
      elements: included.elements.map((element) =>
        element.kind === 'call' && element.value.to === 'db'
          ? { ...element, value: { ...element.value, role: 'startup' as const } }
          : element,
      ),
    };
    const roles = (lines: string) =>
      link([startup, fragmentOf('/z.faultline.yaml', `include: [compose.yaml]\npolicies: { default: { timeout: 1s } }\n${lines}`)], {
        name: 'x',
        folder: '/',
      })
        .system.calls.filter(({ to }) => to === 'db')
        .map(({ role, timeout }) => [role, timeout]);
    assert.deepEqual(roles(''), [['startup', undefined]]);
    assert.deepEqual(roles('calls:\n  - { from: api, to: db }\n'), [['request', 1]]);
    assert.deepEqual(roles('calls:\n  - { from: api, to: db, operation: GET }\n'), [['request', 1]]);
  });
});

describe('a preset', () => {
  const linked = linkTexts({
    '/a.yaml': `${parts}policies:
  default: { preset: resilience4j, retry: { base: 200ms }, timeout: 1s }
  mesh: { preset: istio }
calls:
  - { from: web, to: api }
  - { from: web, to: cache, retry: { maxAttempts: 2 } }
  - { from: api, to: db, preset: hystrix, retry: none, timeout: 3s }
  - { from: api, to: cache, policy: mesh }
`,
  });
  const call = (id: string) => linked.system.calls.find((other) => other.id === id);

  it('gives what neither the call nor its policy says', () => {
    assert.deepEqual(call('web -> api')?.retry, { maxAttempts: 3, backoff: 'constant', base: 0.2 }, 'the policy before the preset');
    assert.deepEqual(call('web -> cache')?.retry, { maxAttempts: 2, backoff: 'constant', base: 0.5 }, 'a block of the call’s own');
    const { timeout, retry, circuitBreaker } = call('api -> db') ?? {};
    assert.deepEqual([timeout, retry], [3, 'none'], 'the call before the preset');
    assert.deepEqual(circuitBreaker, { errorRate: 0.5, window: { seconds: 10 }, minimumCalls: 20, cooldown: 5, trialCalls: 1 });
    assert.deepEqual(call('api -> cache')?.retry, {
      maxAttempts: 3,
      backoff: 'exponential',
      base: 0.025,
      factor: 2,
      cap: 0.25,
      jitter: 'full',
      on: ['refused', 'rejected'],
    });
  });

  it('writes nothing: the keys of the call are those that stand there', () => {
    assert.deepEqual(call('web -> api')?.ownKeys, []);
    assert.deepEqual(call('api -> db')?.ownKeys, ['timeout', 'retry', 'preset']);
    assert.deepEqual(linked.system.policies.get('mesh'), { preset: 'istio' });
  });
});
