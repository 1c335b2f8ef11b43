import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Hover } from 'vscode-languageserver-types';
import { configurationCompletions } from '../../src/language/config/completion';
import { configurationHover } from '../../src/language/config/hover';
import { systemTree } from '../../src/language/tree';
import { LineIndex, type Position } from '../../src/model/text';
import { rules } from '../../src/rules/registry';
import { severities } from '../../src/rules/rule';
import { readConfiguration } from '../../src/workspace/config';
import { type Opened, open } from './fixture';
import { languageWords, pseudoTranslation, translation, untranslated, writtenWords } from './pseudo';

type Texts = Readonly<Record<string, string>>;
type Shown = Iterable<readonly [where: string, text: string]>;

const compose = `services:
  web: { image: nginx, depends_on: [ap, missing] }
  api: { image: api, extends: { service: bse }, environment: { DB_HOST: db } }
  list: [a]
  empty:
  db: { image: postgres, image: mysql, extends: { file: gone.yml, service: db } }
  base: { <<: [1], image: *nothing }
`;

const places = `faultline: 1
system: two
include: [gone.yaml, notes.txt]
objectives: { availability: 99.9% }
zones: { a: { region: north } }
components: { web: { replicas: 2, zones: [a] }, db: { kind: database, needs: 2 } }
calls: [{ from: web, to: db, timeout: 1s }, { from: dbb, to: wbe }]
journeys: { look: {}, buy: { entry: web, availability: 99% } }
`;

const calls = `faultline: 1
system: two
objectives: { availability: 99% }
zones: { a: { region: south } }
components: { web: { replicas: 3 } }
calls: [{ from: web, to: db, timeout: 2s }]
journeys: { buy: { entry: web, availability: 98% } }
`;

/** What one file alone cannot show: another format, files that are missing, and two that contradict each other. */
const written: ReadonlyMap<string, Texts> = new Map([
  ['a compose project', { '/shop/docker-compose.yml': compose }],
  ['files that disagree', { '/two/places.faultline.yaml': places, '/two/calls.faultline.yaml': calls, '/two/notes.txt': 'notes' }],
]);

/** Every system that the rules are tried on, one file each, the examples, and those above. */
function* systems(): Iterable<readonly [name: string, texts: Texts]> {
  const root = 'test/fixtures/rules';
  for (const rule of readdirSync(root)) {
    for (const name of readdirSync(join(root, rule)).filter((entry) => entry.endsWith('.yaml'))) {
      yield [`${rule}/${name}`, { '/shop/shop.faultline.yaml': readFileSync(join(root, rule, name), 'utf8') }];
    }
  }
  yield* written;
  yield ['lab', { '/lab/lab.faultline.yaml': readFileSync('examples/lab.faultline.yaml', 'utf8') }];
  const folder = 'examples/storefront';
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  yield ['storefront', Object.fromEntries(names.map((name) => [`/storefront/${name}`, readFileSync(join(folder, name), 'utf8')]))];
}

function* findings({ service, linked }: Opened): Shown {
  for (const { rule, message, related = [], suggestions = [] } of service.view(linked).findings) {
    yield [rule, message];
    for (const { message: text } of related) yield [`related to ${rule}`, text];
    for (const { title } of suggestions) yield [`a correction of ${rule}`, title];
  }
}

function* actions({ service, linked, workspace }: Opened): Shown {
  for (const path of linked.files) {
    const text = workspace.text(path) ?? '';
    const range = { start: { line: 0, character: 0 }, end: new LineIndex(text).positionAt(text.length) };
    for (const { action } of service.codeActions(linked, path, range)) yield [`an action in ${path}`, action.title];
  }
}

function* lenses({ service, linked }: Opened): Shown {
  for (const path of linked.files) {
    for (const { command } of service.codeLenses(linked, path)) if (command) yield [`a lens in ${path}`, command.title];
  }
}

