import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { editsFor } from '../../src/editing/edits';
import { elementId } from '../../src/model/origin';
import type { Span, TextChange } from '../../src/model/text';
import type { Change, Remedy } from '../../src/remedies/change';
import { fileWithChanges } from '../editing/arbitrary';
import { changed, file, type Review, remediesOf, reviewText } from './helpers';
import { unmarked } from './markers';

const root = 'test/fixtures/rules';

/** The lines, as spans of a text, in which something is said about what a change is about. */
function entriesOf({ linked, texts }: Review, change: Change): readonly Span[] {
  const element =
    change.kind === 'set-component'
      ? elementId('component', change.component)
      : change.kind === 'define-policy'
        ? elementId('policy', change.name)
        : elementId('call', change.call);
  const text = texts.get(file) ?? '';
  return (linked.origins.get(element) ?? []).map(({ entry: { start, end } }) => ({
    start: text.lastIndexOf('\n', start - 1) + 1,
    end: end + text.slice(end).search(/\n|$/),
  }));
}

/** Whether a change makes an entry that was not there: a new policy, or that of a call which `dependsOn` stood for. */
function makesEntry({ linked: { system, origins } }: Review, change: Change): boolean {
  if (change.kind === 'set-component') return false;
  if (change.kind === 'define-policy') return !system.policies.has(change.name);
  return (origins.get(elementId('call', change.call)) ?? []).every(({ keys }) => keys.size === 0);
}

/** Whether a change only puts lines in between those that are there. */
function addsLines(text: string, { span, text: inserted }: TextChange): boolean {
  const isOwnLine = /^(\r?\n)/.test(inserted) || span.start === 0 || text[span.start - 1] === '\n';
  return span.start === span.end && inserted.includes('\n') && (isOwnLine || /^[\r\n]*$/.test(text.slice(span.start)));
}

/** All comments of a text, in order. */
function comments(text: string): readonly string[] {
  return [...text.matchAll(/(?:^|[ \t])(#[^\r\n]*)/gm)].map(([, comment = '']) => comment);
}

function errors({ findings }: Review): readonly string[] {
  return findings.filter(({ severity }) => severity === 'error').map(({ rule, subject, message }) => `${rule} ${subject} ${message}`);
}

/** Holds one way out against what every one has to keep. False where it cannot be written. */
function holds(context: Review, remedy: Remedy): boolean {
  const text = context.texts.get(file) ?? '';
  const changes = editsFor(remedy.changes, context.linked, (path) => context.texts.get(path));
  if (!changes || changes.length === 0) return false;
  const after = changed(context.texts, changes).get(file) ?? '';
  const what = `${remedy.title}\n${text}\n---\n${after}`;
  const entries = remedy.changes.flatMap((change) => entriesOf(context, change));
  const makesOne = remedy.changes.some((change) => makesEntry(context, change));
  for (const change of changes) {
    const isInside = entries.some(({ start, end }) => start <= change.span.start && change.span.end <= end);
    const addsEntry = makesOne && change.span.start === change.span.end;
    assert.ok(isInside || addsEntry || addsLines(text, change), `changes another entry: ${what}`);
  }
  assert.deepEqual(comments(after), comments(text), what);
  const next = reviewText(after);
  const before = errors(context);
  assert.deepEqual(
    errors(next).filter((error) => !before.includes(error)),
    [],
    what,
  );
  assert.deepEqual(
    editsFor(remedy.changes, next.linked, (path) => next.texts.get(path)),
    [],
    `made twice: ${what}`,
  );
  return true;
}

describe('a fix', function () {
  this.timeout(60_000);

  it('stays in its own entry, keeps comments, brings no error and is made once, in every text of the rules', () => {
    let written = 0;
    let all = 0;
    for (const rule of readdirSync(root)) {
      for (const name of readdirSync(`${root}/${rule}`).filter((entry) => entry.endsWith('.yaml'))) {
        const context = reviewText(unmarked(readFileSync(`${root}/${rule}/${name}`, 'utf8')));
        for (const finding of context.findings.filter((other) => other.rule === rule)) {
          for (const remedy of remediesOf(context, finding)) {
            all++;
            if (holds(context, remedy)) written++;
          }
        }
      }
    }
    assert.ok(written > 250 && written > all * 0.8, `${written} of ${all} written`);
  });

  it('does so in any text', () => {
    let written = 0;
    fc.assert(
      fc.property(fileWithChanges, ({ text }) => {
        const context = reviewText(text);
        for (const finding of context.findings) {
          for (const remedy of remediesOf(context, finding)) if (holds(context, remedy)) written++;
        }
      }),
      { numRuns: 60 },
    );
    assert.ok(written > 200, `${written} written`);
  });
});
