import { strict as assert } from 'node:assert';
import * as l10n from '@vscode/l10n';
import { composeFormat } from '../../src/formats/compose/format';
import type { Fragment } from '../../src/formats/fragment';
import { sections } from '../../src/formats/native/schema';
import type { ValueType } from '../../src/formats/native/types';
import { localisedTexts } from '../generated/localised';
import { languageWords, pseudoTranslation, recordingTranslation, translation, untranslated, writtenWords } from '../language/pseudo';
import { folder } from './compose/helpers';
import { read } from './native/helpers';

/** Values that are wrong for one type or another. Their words have one letter each, so that none can be taken for ours. */
const wrong = [
  'q q',
  'u -> v',
  '[]',
  '[q]',
  '[[q], [u], [v]]',
  '{}',
  '{ q: 1 }',
  '',
  '-1',
  '0',
  '5',
  '1.5',
  '150%',
  '"< q"',
  '99999999999',
  'tru',
];

/** Each key of the language with each of the wrong values, as a text. */
function* texts(): Iterable<string> {
  yield* ['q', '[q]', ...wrong.map((value) => `q: ${value}`)];
  for (const [name, { type, shape }] of sections) {
    for (const value of wrong) yield `${name}: ${value}\n`;
    const around = (inner: string): string =>
      shape === 'value' ? `${name}: ${inner}\n` : shape === 'list' ? `${name}: [${inner}]\n` : `${name}: { q: ${inner} }\n`;
    yield* valuesOf(type, around);
  }
}

function* valuesOf(type: ValueType<unknown>, around: (inner: string) => string): Iterable<string> {
  for (const value of wrong) yield around(value);
  for (const [key, field] of type.fields ?? []) yield* valuesOf(field.type, (inner) => around(`{ ${key}: ${inner} }`));
  if (type.item) yield* valuesOf(type.item, (inner) => around(type.name === 'list' ? `[${inner}]` : `{ q: ${inner} }`));
  for (const alternative of type.alternatives ?? []) if (alternative.fields) yield* valuesOf(alternative, around);
}

/** What takes several keys to be wrong. */
const together = [
  'components: { q: { serviceTime: { mean: 1ms, p50: 1ms } }, u: { serviceTime: { p50: 1ms } }, v: { serviceTime: { p50: 2s, p99: 1s } } }',
  'components: { q: { kind: servcie, kidn: queue, kind: queue }, q: {} }',
  'components: { q: { <<: 1 }, "": {} }',
  'scenarios: { q: { events: [{ at: 1s, kill: q, crash: q }, { at: 1s, kill: q, factor: 2 }, { at: 1s, slow: q }, { at: 1s, errors: q }] } }',
  'scenarios: { q: { events: [{ at: 1s }, { kill: "q#0", at: 1s }, { at: 1s, partition: [[q]] }] } }',
  'scenarios: { q: { expect: [{ success: 9% }, { journey: q, call: u -> v, success: 9% }, { journey: q }, { journey: q, busy: 1% }] } }',
  'scenarios: { q: { expect: [{ component: q, attempts: 1 }, { call: u -> v, success: 1% }, { journey: q, success: 1%, from: 2s, to: 1s }] } }',
  'components: { q: { replica: 2 } }',
  'system: ""',
  'include: [""]',
  `x-0: &a0 { q: 1 }\n${Array.from({ length: 39 }, (_, i) => `x-${i + 1}: &a${i + 1} { <<: [${`*a${i}, `.repeat(3)}] }\n`).join('')}components: { q: { <<: *a39 } }`,
  `calls: [{ from: [${'q, '.repeat(200)}], to: [${'u, '.repeat(200)}] }]`,
];

