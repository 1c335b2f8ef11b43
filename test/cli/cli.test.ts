import { strict as assert } from 'node:assert';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

const shop = `faultline: 1
system: shop
components:
  api: { kind: service, concurrency: 8, availability: 99.9% }
  db: { kind: database, availability: 99.95%, serviceTime: 10ms }
calls:
  - { from: api, to: db, operation: GET /orders }
journeys:
  orders: { entry: api, rate: 50/s, availability: 99.5% }
scenarios:
  db-dies:
    duration: 20s
    events: [{ at: 5s, kill: db }, { at: 10s, restore: db }]
    expect:
      - { journey: orders, success: 99.9% }
      - { journey: orders, success: 50%, from: 0s, to: 4s }
`;

describe('the command line', function () {
  this.timeout(30_000);

  let folder: string;
  let program: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'faultline-cli-'));
    program = join(folder, 'cli.js');
    buildSync({
      entryPoints: ['src/cli/main.ts'],
      outfile: program,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      nodePaths: [resolve('node_modules')],
    });
    mkdirSync(join(folder, 'shop'));
    writeFileSync(join(folder, 'shop/shop.faultline.yaml'), shop);
    mkdirSync(join(folder, 'clean'));
    writeFileSync(join(folder, 'clean/one.faultline.yaml'), 'faultline: 1\nsystem: one\ncomponents:\n  api: { kind: service }\n');
    mkdirSync(join(folder, 'broken'));
    writeFileSync(join(folder, 'broken/broken.faultline.yaml'), 'faultline: 1\ncalls:\n  - { from: a, to: b }\n');
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  function run(...args: readonly string[]): { status: number | null; out: string; err: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
    return { status, out: stdout, err: stderr };
  }

  interface CheckJson {
    version: number;
    systems: { name: string; files: string[]; components: number; calls: number; journeys: string[] }[];
    findings: {
      rule: string;
      severity: string;
      file: string;
      line: number;
      column: number;
      endColumn: number;
      subject: string;
      fixes: string[];
    }[];
    suppressed: number;
  }

  it('prints findings as JSON with places, subjects and fixes', () => {
    const { status, out, err } = run('check', 'shop', '--format', 'json');
    assert.equal(err, '');
    assert.equal(status, 0, 'warnings alone do not fail');
    const json = JSON.parse(out) as CheckJson;
    assert.equal(json.version, 1);
    assert.deepEqual(json.systems, [{ name: 'shop', files: ['shop/shop.faultline.yaml'], components: 2, calls: 1, journeys: ['orders'] }]);
    const missing = json.findings.find((finding) => finding.rule === 'missing-timeout');
    assert.ok(missing);
    assert.deepEqual(
      [missing.file, missing.line, missing.column, missing.endColumn, missing.severity, missing.subject],
      ['shop/shop.faultline.yaml', 7, 7, 16, 'warning', 'api -> db'],
    );
    assert.ok(missing.fixes.some((title) => title.startsWith('Insert timeout: 20ms')));
  });

  it('fails from the severity on that was asked for', () => {
    assert.equal(run('check', 'shop', '--fail-on', 'warning').status, 1);
    assert.equal(run('check', 'broken').status, 1);
    assert.equal(run('check', 'clean', '--fail-on', 'hint').status, run('check', 'clean').status);
  });

  it('reads the whole system of a single file', () => {
    writeFileSync(join(folder, 'shop/more.calls.yaml'), 'faultline: 1\nsystem: shop\ncalls:\n  - { from: db, to: nowhere, timeout: 1s }\n');
    const { out } = run('check', 'shop/more.calls.yaml', '--format', 'json');
    rmSync(join(folder, 'shop/more.calls.yaml'));
    const { findings, systems } = JSON.parse(out) as CheckJson;
    assert.deepEqual(systems[0]?.files, ['shop/more.calls.yaml', 'shop/shop.faultline.yaml']);
    assert.deepEqual([...new Set(findings.map(({ file }) => file))], ['shop/more.calls.yaml']);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['unknown-reference'],
    );
  });

  it('prints availabilities that a calculator confirms', () => {
    const { out } = run('availability', 'shop', '--format', 'json');
    const { systems } = JSON.parse(out) as {
      systems: {
        journeys: {
          name: string;
          up: number;
          unavailable: number;
          exact: boolean;
          objective: number;
          singlePoints: string[];
          downtimeHoursPerYear: number;
        }[];
      }[];
    };
    const orders = systems[0]?.journeys[0];
    assert.ok(orders);
    assert.ok(Math.abs(orders.unavailable - (1 - 0.999 * 0.9995)) < 1e-12);
    assert.ok(Math.abs(orders.downtimeHoursPerYear - 8760 * (1 - 0.999 * 0.9995)) < 1e-8);
    assert.equal(orders.exact, true);
    assert.equal(orders.objective, 0.995);
    assert.deepEqual(orders.singlePoints, ['api', 'db']);
    assert.match(run('availability', 'shop').out, /orders\s+99\.85%/);
  });

  it('runs scenarios and fails with the expectation that does not hold', () => {
    const { status, out } = run('simulate', 'shop', '--format', 'json');
    assert.equal(status, 1);
    const { runs } = JSON.parse(out) as {
      runs: {
        scenario: string;
        variant: string;
        seed: number;
        expectations: { holds: boolean; measured: number; file: string; line: number }[];
      }[];
    };
    assert.deepEqual(
      runs.map(({ scenario, variant, seed }) => [scenario, variant, seed]),
      [['db-dies', 'written', 1]],
    );
    assert.deepEqual(
      runs[0]?.expectations.map(({ holds, file, line }) => [holds, file, line]),
      [
        [false, 'shop/shop.faultline.yaml', 15],
        [true, 'shop/shop.faultline.yaml', 16],
      ],
    );
    assert.deepEqual(JSON.parse(run('simulate', 'shop', '--format', 'json').out), JSON.parse(out), 'the same seed gives the same run');
  });

  it('sums up several seeds', () => {
    const { runs } = JSON.parse(run('simulate', 'shop', '--runs', '3', '--seed', '5', '--format', 'json').out) as {
      runs: { seed: number; expectations: { summary: { holds: number; of: number; low: number; high: number } }[] }[];
    };
    assert.deepEqual(
      runs.map(({ seed }) => seed),
      [5, 6, 7],
    );
    const summary = runs[0]?.expectations[1]?.summary;
    assert.deepEqual(summary && [summary.holds, summary.of], [3, 3]);
  });

  it('makes up a scenario on the spot', () => {
    const { status, out } = run('simulate', 'shop', '--kill', 'db@2s..4s', '--duration', '6s', '--variant', 'bare');
    assert.equal(status, 0);
    assert.match(out, /shop: kill db@2s\.\.4s \(bare, seed 1, 6 s\)/);
  });

  it('lists the rules', () => {
    const { rules } = JSON.parse(run('rules', '--format', 'json').out) as { rules: { id: string; page: string }[] };
    assert.ok(rules.some(({ id, page }) => id === 'missing-timeout' && page === 'docs/rules/missing-timeout.md'));
  });

  it('says in one line on standard error what it could not do', () => {
    const failures: readonly (readonly string[])[] = [
      ['check', 'no-such-folder'],
      ['check', 'shop', '--format', 'xml'],
      ['check', 'shop', '--system', 'other'],
      ['simulate', 'clean'],
      ['simulate', 'shop', '--scenario', 'other'],
      ['simulate', 'shop', '--kill', 'db'],
      ['simulate', 'shop', '--kill', 'db@4s..2s'],
      ['simulate', 'shop', '--duration', '6'],
      ['check', '--no-such-option'],
      ['jump'],
    ];
    for (const args of failures) {
      const { status, out, err } = run(...args);
      assert.equal(status, 2, args.join(' '));
      assert.equal(out, '', args.join(' '));
      assert.match(err, /^faultline: [^\n]+\n$/, args.join(' '));
    }
  });

  it('writes into a file and prints help and version', () => {
    assert.equal(run('rules', '--format', 'json', '--output', 'rules.json').out, '');
    assert.equal((JSON.parse(readFileSync(join(folder, 'rules.json'), 'utf8')) as { version: number }).version, 1);
    assert.match(run('--help').out, /faultline check/);
    assert.match(run('--version').out, /^\d+\.\d+\.\d+\n$/);
  });
});
