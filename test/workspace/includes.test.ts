import { strict as assert } from 'node:assert';
import { Workspace } from '../../src/workspace/workspace';
import { countingFormats, type Texts } from './helpers';

/** Provides whatever is asked for, as an editor or a command line would; returns what was asked for, round by round. */
function provide(workspace: Workspace, disk: Texts): readonly (readonly string[])[] {
  const rounds: (readonly string[])[] = [];
  for (let wanted = workspace.wanted(); wanted.length > 0; wanted = workspace.wanted()) {
    rounds.push(wanted);
    assert.ok(rounds.length < 20, `it never ends: ${wanted.join(' ').slice(0, 300)}`);
    for (const path of wanted) {
      if (path.endsWith('/')) workspace.setFolder(path, listing(path, disk));
      else workspace.setFile(path, disk[path]);
    }
  }
  return rounds;
}

function listing(folder: string, disk: Texts): readonly string[] {
  const names = Object.keys(disk)
    .filter((path) => path.startsWith(folder))
    .map((path) => {
      const [first = '', ...rest] = path.slice(folder.length).split('/');
      return rest.length > 0 ? `${first}/` : first;
    });
  return [...new Set(names)];
}

function open(disk: Texts, paths: readonly string[]) {
  const { formats, reads } = countingFormats();
  const workspace = new Workspace(formats);
  for (const path of paths) workspace.setFile(path, disk[path]);
  const rounds = provide(workspace, disk);
  return { workspace, reads, rounds };
}

const main = '/w/a/main.faultline.yaml';

function including(paths: string, more: Texts = {}) {
  const disk = {
    [main]: `system: main\ninclude: ${paths}\ncalls:\n  - { from: one, to: two }\n`,
    '/w/a/x.other.yaml': 'components: { one: {} }\n',
    '/w/a/parts/y.other.yaml': 'components: { two: {} }\n',
    '/w/a/parts/deep/z.other.yaml': 'components: { three: {} }\n',
    '/w/a/parts/notes.txt': 'words',
    '/w/up.other.yaml': 'components: { four: {} }\n',
    ...more,
  };
  const opened = open(disk, [main]);
  const [system, ...others] = opened.workspace.systems();
  assert.ok(system);
  return { ...opened, disk, system, others, components: [...system.system.components.keys()].sort() };
}

