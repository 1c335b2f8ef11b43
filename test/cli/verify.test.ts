import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { readOptions } from '../../src/cli/options';
import { runVerify } from '../../src/cli/verify';
import type { ValidationFamily } from '../../src/validation/case';
import { validationSet } from '../../src/validation/registry';
import { runsOf, usualEffort, validate } from '../../src/validation/validate';

const cases = validationSet.flatMap((family) => family.cases);

describe('docs/validation.md', function () {
  this.timeout(60_000);
  const page = readFileSync('docs/validation.md', 'utf8');
  const rows = page.split('\n').filter((line) => line.startsWith('| '));
  const cells = rows.map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '').trim()));

  it('lists the cases of the set, each with its runs and its figures, in order', () => {
    const measured = cells.filter((row) => row.length === 7 && !/^:?-+:?$/.test(row[2] ?? '') && row[1] !== 'figure');
    assert.deepEqual(
      measured.map(([, figure]) => plain(figure)),
      cases.flatMap(({ quantities }) => quantities.map(({ name }) => name)),
    );
    const described = cells.filter((row) => row.length === 4 && /^\d+$/.test(row[3] ?? ''));
    assert.deepEqual(
      described.map(([name, source, setting, runs]) => [plain(name), plain(source), plain(setting), runs]),
      cases.map((subject) => [subject.name, subject.source, subject.setting, String(runsOf(subject, usualEffort))]),
    );
  });

  it('says that all are within their bounds', () => {
    const count = cases.reduce((sum, { quantities }) => sum + quantities.length, 0);
    assert.ok(page.includes(`${count} of ${count} figures are within their bounds`));
    assert.ok(!page.includes('out of bounds'));
  });

  it('has the figures that the engine gives now, to the digit that the interval still says something of', () => {
    for (const name of ['four attempts, each of which fails with 50%', '10 clients that contend for a row, back-off: full jitter']) {
      const subject = cases.find((one) => one.name === name);
      assert.ok(subject, name);
      const at = cells.findIndex((row) => row.length === 7 && plain(row[0]) === name);
      for (const [i, { measured, quantity, half }] of validate(subject).entries()) {
        const shown = cells[at + i]?.[3] ?? '';
        const scale = quantity.unit === 'share' ? 100 : shown.endsWith('ms') ? 1000 : 1;
        const apart = Math.abs(Number.parseFloat(shown) - measured * scale);
        assert.ok(apart <= (half * scale) / 20, `${name}: ${quantity.name} ${shown}`);
        const [, decimals = ''] = /\.(\d+)/.exec(shown) ?? [];
        assert.ok(10 ** -decimals.length > (half * scale) / 100, `${name}: ${quantity.name} ${shown}`);
      }
    }
  });
});

/** A cell as it reads: Markdown's own signs are escaped in it. */
function plain(cell: string | undefined): string {
  return (cell ?? '')
    .replace(/\\([^\w\s])/g, '$1')
    .replace(/&(\w+);/g, (_, name: string) => ({ lt: '<', gt: '>', amp: '&' })[name] ?? name);
}

describe('faultline verify', () => {
  /** A family that measures 1 in every run and holds it against something. */
  const measuring = (theory: number): ValidationFamily => ({
    name: 'made up',
    cases: [
      {
        name: 'a case',
        source: 'a source',
        setting: 'a setting',
        runs: 10,
        quantities: [{ name: 'a figure', unit: 'seconds', theory: () => theory, bar: 0.1 }],
        measure: (seed) => [seed > 0 ? 1 : 0],
      },
    ],
  });
  const asked = (...args: readonly string[]) => {
    const options = readOptions(['verify', ...args]);
    assert.ok(options !== 'help' && options !== 'version');
    return options;
  };

  it('ends with 0 when all figures are within their bounds, and with 1 when one is not', () => {
    assert.equal(runVerify(asked(), [measuring(1)]).status, 0);
    assert.equal(runVerify(asked(), [measuring(1), measuring(1.2)]).status, 1);
  });

  it('prints a table with theory, figure, interval and bar', () => {
    const { text } = runVerify(asked(), [measuring(1), measuring(1.2)]);
    const lines = text.split('\n').map((line) => line.trim().split(/ {2,}/));
    assert.deepEqual(
      lines.filter(([first]) => first === 'a case'),
      [
        ['a case', 'a figure', '1 s', '1 s', 'exact', '10%', 'ok'],
        ['a case', 'a figure', '1.2 s', '1 s', 'exact', '10%', 'out of bounds'],
      ],
    );
    assert.match(text, /^1 of 2 figures are within their bounds/m);
  });

  it('prints no digit that the interval says nothing of', () => {
    const spread = (apart: number, at: number): ValidationFamily => {
      const [subject] = measuring(at).cases;
      assert.ok(subject);
      return { name: 'spread', cases: [{ ...subject, measure: (seed) => [at + apart * (seed % 2 === 0 ? 1 : -1)] }] };
    };
    const shown = (family: ValidationFamily) => {
      const line = runVerify(asked(), [family])
        .text.split('\n')
        .find((one) => one.includes('a case'));
      return line?.trim().split(/ {2,}/).slice(2, 4);
    };
    // Half of the interval of ten runs is about twice what they lie apart.
    assert.deepEqual(shown(spread(0.01, 12.3456)), ['12.346 s', '12.346 s']);
    assert.deepEqual(shown(spread(0.1, 12.3456)), ['12.35 s', '12.35 s']);
    assert.deepEqual(shown(spread(1, 12.3456)), ['12.3 s', '12.3 s']);
    assert.deepEqual(shown(spread(0.0001, 0.0123456)), ['12.35 ms', '12.35 ms']);
    assert.deepEqual(shown(spread(100, 123.456)), ['123 s', '123 s']);
  });

  it('gives the same as JSON', () => {
    assert.deepEqual(JSON.parse(runVerify(asked('--format', 'json', '--seed', '5', '--runs', '3'), [measuring(1)]).text), {
      version: 1,
      confidence: 0.9999,
      seed: 5,
      cases: [
        {
          family: 'made up',
          case: 'a case',
          quantity: 'a figure',
          unit: 'seconds',
          source: 'a source',
          runs: 30,
          theory: 1,
          measured: 1,
          low: 1,
          high: 1,
          bar: 0.1,
          ok: true,
        },
      ],
    });
  });

  it('can print text, JSON and Markdown, and nothing else', () => {
    for (const format of ['text', 'json', 'markdown']) assert.equal(asked('--format', format).format, format);
    assert.throws(() => readOptions(['verify', '--format', 'sarif']), /expected text, json, markdown/);
  });
});
