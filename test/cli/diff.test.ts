import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { unifiedDiff } from '../../src/cli/diff';

/** Applies a unified diff the way `patch` does, and fails where it does not fit. */
function patched(before: string, diff: string): string {
  const old = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let at = 0;
  let left = { old: 0, now: 0 };
  let mark = '';
  for (const line of (diff.match(/[^\n]*\n/g) ?? []).slice(2)) {
    const head = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@\n$/.exec(line);
    if (head && left.old === 0 && left.now === 0) {
      const [, from = '0', count = '1', start = '0', size = '1'] = head;
      const first = Number(count) === 0 ? Number(from) : Number(from) - 1;
      assert.ok(first >= at);
      result.push(...old.slice(at, first));
      at = first;
      assert.equal(Number(size) === 0 ? Number(start) : Number(start) - 1, result.length);
      left = { old: Number(count), now: Number(size) };
    } else if (line.startsWith('\\')) {
      const last = result.at(-1);
      if (last !== undefined && mark !== '-') result[result.length - 1] = last.replace(/\n$/, '');
    } else {
      const text = line.slice(1);
      mark = line.charAt(0);
      if (mark !== '+') {
        assert.equal((old[at] ?? '').replace(/\n$/, ''), text.replace(/\n$/, ''));
        at++;
        left.old--;
      }
      if (mark !== '-') {
        result.push(text);
        left.now--;
      }
    }
  }
  return [...result, ...old.slice(at)].join('');
}

describe('unified diffs', () => {
  it('look as `diff -u` writes them', () => {
    const before = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', ''].join('\n');
    const after = ['a', 'b', 'c', 'd', 'E', 'f', 'g', 'h', ''].join('\n');
    assert.equal(unifiedDiff('x.yaml', before, after), '--- a/x.yaml\n+++ b/x.yaml\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n');
    assert.equal(unifiedDiff('x', 'a\n', 'a\n'), '');
    assert.equal(unifiedDiff('x', '', 'a\n'), '--- a/x\n+++ b/x\n@@ -0,0 +1 @@\n+a\n');
    assert.equal(unifiedDiff('x', 'a\n', ''), '--- a/x\n+++ b/x\n@@ -1 +0,0 @@\n-a\n');
    assert.equal(unifiedDiff('x', 'a', 'b\r\n'), '--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n\\ No newline at end of file\n+b\r\n');
    assert.match(unifiedDiff('my file', 'a', 'b'), /^--- a\/my file\t\n\+\+\+ b\/my file\t\n/);
  });

  it('joins changes that stand near, and parts those that do not', () => {
    const lines = Array.from({ length: 40 }, (_, i) => `line ${i}\n`);
    const change = (...at: readonly number[]) => lines.map((line, i) => (at.includes(i) ? `new ${i}\n` : line)).join('');
    const hunks = (text: string) => unifiedDiff('x', lines.join(''), text).match(/^@@/gm)?.length;
    assert.equal(hunks(change(5, 12)), 1);
    assert.equal(hunks(change(5, 13)), 2);
  });

  const line = fc.constantFrom('a', 'b', 'c', '', ' a', '-b', '+c', '\\', '@@', 'a\r');
  const text = fc.tuple(fc.array(line, { maxLength: 30 }), fc.boolean()).map(([lines, end]) => lines.join('\n') + (end ? '\n' : ''));

  it('make of the old text the new one', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff('x', before, after);
        assert.equal(diff === '', before === after);
        assert.equal(diff === '' ? before : patched(before, diff), after);
      }),
      { numRuns: 500 },
    );
  });

  it('do not take long for texts that have nothing in common', () => {
    const before = Array.from({ length: 5000 }, (_, i) => `a${i}\n`).join('');
    const after = Array.from({ length: 5000 }, (_, i) => `b${i}\n`).join('');
    assert.equal(patched(before, unifiedDiff('x', before, after)), after);
  }).timeout(20_000);
});
