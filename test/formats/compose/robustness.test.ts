import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { composeFormat } from '../../../src/formats/compose/format';
import type { Files, Fragment } from '../../../src/formats/fragment';
import { folder, read } from './helpers';

const shop = `# A shop with one of nearly everything.
name: shop
x-env: &env
  DB_HOST: db
services:
  edge:
    image: traefik:v3
    ports: ["80:80"]
  web:
    build: { context: ./web, args: [A=b] }
    labels: [traefik.enable=true]
    environment:
      <<: *env
      API_URL: \${API:-http://api:80}
    depends_on:
      api: { condition: service_healthy }
    volumes:
      - ./web/nginx.conf:/etc/nginx/nginx.conf:ro
      - { type: bind, source: ./conf, target: /etc/x }
  api:
    image: "acme/api:1"
    env_file: [.env]
    command: ["serve", "--cache", 'cache:6379']
    healthcheck:
      test: |
        curl -f http://localhost
      interval: 10s
    deploy:
      replicas: 2
  db:
    image: postgres:17
    networks: { back: { aliases: [store] } }
  cache: { image: redis, profiles: [] }
  kafka1: { image: bitnami/kafka }
  kafka2: { image: bitnami/kafka, network_mode: "service:kafka1" }
networks: { back: {} }
`;
const beside = {
  '.env': 'API=http://api\nX="y\n',
  'web/nginx.conf': 'location / { proxy_pass http://api; }\n',
  'conf/a.yml': 'host: db\n',
};

/** Reads a text as a project; every place must lie in its file. */
function readAny(text: string, files: Files = folder({ ...beside, 'compose.yaml': text }), previous?: Fragment): Fragment {
  composeFormat.recognises('/shop/other.yaml', text);
  const group = composeFormat.group('/shop/compose.yaml', files);
  const fragment = composeFormat.read(group, files, previous);
  const places = [
    ...fragment.elements.flatMap(({ origin }) =>
      [origin.name, origin.entry, ...[...origin.keys.values()].flatMap(({ key, value }) => [key, value])].map((span) => ({
        file: origin.file,
        span,
      })),
    ),
    ...fragment.problems.map(({ place }) => place),
    ...fragment.mentions.map(({ place }) => place),
    ...fragment.ignores.map(({ place }) => place),
  ];
  for (const { file, span } of places) {
    const length = files.read(file)?.length ?? -1;
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= length, `${span.start} to ${span.end} of ${length} in ${file}`);
  }
  return fragment;
}

describe('bad input to the compose reader', () => {
  it('is sound as a whole', () => {
    assert.deepEqual(readAny(shop).problems, []);
    assert.deepEqual(readAny(shop).unsound, []);
  }).timeout(30_000);

  it('may be cut anywhere', () => {
    for (let end = 0; end <= shop.length; end++) readAny(shop.slice(0, end));
  }).timeout(30_000);

  it('may lack any stretch, and have any character put in', () => {
    fc.assert(
      fc.property(
        fc.nat(shop.length),
        fc.nat(60),
        fc.constantFrom('', '"', "'", '\t', '{', '[', ': ', '- ', '&a ', '*a', '${', '\n', '!reset ', '<<: ', '\0'),
        (at, length, text) => {
          readAny(shop.slice(0, at) + text + shop.slice(at + length));
        },
      ),
      { numRuns: 120 },
    );
  }).timeout(30_000);

  it('may be anything', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => readAny(text).format === 'compose'));
    const yaml = fc.constantFrom(
      'services:',
      '\n',
      '  ',
      'a:',
      ' ',
      '- ',
      'b',
      '{',
      '}',
      'image: x',
      'depends_on:',
      'environment:',
      '<<: *x',
      '&x ',
      'extends: a',
      'include:',
      '!reset',
      '"',
      'name: x',
    );
    fc.assert(
      fc.property(fc.array(yaml, { maxLength: 40 }), (parts) => readAny(parts.join('')).format === 'compose'),
      { numRuns: 120 },
    );
  }).timeout(30_000);

  it('may have files beside it that are anything', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (env, conf) => {
        readAny(
          shop,
          folder({
            'compose.yaml': shop,
            '.env': env,
            'web/nginx.conf': conf,
            'conf/a.yml': conf,
            'web/Dockerfile': `FROM ${env}\nENV ${conf}\n`,
          }),
        );
      }),
      { numRuns: 60 },
    );
  }).timeout(30_000);

  it('may be empty, binary or nothing at all', () => {
    assert.deepEqual(readAny('').elements, []);
    assert.equal(readAny('\0\x01\x02').problems.length, 1);
    assert.deepEqual(composeFormat.read([], folder({})).elements, []);
    assert.deepEqual(composeFormat.read(['/shop/compose.yaml'], folder({})).elements, []);
    assert.deepEqual(composeFormat.group('/shop/compose.yaml', folder({})), ['/shop/compose.yaml']);
  }).timeout(30_000);

  it('may multiply itself by aliases', () => {
    const levels = Array.from({ length: 30 }, (_, i) => `x${i + 1}: &x${i + 1} { a: *x${i}, b: *x${i}, <<: [*x${i}, *x${i}] }\n`);
    const start = Date.now();
    readAny(
      `x0: &x0 { k: v }\n${levels.join('')}services:\n  a:\n    image: x\n    environment: *x30\n    labels: *x30\n    build: *x30\n`,
    );
    assert.ok(Date.now() - start < 3000);
  }).timeout(30_000);

  it('may be nested deeply, or large', () => {
    const start = Date.now();
    readAny(`services: ${'['.repeat(20_000)}`);
    readAny(`services:\n  a:\n    image: x\n    environment:\n${'      - KEY=http://a:80/\n'.repeat(5_000)}`);
    readAny(
      Array.from({ length: 2_000 }, (_, i) =>
        i === 0
          ? 'services:'
          : `  s${i}a: { image: x, depends_on: [s${(i * 7) % 2000}a], environment: { A_URL: "http://s${(i * 3) % 2000}a" } }`,
      ).join('\n'),
    );
    assert.ok(Date.now() - start < 15_000);
  }).timeout(30_000);

  it('may have names that mean something to JavaScript', () => {
    const project = read(
      'services:\n  __proto__: { image: x, environment: { constructor: 1, A_URL: "http://toString" } }\n  toString: { image: y, depends_on: [__proto__, hasOwnProperty] }\n  hasOwnProperty: { image: z }\n',
    );
    assert.deepEqual(project.edges, ['__proto__ -> toString', 'toString .. __proto__', 'toString .. hasOwnProperty']);
  });
});

