import { strict as assert } from 'node:assert';
import { analyse } from '../../src/analysis/analyse';
import type { Problem } from '../../src/model/problem';
import { finish } from '../../src/model/steps';
import { emptySystem } from '../../src/model/system';
import { type FixableTexts, type FixOptions, makeFixes, type ReviewedSystem } from '../../src/rules/fixing';
import type { Finding } from '../../src/rules/rule';

/** What a word of a text is found to be, and what it may be replaced with. */
interface Word {
  readonly to?: string;
  readonly safe?: boolean;
  readonly severity?: Finding['severity'];
  /** About this instead of about the place: several words may be about one thing. */
  readonly subject?: string;
  /** A problem of the text instead of a finding. */
  readonly syntax?: boolean;
}

type Words = (word: string, text: string) => Word | undefined;

const system = emptySystem('words');
const figures = analyse(system);

/** Texts in which some words are findings: enough to see what the loop does with any rule. */
class Written implements FixableTexts {
  readonly texts: Map<string, string>;
  readonly words: Words;

  constructor(texts: Readonly<Record<string, string>>, words: Words) {
    this.texts = new Map(Object.entries(texts));
    this.words = words;
  }

  read(file: string): string | undefined {
    return this.texts.get(file);
  }

  setText(file: string, text: string): void {
    this.texts.set(file, text);
  }

  *review(): Generator<undefined, readonly ReviewedSystem[], undefined> {
    yield;
    const findings: Finding[] = [];
    const problems: Problem[] = [];
    for (const [file, text] of this.texts) {
      for (const { 0: word, index } of text.matchAll(/\S+/g)) {
        const found = this.words(word, text);
        if (!found) continue;
        const place = { file, span: { start: index, end: index + word.length } };
        if (found.syntax) problems.push({ rule: 'syntax', message: word, place });
        const { to, safe = true, severity = 'warning', subject = word } = found;
        const suggestions = to === undefined ? [] : [{ title: to, safe, changes: [{ ...place, text: to }] }];
        if (!found.syntax)
          findings.push({ rule: 'word', message: word, subject, severity, place, ...(suggestions.length > 0 ? { suggestions } : {}) });
      }
    }
    const linked = {
      system,
      origins: new Map(),
      files: [...this.texts.keys()],
      folder: '/',
      mentions: [],
      ignores: [],
      problems,
      sound: true,
    };
    return [{ context: { linked, figures }, findings }];
  }
}

/** The texts afterwards, with the titles of what was made in each step. */
function run(given: Readonly<Record<string, string>>, words: Words, options: Partial<FixOptions> = {}) {
  const written = new Written(given, words);
  const steps = finish(
    makeFixes(written, {
      wants: () => true,
      mayWrite: () => true,
      unsafe: false,
      failed: (_doing, error) => {
        throw error;
      },
      ...options,
    }),
  );
  const texts: Readonly<Record<string, string>> = Object.fromEntries(written.texts);
  return { texts, titles: steps.map((step) => step.map(({ title }) => title)), steps };
}

const bad = { severity: 'error' } as const;

