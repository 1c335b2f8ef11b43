import { strict as assert } from 'node:assert';
import { Program } from './program';

const shop = `# The shop.\r
faultline: 1\r
system: shop\r
components:\r
  api: { kind: service, concurrency: 8, avilability: 99.9% }   # é\r
  db:  { kind: database, availability: 99.95% }\r
calls:\r
  - { from: api, to: db, operation: GET /orders, timeout: 500 }\r
  - { from: db, to: api, operation: GET /x }\r
  - { from: api, to: dd, timeout: 1s }`;

const fixed = shop.replace('avilability', 'availability').replace('500 }', '500ms }').replace('to: dd', 'to: db');

interface FixJson {
  readonly version: number;
  readonly dryRun: boolean;
  readonly applied: readonly {
    readonly rule: string;
    readonly file: string;
    readonly line: number;
    readonly title: string;
    readonly safe: boolean;
  }[];
  readonly files: readonly string[];
  readonly diff?: string;
}

describe('faultline fix', function () {
  this.timeout(30_000);
  let program: Program;

  before(() => {
    program = new Program();
  });

  after(() => program.remove());

  beforeEach(() => program.files({ 'shop.faultline.yaml': shop }));

  function fix(...args: readonly string[]): FixJson {
    const { status, out, err } = program.run('fix', '--format', 'json', ...args);
    assert.deepEqual([status, err], [0, '']);
    return JSON.parse(out) as FixJson;
  }

  it('applies safe fixes and leaves every other byte as it is', () => {
    const { applied, files, dryRun } = fix();
    assert.deepEqual(files, ['shop.faultline.yaml']);
    assert.equal(dryRun, false);
    assert.ok(applied.every(({ safe }) => safe));
    assert.deepEqual(new Set(applied.map(({ rule }) => rule)), new Set(['unknown-key', 'invalid-value', 'unknown-reference']));
    assert.equal(program.read('shop.faultline.yaml'), fixed);
    assert.deepEqual(fix().applied, [], 'nothing is left to fix');
    const { status, out } = program.run('fix');
    assert.deepEqual([status, out], [0, 'Nothing to fix.\n']);
  });

  it('applies only what a rule asks for', () => {
    const { applied } = fix('--rule', 'unknown-key', '--rule', 'syntax');
    assert.deepEqual(
      applied.map(({ rule, line }) => [rule, line]),
      [['unknown-key', 5]],
    );
    assert.equal(program.read('shop.faultline.yaml'), shop.replace('avilability', 'availability'));
    const { status, err } = program.run('fix', '--rule', 'unknown-kee');
    assert.equal(status, 2);
    assert.match(err, /^faultline: --rule unknown-kee: there is no such rule; did you mean unknown-key\?\n$/);
  });

  it('prints a diff and writes nothing with --dry-run', () => {
    const { status, out, err } = program.run('fix', '--dry-run');
    assert.equal(status, 0);
    assert.equal(program.read('shop.faultline.yaml'), shop);
    assert.match(out, /^--- a\/shop\.faultline\.yaml\n\+\+\+ b\/shop\.faultline\.yaml\n@@ -2,9 \+2,9 @@\n/);
    assert.match(out, /^-.*avilability.*\r\n\+.*availability/m);
    assert.match(err, /^3 fixes would be made in 1 file\.\n$/);
    const json = fix('--dry-run');
    assert.equal(json.diff, out);
    assert.equal(json.dryRun, true);
    fix();
    assert.deepEqual(program.run('fix', '--dry-run').out, '');
  });

  it('applies what is not safe only when asked to, one thing a finding', () => {
    program.files({
      'shop.faultline.yaml':
        'faultline: 1\ncomponents:\n  api: { concurrency: 8 }\n  db: { kind: database }\ncalls:\n  - { from: api, to: db }\njourneys:\n  all: { entry: api, rate: 5/s }\n',
    });
    assert.equal(
      fix().applied.some(({ rule }) => rule === 'missing-timeout'),
      false,
    );
    const { applied } = fix('--unsafe', '--rule', 'missing-timeout');
    assert.deepEqual(
      applied.map(({ rule, line }) => [rule, line]),
      [['missing-timeout', 6]],
    );
    assert.match(program.read('shop.faultline.yaml'), / {2}- \{ from: api, to: db, timeout: \S+ \}\n/);
  });

  it('keeps no fix that brings an error', () => {
    const text = shop.replace('timeout: 500 }', 'rety: { maxAttempts: 0 } }');
    program.write('shop.faultline.yaml', text);
    const { applied } = fix();
    assert.deepEqual(
      applied.map(({ title, line }) => [title, line]),
      [
        ['Replace with `db`', 10],
        ['Replace with `availability`', 5],
      ],
    );
    assert.equal(program.read('shop.faultline.yaml'), text.replace('avilability', 'availability').replace('to: dd', 'to: db'));
  });

  it('leaves alone what an ignore comment silences', () => {
    const text = shop.replace(
      '  - { from: api, to: dd',
      '  # faultline-ignore unknown-reference -- comes later\r\n  - { from: api, to: dd',
    );
    program.write('shop.faultline.yaml', text);
    fix('--rule', 'unknown-reference');
    assert.equal(program.read('shop.faultline.yaml'), text);
    fix('--rule', 'unknown-reference', '--no-suppressions');
    assert.equal(program.read('shop.faultline.yaml'), text.replace('to: dd', 'to: db'));
  });

  it('writes only files under the given paths', () => {
    const other = 'faultline: 1\nsystem: shop\ncomponents:\n  web: { kind: servce }\n';
    program.files({ 'a/shop.faultline.yaml': shop, 'b/other.faultline.yaml': other, '.git/HEAD': '' });
    assert.deepEqual(fix('b').files, ['b/other.faultline.yaml']);
    assert.equal(program.read('a/shop.faultline.yaml'), shop);
    assert.equal(program.read('b/other.faultline.yaml'), other.replace('servce', 'service'));
    assert.deepEqual(fix('a/shop.faultline.yaml').files, ['a/shop.faultline.yaml']);
  });

  it('does not touch a file that it could not write back as it was', () => {
    const bytes = Buffer.concat([
      Buffer.from('faultline: 1\ncomponents:\n  # caf'),
      Buffer.from([0xe9]),
      Buffer.from('\n  web: { kind: servce }\n'),
    ]);
    program.files({ 'latin.faultline.yaml': bytes });
    const { status, out, err } = program.run('fix');
    assert.deepEqual([status, out], [0, 'Nothing to fix.\n']);
    assert.match(err, /latin\.faultline\.yaml is not UTF-8/);
    assert.match(program.read('latin.faultline.yaml'), /servce/);
  });

  it('keeps a byte order mark', () => {
    program.files({ 'bom.faultline.yaml': '\uFEFFfaultline: 1\ncomponents:\n  web: { kind: servce }\n' });
    fix();
    assert.equal(program.read('bom.faultline.yaml'), '\uFEFFfaultline: 1\ncomponents:\n  web: { kind: service }\n');
  });

  it('ends', () => {
    const services = Array.from({ length: 12 }, (_, i) => i);
    program.files({
      'row.faultline.yaml': [
        'faultline: 1',
        'components:',
        ...services.map((i) => `  s${i}: { concurrency: 4, replicas: 1 }`),
        'calls:',
        ...services.slice(1).map((i) => `  - { from: s${i - 1}, to: s${i}, retry: { maxAttempts: 3 } }`),
        'journeys:',
        '  all: { entry: s0, rate: 20/s, availability: 99.99%, latency: { p99: 1s } }',
        '',
      ].join('\n'),
    });
    const { applied } = fix('--unsafe');
    assert.ok(applied.length > 12);
    assert.ok(applied.length < 500);
    assert.deepEqual(fix('--unsafe', '--dry-run').files.length <= 1, true);
  });

  it('is exit 2 where nothing can be read', () => {
    assert.equal(program.run('fix', 'nowhere').status, 2);
    assert.equal(program.run('fix', '--format', 'sarif').status, 2);
  });
});