describe('problems in a compose file', () => {
  const problems = (text: string): readonly (readonly [string, string])[] => {
    const project = read(text);
    return project.fragment.problems.map(({ rule, place }) => [rule, project.textAt(place)] as const);
  };

  it('are services that are no map, and keys given twice', () => {
    assert.deepEqual(problems('services:\n  a: [x]\n  b: text\n  c:\n  d: { image: x }\n'), [
      ['invalid-value', '[x]'],
      ['invalid-value', 'text'],
      ['invalid-value', 'c'],
    ]);
    assert.deepEqual(problems('services: [a]\n'), [['invalid-value', '[a]']]);
    assert.deepEqual(problems('services:\n  a: { image: x }\n  a: { image: y }\n'), [['duplicate-name', 'a']]);
  });

  it('are names of services that are not there, with the one that was meant', () => {
    const project = read(
      'services:\n  api: { image: x }\n  web: { image: y, depends_on: [apy] }\n  side: { image: z, network_mode: "service:wep" }\n  soft: { image: z, depends_on: { gone: { condition: service_started, required: false } } }\n',
    );
    assert.deepEqual(
      project.fragment.problems.map(({ rule, place, suggestions }) => [rule, project.textAt(place), suggestions?.[0]?.changes[0]?.text]),
      [
        ['unknown-reference', 'apy', 'api'],
        ['unknown-reference', 'wep', 'web'],
      ],
    );
  });

  it('are not made of what another file or a broken part may declare', () => {
    assert.deepEqual(
      problems('services:\n  web: { image: y, depends_on: [api] }\n  api: { deploy: { replicas: 2 } }\n  x: { depends_on: [elsewhere] }\n'),
      [],
    );
    assert.deepEqual(
      problems('services:\n  web: { image: y, depends_on: [api] }\n  api: { image: "x }\n').map(([rule]) => rule),
      ['syntax'],
    );
    const texts = {
      'compose.yaml': 'services:\n  db: { image: x }\n',
      'more/compose.yaml': 'services:\n  a: { image: x, depends_on: [db] }\n',
    };
    assert.deepEqual(read(texts, 'more/compose.yaml').fragment.problems, []);
  });

  it('say of a template that it is one, once', () => {
    const found = read('services:\n{{- range .Values.apps }}\n  {{ .name }}:\n    image: x\n{{- end }}\n').fragment.problems;
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['syntax'],
    );
    assert.match(found[0]?.message ?? '', /template/);
    assert.deepEqual(problems("services:\n  a: { image: x, environment: { FORMAT: '{{ .Name }}' } }\n"), []);
  });

  it('can be ignored with a reason', () => {
    const project = read('services:\n  # faultline-ignore single-point-of-failure -- a demo\n  db: { image: postgres }\n');
    assert.deepEqual(
      project.fragment.ignores.map(({ rules, reason, line }) => [rules, reason, line]),
      [[['single-point-of-failure'], 'a demo', 2]],
    );
  });
});

describe('a compose file while somebody types', () => {
  const before =
    'services:\n  web:\n    image: nginx\n    environment:\n      API_URL: http://api\n  api:\n    image: acme/api\n    deploy: { replicas: 2 }\n';

  const names = (fragment: Fragment): readonly string[] => [
    ...new Set(
      fragment.elements.map((element) => (element.kind === 'call' ? `${element.value.from} -> ${element.value.to}` : element.name)),
    ),
  ];

  for (const [sound, broken] of [
    ['image: acme/api', 'image: "acme/api'],
    ['http://api', "'http://api"],
    ['  api:', '  api: ['],
    ['image: nginx', '\timage: nginx'],
  ] as const) {
    it(`keeps what was sound before \`${broken.trim()}\``, () => {
      const first = readAny(before, folder({ 'compose.yaml': before }));
      const text = before.replace(sound, broken);
      const second = readAny(text, folder({ 'compose.yaml': text }), first);
      assert.deepEqual([...names(second)].sort(), ['api', 'web', 'web -> api']);
      assert.ok(second.unsound.length > 0);
    });
  }

  it('lets go of what was taken out', () => {
    const first = readAny(before, folder({ 'compose.yaml': before }));
    const after = 'services:\n  web:\n    image: "nginx\n';
    const second = readAny(after, folder({ 'compose.yaml': after }), first);
    assert.equal(
      second.elements.some(({ name }) => name === 'api'),
      false,
    );
  });
});
