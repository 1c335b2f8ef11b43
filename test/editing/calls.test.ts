import { strict as assert } from 'node:assert';
import type { CallPolicy } from '../../src/model/call';
import { edited, editedText, edits, single } from './helpers';

const retry = { maxAttempts: 3, backoff: 'exponential', base: 0.05, cap: 1, jitter: 'full', budget: { share: 0.1 } } as const;

/** A file with one call written in some way, and what setting keys of it makes of those lines. */
function onCall(lines: string, fields: CallPolicy & { required?: boolean }, more = ''): string {
  const head = 'faultline: 1\ncomponents:\n  api: {}\n  db: {}\ncalls:\n';
  const text = `${head}${lines}${more}`;
  const after = editedText(text, [{ kind: 'set-call', call: 'api -> db', fields }]);
  assert.ok(after.startsWith(head) && after.endsWith(more));
  return after.slice(head.length, after.length - more.length);
}

describe('editing a call', () => {
  it('writes nothing that its preset gives', () => {
    const given = { maxAttempts: 3, backoff: 'constant', base: 0.5 } as const;
    const fields: CallPolicy = { timeout: 1, retry: { ...given, jitter: 'full' } };
    assert.equal(
      onCall('  - { from: api, to: db, preset: resilience4j, retry: {} }\n', fields),
      '  - { from: api, to: db, preset: resilience4j, timeout: 1s, retry: { jitter: full } }\n',
    );
    assert.equal(
      onCall('  - { from: api, to: db, preset: resilience4j, retry: { maxAttempts: 3 } }\n', { retry: { ...given, base: 0.1 } }),
      '  - { from: api, to: db, preset: resilience4j, retry: { maxAttempts: 3, base: 100ms } }\n',
    );
    assert.equal(
      onCall('  - { from: api, to: db, preset: hystrix }\n', { timeout: 1, deadline: 2 }),
      '  - { from: api, to: db, preset: hystrix, deadline: 2s }\n',
    );
  });

  it('adds a key inside the braces of a flow mapping', () => {
    assert.equal(onCall('  - { from: api, to: db }\n', { timeout: 0.3 }), '  - { from: api, to: db, timeout: 300ms }\n');
    assert.equal(
      onCall('  - {from: api, to: db}\n', { retry }),
      '  - {from: api, to: db, retry: {maxAttempts: 3, backoff: exponential, base: 50ms, cap: 1s, jitter: full, budget: 10%}}\n',
    );
    assert.equal(onCall('  - { from: api, to: db, }\n', { timeout: 1 }), '  - { from: api, to: db, timeout: 1s, }\n');
    assert.equal(onCall('  - {"from": "api", "to": "db"}\n', { timeout: 1 }), '  - {"from": "api", "to": "db", "timeout": "1s"}\n');
  });

  it('adds a line to a block mapping, behind the keys that people write before it', () => {
    assert.equal(
      onCall('  - from: api\n    to: db   # theirs\n    fallback: stale # of yesterday\n', { timeout: 0.3 }),
      '  - from: api\n    to: db   # theirs\n    timeout: 300ms\n    fallback: stale # of yesterday\n',
    );
    assert.equal(onCall('- to: db\n  from: api\n', { timeout: 90 }), '- to: db\n  from: api\n  timeout: 1m30s\n');
    assert.equal(onCall('  -   from: api\n      to: db\n', { required: false }), '  -   from: api\n      to: db\n      required: false\n');
  });

  it('keeps several lines of a flow mapping apart, and their comments', () => {
    assert.equal(
      onCall('  - {\n      from: api,\n      to: db\n    }\n', { timeout: 0.3 }),
      '  - {\n      from: api,\n      to: db,\n      timeout: 300ms\n    }\n',
    );
    assert.equal(
      onCall('  - {\n      from: api,\n      to: db # theirs\n    }\n', { timeout: 0.3 }),
      '  - {\n      from: api,\n      to: db, timeout: 300ms # theirs\n    }\n',
    );
  });

  it('works without a line break at the end of the file, and with Windows ones', () => {
    assert.equal(onCall('  - from: api\n    to: db', { timeout: 0.3 }), '  - from: api\n    to: db\n    timeout: 300ms');
    const text = 'faultline: 1\r\ncomponents: { api: {}, db: {} }\r\ncalls:\r\n  - from: api\r\n    to: db # x\r\n';
    assert.equal(
      editedText(text, [{ kind: 'set-call', call: 'api -> db', fields: { timeout: 0.3, deadline: 1 } }]),
      text.replace('db # x\r\n', 'db # x\r\n    timeout: 300ms\r\n    deadline: 1s\r\n'),
    );
  });

  it('replaces a value and nothing else, in the quotes it has', () => {
    assert.equal(
      onCall('  - { from: api, to: db, timeout: none } # so far\n', { timeout: 2 }),
      '  - { from: api, to: db, timeout: 2s } # so far\n',
    );
    assert.equal(
      onCall("  - from: api\n    to: db\n    timeout: 'none'  # so far\n", { timeout: 2 }),
      "  - from: api\n    to: db\n    timeout: '2s'  # so far\n",
    );
    assert.equal(onCall('  - { from: api, to: db, timeout: "5s" }\n', { timeout: 2 }), '  - { from: api, to: db, timeout: "2s" }\n');
  });

  it('fills in a key that has no value yet', () => {
    assert.equal(
      onCall('  - from: api\n    to: db\n    timeout: # how long?\n', { timeout: 2 }),
      '  - from: api\n    to: db\n    timeout: 2s # how long?\n',
    );
    assert.equal(onCall('  - { from: api, to: db, timeout: }\n', { timeout: 2 }), '  - { from: api, to: db, timeout: 2s }\n');
    assert.equal(onCall('  - { from: api, to: db, timeout }\n', { timeout: 2 }), '  - { from: api, to: db, timeout: 2s }\n');
    assert.equal(
      onCall('  - { from: api, to: db, retry: {} }\n', { retry: { maxAttempts: 3 } }),
      '  - { from: api, to: db, retry: { maxAttempts: 3 } }\n',
    );
    assert.equal(
      onCall('  - from: api\n    to: db\n    retry:\n', { retry: { maxAttempts: 3 } }),
      '  - from: api\n    to: db\n    retry: { maxAttempts: 3 }\n',
    );
  });

  it('sets one nested key and keeps the others', () => {
    const fields = { retry: { maxAttempts: 3, base: 0.1, jitter: 'full' } } as const;
    assert.equal(
      onCall('  - { from: api, to: db, retry: { maxAttempts: 3, base: 100ms } }\n', fields),
      '  - { from: api, to: db, retry: { maxAttempts: 3, base: 100ms, jitter: full } }\n',
    );
    assert.equal(
      onCall('  - from: api\n    to: db\n    retry:\n      maxAttempts: 3   # in all\n      base: 0.1s # hm\n      jitter: none\n', fields),
      '  - from: api\n    to: db\n    retry:\n      maxAttempts: 3   # in all\n      base: 0.1s # hm\n      jitter: full\n',
    );
    assert.equal(
      onCall('  - from: api\n    to: db\n    retry:\n      maxAttempts: 5\n      base: 100ms\n      factor: 3\n', fields),
      '  - from: api\n    to: db\n    retry:\n      maxAttempts: 3\n      base: 100ms\n      jitter: full\n',
    );
    assert.equal(
      onCall('  - { from: api, to: db, retry: { factor: 3, maxAttempts: 3, base: 100ms } }\n', fields),
      '  - { from: api, to: db, retry: { maxAttempts: 3, base: 100ms, jitter: full } }\n',
    );
  });

  it('writes nested mappings as the file does', () => {
    const other = '  - from: db\n    to: api\n    retry:\n      maxAttempts: 2\n';
    assert.equal(
      onCall('  - from: api\n    to: db\n', { circuitBreaker: { failures: 5, cooldown: 30 } }, other),
      '  - from: api\n    to: db\n    circuitBreaker:\n      failures: 5\n      cooldown: 30s\n',
    );
    assert.equal(
      onCall('  - { from: api, to: db }\n', { retry: { maxAttempts: 3 } }, other),
      '  - { from: api, to: db, retry: { maxAttempts: 3 } }\n',
    );
    assert.equal(
      onCall('  - from: api\n    to: db\n    retry:\n', { retry: { maxAttempts: 3, jitter: 'full' } }, other),
      '  - from: api\n    to: db\n    retry:\n      maxAttempts: 3\n      jitter: full\n',
    );
  });

  it('replaces a block by a word, and a word by a mapping', () => {
    assert.equal(
      onCall('  - from: api\n    to: db\n    retry:\n      maxAttempts: 3\n    fallback: stale\n', { retry: 'none' }),
      '  - from: api\n    to: db\n    retry: none\n    fallback: stale\n',
    );
    assert.equal(
      onCall('  - { from: api, to: db, retry: none }\n', { retry: { maxAttempts: 2 } }),
      '  - { from: api, to: db, retry: { maxAttempts: 2 } }\n',
    );
  });

  it('overrides what an alias says where it is used, and never touches the anchor', () => {
    const head =
      'faultline: 1\nx-retry: &r { maxAttempts: 3, base: 100ms }\nx-call: &c { from: api, to: db }\ncomponents: { api: {}, db: {} }\ncalls:\n';
    const change = (fields: CallPolicy) => [{ kind: 'set-call', call: 'api -> db', fields } as const];
    const jitter = { retry: { maxAttempts: 3, base: 0.1, jitter: 'full' } } as const;
    assert.equal(
      editedText(`${head}  - { from: api, to: db, retry: *r }\n`, change(jitter)),
      `${head}  - { from: api, to: db, retry: { <<: *r, jitter: full } }\n`,
    );
    assert.equal(
      editedText(`${head}  - from: api\n    to: db\n    retry: *r # shared\n`, change(jitter)),
      `${head}  - from: api\n    to: db\n    retry: { <<: *r, jitter: full } # shared\n`,
    );
    assert.equal(editedText(`${head}  - *c\n`, change({ timeout: 1 })), `${head}  - { <<: *c, timeout: 1s }\n`);
    assert.equal(
      editedText(`${head}  - { <<: *c, operation: GET / }\n`, change({ timeout: 1 })),
      `${head}  - { <<: *c, operation: GET /, timeout: 1s }\n`,
    );
    assert.equal(
      editedText(`${head}  - <<: *c\n    operation: GET /\n`, change({ timeout: 1 })),
      `${head}  - <<: *c\n    operation: GET /\n    timeout: 1s\n`,
    );
    assert.equal(
      editedText(
        `${head}  - { from: api, to: db, retry: { <<: *r, cap: 1s } }\n`,
        change({ retry: { maxAttempts: 3, base: 0.1, cap: 1, jitter: 'full' } }),
      ),
      `${head}  - { from: api, to: db, retry: { <<: *r, cap: 1s, jitter: full } }\n`,
    );
  });

  it('writes a value out in full where an alias cannot be overridden', () => {
    const text =
      'faultline: 1\nx-retry: &r { maxAttempts: 3, base: 100ms, factor: 3 }\ncomponents: { api: {}, db: {} }\ncalls:\n  - { from: api, to: db, retry: *r }\n';
    assert.equal(
      editedText(text, [{ kind: 'set-call', call: 'api -> db', fields: { retry: { maxAttempts: 2, jitter: 'full' } } }]),
      text.replace('*r }\n', '{ maxAttempts: 2, jitter: full } }\n'),
    );
  });

  it('makes no edit that would change what another element says', () => {
    const text = 'faultline: 1\ncomponents: { api: {}, db: {}, web: {} }\ncalls:\n  - &c { from: api, to: db }\n  - { <<: *c, to: web }\n';
    const change = { kind: 'set-call', call: 'api -> db', fields: { timeout: 1 } } as const;
    assert.equal(edits(single(text), [change]), undefined);
    const overriding = text.replace('to: web }', 'to: web, timeout: 2s }');
    assert.equal(editedText(overriding, [change]), overriding.replace('to: db }', 'to: db, timeout: 1s }'));
  });

  it('changes an entry of several calls only when all of them are meant', () => {
    const text = 'faultline: 1\ncomponents: { api: {}, db: {}, web: {} }\ncalls:\n  - { from: [api, web], to: db }\n';
    const change = (call: string, timeout = 1) => ({ kind: 'set-call', call, fields: { timeout } }) as const;
    assert.equal(edits(single(text), [change('api -> db')]), undefined);
    assert.equal(edits(single(text), [change('api -> db'), change('web -> db', 2)]), undefined);
    assert.equal(editedText(text, [change('api -> db'), change('web -> db')]), text.replace('to: db }', 'to: db, timeout: 1s }'));
  });

  it('gives what only dependsOn says an entry of its own', () => {
    const head = 'faultline: 1\n\ncomponents:\n  api: { dependsOn: [db] }\n  db: {}\n';
    const change = [{ kind: 'set-call', call: 'api -> db', fields: { timeout: 1, retry: { maxAttempts: 2 } } }] as const;
    const entry = '- { from: api, to: db, timeout: 1s, retry: { maxAttempts: 2 } }';
    assert.equal(
      editedText(`${head}\njourneys:\n  go: { entry: api }\n`, change),
      `${head}\ncalls:\n  ${entry}\n\njourneys:\n  go: { entry: api }\n`,
    );
    assert.equal(editedText(head, change), `${head}\ncalls:\n  ${entry}\n`);
    assert.equal(editedText(head.trimEnd(), change), `${head}\ncalls:\n  ${entry}`);
    assert.equal(editedText(`${head}calls:\n`, change), `${head}calls:\n  ${entry}\n`);
    assert.equal(
      editedText(`${head}calls: []\n`, change),
      `${head}calls: [{ from: api, to: db, timeout: 1s, retry: { maxAttempts: 2 } }]\n`,
    );
    assert.equal(
      editedText(`${head}calls:\n- { from: db, to: api } # back\n`, change),
      `${head}calls:\n- { from: db, to: api } # back\n${entry}\n`,
    );
    assert.equal(
      editedText(`${head}calls:\n  - from: db\n    to: api\n  # the end\n`, change),
      `${head}calls:\n  - from: db\n    to: api\n  - from: api\n    to: db\n    timeout: 1s\n    retry: { maxAttempts: 2 }\n  # the end\n`,
    );
  });

  it('puts such an entry into the file that holds the calls', () => {
    const texts = new Map([
      ['/shop/a.topology.yaml', 'faultline: 1\ncomponents:\n  api: { dependsOn: [db] }\n  db: {}\n'],
      ['/shop/b.calls.yaml', 'faultline: 1\ncalls:\n  - { from: db, to: api }\n'],
    ]);
    const after = edited(texts, [{ kind: 'set-call', call: 'api -> db', fields: { timeout: 1 } }]);
    assert.equal(after.get('/shop/a.topology.yaml'), texts.get('/shop/a.topology.yaml'));
    assert.equal(after.get('/shop/b.calls.yaml'), `${texts.get('/shop/b.calls.yaml')}  - { from: api, to: db, timeout: 1s }\n`);
  });

  it('says that there is nothing to do, and that nothing can be done', () => {
    const text = 'faultline: 1\ncomponents: { api: {}, db: {} }\ncalls:\n  - { from: api, to: db, timeout: 0.3s }\n';
    assert.deepEqual(edits(single(text), [{ kind: 'set-call', call: 'api -> db', fields: { timeout: 0.3 } }]), []);
    assert.deepEqual(edits(single(text), [{ kind: 'set-call', call: 'api -> nobody', fields: { timeout: 0.3 } }]), []);
    assert.equal(edits(new Map(), [{ kind: 'define-policy', name: 'p', policy: { timeout: 1 } }]), undefined);
  });

  it('edits a sound entry of a file that is half typed elsewhere', () => {
    const text =
      'faultline: 1\ncomponents:\n  api: { kind: "servi\n  db: {}\n  api2: {}\ncalls:\n  - { from: api2, to: db }\n  - { from: db, to:\n';
    assert.equal(
      editedText(text, [{ kind: 'set-call', call: 'api2 -> db', fields: { timeout: 1 } }]),
      text.replace('to: db }', 'to: db, timeout: 1s }'),
    );
  });
});
