import { strict as assert } from 'node:assert';
import { Program } from './program';

const shop = `faultline: 1
system: shop
zones: { a: {}, b: {} }
components:
  web: { replicas: 2, zones: [a, b] }
  "<db>": { kind: database, zones: [a] }
  bank: { kind: external }
calls:
  - { from: web, to: "<db>" }
  - { from: web, to: bank, timeout: 2s }
`;

interface Json {
  readonly version: number;
  readonly systems: readonly {
    readonly name: string;
    readonly width: number;
    readonly cards: readonly { readonly id: string; readonly name: string; readonly group: string | null; readonly x: number }[];
    readonly groups: readonly { readonly id: string; readonly parent: string | null }[];
    readonly lines: readonly {
      readonly from: string;
      readonly to: string;
      readonly calls: readonly string[];
      readonly points: unknown[];
    }[];
  }[];
}

describe('faultline graph', function () {
  this.timeout(60_000);
  let program: Program;

  before(() => {
    program = new Program();
  });

  after(() => program.remove());

  const json = (...args: readonly string[]): Json => {
    const { out, status, err } = program.run('graph', '--format', 'json', ...args);
    assert.equal(status, 0, err);
    return JSON.parse(out) as Json;
  };

  it('prints one SVG document in a light theme’s colours, with the findings and every name escaped', () => {
    program.files({ 'shop.faultline.yaml': shop });
    const { out, status, err } = program.run('graph');
    assert.equal(status, 0, err);
    assert.match(out, /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\n$/);
    assert.match(out, /--vscode-editor-background: #ffffff;/);
    assert.match(out, />&lt;db&gt;</);
    assert.doesNotMatch(out, /<db>|<script|href=/);
    assert.match(out, /no timeout/);
    assert.match(out, />SPOF</);
  });

  it('prints the same twice, and a dark theme’s colours when they are asked for', () => {
    program.files({ 'shop.faultline.yaml': shop });
    const dark = program.run('graph', '--theme', 'dark').out;
    assert.equal(program.run('graph', '--theme', 'dark').out, dark);
    assert.doesNotMatch(dark, /--vscode-editor-background: #/);
  });

  it('prints the places of everything as JSON', () => {
    program.files({ 'shop.faultline.yaml': shop });
    const { version, systems } = json();
    assert.equal(version, 1);
    const [system] = systems;
    assert.equal(system?.name, 'shop');
    assert.deepEqual(
      system.cards.map(({ id, name, group }) => [id, name, group]),
      [
        ['component <db>', '<db>', 'zone a'],
        ['component bank', 'bank', 'external'],
        ['component web', 'web', 'zones'],
      ],
    );
    assert.deepEqual(
      system.lines.map(({ from, to, calls }) => [from, to, calls]),
      [
        ['component web', 'component <db>', ['web -> <db>']],
        ['component web', 'component bank', ['web -> bank']],
      ],
    );
    assert.ok(system.lines.every(({ points }) => points.length >= 2));
    assert.ok(system.cards.every(({ x }) => x >= 0 && x < system.width));
  });

  it('gives the replicas of each zone a card in the deployment', () => {
    program.files({ 'shop.faultline.yaml': shop });
    const [system] = json('--view', 'deployment').systems;
    assert.deepEqual(
      system?.cards.filter(({ name }) => name === 'web').map(({ group }) => group),
      ['zone a', 'zone b'],
    );
    assert.equal(system?.groups.length, 3);
  });

  it('shows one system: of several it wants to know which', () => {
    program.files({ 'shop.faultline.yaml': shop, 'other.faultline.yaml': shop.replace('system: shop', 'system: other') });
    const { status, err, out } = program.run('graph');
    assert.deepEqual([status, out], [2, '']);
    assert.match(err, /^faultline: .*--system.*other.*shop\n$/);
    assert.equal(program.run('graph', '--system', 'other').status, 0);
    assert.deepEqual(
      json()
        .systems.map(({ name }) => name)
        .sort(),
      ['other', 'shop'],
    );
  });

  it('refuses what it cannot print', () => {
    program.files({ 'shop.faultline.yaml': shop });
    assert.match(program.run('graph', '--format', 'text').err, /--format text: expected svg, json/);
    assert.match(program.run('graph', '--theme', 'pink').err, /--theme pink: expected light, dark/);
    assert.equal(program.run('graph', 'nowhere').status, 2);
  });

  it('draws half-written text', () => {
    program.files({ 'shop.faultline.yaml': 'faultline: 1\nsystem: x\ncomponents:\n  a:\n  __proto__: { zones: [\ncalls:\n  - { from: a' });
    const { status, err, out } = program.run('graph');
    assert.equal(status, 0, err);
    assert.match(out, /^<svg/);
  });
});
