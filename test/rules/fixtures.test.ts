import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../../src/rules/registry';
import type { Finding } from '../../src/rules/rule';
import { applied, changed, file, type Review, remediesOf, reviewText, type Texts } from './helpers';
import { expectedIn, foundIn, marked, unmarked } from './markers';

const root = 'test/fixtures/rules';
/** Set to write what is found into all fixtures, or into the one named `rule/name.yaml`: to be read by a person before it is believed. */
const toUpdate = process.env['UPDATE_FIXTURES'];

function crlf(text: string): string {
  return text.replaceAll('\n', '\r\n');
}

interface Fixed {
  readonly title: string;
  readonly finding: Finding;
  /** Undefined where the fix cannot be written. */
  readonly text: string | undefined;
}

/** Fixtures mark what their own rule reports: what the others say of them is in theirs. */
function ofRule(rule: string, findings: readonly Finding[]): readonly Finding[] {
  return findings.filter((finding) => finding.rule === rule);
}

/** Every way out of every finding of a rule. */
function fixesOf(context: Review, rule: string): readonly Fixed[] {
  const text = (texts: Texts | undefined) => texts?.get(file);
  return ofRule(rule, context.findings).flatMap((finding) => [
    ...(finding.suggestions ?? []).map(({ title, changes }) => ({ title, finding, text: text(changed(context.texts, changes)) })),
    ...remediesOf(context, finding).map((remedy) => ({ title: remedy.title, finding, text: text(applied(context, remedy)) })),
  ]);
}

function printFixes(text: string, fixes: readonly Fixed[]): string {
  const where = (finding: Finding) => foundIn(text, [finding])[0]?.split('-')[0];
  return fixes
    .map((fix) => `=== ${where(fix.finding)} ${fix.title}\n${fix.text === undefined ? '(cannot be written here)\n' : unmarked(fix.text)}`)
    .join('');
}

/** Forms in which every rule is tried, and what makes a text one of them. */
const forms: Readonly<Record<string, (text: string, context: Review, found: readonly string[]) => boolean>> = {
  block: (text) => /^ +[^ #]/m.test(text),
  flow: (text, _context, found) => found.some((place) => /[{[]/.test(text.split('\n')[Number.parseInt(place, 10) - 1] ?? '')),
  anchors: (text) => [...text.matchAll(/\*([\w-]+)/g)].some(([, name]) => text.includes(`&${name}`)),
  'half-typed': (_text, { linked }) => linked.problems.some(({ rule }) => rule === 'syntax' || rule === 'invalid-value'),
};

/** They wait until the whole text can be read: what they miss may stand in the part that is being typed. */
const silentUntilSound: ReadonlySet<string> = new Set(['unused-declaration', 'stale-suppression', 'unknown-reference', 'syntax']);

/** The text with a half-typed entry at the end of each section, and between sections, one at a time. `line` is where it stands, from 1. */
function halfTyped(text: string): readonly { readonly text: string; readonly line: number }[] {
  const lines = text.trimEnd().split('\n');
  const variants: { text: string; line: number }[] = [];
  const put = (at: number, line: string) =>
    variants.push({ text: `${[...lines.slice(0, at), line, ...lines.slice(at)].join('\n')}\n`, line: at + 1 });
  let inside = '';
  for (let at = 1; at <= lines.length; at++) {
    const next = lines[at];
    const before = lines[at - 1] ?? '';
    if (/^ +- /.test(before)) inside = '  - { from: ap';
    else if (/^\S+:\s*$/.test(before)) inside = '  new: { kind: "serv';
    if (next !== undefined && !/^[a-z]/i.test(next)) continue;
    if (inside !== '') put(at, inside);
    put(at, 'jour');
    inside = '';
  }
  return variants;
}

const key = ({ rule, subject, message }: Finding) =>
  `${rule} ${subject} ${rule === 'stale-suppression' || rule === 'syntax' ? message : ''}`;

it('every rule has fixtures, and all fixtures are of a rule', () => {
  assert.deepEqual(readdirSync(root).sort(), rules.map(({ id }) => id).sort());
});

for (const rule of readdirSync(root)) {
  describe(`the fixtures of ${rule}`, () => {
    it('show it in every form', () => {
      for (const [form, isOne] of Object.entries(forms)) {
        const text = readFileSync(`${root}/${rule}/${form}.yaml`, 'utf8');
        const context = reviewText(text);
        assert.ok(isOne(text, context, foundIn(text, ofRule(rule, context.findings))), form);
      }
    });

    for (const name of readdirSync(`${root}/${rule}`).filter((entry) => entry.endsWith('.yaml'))) {
      const path = `${root}/${rule}/${name}`;
      const golden = path.replace(/\.yaml$/, '.fixes');
      const written = readFileSync(path, 'utf8');
      const update = toUpdate === '1' || toUpdate === `${rule}/${name}`;
      const text = update ? marked(written, ofRule(rule, reviewText(written).findings)) : written;
      const context = reviewText(text);
      const fixes = fixesOf(context, rule);
      if (update) {
        writeFileSync(path, text);
        writeFileSync(golden, printFixes(text, fixes));
      }

      it(`${name}: every finding is expected and every expected one is there, at its columns`, () => {
        assert.deepEqual(foundIn(text, ofRule(rule, context.findings)), expectedIn(text));
        assert.ok(context.findings.some((finding) => finding.rule === rule) || /half-typed/.test(name), 'the rule reports nothing here');
      });

      it(`${name}: the same with Windows line breaks`, () => {
        const windows = reviewText(crlf(text));
        assert.deepEqual(foundIn(crlf(text), ofRule(rule, windows.findings)), expectedIn(text));
        assert.deepEqual(
          fixesOf(windows, rule).map((fix) => fix.text),
          fixes.map((fix) => fix.text && crlf(fix.text)),
        );
      });

      if (!silentUntilSound.has(rule) && !/half-typed/.test(name)) {
        it(`${name}: the same while something else is being typed`, () => {
          const bare = unmarked(text);
          const expected = foundIn(bare, ofRule(rule, reviewText(bare).findings));
          const variants = halfTyped(bare);
          // In one form everywhere, in the others at the end.
          for (const { text: typed, line } of name === 'block.yaml' ? variants : variants.slice(-1)) {
            const { linked, findings } = reviewText(typed);
            assert.ok(!linked.sound, typed);
            const found = foundIn(typed, ofRule(rule, findings)).map((place) => {
              const at = Number.parseInt(place, 10);
              return at > line ? place.replace(/^\d+/, `${at - 1}`) : place;
            });
            assert.deepEqual(found.sort(), expected, typed);
          }
          assert.ok(variants.length > 1);
        });
      }

      it(`${name}: the texts after the fixes`, () => {
        assert.equal(printFixes(text, fixes), existsSync(golden) ? readFileSync(golden, 'utf8') : '');
      });

      it(`${name}: after a fix its finding is gone and there is no new one`, () => {
        const before = new Set(context.findings.map(key));
        for (const fix of fixes) {
          if (fix.text === undefined) continue;
          const after = reviewText(fix.text).findings;
          assert.ok(
            !after.some((finding) => key(finding) === key(fix.finding) && finding.message === fix.finding.message),
            `${fix.title} leaves\n${fix.finding.message}\n${fix.text}`,
          );
          // Of an implied journey one finding stands for all; behind it comes the next.
          const fresh = after.filter((finding) => !before.has(key(finding)) && !(finding.rule === rule && finding.assumed));
          assert.deepEqual(fresh.map(key), [], `${fix.title}\n${fix.text}`);
        }
      });
    }
  });
}
