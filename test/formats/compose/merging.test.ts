import { strict as assert } from 'node:assert';
import { composeFormat } from '../../../src/formats/compose/format';
import { folder, read } from './helpers';

const db = '  db: { image: postgres }\n  api: { image: acme/api }\n';

describe('several files of one project', () => {
  const texts = {
    'compose.yaml': `services:\n${db}  app:\n    image: acme/app\n    command: [run, --db=db:1]\n    environment:\n      - DB_HOST=db\n      - API_URL=http://api\n    deploy: { replicas: 1 }\n    depends_on: [db]\n`,
    'compose.override.yaml':
      'services:\n  app:\n    command: [run]\n    environment:\n      DB_HOST: elsewhere\n    deploy: { replicas: 3 }\n    depends_on:\n      api: { condition: service_healthy }\n',
  };

  it('are merged in order: maps and assignments key by key, commands as a whole, single values replaced', () => {
    const project = read(texts);
    assert.deepEqual(project.group, ['compose.yaml', 'compose.override.yaml']);
    assert.deepEqual(project.edges, ['app -> api', 'app .. db']);
    assert.equal(project.components.get('app')?.replicas, 3);
  });

  it('all keep their places', () => {
    const project = read(texts);
    const origins = project.fragment.elements
      .filter(({ kind, name }) => kind === 'component' && name === 'app')
      .map(({ origin }) => origin);
    assert.deepEqual(
      origins.map(({ file, name }) => [file, project.textAt({ file, span: name })]),
      [
        ['/shop/compose.yaml', 'app'],
        ['/shop/compose.override.yaml', 'app'],
      ],
    );
    assert.deepEqual(
      origins.map(({ keys }) => keys.has('replicas')),
      [false, true],
    );
    assert.match(
      project.textAt({ file: origins[0]?.file ?? '', span: origins[0]?.entry ?? { start: 0, end: 0 } }),
      /^app:\n {4}image[\s\S]*\[db\]$/,
    );
  });

  it('can take away and replace with !reset and !override', () => {
    const project = read({
      ...texts,
      'compose.override.yaml':
        'services:\n  app:\n    command: !reset null\n    environment: !override\n      CACHE_HOST: db\n    depends_on: !reset []\n    deploy: !reset {}\n  api: !reset\n',
    });
    assert.deepEqual(project.edges, ['app -> db']);
    assert.equal(project.evidence('app -> db'), 'db');
    assert.equal(project.components.get('app')?.replicas, undefined);
    assert.equal(project.components.has('api'), false);
    assert.deepEqual(project.fragment.problems, []);
  });

  it('replace a mount by its target, and add others', () => {
    const project = read({
      'compose.yaml': `services:\n${db}  app:\n    image: acme/app\n    volumes: ['./a.conf:/etc/app.conf', './c.conf:/etc/c.conf']\n`,
      'compose.override.yaml': "services:\n  app:\n    volumes: ['./b.conf:/etc/app.conf']\n",
      'a.conf': 'host = db\n',
      'b.conf': 'host = api\n',
      'c.conf': '# nothing\n',
    });
    assert.deepEqual(project.edges, ['app -> api']);
  });
});

describe('anchors and merge keys', () => {
  it('are followed, what is written wins, and the place is that of the anchor', () => {
    const project = read(
      `x-env: &env\n  DB_HOST: db\n  API_URL: http://api\nx-app: &app\n  image: acme/app\n  environment: *env\nservices:\n${db}  one:\n    <<: *app\n  two:\n    <<: [*app]\n    image: acme/two\n    environment:\n      <<: *env\n      API_URL: none\n`,
    );
    assert.deepEqual(project.edges, ['one -> api', 'one -> db', 'two -> db']);
    assert.equal(project.evidence('two -> db'), 'db');
    assert.deepEqual(project.fragment.problems, []);
  });

  it('of a list are reported where they are used', () => {
    const project = read(
      'x-env: &env [A=b]\nservices:\n  app:\n    image: acme/app\n    environment:\n      <<: *env\n      DB_HOST: app\n',
    );
    assert.deepEqual(
      project.fragment.problems.map(({ rule, place }) => [rule, project.textAt(place)]),
      [['invalid-value', '*env']],
    );
  });
});

describe('extends', () => {
  it('takes over a service of the same file, and of another with its own folder', () => {
    const project = read({
      'compose.yaml': `services:\n${db}  base:\n    image: acme/base\n    environment: { DB_HOST: db }\n  app:\n    extends: base\n    environment: { API_URL: 'http://api' }\n  web:\n    extends: { file: common/base.yml, service: web }\n`,
      'common/base.yml': 'services:\n  web:\n    extends: { service: root }\n    env_file: web.env\n  root:\n    image: acme/web\n',
      'common/web.env': 'API_URL=http://api\n',
    });
    assert.deepEqual(project.edges, ['app -> api', 'app -> db', 'base -> db', 'web -> api']);
    assert.equal(project.fragment.files.includes('/shop/common/base.yml'), true);
    assert.deepEqual(project.fragment.problems, []);
  });

  it('reports a service and a file that are not there, and survives a ring', () => {
    const project = read({
      'compose.yaml':
        'services:\n  base: { image: x }\n  a: { extends: bass }\n  b: { extends: { file: other.yml, service: x } }\n  c: { extends: d }\n  d: { extends: c }\n  e: { extends: { file: base.yml, service: none } }\n',
      'base.yml': 'services:\n  one: { image: x }\n',
    });
    assert.deepEqual(
      project.fragment.problems.map(({ rule, place, suggestions }) => [rule, project.textAt(place), suggestions?.[0]?.changes[0]?.text]),
      [
        ['unknown-reference', 'bass', 'base'],
        ['unknown-reference', 'other.yml', undefined],
        ['unknown-reference', 'none', 'one'],
      ],
    );
  });
});

