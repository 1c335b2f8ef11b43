import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyse } from '../../src/analysis/analyse';
import { applyTextChanges } from '../../src/editing/edit';
import { assumptions, assumptionsOf } from '../../src/model/defaults';
import { LineIndex } from '../../src/model/text';
import { type Configuration, Configurations, isConfiguration, readConfiguration } from '../../src/workspace/config';
import { Workspace } from '../../src/workspace/workspace';

type Level = 'error' | 'warning' | 'off';

const known = {
  rules: [
    { id: 'missing-timeout', severity: 'warning', summary: 'A call without a timeout.' },
    { id: 'single-zone', severity: 'warning', summary: 'One zone.' },
  ],
  severities: ['error', 'warning', 'off'],
} as const;

function read(text: string): Configuration<Level> {
  return readConfiguration<Level>('/team/faultline.config.yaml', text, known);
}

/** `line:column-column rule message`, from 1 and with the end exclusive. */
function problems(text: string): readonly string[] {
  const lines = new LineIndex(text);
  return read(text).problems.map(({ rule, message, place: { span } }) => {
    const [start, end] = [lines.positionAt(span.start), lines.positionAt(span.end)];
    return `${start.line + 1}:${start.character + 1}-${end.character + 1} ${rule} ${message}`;
  });
}

