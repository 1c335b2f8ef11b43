import { strict as assert } from 'node:assert';
import { applyTextChanges } from '../../src/editing/edit';
import { addRuleToIgnore, insertIgnore, removeIgnore, removeRuleFromIgnore } from '../../src/editing/ignore';
import { ignoresOf } from '../../src/formats/shared/ignores';
import { parseYaml } from '../../src/formats/shared/yamlParse';
import type { Place, TextChange } from '../../src/model/text';

const file = '/shop/shop.faultline.yaml';

function placeOf(text: string, part: string): Place {
  const start = text.indexOf(part);
  return { file, span: { start, end: start + part.length } };
}

function edited(text: string, change: TextChange | undefined): string {
  assert.ok(change);
  return applyTextChanges(text, [change]);
}

describe('writing an ignore comment', () => {
  it('stands on the line above, indented as that line is, in its line breaks', () => {
    const text = 'calls:\r\n  - from: api\r\n    to: db\r\n';
    assert.equal(
      edited(text, insertIgnore(text, placeOf(text, 'to: db'), 'missing-timeout', 'ended by  the\nmesh')),
      'calls:\r\n  - from: api\r\n    # faultline-ignore missing-timeout -- ended by the mesh\r\n    to: db\r\n',
    );
    const item = insertIgnore(text, placeOf(text, 'from: api'), 'missing-timeout', 'why not');
    assert.equal(edited(text, item), text.replace('  - from', '  # faultline-ignore missing-timeout -- why not\r\n  - from'));
  });

  it('works on the first line and behind a byte order mark', () => {
    assert.equal(
      edited('a: 1', insertIgnore('a: 1', placeOf('a: 1', 'a'), 'unknown-key', 'mine')),
      '# faultline-ignore unknown-key -- mine\na: 1',
    );
    const text = '\uFEFFa: 1\n';
    assert.equal(
      edited(text, insertIgnore(text, placeOf(text, 'a'), 'unknown-key', 'mine')),
      '\uFEFF# faultline-ignore unknown-key -- mine\na: 1\n',
    );
  });

  it('is read back as what was meant', () => {
    const text = 'components:\n  api: {}\n  db: {}\n';
    const written = edited(text, insertIgnore(text, placeOf(text, 'db'), 'single-point-of-failure', 'until the second -- really'));
    const [ignore] = ignoresOf(file, written, parseYaml(written).root);
    assert.deepEqual(
      { rules: ignore?.rules, reason: ignore?.reason, line: ignore?.line },
      { rules: ['single-point-of-failure'], reason: 'until the second -- really', line: 3 },
    );
  });

  it('adds a rule to a comment and takes one out', () => {
    const text = '# faultline-ignore a-rule,  other-rule until 2026-12-31 -- why\na: 1\n';
    const place = placeOf(text, text.slice(0, text.indexOf('\n')));
    assert.equal(edited(text, addRuleToIgnore(text, place, 'third')), text.replace('other-rule', 'other-rule, third'));
    assert.equal(edited(text, removeRuleFromIgnore(text, place, ['a-rule'])), text.replace('a-rule,  ', ''));
    assert.equal(removeRuleFromIgnore('# nothing', placeOf('# nothing', '#'), ['a-rule']), undefined);
  });
});

describe('removing an ignore comment', () => {
  it('takes the whole line where it stands alone', () => {
    for (const eol of ['\n', '\r\n']) {
      const text = ['a: 1', '  # faultline-ignore x -- y', 'b: 2', ''].join(eol);
      assert.equal(edited(text, removeIgnore(text, placeOf(text, '# faultline-ignore x -- y'))), ['a: 1', 'b: 2', ''].join(eol));
    }
  });

  it('takes the comment and the space before it at the end of a line', () => {
    const text = 'a: 1   # faultline-ignore x -- y\nb: 2 # faultline-ignore x -- z';
    assert.equal(edited(text, removeIgnore(text, placeOf(text, '# faultline-ignore x -- y'))), 'a: 1\nb: 2 # faultline-ignore x -- z');
    assert.equal(edited(text, removeIgnore(text, placeOf(text, '# faultline-ignore x -- z'))), 'a: 1   # faultline-ignore x -- y\nb: 2');
  });
});
