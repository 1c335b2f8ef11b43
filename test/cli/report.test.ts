import { strict as assert } from 'node:assert';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Program } from './program';

const shop = `faultline: 1
system: shop
components:
  api: { concurrency: 8, serviceTime: 10ms }
  payment: { kind: external, availability: 99.5%, serviceTime: 20ms }
calls:
  - { from: api, to: payment }
journeys:
  pay: { entry: api, rate: 20/s, availability: 99.9% }
scenarios:
  calm:
    duration: 5s
    expect: [{ journey: pay, success: 99% }]
  dead:
    duration: 10s
    events: [{ at: 1s, kill: payment }]
    expect: [{ journey: pay, success: 99% }]
`;

interface Json {
  readonly version: number;
  readonly systems: readonly {
    readonly name: string;
    readonly files: readonly string[];
    readonly journeys: readonly { readonly unavailable: number; readonly singlePoints: readonly string[] }[];
    readonly findings: readonly {
      readonly rule: string;
      readonly file: string;
      readonly line: number;
      readonly fixes: readonly string[];
    }[];
    readonly assumptions: readonly { readonly subject: string; readonly hoursPerYear?: number }[];
    readonly scenarios?: readonly { readonly name: string; readonly passed: boolean }[];
  }[];
}

describe('report on the command line', function () {
  this.timeout(60_000);
  let program: Program;

  before(() => {
    program = new Program();
  });
  beforeEach(() => program.files({ 'shop.faultline.yaml': shop }));
  after(() => program.remove());

  it('is Markdown without a picture on standard output', () => {
    const { status, out, err } = program.run('report');
    assert.deepEqual([status, err], [0, '']);
    assert.match(out, /^# Reliability report: shop\n\nFaultline \d/);
    assert.match(out, /^\| warning \| .* \| shop\.faultline\.yaml:7 \| missing-timeout \|$/m);
    assert.doesNotMatch(out, /!\[|<svg|Scenarios/);
  });

  it('has its picture beside it in a file', () => {
    const { status, out } = program.run('report', '--output', 'docs/review.md');
    assert.deepEqual([status, out], [2, ''], 'there is no such folder');
    assert.deepEqual(program.run('report', '--output', 'review.md'), { status: 0, out: '', err: '' });
    assert.match(program.read('review.md'), /!\[The architecture of shop\]\(<review-map\.svg>\)/);
    const svg = program.read('review-map.svg');
    assert.match(svg, /^<svg [^>]*role="img"/);
    assert.match(svg, />payment</);
    assert.doesNotMatch(svg, /tabindex|role="button"/);
  });

  it('is one page where the file is to be one', () => {
    assert.equal(program.run('report', '--output', 'review.html').status, 0);
    const html = program.read('review.html');
    assert.match(html, /^<!DOCTYPE html>/);
    assert.match(html, /<figure>.*<svg [^>]*role="img"/);
    assert.ok(!existsSync(join(program.folder, 'review-map.svg')));
    const { out } = program.run('report', '--format', 'html');
    assert.equal(out, html);
  });

  it('is what the other commands say, as JSON', () => {
    const { out } = program.run('report', '--format', 'json');
    const { version, systems } = JSON.parse(out) as Json;
    const [system] = systems;
    assert.ok(version === 1 && system && systems.length === 1);
    const availability = JSON.parse(program.run('availability', '--format', 'json').out) as Json;
    const { files, findings, assumptions, ...figures } = system;
    assert.deepEqual(figures, availability.systems[0]);
    assert.deepEqual(files, ['shop.faultline.yaml']);
    const checked = JSON.parse(program.run('check', '--format', 'json').out) as { findings: Json['systems'][number]['findings'] };
    const ids = (list: typeof findings) => list.map(({ rule, file, line, fixes }) => ({ rule, file, line, fixes }));
    const order = (a: object, b: object) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);
    assert.ok(findings.length > 2);
    assert.deepEqual(ids(findings).sort(order), ids(checked.findings).sort(order));
    assert.ok(assumptions.some(({ subject, hoursPerYear }) => subject === 'api' && (hoursPerYear ?? 0) > 0));
  });

  it('runs the scenarios where it is asked to', () => {
    const { systems } = JSON.parse(program.run('report', '--simulate', '--format', 'json').out) as Json;
    assert.deepEqual(
      systems[0]?.scenarios?.map(({ name, passed }) => ({ name, passed })),
      [
        { name: 'calm', passed: true },
        { name: 'dead', passed: false },
      ],
    );
    const { out } = program.run('report', '--simulate');
    assert.match(out, /^### Scenarios$/m);
    assert.match(out, /^\| dead \| pay success \\>= 99% \| \*\*pay success [\d.]+%, not 99%\*\* \|$/m);
  });

  it('has one part a system, and a picture of each', () => {
    program.write('bank/bank.faultline.yaml', shop.replace('system: shop', 'system: bank'));
    program.write('shop.faultline.yaml', shop);
    assert.equal(program.run('report', '--output', 'all.md').status, 0);
    const text = program.read('all.md');
    assert.match(text, /^# Reliability report$/m);
    assert.deepEqual([...text.matchAll(/^## (.*)$/gm)].map(([, name]) => name).sort(), ['How to read the figures', 'bank', 'shop']);
    assert.ok(program.read('all-map-1.svg') !== program.read('all-map-2.svg'));
    assert.doesNotMatch(program.run('report', '--system', 'bank').out, /^## shop$/m);
  });

  it('says in one line what is in the way', () => {
    for (const args of [
      ['report', 'gone'],
      ['report', '--system', 'gone'],
      ['report', '--format', 'sarif'],
    ]) {
      const { status, out, err } = program.run(...args);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, /^faultline: .*\n$/);
    }
  });
});