describe('making fixes', () => {
  it('makes those that have nothing to do with one another at once, in all files', () => {
    const words: Words = (word) => (word.startsWith('teh') ? { to: word.replace('teh', 'the') } : undefined);
    const done = run({ a: 'teh1 x\nteh2', b: 'y teh3' }, words);
    assert.deepEqual([done.texts['a'], done.texts['b']], ['the1 x\nthe2', 'y the3']);
    assert.deepEqual(done.titles, [['the1', 'the2', 'the3']]);
    assert.deepEqual(
      done.steps.flat().map(({ line, system: name }) => `${name} ${line}`),
      ['words 0', 'words 1', 'words 0'],
    );
  });

  it('keeps none that brings an error, and makes the others all the same', () => {
    const words: Words = (word) => {
      if (word === 'worse') return bad;
      return word === 'x3' ? { to: 'worse' } : /^x\d$/.test(word) ? { to: word.replace('x', 'y') } : undefined;
    };
    const done = run({ a: 'x1 x2 x3 x4 x5' }, words);
    assert.equal(done.texts['a'], 'y1 y2 x3 y4 y5');
    assert.deepEqual(new Set(done.titles.flat()), new Set(['y1', 'y2', 'y4', 'y5']));
  });

  it('takes a new error for one even where another one goes for it, and even where no rule reports it', () => {
    const other: Words = (word) => (word === 'x' ? { to: 'y', ...bad } : word === 'y' ? bad : undefined);
    assert.equal(run({ a: 'x' }, other).texts['a'], 'x');
    const broken: Words = (word) => (word === 'x' ? { to: 'y' } : word === 'y' ? { syntax: true } : undefined);
    assert.equal(run({ a: 'x' }, broken).texts['a'], 'x');
    const known: Words = (word) => (word === 'x' ? { to: 'z' } : word === 'y' ? { syntax: true } : undefined);
    assert.equal(run({ a: 'x y' }, known).texts['a'], 'z y', 'an error that was there is none of its doing');
  });

  it('keeps none that does nothing about its own finding', () => {
    const words: Words = (word, text) => (word === 'x' && !text.includes('yy') ? { to: 'x y' } : undefined);
    const done = run({ a: 'x' }, words);
    assert.equal(done.texts['a'], 'x');
    assert.deepEqual(done.titles, []);
  });

  it('tries again what was refused, once something else has changed', () => {
    // The first is an error for as long as the second is there, and that one is found only once the third is gone.
    const words: Words = (word, text) => {
      if (word === 'a1') return { to: 'a2' };
      if (word === 'a2') return text.includes('b1') ? bad : undefined;
      if (word === 'b1') return text.includes('c1') ? undefined : { to: 'b2' };
      return word === 'c1' ? { to: 'c2' } : undefined;
    };
    const done = run({ a: 'a1 b1 c1' }, words);
    assert.equal(done.texts['a'], 'a2 b2 c2');
    assert.deepEqual(done.titles, [['c2'], ['b2'], ['a2']]);
  });

  it('ends where two fixes undo each other, and where one calls for itself for ever', () => {
    const turns: Words = (word) => (word === 'on' ? { to: 'off' } : word === 'off' ? { to: 'on' } : undefined);
    assert.deepEqual(run({ a: 'on' }, turns).titles, [['off']]);
    const grows: Words = (word) => ({ to: `${word}x`, subject: 'it' });
    const done = run({ a: 'x' }, grows);
    assert.ok(done.titles.length >= 10 && done.titles.length <= 100, `${done.titles.length} steps`);
    assert.equal(done.texts['a'], 'x'.repeat(done.titles.length + 1));
  });

  it('touches what is not safe only when asked to, one at a time and after all that is', () => {
    const words: Words = (word) => (word === 'u' ? { to: 'U', safe: false } : word === 's' ? { to: 'S' } : undefined);
    assert.equal(run({ a: 'u s u s' }, words).texts['a'], 'u S u S');
    const done = run({ a: 'u s u s' }, words, { unsafe: true });
    assert.equal(done.texts['a'], 'U S U S');
    assert.deepEqual(done.titles, [['S', 'S'], ['U'], ['U']]);
  });

  it('does nothing about what is not wanted, and nothing in a file that it may not write', () => {
    const words: Words = (word) => ({ to: word.toUpperCase() === word ? `${word}!` : word.toUpperCase() });
    const once: Words = (word, text) => (/[A-Z]/.test(word) ? undefined : words(word, text));
    const done = run({ a: 'x y', b: 'x' }, once, { wants: ({ message }) => message === 'x', mayWrite: (file) => file === 'a' });
    assert.deepEqual([done.texts['a'], done.texts['b']], ['X y', 'x']);
  });

  it('makes errors good before the rest, which may rest on them', () => {
    const words: Words = (word) => (word === 'w' ? { to: 'W' } : word === 'e' ? { to: 'E', ...bad } : undefined);
    assert.deepEqual(run({ a: 'w e w' }, words).titles, [['E'], ['W', 'W']]);
  });

  it('goes on with the other rules where one of them fails', () => {
    const words: Words = (word) => (word === 'x' || word === 'y' ? { to: word.toUpperCase() } : undefined);
    const written = new Written({ a: 'x y' }, words);
    const failures: string[] = [];
    const broken: FixableTexts = {
      read: (file) => written.read(file),
      setText: (file, text) => written.setText(file, text),
      *review() {
        const [found] = yield* written.review();
        assert.ok(found);
        const findings = found.findings.map((finding) => {
          if (finding.message !== 'x') return finding;
          const suggestion = {
            title: 'X',
            safe: true,
            get changes(): never {
              throw new Error('a bug');
            },
          };
          return { ...finding, suggestions: [suggestion] };
        });
        return [{ ...found, findings }];
      },
    };
    const options: FixOptions = { wants: () => true, mayWrite: () => true, unsafe: false, failed: (doing) => failures.push(doing) };
    finish(makeFixes(broken, options));
    assert.equal(written.read('a'), 'x Y');
    assert.ok(failures.length > 0 && failures.every((doing) => doing === 'looking for fixes of word'));
  });
});