describe('include', () => {
  it('reads other projects with their own folder and variables', () => {
    const project = read({
      'compose.yaml':
        "include:\n  - infra/compose.yaml\n  - path: [more/a.yml, more/b.yml]\n    env_file: more/x.env\nservices:\n  app: { image: acme/app, environment: { DB_HOST: db, Q: 'amqp://queue' }, depends_on: [queue] }\n",
      'infra/compose.yaml': 'services:\n  db: { image: postgres, environment: { PEER_HOST: $PEER } }\n  peer: { image: acme/peer }\n',
      'infra/.env': 'PEER=peer\n',
      'more/a.yml': 'services:\n  queue: { image: acme/x, environment: { DB_HOST: $WHERE } }\n',
      'more/b.yml': 'services:\n  queue: { image: rabbitmq }\n',
      'more/x.env': 'WHERE=db\n',
    });
    assert.deepEqual(project.edges, ['app -> db', 'app ~> queue', 'db -> peer', 'queue -> db']);
    assert.deepEqual(project.fragment.problems, []);
    assert.deepEqual(project.fragment.includes, []);
  });

  it('reports what is not there, passes over what is elsewhere, and survives a ring', () => {
    const project = read({
      'compose.yaml':
        'include: [gone.yaml, "oci://example.com/x", "https://example.com/y.git", compose.yaml]\nservices:\n  app: { image: acme/app }\n',
    });
    assert.deepEqual(
      project.fragment.problems.map(({ place }) => project.textAt(place)),
      ['gone.yaml'],
    );
    assert.deepEqual([...project.components.keys()], ['app']);
  });
});

describe('the group of a file', () => {
  const whole = 'services:\n  db: { image: postgres }\n  app: { image: acme/app, depends_on: [db] }\n';
  const partial = 'services:\n  app: { deploy: { replicas: 2 } }\n';
  const groups = (texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.keys(texts).map((path) => [
        path,
        composeFormat
          .group(`/shop/${path}`, folder(texts))
          .map((file) => file.replace('/shop/', ''))
          .join(' + '),
      ]),
    );

  it('is the base and its automatic override', () => {
    const both = 'docker-compose.yml + docker-compose.override.yml';
    assert.deepEqual(groups({ 'docker-compose.yml': whole, 'docker-compose.override.yml': partial }), {
      'docker-compose.yml': both,
      'docker-compose.override.yml': both,
    });
  });

  it('is one for a folder with overlays for development and production: that which runs', () => {
    const both = 'docker-compose.yml + docker-compose.prod.yml';
    assert.deepEqual(groups({ 'docker-compose.yml': whole, 'docker-compose.prod.yml': partial, 'docker-compose.dev.yml': partial }), {
      'docker-compose.yml': both,
      'docker-compose.prod.yml': both,
      'docker-compose.dev.yml': both,
    });
  });

  it('leaves out a development variant of the same services, and keeps another whole file apart', () => {
    assert.deepEqual(groups({ 'compose.yaml': whole, 'compose.dev.yaml': whole, 'compose.swarm.yaml': whole }), {
      'compose.yaml': 'compose.yaml',
      'compose.dev.yaml': 'compose.yaml',
      'compose.swarm.yaml': 'compose.swarm.yaml',
    });
  });

  it('adds files that need the base and only add to it', () => {
    const all = 'compose.yaml + compose.tools.yaml';
    const tools = 'services:\n  admin: { image: adminer, depends_on: [db] }\n';
    assert.deepEqual(
      groups({
        'compose.yaml': whole,
        'compose.tools.yaml': tools,
        'compose.test.yaml': tools.replace('admin', 'sut'),
        'other.yaml': 'services:\n  x: { image: x }\n',
      }),
      {
        'compose.yaml': all,
        'compose.tools.yaml': all,
        'compose.test.yaml': all,
        'other.yaml': 'other.yaml',
      },
    );
  });

  it('joins files without a base that need each other, or have one name', () => {
    const both = 'apps.yml + infra.yml';
    assert.deepEqual(
      groups({ 'apps.yml': 'services:\n  app: { image: a, depends_on: [db] }\n', 'infra.yml': 'services:\n  db: { image: postgres }\n' }),
      { 'apps.yml': both, 'infra.yml': both },
    );
    const named = 'a.yml + b.yml';
    assert.deepEqual(
      groups({
        'a.yml': 'name: shop\nservices:\n  a: { image: a }\n',
        'b.yml': 'name: shop\nservices:\n  b: { image: b }\n',
        'c.yml': 'services:\n  c: { image: c }\n',
      }),
      { 'a.yml': named, 'b.yml': named, 'c.yml': 'c.yml' },
    );
  });

  it('names its system after what tells it apart', () => {
    assert.equal(read(whole).fragment.system, undefined);
    assert.equal(read({ 'compose.swarm.yaml': whole }, 'compose.swarm.yaml').fragment.system, 'shop-swarm');
    const named = read({ 'compose.yaml': `name: \${N:-store}\n${whole}` }).fragment;
    assert.equal(named.system, 'store');
    assert.deepEqual(named.systemPlace?.span, { start: 6, end: 17 });
  });
});
