import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { sections } from '../../src/formats/native/schema';
import type { ValueType } from '../../src/formats/native/types';

interface Pattern {
  readonly match?: string;
  readonly name?: string;
  readonly captures?: Readonly<Record<string, { readonly name: string }>>;
  readonly patterns?: readonly Pattern[];
  readonly include?: string;
}

interface Grammar {
  readonly scopeName: string;
  readonly patterns: readonly Pattern[];
  readonly injections: Readonly<Record<string, { readonly patterns: readonly Pattern[] }>>;
  readonly repository: Readonly<Record<string, Pattern>>;
}

const grammar = JSON.parse(readFileSync('syntaxes/faultline.tmLanguage.json', 'utf8')) as Grammar;

/** The patterns of a rule of the repository with those in it. */
function patternsOf(name: string): readonly Pattern[] {
  const pattern = grammar.repository[name];
  assert.ok(pattern, `there is no rule ${name}`);
  return pattern.patterns ?? [pattern];
}

/** What the first matching pattern of a rule marks in a line, as `text scope`. */
function marked(name: string, line: string): readonly string[] {
  for (const { match = '', name: scope = '' } of patternsOf(name)) {
    const found = [...line.matchAll(new RegExp(match, 'g'))].filter(([text]) => text !== '');
    if (found.length > 0) return found.map(([text]) => `${text} ${scope}`.trim());
  }
  return [];
}

/** The alternatives of the longest group of words in a pattern. */
function wordsIn(pattern: Pattern): readonly string[] {
  const groups = [...(pattern.match ?? '').matchAll(/\(\?:([\w-]+(?:\|[\w-]+)+)\)/g)].map(([, group = '']) => group.split('|'));
  return groups.sort((a, b) => b.length - a.length)[0] ?? [];
}

/** All keys below a type, and the words that may stand under each. */
function collect(type: ValueType<unknown>, keys: Map<string, Set<string>>): void {
  for (const [key, field] of type.fields ?? []) {
    const words = keys.get(key) ?? new Set();
    for (const word of [...(field.type.words ?? []), ...(field.type.item?.words ?? [])]) words.add(word);
    keys.set(key, words);
    collect(field.type, keys);
  }
  for (const inner of [...(type.alternatives ?? []), ...(type.item ? [type.item] : [])]) collect(inner, keys);
}

const keys = new Map<string, Set<string>>();
for (const { type } of sections.values()) collect(type, keys);

