import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionItem, Position } from 'vscode-languageserver-types';
import { configurationCompletions } from '../../../src/language/config/completion';
import { configurationHover } from '../../../src/language/config/hover';
import { configurationActions, configurationDiagnostics } from '../../../src/language/configuration';
import { kinds } from '../../../src/model/kinds';
import { LineIndex } from '../../../src/model/text';
import { rules } from '../../../src/rules/registry';
import { severities } from '../../../src/rules/rule';
import { readConfiguration } from '../../../src/workspace/config';

const path = '/team/faultline.config.yaml';
const uri = 'file:///team/faultline.config.yaml';

function read(text: string) {
  return readConfiguration(path, text, { rules, severities });
}

/** The text without its mark `|`, and where that stood. */
function unmarked(marked: string): { readonly text: string; readonly position: Position } {
  const text = marked.replace('|', '');
  return { text, position: new LineIndex(text).positionAt(marked.indexOf('|')) };
}

function offered(marked: string): readonly CompletionItem[] {
  const { text, position } = unmarked(marked);
  return configurationCompletions(text, position);
}

const labels = (marked: string): readonly string[] => offered(marked).map(({ label }) => label);

/** The text once a proposal is accepted. */
function accepted(text: string, { textEdit }: CompletionItem): string {
  assert.ok(textEdit && 'range' in textEdit);
  return TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, text), [textEdit]);
}

function hovered(marked: string): { readonly value: string; readonly over: string } | undefined {
  const { text, position } = unmarked(marked);
  const hover = configurationHover(read(text), text, position);
  if (!hover) return undefined;
  assert.ok(hover.range && typeof hover.contents === 'object' && 'value' in hover.contents);
  const lines = new LineIndex(text);
  return { value: hover.contents.value, over: text.slice(lines.offsetAt(hover.range.start), lines.offsetAt(hover.range.end)) };
}

const host = { uri: () => uri, rulePage: () => undefined };

function actions(text: string) {
  const end = new LineIndex(text).positionAt(text.length);
  return configurationActions(read(text), { start: { line: 0, character: 0 }, end }, { ...host, text: () => text });
}

