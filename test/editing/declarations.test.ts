import { strict as assert } from 'node:assert';
import type { Change } from '../../src/remedies/change';
import { edited, editedText, edits, single } from './helpers';

function component(fields: Extract<Change, { kind: 'set-component' }>['fields']): readonly Change[] {
  return [{ kind: 'set-component', component: 'db', fields }];
}

describe('editing a component', () => {
  const onDb = (lines: string, changes: readonly Change[], more = ''): string => {
    const head = 'faultline: 1\ncomponents:\n';
    const after = editedText(`${head}${lines}${more}`, changes);
    return after.slice(head.length, after.length - more.length);
  };

  it('replaces replicas and zones where they are, and adds them behind the kind', () => {
    assert.equal(
      onDb('  db: { kind: database, replicas: 1, zones: [a] }\n', component({ replicas: 2, zones: ['a', 'b'] })),
      '  db: { kind: database, replicas: 2, zones: [a, b] }\n',
    );
    assert.equal(
      onDb('  db:\n    kind: database # ours\n    owner: us\n', component({ replicas: 2, failover: { automatic: true, within: 60 } })),
      '  db:\n    kind: database # ours\n    replicas: 2\n    failover: { automatic: true, within: 1m }\n    owner: us\n',
    );
  });

  it('adds to a list as it is written, and replaces one that becomes another', () => {
    const lines = '  db:\n    kind: database\n    zones:\n      - a # first\n    owner: us\n';
    assert.equal(onDb(lines, component({ zones: ['a', 'b', 'c'] })), lines.replace('# first\n', '# first\n      - b\n      - c\n'));
    assert.equal(onDb(lines, component({ zones: ['b'] })), '  db:\n    kind: database\n    zones: [b]\n    # first\n    owner: us\n');
    assert.equal(onDb('  db: { zones: [ a ], owner: us }\n', component({ zones: ['a', 'b'] })), '  db: { zones: [ a, b ], owner: us }\n');
  });

  it('fills an empty component in the style of its neighbours', () => {
    assert.equal(onDb('  db:\n', component({ replicas: 2 }), '  api: { kind: service }\n'), '  db: { replicas: 2 }\n');
    assert.equal(
      onDb('  db: # ours\n', component({ replicas: 2, needs: 2 }), '  api:\n    kind: service\n'),
      '  db: # ours\n    replicas: 2\n    needs: 2\n',
    );
    assert.equal(onDb('  db: {}\n', component({ replicas: 2 })), '  db: { replicas: 2 }\n');
  });

  it('overrides an alias, and adds beside a merge key', () => {
    const anchor = '  api: &base { kind: service, replicas: 1 }\n';
    assert.equal(onDb(`${anchor}  db: *base\n`, component({ replicas: 2 })), `${anchor}  db: { <<: *base, replicas: 2 }\n`);
    assert.equal(
      onDb(`${anchor}  db:\n    <<: *base\n    owner: us\n`, component({ replicas: 2 })),
      `${anchor}  db:\n    <<: *base\n    replicas: 2\n    owner: us\n`,
    );
    assert.equal(
      onDb(`${anchor}  db:\n    <<: *base\n`, component({ kind: 'database' })),
      `${anchor}  db:\n    <<: *base\n    kind: database\n`,
    );
  });

  it('writes every key of a component as the language reads it', () => {
    const fields: Extract<Change, { kind: 'set-component' }>['fields'] = {
      kind: 'database',
      managed: false,
      replicas: new Map([
        ['a', 2],
        ['b', 1],
      ]),
      needs: 2,
      availability: { up: 0.9995, down: 5e-4 },
      mtbf: 90 * 86400,
      mttr: 7200,
      commonCause: 0.05,
      releases: { every: 86400, failureRate: 0.05, rollback: 600 },
      errorRate: 0.001,
      concurrency: 'unlimited',
      queue: 50,
      connections: 100,
      quota: 5 / 3600,
      serviceTime: { kind: 'log-normal', p50: 0.02, p99: 0.12 },
      onOverload: 'crash',
      startup: 10,
      healthCheck: { interval: 5, timeout: 1, unhealthyAfter: 2 },
      replication: { mode: 'async', lag: 5 },
      failover: { automatic: true, within: 60 },
      leaderElection: true,
      backup: { every: 86400, restore: 10800, tested: '2026-01-31', region: 'us-west-2' },
      recovery: { strategy: 'warm-standby', region: 'us-west-2', rto: 900, rpo: 60 },
      ttl: 60,
      owner: 'team: data',
      description: 'yes',
      runbook: 'https://example.org/db#restore',
    };
    const text = 'faultline: 1\ncomponents:\n  db: {}\n';
    const after = editedText(text, component(fields));
    assert.match(after, /replicas: \{ a: 2, b: 1 \}/);
    assert.match(after, /availability: 99\.95%/);
    assert.match(after, /owner: "team: data", description: "yes"/);
    assert.deepEqual(edits(single(after), component(fields)), []);
  });
});

