import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../../src/rules/registry';
import type { Finding } from '../../src/rules/rule';
import { applied, changed, file, type Review, remediesOf, reviewText, type Texts } from './helpers';
import { expectedIn, foundIn, marked, unmarked } from './markers';

const root = 'test/fixtures/rules';
/** Set to write what is found into the fixtures: to be read by a person before it is believed. */
const update = process.env['UPDATE_FIXTURES'] === '1';

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

const key = ({ rule, subject, message }: Finding) =>
  `${rule} ${subject} ${rule === 'stale-suppression' || rule === 'syntax' ? message : ''}`;

for (const rule of readdirSync(root)) {
  describe(`the fixtures of ${rule}`, () => {
    it('are of a rule that exists', () => {
      assert.ok(rules.some(({ id }) => id === rule));
    });

    for (const name of readdirSync(`${root}/${rule}`).filter((entry) => entry.endsWith('.yaml'))) {
      const path = `${root}/${rule}/${name}`;
      const golden = path.replace(/\.yaml$/, '.fixes');
      const written = readFileSync(path, 'utf8');
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
