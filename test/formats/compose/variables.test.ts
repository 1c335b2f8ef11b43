import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { readDotenv } from '../../../src/formats/compose/dotenv';
import { interpolate } from '../../../src/formats/compose/interpolate';
import { edgesOf, read } from './helpers';

const values = new Map([
  ['A', 'a'],
  ['EMPTY', ''],
]);
const dollars = (text: string): string => text.replaceAll('%', '$');
const filled = (text: string): string => interpolate(text, (name) => values.get(name));

describe('variables in a compose file', () => {
  // A percent sign stands for a dollar: a dollar and a brace in quotes look like a mistake to the linter.
  const cases: readonly (readonly [string, string])[] = [
    ['%A', 'a'],
    ['%{A}', 'a'],
    ['x%A/y', 'xa/y'],
    ['%%A', '%A'],
    ['%%{A}', '%{A}'],
    ['%{B}', ''],
    ['%{B-d}', 'd'],
    ['%{EMPTY-d}', ''],
    ['%{EMPTY:-d}', 'd'],
    ['%{A:-d}', 'a'],
    ['%{B:-Server=db;User=sa}', 'Server=db;User=sa'],
    ['%{B:-%{C:-%{A}}}', 'a'],
    ['%{B:-http://%{C:-host}:80}', 'http://host:80'],
    ['%{A:?must be set}', 'a'],
    ['%{B:?must be set}', ''],
    ['%{A:+x}', 'x'],
    ['%{B:+x}', ''],
    ['%{EMPTY+x}', 'x'],
    ['%{EMPTY:+x}', ''],
    ['100 %', '100 %'],
    ['%{', '%{'],
    ['%{A', '%{A'],
    ['%{-x}', '%{-x}'],
    ['%1', '%1'],
  ];
  for (const [text, expected] of cases) it(`reads ${dollars(text)}`, () => assert.equal(filled(dollars(text)), dollars(expected)));

  it('never fails, and leaves text without a dollar as it is', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const result = filled(text);
        assert.equal(typeof result, 'string');
        if (!text.includes('$')) assert.equal(result, text);
      }),
    );
  });

  it('does not run away with defaults in defaults', () => {
    const deep = `${dollars('%{B:-').repeat(5000)}x${'}'.repeat(5000)}`;
    assert.equal(typeof filled(deep), 'string');
  });
});

describe('an .env file', () => {
  const text = [
    '# comment',
    'A=1',
    'export B = two words # not this',
    "C='$A literal'",
    dollars('D="%{A}\\n%{B}"'),
    dollars('E=%{A}%{OUT}'),
    'F: yaml',
    'G=',
    'no line',
    'H="over',
    'lines"',
    'I=a#b',
  ].join('\r\n');
  const found = new Map([...readDotenv(text, (name) => (name === 'OUT' ? 'o' : undefined))].map(([key, line]) => [key, line.text]));

  it('reads values, quotes, comments and references to earlier values', () => {
    assert.deepEqual(Object.fromEntries(found), {
      A: '1',
      B: 'two words',
      C: '$A literal',
      D: '1\ntwo words',
      E: '1o',
      F: 'yaml',
      G: '',
      H: 'over\r\nlines',
      I: 'a#b',
    });
  });

  it('knows where each value stands', () => {
    for (const [key, line] of readDotenv(text, () => undefined)) {
      if (key === 'B') assert.equal(text.slice(line.span.start, line.span.end), 'two words');
      if (key === 'C') assert.equal(text.slice(line.span.start, line.span.end), '$A literal');
    }
  });

  it('never fails', () => {
    fc.assert(
      fc.property(fc.string(), (any) => {
        for (const line of readDotenv(any, () => undefined).values())
          assert.ok(line.span.start <= line.span.end && line.span.end <= any.length);
      }),
    );
  });
});

describe('the environment of a container', () => {
  const others = 'services:\n  db: { image: acme/db }\n  api: { image: acme/api }\n';

  it('takes defaults that nothing overrides', () => {
    assert.deepEqual(edgesOf(dollars('environment:\n  - ConnectionString=%{SHOP_DB:-Server=db;Database=shop}')), ['app -> db']);
  });

  it('fills in the .env beside the file, and an example where there is none', () => {
    const app = '  app:\n    image: acme/app\n    environment:\n      DB_HOST: $HOST_OF_DB\n';
    assert.deepEqual(read({ 'compose.yaml': others + app, '.env': 'NAME=db\nHOST_OF_DB=$NAME\n' }).edges, ['app -> db']);
    assert.deepEqual(read({ 'compose.yaml': others + app, '.env.example': 'HOST_OF_DB=api\n' }).edges, ['app -> api']);
    assert.deepEqual(read({ 'compose.yaml': others + app }).edges, []);
  });

  it('passes on entries without a value, and shows the entry', () => {
    const app =
      '  app:\n    image: acme/app\n    environment:\n      - DB_HOST\n  job:\n    image: acme/job\n    environment:\n      DB_HOST:\n';
    const project = read({ 'compose.yaml': others + app, '.env': 'DB_HOST=db\n' });
    assert.deepEqual(project.edges, ['app -> db', 'job -> db']);
    assert.equal(project.evidence('app -> db'), 'DB_HOST');
    assert.equal(project.evidence('job -> db'), 'DB_HOST');
  });

  it('reads env_file as text, list and in long form, the environment over it', () => {
    const app = (file: string): string =>
      `${others}  app:\n    image: acme/app\n    env_file: ${file}\n    environment: { API_URL: 'http://elsewhere' }\n`;
    const texts = { 'app.env': 'API_URL=http://api\nDB_HOST=db\n' };
    for (const file of ['app.env', '[app.env]', '[{ path: ./app.env, required: false }]']) {
      const project = read({ ...texts, 'compose.yaml': app(file) });
      assert.deepEqual(project.edges, ['app -> db']);
      assert.equal(project.evidence('app -> db'), 'db');
    }
  });

  it('gives a variable of a shared env_file to the service whose definition uses it', () => {
    const text = `${others}  proxy:\n    image: acme/proxy\n    env_file: .env\n  app:\n    image: acme/app\n    environment:\n      DB_HOST: \${APP_DB_HOST}\n`;
    assert.deepEqual(read({ 'compose.yaml': text, '.env': 'APP_DB_HOST=db\n' }).edges, ['app -> db']);
  });

  it('gives a proxy what its configuration names, and nothing else of its env_file', () => {
    const text = `${others}  edge:\n    image: nginx\n    env_file: .env\n    volumes: [./site.conf.template:/etc/nginx/templates/site.conf.template]\n`;
    const texts = {
      'compose.yaml': text,
      '.env': 'DB_HOST=db\nBACKEND=api:80\n',
      'site.conf.template': dollars('location / { proxy_pass http://%{BACKEND}; }\n'),
    };
    assert.deepEqual(read(texts).edges, ['edge -> api']);
  });

  it('takes nothing but its own from an env_file that many different services read', () => {
    const many = ['one', 'two', 'three', 'four'].map((name) => `  ${name}:\n    image: acme/${name}\n    env_file: all.env\n`);
    assert.deepEqual(read({ 'compose.yaml': others + many.join(''), 'all.env': 'DB_HOST=db\nTWO_API_URL=http://api\n' }).edges, [
      'two -> api',
    ]);
  });
});
