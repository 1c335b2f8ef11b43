import { strict as assert } from 'node:assert';
import type { System } from '../../src/model/system';
import { Workspace } from '../../src/workspace/workspace';

const path = '/w/shop.faultline.yaml';
const text = `# a shop
zones: { a: { region: r }, b: {} }
components:
  api: # the front
    replicas: 2
    zones: [a, b]
    serviceTime: 10ms
  db: { kind: database }
calls:
  - { from: api, to: db, timeout: 1s }
  - { from: api, to: db, operation: GET /rows, timeout: 1s }
journeys:
  go: { entry: api }
`;

const composePath = '/c/compose.yaml';
const compose = `services:
  web: { image: nginx, depends_on: [db] }
  db: { image: postgres }
`;

/** The system of a text that was read, and that of the text that took its place. */
function edited(file: string, before: string, after: string): readonly [System, System] {
  const workspace = new Workspace();
  workspace.setFile(file, before);
  const [old] = workspace.systems();
  workspace.setFile(file, after);
  const [now] = workspace.systems();
  assert.ok(old && now && old !== now);
  return [old.system, now.system];
}

describe('a system that is read again', () => {
  it('is the very same where only comments, blank lines and the order of keys changed', () => {
    for (const after of [
      text.replace('# a shop', '# a larger shop\n\n'),
      text.replace('# the front', '# the back'),
      text.replace('replicas: 2\n    zones: [a, b]', 'zones: [a, b]\n    replicas: 2'),
    ]) {
      const [old, now] = edited(path, text, after);
      assert.equal(now, old, after);
    }
  });

  it('is the very same of other formats, too', () => {
    const [old, now] = edited(composePath, compose, `# version 2\n${compose}`);
    assert.ok(old.components.size === 2 && old.calls.length === 1);
    assert.equal(now, old);
  });

  it('has one new component where one was changed, and the others as they were', () => {
    const [old, now] = edited(path, text, text.replace('10ms', '20ms'));
    assert.deepEqual(now.components.get('api')?.serviceTime, { kind: 'constant', value: 0.02 });
    assert.notEqual(now.components.get('api'), old.components.get('api'));
    assert.equal(now.components.get('db'), old.components.get('db'));
    for (const part of ['zones', 'regions', 'calls', 'journeys', 'policies', 'objectives', 'scenarios'] as const) {
      assert.equal(now[part], old[part], part);
    }
  });

  it('keeps the calls before and behind one that came, changed or went', () => {
    const added = text.replace('calls:\n', 'calls:\n  - { from: db, to: db }\n');
    const [old, more] = edited(path, text, added);
    assert.deepEqual(
      more.calls.map(({ from }) => from),
      ['db', 'api', 'api'],
    );
    assert.deepEqual(
      [more.calls[1], more.calls[2]].map((call, i) => call === old.calls[i]),
      [true, true],
    );
    const [many, fewer] = edited(path, added, text);
    assert.deepEqual(
      fewer.calls.map((call, i) => call === many.calls[i + 1]),
      [true, true],
    );
    const [, longer] = edited(path, text, text.replace('operation: GET /rows, timeout: 1s', 'operation: GET /rows, timeout: 2s'));
    assert.deepEqual(
      longer.calls.map(({ timeout }) => timeout),
      [1, 2],
    );
  });

  it('has another order where the order changed', () => {
    const [old, now] = edited(path, text, text.replace('{ a: { region: r }, b: {} }', '{ b: {}, a: { region: r } }'));
    assert.deepEqual([...old.zones.keys()], ['a', 'b']);
    assert.deepEqual([...now.zones.keys()], ['b', 'a']);
    assert.equal(now.zones.get('a'), old.zones.get('a'));
  });

  it('gives calls what their policy says now', () => {
    const written = `${text}policies: { default: { deadline: 3s } }\n`;
    const [old, now] = edited(path, written, written.replace('3s', '4s'));
    assert.deepEqual([old.calls[0]?.deadline, now.calls[0]?.deadline], [3, 4]);
    const [, without] = edited(path, written, text);
    assert.equal(without.calls[0]?.deadline, undefined);
  });
});