/** Where the words of a file begin, but those of comments; every so many of them. */
function* spots({ linked, workspace }: Opened, each: number): Iterable<readonly [path: string, position: Position]> {
  for (const path of linked.files) {
    const text = workspace.text(path) ?? '';
    const lines = new LineIndex(text);
    const code = text.replace(/(^|\s)#.*$/gm, (comment) => ' '.repeat(comment.length));
    for (const [i, { index }] of [...code.matchAll(/[\w-]+/g)].entries()) if (i % each === 0) yield [path, lines.positionAt(index)];
  }
}

function* hovers(opened: Opened): Shown {
  for (const [path, position] of spots(opened, 1)) {
    const shown = opened.service.hover(opened.linked, path, position);
    if (shown) yield [`hover at ${path}:${position.line + 1}:${position.character + 1}`, textOf(shown.contents)];
  }
}

function textOf(content: Hover['contents'] | undefined): string {
  if (typeof content === 'string') return content;
  return content !== undefined && 'value' in content ? content.value : '';
}

/** What stands beside a proposal; what it writes is the language's own. */
function* proposals(opened: Opened): Shown {
  for (const [path, position] of spots(opened, 9)) {
    const where = `completion at ${path}:${position.line + 1}:${position.character + 1}`;
    for (const { detail, labelDetails, documentation } of opened.service.completions(opened.linked, path, position)) {
      yield [where, [detail, labelDetails?.detail, labelDetails?.description, textOf(documentation)].join('\n')];
    }
  }
}

function* hints({ service, linked, workspace }: Opened): Shown {
  for (const path of linked.files) {
    const text = workspace.text(path) ?? '';
    const range = { start: { line: 0, character: 0 }, end: new LineIndex(text).positionAt(text.length) };
    for (const { label, tooltip } of service.inlayHints(linked, path, range, { components: true, calls: true })) {
      const parts = typeof label === 'string' ? [] : label;
      yield [`a hint in ${path}`, [typeof label === 'string' ? label : '', textOf(tooltip)].join('\n')];
      for (const { value, tooltip: more } of parts) yield [`a hint in ${path}`, [value, textOf(more)].join('\n')];
    }
  }
}

function* outline({ service, linked }: Opened): Shown {
  for (const path of linked.files) {
    const waiting = [...service.documentSymbols(linked, path)];
    for (let symbol = waiting.pop(); symbol !== undefined; symbol = waiting.pop()) {
      yield [`the outline of ${path}`, `${symbol.name}\n${symbol.detail ?? ''}`];
      waiting.push(...(symbol.children ?? []));
    }
    for (const { tooltip = '' } of service.documentLinks(linked, path)) yield [`a link in ${path}`, tooltip];
  }
}

/** Why a name cannot be given. */
function* refusals(opened: Opened): Shown {
  const { service, linked } = opened;
  for (const [path, position] of spots(opened, 9)) {
    const asked = [service.prepareRename(linked, path, position)];
    const given = ['', 'a: b', 'db', 'x -> y'].map((name) => service.rename(linked, path, position, name));
    for (const answer of [...asked, ...given]) {
      if (answer && 'refused' in answer) yield [`a name at ${path}:${position.line + 1}:${position.character + 1}`, answer.refused];
    }
  }
}

/** The tree of systems. */
function* branches({ service, linked }: Opened): Shown {
  const waiting = [systemTree(service.view(linked))];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const { label, description, tooltip } = node;
    yield ['the tree', [label, description, tooltip].join('\n')];
    waiting.push(...node.children);
  }
}

/** Whole entries, offered where one may begin. */
function* snippets({ service, linked, workspace }: Opened): Shown {
  for (const path of linked.files) {
    const text = workspace.text(path) ?? '';
    for (const { detail } of service.completions(linked, path, new LineIndex(text).positionAt(text.length)))
      yield [`at the end of ${path}`, detail ?? ''];
  }
}

const everything = [findings, actions, lenses, hovers, proposals, hints, outline, refusals, branches];

/** What the fixtures and the examples have no reason to say. */
const seldom: readonly Texts[] = [
  {
    '/q/compose.yaml':
      'services:\n  web: { image: web, depends_on: [db, jaeger], environment: { OTEL_EXPORTER_OTLP_ENDPOINT: "http://jaeger:4317" } }\n  db: { image: postgres }\n  jaeger: { image: jaegertracing/all-in-one }\n',
  },
  {
    '/q/q.faultline.yaml': `
regions: { r: { availability: 100% }, s: { availability: 99.9999% } }
zones: { za: { region: r, availability: 99.99999% }, zb: { region: s, availability: 99.999999% }, zc: { availability: 99.9999999% } }
sharedFate: { f: { availability: 99.999%, components: [web, db] } }
policies: { default: { deadline: 1s }, p: { retry: { base: 10ms } } }
components:
  web: { replicas: 2, zones: [za, zb], commonCause: 5%, releases: { every: 1d, failureRate: 5%, rollback: 10m } }
  db: { kind: database, replicas: 2, failover: { automatic: true }, backup: { every: 1d, restore: 1h, region: r }, recovery: { strategy: warm-standby, region: r, rto: 1h }, zones: [za] }
  alone: {}
calls:
  - { from: web, to: db, policy: p }
journeys:
${Array.from({ length: 14 }, (_, i) => `  j${i}: { entry: web, availability: ${i === 0 ? '100%' : '99.99999%'} }`).join('\n')}
scenarios: { one: { events: [{ at: 1s, kill: db }] } }
`,
  },
];

