import { strict as assert } from 'node:assert';
import { elementId } from '../../src/model/origin';
import { linkTexts, marked, problemsOf } from './helpers';

describe('references', () => {
  it('to what nobody declares are reported where they stand, with what was probably meant', () => {
    const texts = {
      '/a.yaml': `components:
  payment: { dependsOn: [ledgr] }
  ledger: {}
sharedFate:
  account: { components: [payment, "paymnt"] }
policies:
  careful: { timeout: 1s, fallback: { to: legder } }
calls:
  - { from: payment, to: ledger, policy: carefull, journeys: [chekout], operation: GET }
  - { from: nobody-like-it, to: payment }
journeys:
  checkout: { entry: payments }
scenarios:
  s:
    clients: { chekout: 5 }
    events:
      - { at: 1s, kill: paymnt#2 }
      - { at: 1s, kill: sharedFate acount }
      - { at: 1s, load: chekout, factor: 2 }
      - { at: 1s, partition: [[payment], [ledgerr]] }
    expect:
      - { journey: chekout, success: 99% }
      - { component: paymnt, busy: 80% }
      - { call: payment -> ledger PUT, attempts: 2 }
      - { call: payment -> ledgr, attempts: 2 }
`,
    };
    const linked = linkTexts(texts);
    assert.deepEqual(
      problemsOf(linked, texts).map((problem) => problem.replace('unknown-reference in /a.yaml at ', '')),
      [
        'ledgr: There is no component `ledgr`. Did you mean `ledger`?',
        'paymnt: There is no component `paymnt`. Did you mean `payment`?',
        'legder: There is no component `legder`. Did you mean `ledger`?',
        'carefull: There is no policy `carefull`. Did you mean `careful`?',
        'chekout: There is no journey `chekout`.',
        'nobody-like-it: There is no component `nobody-like-it`.',
        'payments: There is no component `payments`. Did you mean `payment`?',
        'chekout: There is no journey `chekout`.',
        'paymnt: There is no component `paymnt`. Did you mean `payment`?',
        'acount: There is no shared fate `acount`. Did you mean `account`?',
        'chekout: There is no journey `chekout`.',
        'ledgerr: There is no component `ledgerr`. Did you mean `ledger`?',
        'chekout: There is no journey `chekout`.',
        'paymnt: There is no component `paymnt`. Did you mean `payment`?',
        'payment -> ledger PUT: There is no call `payment -> ledger PUT`. Did you mean `payment -> ledger`?',
        'ledgr: There is no component `ledgr`. Did you mean `ledger`?',
      ],
    );
    const [first, quoted] = linked.problems;
    assert.deepEqual(first?.suggestions, [
      { title: 'Replace with `ledger`', safe: true, changes: [{ file: '/a.yaml', span: first?.place.span, text: 'ledger' }] },
    ]);
    assert.deepEqual(
      first?.related?.map(({ place, message }) => [marked(texts, place), message]),
      [['ledger', '`ledger` is declared here.']],
    );
    assert.equal(quoted?.suggestions?.[0]?.changes[0]?.text, 'payment');
    const { system } = linked;
    assert.deepEqual(system.sharedFates.get('account')?.components, ['payment']);
    assert.deepEqual(system.scenarios.get('s')?.events, []);
    assert.deepEqual(system.scenarios.get('s')?.expect, []);
    assert.deepEqual(system.scenarios.get('s')?.clients, new Map());
    assert.equal(system.calls[0]?.policy, undefined);
  });

  it('count what is left of a scenario', () => {
    const texts = {
      '/a.yaml':
        'components: { api: {} }\nscenarios:\n  s:\n    events:\n      - { at: 1s, kill: nobody }\n      - { at: 2s, kill: api }\n    expect:\n      - { component: nobody, busy: 1% }\n      - { component: api, busy: 2% }\n',
    };
    const { system, origins } = linkTexts(texts);
    const [origin] = origins.get(elementId('scenario', 's')) ?? [];
    const at = (path: string) => {
      const place = origin?.keys.get(path);
      return place && marked(texts, { file: '/a.yaml', span: place.value });
    };
    assert.deepEqual(
      [at('events.0.kill'), at('events.1.kill'), at('expect.0.busy'), at('expect.1.busy')],
      ['api', undefined, '2%', undefined],
    );
    assert.equal(system.scenarios.get('s')?.events[0]?.at, 2);
  });

  it('may name a call by its pair', () => {
    const text =
      'components: { a: {}, b: {} }\ncalls:\n  - { from: a, to: b, operation: GET /x }\n  - { from: a, to: b, operation: PUT /x }\nscenarios:\n  s:\n    expect: [{ call: a -> b, attempts: 2 }, { call: a -> b GET /x, attempts: 2 }]\n';
    const { system, problems } = linkTexts({ '/a.yaml': text });
    assert.deepEqual(problems, []);
    assert.deepEqual(
      system.scenarios.get('s')?.expect.map(({ subject }) => subject.name),
      ['a -> b', 'a -> b GET /x'],
    );
  });

  it('to what may stand in a part that cannot be read are not reported', () => {
    const texts = {
      '/a.yaml': 'components:\n  api: {}\n  "db: {}\n  other: {}\n',
      '/b.yaml': 'calls:\n  - { from: api, to: db }\n  - { from: api, to: nobody }\n',
    };
    const linked = linkTexts(texts);
    assert.equal(linked.sound, false);
    assert.deepEqual(problemsOf(linked, texts), [
      'syntax in /a.yaml at "db: {}: This quote is never closed.',
      'unknown-reference in /b.yaml at nobody: There is no component `nobody`.',
    ]);
    assert.deepEqual([...linked.system.components.keys()], ['api', 'other']);
  });

  it('are not reported at all while files are missing that are only not loaded', () => {
    const linked = linkTexts({ '/a.yaml': 'components: { api: {} }\ncalls:\n  - { from: api, to: db }\n' }, { complete: false });
    assert.deepEqual(linked.problems, []);
    assert.equal(linked.sound, false);
  });
});