describe('a configuration while it is written', () => {
  describe('completion', () => {
    it('offers the keys that are not there yet', () => {
      assert.deepEqual(labels('|'), ['rules', 'availability', 'include', 'exclude', 'limits']);
      assert.deepEqual(labels('rules: {}\n|\nlimits:\n  amplification: 2\n'), ['availability', 'include', 'exclude']);
      assert.deepEqual(labels('limits:\n  restoreAge: 3d\n  |'), ['amplification']);
      assert.deepEqual(labels('limits: { | }'), ['amplification', 'restoreAge']);
    });

    it('begins what has keys of its own on a line of its own', () => {
      const made = (label: string) =>
        offered('|')
          .filter((item) => item.label === label)
          .map((item) => accepted('', item));
      assert.deepEqual(made('rules'), ['rules:\n  ']);
      assert.deepEqual(made('include'), ['include: ']);
    });

    it('offers every rule with what it reports, and kinds of component', () => {
      const items = offered('rules:\n  sin|');
      assert.deepEqual(
        items.map(({ label }) => label),
        rules.map(({ id }) => id),
      );
      const zone = items.find(({ label }) => label === 'single-zone');
      const rule = rules.find(({ id }) => id === 'single-zone');
      assert.ok(zone && rule && typeof zone.documentation === 'object' && zone.documentation.value.includes(rule.summary));
      assert.equal(accepted('rules:\n  sin', zone), 'rules:\n  single-zone: ');
      assert.deepEqual(labels('availability:\n  |'), [...kinds, 'zone', 'region']);
    });

    it('offers severities, and values that fit', () => {
      assert.deepEqual([...labels('rules: { single-zone: | }')].sort(), [...severities].sort());
      assert.deepEqual([...labels('rules:\n  single-zone: w|')].sort(), [...severities].sort());
      assert.deepEqual(labels('rules:\n  no-such-rule: |'), []);
      assert.ok(labels('limits:\n  restoreAge: 30|').includes('30d'));
      assert.ok(labels('availability:\n  database: 99.9|').includes('99.9%'));
    });

    it('offers nothing that would be wrong', () => {
      const places = [
        'rules:\n  single-zone: ',
        'availability:\n  zone: ',
        'limits:\n  amplification: ',
        'limits:\n  restoreAge: ',
        'include: ',
      ];
      for (const text of places) {
        const items = offered(`${text}|`);
        assert.ok(items.length > 0, text);
        for (const item of items) assert.deepEqual(read(accepted(text, item)).problems, [], accepted(text, item));
      }
    });

    it('goes on before, between and behind empty lines', () => {
      const empty = '\n'.repeat(500);
      assert.equal(labels('|\n').length, 5);
      for (const text of [`|${empty}`, `${empty}|`, `${empty}|${empty}`, `limits:\n  |${empty}`]) assert.ok(labels(text).length > 1);
    });

    it('offers nothing in a comment, nor of an architecture', () => {
      assert.deepEqual(labels('# |'), []);
      assert.deepEqual(labels('components:\n  |'), []);
    });
  });

  describe('a hover', () => {
    it('tells what a key means', () => {
      const limit = hovered('limits:\n  restore|Age: 3d\n');
      assert.equal(limit?.over, 'restoreAge');
      assert.match(limit.value, /How long ago a restore may have been tried[\s\S]*180d/);
      assert.match(hovered('ru|les: {}')?.value ?? '', /The severity of each rule/);
    });

    it('tells what a rule reports', () => {
      const rule = rules.find(({ id }) => id === 'missing-retry');
      assert.ok(rule);
      const found = hovered('rules: { single-zone: off, missing-r|etry: error }');
      assert.equal(found?.over, 'missing-retry');
      assert.ok(found.value.includes(rule.summary) && found.value.includes('hint'));
    });

    it('tells what a percentage is in time', () => {
      const found = hovered('availability:\n  database: 99.|9%\n');
      assert.equal(found?.over, '99.9%');
      // A thousandth of 8,760 hours.
      assert.match(found.value, /8\.76 h/);
    });

    it('says nothing about what is not known, and in comments', () => {
      for (const text of ['rules:\n  __pro|to__: error\n', 'ru|le: {}', 'rules: {} # ru|les', 'rules: { single-zone: err|or }', '|'])
        assert.equal(hovered(text), undefined, text);
    });
  });

  describe('its mistakes', () => {
    it('are underlined exactly, and can be corrected', () => {
      const text = 'rules:\n  single-zone: eror\n  mising-timeout: error\navailability: { databse: 99% }\nlimit: { amplification: 2 }\n';
      const lines = new LineIndex(text);
      const found = configurationDiagnostics(read(text), { ...host, text: () => text }).map(({ range, code }) => [
        text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end)),
        code,
      ]);
      assert.deepEqual(found, [
        ['eror', 'invalid-value'],
        ['mising-timeout', 'unknown-key'],
        ['databse', 'unknown-key'],
        ['limit', 'unknown-key'],
      ]);
      const edits = actions(text).map(({ edit }) => edit?.changes?.[uri] ?? []);
      const corrected = TextDocument.applyEdits(TextDocument.create(uri, 'yaml', 1, text), edits.flat());
      assert.equal(
        corrected,
        'rules:\n  single-zone: error\n  missing-timeout: error\navailability: { database: 99% }\nlimits: { amplification: 2 }\n',
      );
      assert.deepEqual(read(corrected).problems, []);
    });
  });

  it('is answered for any text at any place', () => {
    const piece = fc.constantFrom(
      'rules',
      'limits',
      ':',
      ': ',
      '\n',
      '  ',
      '- ',
      '{',
      '}',
      '[',
      ']',
      ',',
      '#',
      '"',
      "'",
      '&a ',
      '*a',
      '<<',
      '|',
      'off',
      '9%',
      '\r\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), fc.nat(), (pieces, at) => {
        const text = pieces.join('');
        const position = new LineIndex(text).positionAt(at % (text.length + 1));
        const items = configurationCompletions(text, position);
        for (const item of items) accepted(text, item);
        const hover = configurationHover(read(text), text, position);
        if (hover?.range) assert.ok(hover.range.start.line <= position.line && hover.range.end.line >= position.line);
      }),
    );
  });
});
