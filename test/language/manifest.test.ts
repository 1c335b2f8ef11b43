import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { isOwnFile } from '../../src/extension/names';
import { rules } from '../../src/rules/registry';
import { severities } from '../../src/rules/rule';

interface Manifest {
  readonly icon: string;
  readonly l10n: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: Readonly<Record<string, unknown>>;
  readonly contributes: {
    readonly languages: readonly {
      readonly extensions: readonly string[];
      readonly filenames: readonly string[];
      readonly configuration: string;
      readonly icon: Readonly<Record<string, string>>;
    }[];
    readonly grammars: readonly { readonly path: string }[];
    readonly commands: readonly { readonly command: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>> };
  };
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const manifest = json('package.json') as Manifest;
const strings = json('package.nls.json') as Readonly<Record<string, string>>;

const sources = readdirSync('src/extension', { recursive: true })
  .map(String)
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(`src/extension/${name}`, 'utf8'))
  .join('\n');

describe('the manifest', () => {
  it('has the rules of the registry as settings, with their own severities', () => {
    const expected = Object.fromEntries(
      rules.map(({ id, severity }) => [
        id,
        { type: 'string', enum: [...severities], default: severity, description: `%faultline.rules.${id}%` },
      ]),
    );
    assert.deepEqual(manifest.contributes.configuration.properties['faultline.rules']?.properties, expected);
    for (const { id, summary } of rules) assert.equal(strings[`faultline.rules.${id}`], summary);
  });

  it('has a text for every key, and no other', () => {
    const used = new Set([...readFileSync('package.json', 'utf8').matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key));
    assert.deepEqual([...used].sort(), Object.keys(strings).sort());
  });

  it('names files that exist', () => {
    const { languages, grammars } = manifest.contributes;
    const files = [
      manifest.icon,
      ...grammars.map(({ path }) => path),
      ...languages.flatMap(({ configuration, icon }) => [configuration, ...Object.values(icon)]),
    ];
    for (const file of files) assert.ok(existsSync(file), file);
  });

  it('gives its language to the files that are ours, and to no others', () => {
    const [language] = manifest.contributes.languages;
    assert.ok(language);
    for (const extension of language.extensions) assert.equal(isOwnFile(`/home/me/shop${extension}`), true, extension);
    for (const name of language.filenames) assert.equal(isOwnFile(`/home/me/${name}`), true, name);
    for (const name of ['compose.yaml', 'topology.yaml', 'calls.yml', 'faultline.config.yaml', 'myfaultline.yaml', 'a.faultline.json']) {
      assert.equal(isOwnFile(`/home/me/${name}`), false, name);
    }
  });

  it('starts only where there is something for it', () => {
    for (const event of manifest.activationEvents) {
      assert.match(event, /^(?:onLanguage:faultline|workspaceContains:.*faultline.*|onWebviewPanel:faultline\.(?:map|check))$/);
    }
    assert.deepEqual(manifest.capabilities, { untrustedWorkspaces: { supported: true }, virtualWorkspaces: true });
  });

  it('has the commands that the extension registers', () => {
    const registered = [...readFileSync('src/extension/names.ts', 'utf8').matchAll(/'(faultline\.\w+)'/g)].map(([, id]) => id);
    const commands = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      commands.filter((command) => !registered.includes(command)),
      [],
    );
    for (const command of ['faultline.openMap', 'faultline.explainRule', 'faultline.showOutput'])
      assert.ok(commands.includes(command), command);
  });
});

describe('the words of the extension', () => {
  it('are never shown without it', () => {
    const shown = [...sources.matchAll(/\.show(?:Information|Warning|Error)Message\(\s*(\S{0,12})/g)].map(([, start]) => start ?? '');
    assert.ok(shown.length > 1);
    for (const start of shown) assert.match(start, /^vscode\.l10n/);
  });
});