describe('the grammar', () => {
  it('builds on YAML', () => {
    assert.equal(grammar.scopeName, 'source.faultline');
    assert.deepEqual(grammar.patterns, [{ include: 'source.yaml' }]);
  });

  it('has patterns that compile, and includes that exist', () => {
    const check = (pattern: Pattern): void => {
      if (pattern.match !== undefined) assert.doesNotThrow(() => new RegExp(pattern.match ?? ''), pattern.match);
      if (pattern.include?.startsWith('#')) assert.ok(grammar.repository[pattern.include.slice(1)], pattern.include);
      for (const inner of pattern.patterns ?? []) check(inner);
    };
    for (const pattern of Object.values(grammar.repository)) check(pattern);
    for (const { patterns } of Object.values(grammar.injections)) for (const pattern of patterns) check(pattern);
    assert.ok(Object.keys(grammar.injections).every((selector) => selector.includes('L:source.faultline')));
  });

  it('knows the sections and the keys of the schema, and no others', () => {
    const [section] = patternsOf('section');
    const [key] = patternsOf('key');
    assert.deepEqual([...wordsIn(section ?? {})].sort(), [...sections.keys()].sort());
    const known = new Set(wordsIn(key ?? {}));
    assert.deepEqual(
      [...keys.keys()].filter((name) => !known.has(name)),
      [],
      'keys that are missing',
    );
    assert.deepEqual(
      [...known].filter((name) => !keys.has(name) && !sections.has(name)),
      [],
      'keys that do not exist',
    );
  });

  it('knows the words that may stand under a key', () => {
    const lines = [...keys].flatMap(([key, words]) =>
      [...words].filter((word) => !/^(?:true|false|\d+)$/.test(word)).map((word) => [key, word] as const),
    );
    assert.ok(lines.length > 50);
    const unmarked = lines.filter(([key, word]) => {
      // Words in a list stand between brackets.
      const line = keys.get(key)?.size && key === 'on' ? `on: [${word}]` : `${key}: ${word}`;
      return marked('word', line).length === 0;
    });
    assert.deepEqual(unmarked, []);
  });

  it('colours durations, percentages and rates, and not prose', () => {
    assert.deepEqual(marked('duration', 'timeout: 250ms'), ['250ms constant.numeric.duration.faultline']);
    assert.deepEqual(marked('duration', '{ p50: 1.5s, p99: 1h30m }'), [
      '1.5s constant.numeric.duration.faultline',
      '1h30m constant.numeric.duration.faultline',
    ]);
    assert.deepEqual(marked('percentage', 'availability: 99.95%'), ['99.95% constant.numeric.percentage.faultline']);
    assert.deepEqual(marked('percentage', 'success: "< 20%"'), ['20% constant.numeric.percentage.faultline']);
    assert.deepEqual(marked('rate', 'rate: 1200/m  # peak'), ['1200/m constant.numeric.rate.faultline']);
    for (const prose of ['description: takes 5s to start', 'owner: team5s', 'to: 5seconds', 'operation: GET /5s/x']) {
      assert.deepEqual(marked('duration', prose), [], prose);
    }
    assert.deepEqual(marked('percentage', 'description: 5% of it all'), []);
    assert.deepEqual(marked('rate', 'operation: GET 5/start'), []);
  });

  it('colours names where they are declared and used', () => {
    assert.deepEqual(marked('name', '  us-east-1a:'), ['us-east-1a entity.name.type.faultline']);
    assert.deepEqual(marked('reference', '  - { from: api, to: orders-db }'), [
      'api entity.name.type.faultline',
      'orders-db entity.name.type.faultline',
    ]);
    assert.deepEqual(marked('reference', 'policy: none'), []);
    assert.deepEqual(marked('reference', 'kill: zone us-east-1a'), ['zone us-east-1a']);
  });

  it('colours the comments that silence a rule', () => {
    const [pattern] = patternsOf('ignore');
    const [match] = '# faultline-ignore single-zone, missing-backup until 2026-01-31 -- why'.matchAll(
      new RegExp(pattern?.match ?? '', 'g'),
    );
    assert.deepEqual(match?.slice(1), ['faultline-ignore', 'single-zone, missing-backup', 'until', '2026-01-31']);
  });
});

describe('the language configuration', () => {
  const text = readFileSync('media/language-configuration.json', 'utf8');
  const configuration = JSON.parse(text) as {
    readonly comments: { readonly lineComment: string };
    readonly brackets: readonly (readonly string[])[];
    readonly folding: { readonly offSide: boolean };
    readonly wordPattern: string;
    readonly indentationRules: { readonly increaseIndentPattern: string; readonly decreaseIndentPattern: string };
  };

  it('comments with a number sign and folds by indentation', () => {
    assert.equal(configuration.comments.lineComment, '#');
    assert.deepEqual(configuration.brackets, [
      ['{', '}'],
      ['[', ']'],
    ]);
    assert.equal(configuration.folding.offSide, true);
  });

  it('indents behind a key with nothing after it', () => {
    const increase = new RegExp(configuration.indentationRules.increaseIndentPattern);
    for (const line of ['components:', '  api:', '  - retry:', 'calls:   # all of them']) assert.ok(increase.test(line), line);
    for (const line of ['kind: service', '# components:', '- a', 'timeout: 5s # x:']) assert.equal(increase.test(line), false, line);
    assert.doesNotThrow(() => new RegExp(configuration.indentationRules.decreaseIndentPattern));
  });

  it('takes names and values for words', () => {
    const words = (line: string) => line.match(new RegExp(configuration.wordPattern, 'g'));
    assert.deepEqual(words('{ from: us-east-1a, timeout: 99.95% }'), ['from', 'us-east-1a', 'timeout', '99.95%']);
  });
});
