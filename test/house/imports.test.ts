import { strict as assert } from 'node:assert';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Who may import whom: the table of the design, written a second time so that the linter's rules are checked against it. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  model: [],
  formats: ['model'],
  workspace: ['formats', 'model'],
  analysis: ['model', 'remedies'],
  remedies: ['model'],
  editing: ['formats', 'remedies', 'model'],
  rules: ['analysis', 'remedies', 'editing', 'workspace', 'model'],
  simulation: ['model', 'remedies'],
  validation: ['analysis', 'simulation', 'model'],
  language: ['model', 'formats', 'workspace', 'analysis', 'remedies', 'editing', 'rules', 'simulation'],
  extension: ['model', 'formats', 'workspace', 'analysis', 'remedies', 'editing', 'rules', 'simulation', 'language', 'layout'],
  layout: ['model'],
  webview: ['model', 'layout', 'simulation'],
  cli: ['model', 'formats', 'workspace', 'analysis', 'remedies', 'editing', 'rules', 'simulation', 'validation', 'language', 'layout'],
};
const folders = Object.keys(allowed);
const biome = join('node_modules', '@biomejs', 'biome', 'bin', 'biome');

describe('the linter', () => {
  let house: string;

  before(() => {
    house = mkdtempSync(join(tmpdir(), 'faultline-house-'));
    cpSync('biome.json', join(house, 'biome.json'));
    for (const folder of folders) mkdirSync(join(house, 'src', folder), { recursive: true });
    cpSync('src/simulation/portable-math.grit', join(house, 'src/simulation/portable-math.grit'));
  });

  after(() => rmSync(house, { recursive: true, force: true }));

  /** The files in which the linter finds an error of this rule. */
  function lint(rule: string): readonly string[] {
    const run = spawnSync(
      process.execPath,
      [biome, 'lint', '--vcs-enabled=false', `--config-path=${house}`, '--reporter=json', '--max-diagnostics=none', join(house, 'src')],
      { encoding: 'utf8', maxBuffer: 1 << 26 },
    );
    const report = JSON.parse(run.stdout) as {
      diagnostics: readonly { category: string; severity: string; location?: { path?: string | { file: string } } }[];
    };
    const found = report.diagnostics.filter((diagnostic) => diagnostic.category === rule && diagnostic.severity === 'error');
    return found.map(({ location }) => {
      const path = typeof location?.path === 'string' ? location.path : (location?.path?.file ?? '');
      return path.slice(path.indexOf('src/') + 4).replaceAll('\\', '/');
    });
  }

  it('lets each folder import what the design allows and nothing else', () => {
    const forbidden: string[] = [];
    for (const from of folders) {
      for (const to of folders) {
        if (from === to) continue;
        const name = `${from}/to-${to}.ts`;
        writeFileSync(join(house, 'src', name), `import { x } from '../${to}/thing';\nexport const y = x;\n`);
        if (!allowed[from]?.includes(to)) forbidden.push(name);
      }
    }
    assert.deepEqual([...lint('lint/style/noRestrictedImports')].sort(), forbidden.sort());
  });

  it('keeps the editor and Node where they belong', () => {
    const naming = (name: string): readonly string[] =>
      folders.map((folder) => {
        writeFileSync(
          join(house, 'src', folder, `uses-${name.replace(':', '-')}.ts`),
          `import * as it from '${name}';\nexport const y = it;\n`,
        );
        return `${folder}/uses-${name.replace(':', '-')}.ts`;
      });
    const vscode = naming('vscode').filter((file) => !file.startsWith('extension/'));
    const node = naming('node:fs').filter((file) => !file.startsWith('cli/'));
    assert.deepEqual(
      lint('lint/style/noRestrictedImports')
        .filter((file) => file.includes('uses-vscode'))
        .sort(),
      vscode.sort(),
    );
    assert.deepEqual([...lint('lint/correctness/noNodejsModules')].sort(), node.sort());
  });

  it('bans mathematics that differs between engines from the simulation', () => {
    writeFileSync(join(house, 'src/simulation/math.ts'), 'export const y = (x: number) => Math.sqrt(x) + Math.log(x) + x ** 3;\n');
    writeFileSync(join(house, 'src/analysis/math.ts'), 'export const y = (x: number) => Math.log(x);\n');
    assert.deepEqual(lint('plugin'), ['simulation/math.ts', 'simulation/math.ts']);
  });
});

describe('the sources', () => {
  it('have no file over 400 lines', () => {
    const files = execFileSync('git', ['ls-files', 'src'], { encoding: 'utf8' })
      .split('\n')
      .filter((name) => /\.tsx?$/.test(name));
    assert.ok(files.length > 0);
    const counts = execFileSync('wc', ['-l', ...files], { encoding: 'utf8' })
      .trim()
      .split('\n');
    const long = counts.map((line) => line.trim().split(/\s+/)).filter(([count, name]) => Number(count) > 400 && name !== 'total');
    assert.deepEqual(long, []);
  });
});