describe('include', () => {
  it('takes files, folders and globs', () => {
    assert.deepEqual(including('[x.other.yaml, parts]').components, ['one', 'two']);
    assert.deepEqual(including('[./x.other.yaml, parts/]').components, ['one', 'two']);
    assert.deepEqual(including('[../up.other.yaml]').components, ['four']);
    assert.deepEqual(including('["**/*.other.yaml"]').components, ['one', 'three', 'two']);
    assert.deepEqual(including('["parts/*.yaml"]').components, ['two']);
    assert.deepEqual(including('["../*.other.yaml"]').components, ['four']);
    assert.deepEqual(including('[/w/up.other.yaml]').components, ['four']);
  });

  it('makes included files part of the system, and nothing of their own', () => {
    const { workspace, system, others } = including('[x.other.yaml, parts]');
    assert.deepEqual(others, []);
    assert.deepEqual(system.problems, []);
    assert.equal(system.sound, true);
    assert.equal(system.folder, '/w/a');
    assert.deepEqual(workspace.systemsOf('/w/a/x.other.yaml'), [system]);
    assert.deepEqual(
      system.system.calls.map(({ id }) => id),
      ['one -> two'],
    );
  });

  it('says nothing of unknown names before the files are there', () => {
    const { formats } = countingFormats();
    const workspace = new Workspace(formats);
    workspace.setFile(main, 'include: [x.other.yaml]\ncalls:\n  - { from: one, to: one }\n');
    const [early] = workspace.systems();
    assert.deepEqual(early?.problems, []);
    assert.equal(early?.sound, false);
    assert.deepEqual(workspace.wanted(), ['/w/a/', '/w/a/x.other.yaml']);
  });

  it('reports what is not there, and what cannot be read', () => {
    const { system, disk } = including('[nothing.yml, nowhere/, parts/notes.txt, "*.compose"]');
    const reported = system.problems.map(
      ({ rule, message, place }) => `${rule} at ${disk[main].slice(place.span.start, place.span.end)}: ${message}`,
    );
    assert.deepEqual(reported.slice(0, 4), [
      'unknown-reference at nothing.yml: There is no file or folder `nothing.yml` here.',
      'unknown-reference at nowhere/: There is no file or folder `nowhere/` here.',
      'invalid-value at parts/notes.txt: `parts/notes.txt` is of no format that can be read.',
      'invalid-value at "*.compose": `*.compose` holds no file that can be read.',
    ]);
    assert.equal(system.sound, true);
  });

  it('takes no pattern amiss', () => {
    for (const pattern of [
      'x'.repeat(100_000),
      '**'.repeat(500),
      '+(+(+(a)))*',
      '{a,{b,{c,d}}',
      '[',
      '[!',
      '/',
      '..',
      '../../../../..',
      '{1..99999}.yaml',
      '\\\\',
    ]) {
      const { system } = including(`[${JSON.stringify(pattern)}]`);
      assert.equal(system.system.name, 'main', pattern);
    }
  });

  it('ends where files include each other', () => {
    const second = '/w/a/b.faultline.yaml';
    const { system, others } = including('[b.faultline.yaml]', {
      [second]: 'system: second\ninclude: [main.faultline.yaml, b.faultline.yaml, x.other.yaml]\ncomponents: { two: {} }\n',
    });
    assert.deepEqual(system.files, [second, main, '/w/a/x.other.yaml']);
    assert.deepEqual(system.problems, []);
    assert.deepEqual(
      others.map((other) => other.system.name),
      ['second'],
    );
  });

  it('follows a file that appears, changes and goes', () => {
    const { workspace, disk, reads } = including('[x.other.yaml]');
    const count = () => [...(workspace.systems()[0]?.system.components.keys() ?? [])];
    assert.deepEqual(count(), ['one']);
    workspace.setFile('/w/a/x.other.yaml', 'components: { one: {}, two: {} }\n');
    assert.deepEqual(count(), ['one', 'two']);
    assert.equal(reads.get(main), 1);
    workspace.setFile('/w/a/x.other.yaml', undefined);
    assert.deepEqual(workspace.wanted(), ['/w/a/x.other.yaml']);
    workspace.setFile('/w/a/x.other.yaml', undefined);
    workspace.setFolder('/w/a', ['main.faultline.yaml']);
    assert.deepEqual(workspace.wanted(), []);
    assert.ok(workspace.systems()[0]?.problems.some(({ message }) => message.startsWith('There is no file')));
    workspace.setFile('/w/a/x.other.yaml', disk['/w/a/x.other.yaml']);
    assert.deepEqual(count(), ['one']);
  });

  it('does not read again when a file that was looked for is still not there', () => {
    const { workspace, reads } = including('[x.other.yaml]');
    assert.equal(reads.get('/w/a/x.other.yaml'), 1);
    workspace.setFile('/w/a/x.other.yaml.env', undefined);
    workspace.systems();
    assert.equal(reads.get('/w/a/x.other.yaml'), 1);
    workspace.setFile('/w/a/x.other.yaml.env', 'A=1');
    workspace.systems();
    assert.equal(reads.get('/w/a/x.other.yaml'), 2);
  });
});

describe('a file of another format', () => {
  it('is a system of its own where nobody includes it', () => {
    const disk = { '/w/a/x.other.yaml': 'components: { one: {} }\n', '/w/b/y.other.yaml': 'system: named\ncomponents: { two: {} }\n' };
    const { workspace } = open(disk, Object.keys(disk));
    assert.deepEqual(
      workspace.systems().map(({ system, folder }) => [system.name, folder]),
      [
        ['a', '/w/a'],
        ['named', '/w/b'],
      ],
    );
  });

  it('is one although a system beside it has the same name', () => {
    const disk = { '/w/a/x.other.yaml': 'components: { one: {} }\n', '/w/a/z.topology.yaml': 'components: { two: {} }\n' };
    const { workspace } = open(disk, Object.keys(disk));
    assert.deepEqual(
      workspace.systems().map(({ system }) => [system.name, [...system.components.keys()]]),
      [
        ['a', ['two']],
        ['a', ['one']],
      ],
    );
  });

  it('starts no system when it came only because a reader asked for it', () => {
    const { formats } = countingFormats();
    const workspace = new Workspace(formats);
    workspace.setFile('/w/a/x.other.yaml', 'components: { one: {} }\n');
    assert.deepEqual(workspace.wanted(), ['/w/a/x.other.yaml.env']);
    workspace.setFile('/w/a/x.other.yaml.env', 'A=1');
    assert.equal(workspace.systems().length, 1);
  });
});
