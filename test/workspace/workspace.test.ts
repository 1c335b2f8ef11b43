import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { Workspace } from '../../src/workspace/workspace';
import { countingFormats } from './helpers';

const topology = 'system: shop\ncomponents:\n  api: {}\n  db: {}\n';
const calls = 'system: shop\ncalls:\n  - { from: api, to: db }\n';

function shop() {
  const { formats, reads } = countingFormats();
  const workspace = new Workspace(formats);
  workspace.setFile('/w/shop.topology.yaml', topology);
  workspace.setFile('/w/calls/shop.calls.yaml', calls);
  workspace.setFile('/w/lab/lab.faultline.yaml', 'components: { lonely: {} }\n');
  return { workspace, reads };
}

const names = (workspace: Workspace) => workspace.systems().map(({ system, folder }) => `${system.name} in ${folder}`);

describe('a workspace', () => {
  it('finds the systems in its files', () => {
    const { workspace } = shop();
    assert.deepEqual(names(workspace), ['shop in /w', 'lab in /w/lab']);
    const [system] = workspace.systems();
    assert.deepEqual(system?.files, ['/w/calls/shop.calls.yaml', '/w/shop.topology.yaml']);
    assert.deepEqual(system?.problems, []);
    assert.deepEqual(workspace.systemsOf('/w/shop.topology.yaml'), [system]);
    assert.deepEqual(workspace.systemsOf('/w/other.yaml'), []);
    assert.equal(workspace.text('/w/shop.topology.yaml'), topology);
    assert.equal(workspace.text('/w/none.yaml'), undefined);
    assert.deepEqual(workspace.wanted(), []);
  });

  it('reads and links again only what has changed', () => {
    const { workspace, reads } = shop();
    const before = workspace.systems();
    assert.deepEqual([...reads.values()], [1, 1, 1]);
    workspace.setFile('/w/shop.topology.yaml', `${topology}  cache: {}\n`);
    const after = workspace.systems();
    assert.equal(reads.get('/w/shop.topology.yaml'), 2);
    assert.equal(reads.get('/w/calls/shop.calls.yaml'), 1);
    assert.equal(reads.get('/w/lab/lab.faultline.yaml'), 1);
    assert.notEqual(after[0], before[0]);
    assert.equal(after[1], before[1]);
    assert.deepEqual([...(after[0]?.system.components.keys() ?? [])], ['api', 'db', 'cache']);
  });

  it('does the same in steps', () => {
    const { workspace, reads } = shop();
    let steps = 0;
    for (const step = workspace.updateSteps(); !step.next().done; ) steps++;
    assert.ok(steps > 5, `three files and two systems took ${steps} steps`);
    const counted = [...reads.values()];
    assert.deepEqual(names(workspace), ['shop in /w', 'lab in /w/lab']);
    assert.deepEqual([...reads.values()], counted, 'all of it was there already');
    assert.equal(workspace.updateSteps().next().done, true);
  });

  it('begins anew where something changes between two steps, with what was read until then', () => {
    const { workspace, reads } = shop();
    const work = workspace.updateSteps();
    while (reads.size < 1) work.next();
    const [first] = reads.keys();
    assert.notEqual(first, '/w/shop.topology.yaml');
    workspace.setFile('/w/shop.topology.yaml', `${topology}  cache: {}\n`);
    while (!work.next().done);
    assert.deepEqual([...(workspace.systems()[0]?.system.components.keys() ?? [])], ['api', 'db', 'cache']);
    assert.deepEqual([...reads.values()].sort(), [1, 1, 1]);
  });

  it('is not put off by a question between two steps', () => {
    const { workspace, reads } = shop();
    const work = workspace.updateSteps();
    work.next();
    const between = workspace.systems();
    assert.equal(work.next().done, true);
    assert.deepEqual([...reads.values()], [1, 1, 1]);
    assert.equal(workspace.systems(), between);
  });

  it('does nothing where nothing has changed', () => {
    const { workspace, reads } = shop();
    const before = workspace.systems();
    workspace.setFile('/w/shop.topology.yaml', topology);
    workspace.setFile('/w/unrelated.txt', 'words');
    workspace.setFile('/w/missing.txt', undefined);
    workspace.setFolder('/w', ['shop.topology.yaml', 'unrelated.txt']);
    assert.deepEqual(workspace.systems(), before);
    assert.equal(workspace.systems()[0], before[0]);
    assert.deepEqual([...reads.values()], [1, 1, 1]);
  });

  it('forgets files that are taken away', () => {
    const { workspace } = shop();
    workspace.systems();
    workspace.setFile('/w/calls/shop.calls.yaml', undefined);
    assert.deepEqual(names(workspace), ['shop in /w', 'lab in /w/lab']);
    assert.equal(workspace.systems()[0]?.system.calls.length, 0);
    workspace.setFile('/w/lab/lab.faultline.yaml', undefined);
    assert.deepEqual(names(workspace), ['shop in /w']);
  });

  it('names a system after its folder where no name is written', () => {
    const { formats } = countingFormats();
    const workspace = new Workspace(formats);
    workspace.setFile('/w/eu/shop/a.topology.yaml', 'components: { a: {} }\n');
    workspace.setFile('/w/us/shop/b.topology.yaml', 'components: { b: {} }\n');
    workspace.setFile('/w/us/shop/c.calls.yaml', 'calls: [{ from: b, to: b }]\n');
    assert.deepEqual(names(workspace), ['shop in /w/eu/shop', 'shop in /w/us/shop']);
    assert.equal(workspace.systems()[1]?.system.calls.length, 1);
    workspace.setFile('/w/us/shop/d.topology.yaml', 'system: shop\ncomponents: { d: {} }\n');
    assert.deepEqual(names(workspace), ['shop in /w/eu/shop', 'shop in /w/us/shop']);
    assert.deepEqual([...(workspace.systems()[1]?.system.components.keys() ?? [])], ['b', 'd']);
  });

  it('keeps what was sound while a text is half typed, and says that it is not sound', () => {
    const { workspace } = shop();
    workspace.systems();
    workspace.setFile('/w/shop.topology.yaml', topology.replace('  api: {}', '  "api: {}'));
    const [system] = workspace.systems();
    assert.equal(system?.sound, false);
    assert.deepEqual([...(system?.system.components.keys() ?? [])], ['api', 'db']);
    assert.deepEqual(
      system?.problems.map(({ rule }) => rule),
      ['syntax'],
    );
    workspace.setFile('/w/shop.topology.yaml', topology);
    assert.equal(workspace.systems()[0]?.sound, true);
  });

  it('moves the places of what it keeps with the edit', () => {
    const { workspace } = shop();
    workspace.systems();
    const text = `# a new line\n${topology.replace('  db: {}', '  "db: {}')}`;
    workspace.setFile('/w/shop.topology.yaml', text);
    const [origin] = workspace.systems()[0]?.origins.get('component db') ?? [];
    assert.ok(origin && origin.name.start >= text.indexOf('"db'));
  });

  it('comes to the same systems however it got there', () => {
    const texts = [
      topology,
      calls,
      'components: { api: { replicas: 2 } }\n',
      'system: other\ncomponents: { x: {} }\n',
      'components:\n  "api: {}\n',
      undefined,
    ];
    const paths = ['/w/a.topology.yaml', '/w/b.calls.yaml', '/w/sub/c.faultline.yaml'];
    const step = fc.tuple(fc.constantFrom(...paths), fc.constantFrom(...texts));
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.boolean(), (steps, isLookedAt) => {
        const workspace = new Workspace(countingFormats().formats);
        const last = new Map<string, string | undefined>();
        for (const [path, text] of steps) {
          workspace.setFile(path, text);
          last.set(path, text);
          if (isLookedAt) workspace.systems();
        }
        // What is kept of a text that was sound before is meant to differ.
        fc.pre(![...last.values()].some((text) => text?.includes('"')) || !isLookedAt);
        const fresh = new Workspace(countingFormats().formats);
        for (const [path, text] of last) fresh.setFile(path, text);
        assert.deepEqual(workspace.systems(), fresh.systems());
      }),
      { numRuns: 150 },
    );
  }).timeout(30_000);

  it('reads hundreds of files in a time that grows with their number', () => {
    const { formats, reads } = countingFormats();
    const workspace = new Workspace(formats);
    for (let i = 0; i < 400; i++) workspace.setFile(`/w/s${i}/a.topology.yaml`, `system: s${i % 50}\ncomponents: { c${i}: {} }\n`);
    const since = process.cpuUsage().user;
    assert.equal(workspace.systems().length, 50);
    workspace.setFile('/w/s7/a.topology.yaml', 'system: s7\ncomponents: { c7: {}, d7: {} }\n');
    workspace.systems();
    assert.equal(
      [...reads.values()].reduce((sum, count) => sum + count),
      401,
    );
    assert.ok((process.cpuUsage().user - since) / 1000 < 2000);
  });
});