describe('defining and using a policy', () => {
  const head = 'faultline: 1\n\ncomponents: { api: {}, db: {} }\n';
  const calls = '\n# who calls whom\ncalls:\n  - { from: api, to: db }\n';
  const define: Change = { kind: 'define-policy', name: 'careful', policy: { timeout: 0.3, retry: { maxAttempts: 3, jitter: 'full' } } };
  const use: Change = { kind: 'use-policy', call: 'api -> db', name: 'careful' };
  const used = calls.replace('to: db }', 'to: db, policy: careful }');
  const lines = 'timeout: 300ms\n    retry: { maxAttempts: 3, jitter: full }\n';

  it('makes the section in front of the calls and their comment', () => {
    assert.equal(editedText(head + calls, [define, use]), `${head}\npolicies:\n  careful:\n    ${lines}${used}`);
  });

  it('adds to the section that is there, in its style', () => {
    const block = '\npolicies:\n  slow:\n    timeout: 5s # slow\n';
    assert.equal(editedText(head + block + calls, [define, use]), `${head}${block}  careful:\n    ${lines}${used}`);
    const inLines = '\npolicies:\n  slow: { timeout: 5s }\n';
    assert.equal(
      editedText(head + inLines + calls, [define, use]),
      `${head}${inLines}  careful: { timeout: 300ms, retry: { maxAttempts: 3, jitter: full } }\n${used}`,
    );
    assert.equal(
      editedText(`${head}\npolicies: { slow: { timeout: 5s } }\n${calls}`, [define, use]),
      `${head}\npolicies: { slow: { timeout: 5s }, careful: { timeout: 300ms, retry: { maxAttempts: 3, jitter: full } } }\n${used}`,
    );
    assert.equal(editedText(`${head}\npolicies:\n${calls}`, [define, use]), `${head}\npolicies:\n  careful:\n    ${lines}${used}`);
  });

  it('changes a policy that is there', () => {
    const text = `${head}\npolicies:\n  careful: { timeout: 1s, retry: { maxAttempts: 3 } }\n${used}`;
    assert.equal(
      editedText(text, [define, use]),
      text.replace('1s, retry: { maxAttempts: 3 }', '300ms, retry: { maxAttempts: 3, jitter: full }'),
    );
  });

  it('prefers the file that has policies', () => {
    const texts = new Map([
      ['/shop/a.calls.yaml', `faultline: 1\ncalls:\n  - { from: api, to: db }\n`],
      ['/shop/b.topology.yaml', `${head}\npolicies:\n  slow: { timeout: 5s }\n`],
    ]);
    const after = edited(texts, [define, use]);
    assert.equal(after.get('/shop/a.calls.yaml'), 'faultline: 1\ncalls:\n  - { from: api, to: db, policy: careful }\n');
    assert.equal(
      after.get('/shop/b.topology.yaml'),
      `${texts.get('/shop/b.topology.yaml')}  careful: { timeout: 300ms, retry: { maxAttempts: 3, jitter: full } }\n`,
    );
  });

  it('quotes a name that would not be a text', () => {
    const after = editedText(head + calls, [
      { ...define, name: 'null' },
      { ...use, name: 'null' },
    ]);
    assert.match(after, /\n {2}"null":\n/);
    assert.match(after, /policy: "null" }/);
  });

  it('writes JSON into JSON', () => {
    const text = '{"faultline": 1, "components": {"api": {}, "db": {}}, "calls": [{"from": "api", "to": "db"}]}';
    const after = editedText(text, [define, use]);
    assert.deepEqual(JSON.parse(after).policies, { careful: { timeout: '300ms', retry: { maxAttempts: 3, jitter: 'full' } } });
    assert.deepEqual(JSON.parse(after).calls, [{ from: 'api', to: 'db', policy: 'careful' }]);
  });
});
