import { strict as assert } from 'node:assert';
import { Program } from './program';

const shop = `faultline: 1
system: shop
components:
  api: { kind: service }
  db: { kind: database }
calls:
  - { from: api, to: db, operation: GET /orders }
journeys:
  orders: { entry: api, rate: 50/s, availability: 99.5% }
`;

describe('faultline.config.yaml on the command line', function () {
  this.timeout(30_000);
  let program: Program;

  before(() => {
    program = new Program();
  });

  after(() => program.remove());

  interface Found {
    readonly status: number | null;
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: string;
      readonly system: string;
      readonly file: string;
      readonly line: number;
      readonly column: number;
      readonly fixes: readonly string[];
    }[];
    readonly systems: readonly string[];
  }

  function check(folder: string, ...args: readonly string[]): Found {
    const { status, out, err } = program.runIn(folder, 'check', '--format', 'json', ...args);
    assert.equal(err, '');
    const { findings, systems } = JSON.parse(out) as { findings: Found['findings']; systems: { name: string }[] };
    return { status, findings, systems: systems.map(({ name }) => name) };
  }

  function severity(found: Found): string | undefined {
    return found.findings.find(({ rule }) => rule === 'missing-timeout')?.severity;
  }

  it('sets severities, and with them the exit status', () => {
    program.files({ 'shop.faultline.yaml': shop });
    assert.equal(severity(check('.')), 'warning');
    program.write('faultline.config.yaml', 'rules: { missing-timeout: error }\n');
    const found = check('.');
    assert.deepEqual([severity(found), found.status], ['error', 1]);
    program.write('faultline.config.yaml', 'rules: { missing-timeout: off }\n');
    assert.equal(severity(check('.')), undefined);
  });

  it('is found above, up to the repository’s root and not beyond', () => {
    const config = 'rules: { missing-timeout: error }\n';
    program.files({ 'faultline.config.yaml': config, 'repo/.git/HEAD': '', 'repo/a/b/shop.faultline.yaml': shop });
    assert.equal(severity(check('repo/a', 'b')), 'warning');
    program.write('repo/faultline.config.yaml', config);
    assert.equal(severity(check('repo/a/b')), 'error');
    assert.equal(severity(check('.', 'repo/a/b/shop.faultline.yaml')), 'error');
    program.write('repo/a/b/faultline.config.yaml', 'rules: { missing-timeout: hint }\n');
    assert.equal(severity(check('.')), 'hint');
  });

  it('is found up to where one stands, where there is no repository', () => {
    program.files({ 'faultline.config.yaml': 'rules: { missing-timeout: error }\n', 'a/b/shop.faultline.yaml': shop });
    assert.equal(severity(check('.', 'a/b')), 'error');
    assert.equal(severity(check('a', 'b')), 'warning');
  });

  it('gives way to the one that is named', () => {
    program.files({
      'shop.faultline.yaml': shop,
      'old/old.faultline.yaml': shop.replace('shop', 'old'),
      'faultline.config.yaml': 'rules: { missing-timeout: error }\n',
      'ci/strict.yaml': 'rules: { missing-timeout: info }\nexclude: [old]\n',
    });
    const found = check('.', '--config', 'ci/strict.yaml');
    assert.deepEqual([severity(found), found.systems], ['info', ['shop']]);
    const { status, out, err } = program.run('check', '--config', 'nowhere.yaml');
    assert.deepEqual([status, out, err], [2, '', 'faultline: nowhere.yaml: cannot be read\n']);
  });

  it('leaves files out, and says so where nothing is left', () => {
    program.files({
      'shop.faultline.yaml': shop,
      'old/old.faultline.yaml': shop.replace('shop', 'old'),
      'faultline.config.yaml': 'exclude: [old]\n',
    });
    assert.deepEqual(check('.').systems, ['shop']);
    const { status, err } = program.run('check', 'old/old.faultline.yaml');
    assert.equal(status, 2);
    assert.match(err, /^faultline: old\/old\.faultline\.yaml: the configuration leaves it out\n$/);
    program.write('faultline.config.yaml', 'include: ["old/**"]\n');
    assert.deepEqual(check('.').systems, ['old']);
  });

  it('reports what is wrong in it, in every format', () => {
    program.files({ 'shop.faultline.yaml': shop, 'faultline.config.yaml': 'rules:\n  missing-timeot: error\n  unknown-key: error\n' });
    const found = check('.', 'shop.faultline.yaml');
    const [problem] = found.findings;
    assert.deepEqual(
      [found.status, problem?.rule, problem?.severity, problem?.file, problem?.line, problem?.column, problem?.system],
      [1, 'unknown-key', 'error', 'faultline.config.yaml', 2, 3, ''],
    );
    assert.deepEqual(problem?.fixes, ['Replace with `missing-timeout`']);
    for (const format of ['text', 'sarif', 'junit', 'github', 'markdown']) {
      const { status, out } = program.run('check', '--format', format);
      assert.equal(status, 1, format);
      assert.match(out, /faultline\.config\.yaml/, format);
    }
  });

  it('is assumed by the figures of `availability`', () => {
    program.files({ 'shop.faultline.yaml': shop, 'faultline.config.yaml': 'availability: { service: 99%, database: 98% }\n' });
    const { out } = program.run('availability', '--format', 'json');
    const { systems } = JSON.parse(out) as { systems: { journeys: { unavailable: number }[] }[] };
    assert.ok(Math.abs((systems[0]?.journeys[0]?.unavailable ?? 0) - (1 - 0.99 * 0.98)) < 1e-12);
  });

  it('sets the limits of rules', () => {
    const retries = `faultline: 1
system: row
components: { a: { concurrency: 4 }, b: { concurrency: 4 }, c: { concurrency: 4 } }
calls:
  - { from: a, to: b, timeout: 100ms, retry: { maxAttempts: 3 } }
  - { from: b, to: c, timeout: 50ms, retry: { maxAttempts: 3 } }
journeys: { all: { entry: a, rate: 5/s } }
`;
    program.files({ 'row.faultline.yaml': retries });
    const amplified = () => check('.').findings.some(({ rule }) => rule === 'retry-amplification');
    assert.equal(amplified(), false, 'nine times is within the usual limit of ten');
    program.write('faultline.config.yaml', 'limits: { amplification: 5 }\n');
    assert.equal(amplified(), true);
    program.files({
      'db.faultline.yaml':
        'faultline: 1\ncomponents:\n  db: { kind: database, backup: { every: 1h, restore: 1h, tested: 2020-01-01 } }\njourneys: { all: { entry: db } }\nobjectives: { rto: 4h }\n',
    });
    const untested = () => check('.').findings.some(({ rule }) => rule === 'untested-restore');
    assert.equal(untested(), true);
    program.write('faultline.config.yaml', 'limits: { restoreAge: 36500d }\n');
    assert.equal(untested(), false);
  });
});