describe('the configuration', () => {
  it('says severities, assumptions, files and limits', () => {
    const { severities, settings, problems, reviews } = read(`
rules:
  missing-timeout: error
  single-zone: off
availability: { database: 99.9%, zone: 99%, region: 0.999 }
include: ["services/**", shop.faultline.yaml]
exclude: [services/old]
limits: { amplification: 2.5, restoreAge: 30d }
`);
    assert.deepEqual(problems, []);
    assert.deepEqual(
      [...severities],
      [
        ['missing-timeout', 'error'],
        ['single-zone', 'off'],
      ],
    );
    assert.equal(settings.amplificationLimit, 2.5);
    assert.equal(settings.restoreAge, 30 * 86_400);
    const { assumptions: assumed } = settings;
    assert.ok(assumed);
    assert.deepEqual(
      [assumed.availability.database, assumed.zone, assumed.region].map(({ down }) => down),
      [0.001, 0.01, 0.001],
    );
    const { database, ...others } = assumed.availability;
    const { database: usual, ...usualOthers } = assumptions.availability;
    assert.notDeepEqual(database, usual);
    assert.deepEqual(others, usualOthers);
    assert.deepEqual(
      ['services/a.yaml', 'services/x/b.yaml', 'services/old/c.yaml', 'services/older/c.yaml', 'shop.faultline.yaml', 'other.yaml'].filter(
        (path) => reviews(`/team/${path}`),
      ),
      ['services/a.yaml', 'services/x/b.yaml', 'services/older/c.yaml', 'shop.faultline.yaml'],
    );
    assert.equal(reviews('/elsewhere/services/old/c.yaml'), true);
  });

  it('says nothing where nothing is written', () => {
    for (const text of ['', '# nothing\n', 'rules:\n', 'rules: {}\nlimits: {}\n']) {
      const { severities, settings, problems, reviews } = read(text);
      assert.deepEqual([[...severities], settings, problems, reviews('/team/a')], [[], {}, [], true], text);
    }
  });

  it('reads globs as they are written in other tools', () => {
    const excludes = (pattern: string, path: string) => !read(`exclude: ["${pattern}"]`).reviews(`/team/${path}`);
    assert.ok(excludes('old/', 'old/a.yaml'));
    assert.ok(excludes('./old/**', 'old/deep/a.yaml'));
    assert.ok(excludes('/old/*.yaml', 'old/a.yaml'));
    assert.ok(!excludes('old/*.yaml', 'old/deep/a.yaml'));
    assert.ok(excludes('**/generated', 'a/b/generated/c.yaml'));
    assert.ok(excludes('.github', '.github/a.yaml'));
    assert.ok(!excludes('*.yaml', 'deep/a.yaml'));
  });

  it('tells what is wrong at its place, with what was probably meant', () => {
    assert.deepEqual(problems('ruels: {}\n'), ['1:1-6 unknown-key `ruels` is not a key of the configuration. Did you mean `rules`?']);
    assert.deepEqual(problems('rules:\n  mising-timeout: error\n'), [
      '2:3-17 unknown-key `mising-timeout` is not a key of `rules`. Did you mean `missing-timeout`?',
    ]);
    assert.deepEqual(problems('rules: { missing-timeout: eror }\n'), [
      '1:27-31 invalid-value `eror` is not a severity. Did you mean `error`?',
    ]);
    assert.deepEqual(problems('availability: { databse: 99% }\n'), [
      '1:17-24 unknown-key `databse` is not a key of `availability`. Did you mean `database`?',
    ]);
    assert.deepEqual(problems('availability: { zone: 101% }\n'), ['1:23-27 invalid-value A percentage is at most 100%.']);
    assert.deepEqual(problems('limits: { amplification: 0.5 }\n'), ['1:26-29 invalid-value This must be 1 or more, not 0.5.']);
    assert.deepEqual(problems('exclude: old\n'), ['1:10-13 invalid-value Expected a list of globs such as ["legacy/**"], not `old`.']);
    assert.deepEqual(problems('- a\n'), ['1:1-4 invalid-value Expected keys such as `rules:`, not a list.']);
    assert.match(problems('rules: [\n')[0] ?? '', /^\d+:\d+-\d+ syntax /);
    assert.match(problems('rules:\n  missing-timeout: error\n  missing-timeout: off\n')[0] ?? '', /^3:3-18 duplicate-name /);
  });

  it('keeps what is right beside what is wrong', () => {
    const { severities, settings } = read(
      'rules: { missing-timeout: error, nonsense: off }\nlimits: { restoreAge: soon, amplification: 3 }\n',
    );
    assert.deepEqual([...severities], [['missing-timeout', 'error']]);
    assert.deepEqual(settings, { amplificationLimit: 3 });
  });

  it('has corrections that make it right', () => {
    const text = 'ruels:\n  missing-timeout: error\n';
    const [problem] = read(text).problems;
    const changes = problem?.suggestions?.[0]?.changes ?? [];
    assert.equal(applyTextChanges(text, changes), 'rules:\n  missing-timeout: error\n');
  });

  it('is never read as an architecture', () => {
    assert.ok(isConfiguration('/a/faultline.config.yaml') && isConfiguration('/a/faultline.config.yml'));
    assert.ok(!isConfiguration('/a/my-faultline.config.yaml') && !isConfiguration('/a/faultline.yaml'));
  });

  it('survives any text', () => {
    const piece = fc.constantFrom(
      'rules',
      'availability',
      'limits',
      'exclude',
      ':',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '"',
      '*',
      '&a ',
      '*a',
      '!',
      '__proto__',
      'off',
      '99%',
      '#',
      ',',
      '<<',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join('');
        const { problems, reviews, settings } = read(text);
        assert.equal(typeof reviews('/team/a/b.yaml'), 'boolean');
        assert.ok(Object.keys(settings).every((key) => ['assumptions', 'amplificationLimit', 'restoreAge'].includes(key)));
        for (const { place } of problems)
          assert.ok(place.span.start >= 0 && place.span.start <= place.span.end && place.span.end <= text.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe('configurations in a tree of folders', () => {
  it('are looked for from the inside out, up to the top', () => {
    const texts = new Map([
      ['/faultline.config.yaml', 'rules: { single-zone: error }'],
      ['/top/faultline.config.yml', 'rules: { missing-timeout: error }'],
      ['/top/a/b/faultline.config.yaml', 'rules: { missing-timeout: off }\nexclude: ["*.yaml"]'],
    ]);
    const of = (isTop?: (folder: string) => boolean) => new Configurations<Level>(known, (path) => texts.get(path), isTop);
    const all = of((folder) => folder === '/top');
    assert.equal(all.of('/top/a')?.severities.get('missing-timeout'), 'error');
    assert.equal(all.of('/top/a/b/c')?.severities.get('missing-timeout'), 'off');
    assert.equal(all.of('/other')?.severities.get('single-zone'), 'error');
    assert.equal(all.reviews('/top/a/b/x.yaml'), false);
    assert.equal(all.reviews('/top/a/x.yaml'), true);
    assert.equal(all.found().length, 3);
    texts.delete('/top/faultline.config.yml');
    assert.equal(all.of('/top/a')?.severities.size, 1, 'the same until it is refreshed');
    all.refresh();
    assert.equal(all.of('/top/a'), undefined);
    assert.equal(of().of('/top/a')?.severities.get('single-zone'), 'error');
  });
});

describe('what a configuration decides', () => {
  const shop =
    'faultline: 1\nsystem: shop\ncomponents:\n  api: {}\n  db: { kind: database }\ncalls:\n  - { from: api, to: db, timeout: 1s }\njourneys:\n  buy: { entry: api }\n';

  function workspaceWith(text: string): Workspace {
    const configuration = read(text);
    const workspace = new Workspace();
    workspace.setFile('/team/shop.faultline.yaml', shop);
    workspace.setDecisions({ starts: (path) => configuration.reviews(path), settings: () => configuration.settings });
    return workspace;
  }

  function downOf(workspace: Workspace): number {
    const [linked] = workspace.systems();
    assert.ok(linked);
    const [journey] = analyse(linked.system).journeys;
    assert.ok(journey?.up.exact);
    return journey.up.value.down;
  }

  it('is assumed by every figure', () => {
    const near = (value: number, expected: number) => assert.ok(Math.abs(value - expected) < 1e-15, `${value} is not ${expected}`);
    near(downOf(workspaceWith('')), 1 - 0.999 * 0.9995);
    near(downOf(workspaceWith('availability: { database: 99%, service: 98% }')), 1 - 0.99 * 0.98);
  });

  it('is another system, once it changes', () => {
    const workspace = workspaceWith('');
    const [before] = workspace.systems();
    workspace.setDecisions({ starts: () => true, settings: () => ({}) });
    assert.equal(workspace.systems()[0], before, 'the same settings are the same system');
    const settings = read('availability: { database: 99% }').settings;
    workspace.setDecisions({ starts: () => true, settings: () => settings });
    const [after] = workspace.systems();
    assert.notEqual(after, before);
    assert.equal(after && assumptionsOf(after.system), settings.assumptions);
  });

  it('leaves files out, unless another one includes them', () => {
    const workspace = workspaceWith('exclude: [shop.faultline.yaml]');
    assert.deepEqual(workspace.systems(), []);
    workspace.setFile('/team/more.faultline.yaml', 'faultline: 1\nsystem: more\ninclude: [shop.faultline.yaml]\n');
    assert.deepEqual(
      workspace.systems().map(({ system, files }) => [system.name, files.length, system.components.has('api')]),
      [['more', 2, true]],
    );
  });
});