const unsound = [
  'a: > > ',
  'a: ? \n    ? ',
  'a: \t\ta\n%',
  'a: | !t ',
  'a: "q',
  "a: 'q",
  'a: [q',
  'a: { q: 1',
  'a:\n\tq: 1\n',
  'a: 1\n  q: 2\n',
  'a: q: u\n',
  'a: q: u\nv: 1\n  w: 2\n',
  'a:\n  q\n  u: 1\n',
  'a:\n  q:1\n  u: 1\n',
  'a: @q\n',
  'a: "\\q"\n',
  'a: &q &u 1\n',
  'a: !q !u 1\n',
  'a: &q *u\n',
  'a: *q\n',
  '? [q]\n: 1\n',
  'a: 1\n---\nq: 1\n',
  '<<<<<<< q\na: 1\n=======\na: 2\n>>>>>>> u\n',
  'a: > 99%\n',
  `${'q'.repeat(1100)}: 1\n`,
  '{ a: 1, q }',
  '{ a: 1 q: 2 }',
  'a: [q }',
  'a:\n   q: 1\n  u: 2\n',
  `a: ${'['.repeat(3000)}\n`,
  `a: [${'q, '.repeat(400_000)}]\n`,
  'q\0',
  'q\n'.repeat(250_001),
  ' '.repeat(5_000_001),
];

const projects: readonly Readonly<Record<string, string>>[] = [
  { 'compose.yaml': 'services: [q]\n' },
  { 'compose.yaml': 'services: { q: [], u: 1, v: , w: { image: w, image: w, <<: [1, []], depends_on: [qu] }, quu: { build: . } }\n' },
  { 'compose.yaml': 'services: { q: *u, w: { image: {{ v }}\n' },
  { 'compose.yaml': 'services: { q: { image: q, depends_on: [uvwx] }, uvwy: { image: u } }\n' },
  {
    'compose.yaml':
      'include: [z.yaml]\nservices:\n  qaaa: { image: q, extends: { service: qaab } }\n  r: { extends: { file: x.yaml, service: r } }\n  s: { extends: { file: y.yaml, service: v } }\n',
    'y.yaml': 'services: { w: { image: w } }\n',
  },
];

function shownOf({ problems }: Fragment): readonly string[] {
  return problems.flatMap(({ message, suggestions = [], related = [] }) => [
    message,
    ...suggestions.map(({ title }) => title),
    ...related.map((other) => other.message),
  ]);
}

/** What is said of a text and still in English, with what was said in all. */
function omissions(text: string, shown: readonly string[]): readonly string[] {
  const words = [languageWords(), writtenWords(text)];
  return shown.flatMap((one) => {
    const left = untranslated(one, words);
    return left.length === 0 ? [] : [`${left.join(' ')} in: ${one}\n    ${text.slice(0, 200)}`];
  });
}

/** Said where the YAML library fails, which no text is known to bring about. */
const unreached = ['This cannot be read as YAML.', 'This line does not line up with the others beside it.'];

describe('what is wrong with a text', () => {
  const asked = new Set<string>();

  beforeEach(() => l10n.config({ contents: recordingTranslation(asked) }));
  afterEach(() => l10n.config({ contents: {} }));

  for (const [name, all] of [
    ['one key', [...texts()]],
    ['several keys', together],
    ['what is no YAML', unsound],
  ] as const) {
    it(`is said in the user’s language: ${name}`, () => {
      const said = new Set<string>();
      const found = all.flatMap((text) => {
        const shown = shownOf(read(text)).filter((one) => !said.has(one));
        for (const one of shown) said.add(one);
        return omissions(text, shown);
      });
      assert.deepEqual(found, []);
      assert.ok(said.size >= all.length / 10, `${said.size} messages of ${all.length} texts`);
    });
  }

  it('is said in the user’s language: compose files', () => {
    const found = projects.map((files) => {
      const shown = shownOf(composeFormat.read(['/shop/compose.yaml'], folder(files)));
      assert.ok(shown.length > 0, JSON.stringify(files));
      return omissions(Object.values(files).join('\n'), shown);
    });
    assert.deepEqual(found.flat(), []);
  });

  it('is all that can be said', () => {
    const left = localisedTexts('src/formats').filter((text) => !asked.has(text));
    assert.deepEqual(left, unreached);
  });

  it('is found out where it is not', () => {
    const { 'a duration such as 500ms': taken, ...rest } = pseudoTranslation();
    assert.equal(taken, translation('a duration such as 500ms'));
    l10n.config({ contents: rest });
    const text = 'policies: { q: { timeout: [] } }';
    const [only = '', ...others] = omissions(text, shownOf(read(text)));
    assert.deepEqual(others, []);
    assert.match(only, /^such as in: /);
  });
});
