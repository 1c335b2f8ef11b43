import { strict as assert } from 'node:assert';
import { readFileSync, writeFileSync } from 'node:fs';
import { jsonSchema, jsonSchemaOf } from '../../src/formats/native/jsonSchema';
import { sections } from '../../src/formats/native/schema';
import { configurationReference } from '../../src/language/config/reference';
import { configuration } from '../../src/language/config/schema';
import { languageReference } from '../../src/language/reference';
import { rules } from '../../src/rules/registry';
import { severities } from '../../src/rules/rule';
import { localisedTexts, tableTexts } from './localised';

/** Set to write what is generated (`npm run generate`); otherwise what is there has to be just that. */
const update = process.env['UPDATE_GENERATED'] === '1';

const settings = 'faultline.rules';

/** The manifest with the rules of the registry as settings. */
function manifest(written: string): string {
  const value = JSON.parse(written) as {
    contributes: { configuration: { properties: Record<string, { properties?: object }> } };
  };
  const setting = value.contributes.configuration.properties[settings];
  assert.ok(setting);
  setting.properties = Object.fromEntries(
    rules.map(({ id, severity }) => [id, { type: 'string', enum: [...severities], default: severity, description: `%${settings}.${id}%` }]),
  );
  return json(value);
}

/** The manifest's texts with the rules' summaries, where they stood before. */
function texts(written: string): string {
  const isRule = (key: string): boolean => key.startsWith(`${settings}.`);
  const summaries = rules.map(({ id, summary }) => [`${settings}.${id}`, summary] as const);
  const entries = Object.entries(JSON.parse(written) as Record<string, string>);
  const before = entries.findIndex(([key]) => key === settings) + 1;
  const kept = (list: typeof entries) => list.filter(([key]) => !isRule(key));
  return json(Object.fromEntries([...kept(entries.slice(0, before)), ...summaries, ...kept(entries.slice(before))]));
}

/** The index of the rules below its head. */
function index(written: string): string {
  const head = '| Rule | Severity | Reports |\n| --- | --- | --- |\n';
  const [intro = ''] = written.split(head);
  let category = '';
  const rows = rules.flatMap((rule) => {
    const first = rule.category === category ? [] : [`| **${rule.category}** | | |`];
    category = rule.category;
    return [...first, `| [${rule.id}](${rule.id}.md) | \`${rule.severity}\` | ${rule.summary} |`];
  });
  return `${intro}${head}${rows.join('\n')}\n`;
}

/** What a translator starts from: the texts of the sources, and those of the language's and the configuration's tables. */
function bundle(): string {
  const tables = tableTexts([...sections.values(), ...(configuration.fields?.values() ?? [])]);
  const texts = new Set([...localisedTexts('src'), ...tables, configuration.expects, configuration.what ?? '']);
  return json(Object.fromEntries([...texts].sort().map((text) => [text, text])));
}

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

const files: Readonly<Record<string, (written: string) => string>> = {
  'package.json': manifest,
  'package.nls.json': texts,
  'docs/rules/README.md': index,
  'docs/language.md': languageReference,
  'docs/configuration.md': configurationReference,
  'schemas/faultline.schema.json': () => json(jsonSchema()),
  'schemas/faultline.config.schema.json': () => json(jsonSchemaOf('Faultline configuration', configuration)),
  'media/l10n/bundle.l10n.json': () => bundle(),
};

describe('what is generated', () => {
  for (const [path, make] of Object.entries(files)) {
    it(`${path} is as the sources say (npm run generate)`, () => {
      const written = read(path);
      const made = make(written);
      if (update) writeFileSync(path, made);
      assert.equal(JSON.stringify(same(path, update ? made : written)), JSON.stringify(same(path, made)));
    });
  }
});

/** JSON is compared by what it says: how it is broken into lines is the formatter's. */
function same(path: string, text: string): unknown {
  return path.endsWith('.json') ? (JSON.parse(text) as unknown) : text;
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