/** What is shown of a system and still in English: the text, and its words. */
function omissions(name: string, texts: Texts, parts: readonly ((opened: Opened) => Shown)[]): readonly string[] {
  const opened = open(texts);
  const words = [languageWords(), ...Object.entries(texts).flatMap(([path, text]) => [writtenWords(path), writtenWords(text)])];
  const found = new Map<string, string>();
  for (const part of parts) {
    for (const [where, text] of part(opened)) {
      const left = untranslated(text, words);
      if (left.length > 0) found.set(text, `${name}, ${where}: ${left.join(' ')}\n    ${text}`);
    }
  }
  return [...found.values()];
}

describe('every word that a user reads', () => {
  const translated = pseudoTranslation();

  beforeEach(() => l10n.config({ contents: { ...translated } }));
  afterEach(() => l10n.config({ contents: {} }));

  for (const [name, texts] of systems()) {
    it(`is translated: ${name}`, () => {
      assert.deepEqual(omissions(name, texts, everything), []);
    });
  }

  for (const [i, texts] of seldom.entries()) {
    it(`is translated where it is seldom said: ${i + 1}`, () => {
      assert.deepEqual(omissions(`seldom ${i + 1}`, texts, everything), []);
    });
  }

  it('is translated where a whole entry is offered', () => {
    for (const section of ['regions', 'zones', 'sharedFate', 'components', 'policies', 'calls', 'journeys', 'scenarios']) {
      const texts = { '/q/q.faultline.yaml': 'components: { u: {} }\n', '/q/p.faultline.yaml': `${section}:\n  ` };
      const opened = open(texts);
      const offered = [...snippets(opened)].filter(([, detail]) => detail.startsWith(translation('a whole ')));
      assert.equal(offered.length, 1, section);
      assert.deepEqual(omissions(section, texts, [snippets]), []);
    }
  });

  it('is translated where a name is refused', () => {
    const { service, linked, at } = open({
      '/q/q.faultline.yaml':
        'policies: { p: { timeout: 1s } }\ncomponents: { web: &w { zones: [web] }, db: {} }\ncalls: [{ from: web, to: db, policy: p }]\n',
    });
    const said = ['default', 'a\u0000b', 'a\ud800', '', 'p'].flatMap((name) =>
      ['{ |p: {', '{ |web: &w'].flatMap((marked) => {
        const answer = service.rename(linked, '/q/q.faultline.yaml', at('/q/q.faultline.yaml', marked), name);
        return answer && 'refused' in answer ? [answer.refused] : [];
      }),
    );
    assert.ok(new Set(said).size >= 4, said.join('\n'));
    for (const text of said) assert.deepEqual(untranslated(text, [languageWords()]), [], text);
  });

  it('is translated in a configuration', () => {
    const known = { rules, severities };
    const path = '/q/faultline.config.yaml';
    const wrong =
      'rules: { missing-timeout: 1, qq: error }\navailability: []\ninclude: [""]\nexclude: 1\nlimits: { amplification: x, restoreAge: 5 }\nrule: {}\n';
    const right =
      'rules: { missing-timeout: error }\navailability: { database: 99.9%, zone: 99.95% }\ninclude: ["a/**"]\nlimits: { restoreAge: 90d }\n';
    const said = readConfiguration(path, wrong, known).problems.flatMap(({ message, suggestions = [] }) => [
      message,
      ...suggestions.map(({ title }) => title),
    ]);
    assert.ok(said.length > 6);
    const read = readConfiguration(path, right, known);
    const lines = new LineIndex(right);
    for (let i = 0; i < right.length; i++) {
      const shown = configurationHover(read, right, lines.positionAt(i));
      if (shown) said.push(textOf(shown.contents));
    }
    for (const { detail, documentation } of configurationCompletions('', { line: 0, character: 0 }))
      said.push([detail, textOf(documentation)].join('\n'));
    const words = [languageWords(), new Set<string>(severities), writtenWords(right), writtenWords(wrong)];
    assert.deepEqual(
      said.filter((text) => untranslated(text, words).length > 0),
      [],
    );
  });

  it('is found out where it is not', () => {
    const { 'Insert timeout: {0}': taken, ...rest } = translated;
    assert.equal(taken, translation('Insert timeout: {0}'));
    l10n.config({ contents: rest });
    const text = 'faultline: 1\ncomponents: { web: {}, db: { kind: database } }\ncalls: [{ from: web, to: db }]\n';
    const [only = '', ...others] = omissions('one', { '/one.faultline.yaml': text }, [actions]);
    assert.deepEqual(others, []);
    assert.match(only, /: Insert\n {4}Insert timeout: 1s$/);
  });
});
