import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { CompletionItem } from 'vscode-languageserver-types';
import { parseYaml } from '../../src/formats/shared/yamlParse';
import { LineIndex, type Position } from '../../src/model/text';
import { open } from './fixture';

const path = '/c/c.faultline.yaml';
const start = 'faultline: 1\ncomponents:\n  web: { kind: service, replicas: 2 }\n  data-base: { kind: database }\nzones: { north: {} }\n';

/** What is offered at the mark `|`. */
function offered(marked: string): readonly CompletionItem[] {
  const opened = open({ [path]: marked.replace('|', '') });
  return opened.service.completions(opened.linked, path, opened.at(path, marked));
}

function labels(marked: string): readonly string[] {
  return offered(marked).map(({ label }) => label);
}

/** The text once a proposal is accepted, with the first choice in every place of a snippet, indented as the editor does. */
function accepted(text: string, position: Position, { textEdit, insertTextFormat }: CompletionItem): string {
  assert.ok(textEdit && 'range' in textEdit);
  const line = text.split(/\r\n|\n|\r/)[position.line] ?? '';
  const [indent = ''] = /^[ \t]*/.exec(line.slice(0, position.character)) ?? [];
  const plain =
    insertTextFormat === 2
      ? textEdit.newText
          .replace(/\$\{\d+:((?:[^\\}]|\\.)*)\}/g, '$1')
          .replace(/\$\{\d+\|((?:[^\\,|]|\\.)*)[^}]*?\|\}/g, '$1')
          .replace(/\\([\\$},|])/g, '$1')
      : textEdit.newText;
  const document = TextDocument.create(path, 'faultline', 1, text);
  return TextDocument.applyEdits(document, [{ range: textEdit.range, newText: plain.replaceAll('\n', `\n${indent}`) }]);
}

function accept(marked: string, label: string): string {
  const text = marked.replace('|', '');
  const opened = open({ [path]: text });
  const position = opened.at(path, marked);
  const item = opened.service.completions(opened.linked, path, position).find((one) => one.label === label);
  assert.ok(item, label);
  return accepted(text, position, item);
}

describe('what completion offers', () => {
  it('is units behind a number, and examples before it', () => {
    const call = (value: string) => labels(`${start}calls:\n  - { from: web, to: data-base, timeout: ${value} }\n`);
    assert.deepEqual(call('500|'), ['500ms', '500s', '500m', '500h', '500d', 'none']);
    assert.deepEqual(call('500m|'), ['500ms', '500m', 'none']);
    assert.ok(call('|').includes('500ms'));
    assert.ok(labels(`${start}journeys:\n  go: { entry: web, rate: 40|`).includes('40/s'));
    assert.ok(labels(`${start}journeys:\n  go: { entry: web, availability: 99.9|`).includes('99.9%'));
  });

  it('is everything that a fault may hit', () => {
    const hit = labels(`${start}scenarios:\n  bad:\n    events:\n      - { at: 1s, kill: |`);
    assert.deepEqual(hit, ['web', 'data-base', 'web#1', 'zone north']);
    const calls = `${start}calls: [{ from: web, to: data-base }]\nscenarios:\n  bad:\n    expect:\n      - { call: |`;
    assert.deepEqual(labels(calls), ['web -> data-base']);
    assert.ok(accept(calls, 'web -> data-base').endsWith('call: web -> data-base'));
    assert.deepEqual(labels(`${start}scenarios:\n  bad: { events: [{ at: 1s, partition: [[web], [|`), ['web', 'data-base']);
  });

  it('is whole entries, with the names that are missing', () => {
    const text = `${start}calls:\n  - { from: web, to: ledger }\n`;
    const component = text.replace('zones:', '  |\nzones:');
    assert.deepEqual(labels(component), ['component', 'ledger']);
    assert.ok(accept(component, 'ledger').includes('\n  ledger:\n    kind: service\n    replicas: 2\nzones:'));
    for (const [section, label] of [
      ['policies', 'policy'],
      ['journeys', 'journey'],
      ['scenarios', 'scenario'],
      ['sharedFate', 'shared fate'],
      ['regions', 'region'],
    ]) {
      const block = `${start}${section}:\n  |\n`;
      const text2 = accept(block, label ?? '');
      assert.deepEqual(
        open({ [path]: text2 }).linked.problems.filter(({ rule }) => rule !== 'unknown-reference'),
        [],
        text2,
      );
      const flow = `${start}${section}: { | }\n`;
      assert.deepEqual(
        open({ [path]: accept(flow, label ?? '') }).linked.problems.filter(({ rule }) => rule !== 'unknown-reference'),
        [],
      );
    }
    for (const item of ['calls:\n  |\n', 'calls:\n  - |\n', 'calls: [|]\n']) {
      const made = open({ [path]: accept(start + item, 'call') });
      assert.deepEqual(made.linked.problems, []);
      assert.equal(made.linked.system.calls.length, 1);
    }
  });

  it('replaces what is typed, quotes and all', () => {
    assert.ok(accept(`${start}calls:\n  - { from: "we|", to: web }\n`, 'web').includes('from: "web", to'));
    assert.ok(accept(`${start}calls:\n  - from: 'we|\n`, 'web').includes("from: 'web'\n"));
    assert.ok(accept(`${start}calls:\n  - from: data-b|\n`, 'data-base').includes('from: data-base\n'));
    assert.ok(accept(`${start}scenarios: { a: { events: [{ at: 1s, kill: zone n|`, 'zone north').endsWith('kill: zone north'));
    assert.ok(accept(`${start}calls:\n  - fr|: web\n`, 'from').includes('- from: web'));
    assert.ok(accept(`${start}journeys:\n  go:\n    entry:|\n`, 'web').includes('entry: web\n'));
    assert.ok(accept(`${start}po|\n`, 'policies').endsWith('policies:\n  \n'));
  });

  it('takes the place of the word that stands right behind the caret', () => {
    assert.ok(accept(`${start}calls:\n  - from: |web # the front\n`, 'data-base').includes('- from: data-base # the front\n'));
    assert.ok(accept(`${start}calls:\n  - { from: |web, to: web }\n`, 'data-base').includes('{ from: data-base, to: web }'));
    assert.deepEqual(labels(`${start}calls:\n  - from: |web shop\n`), []);
  });

  it('is nothing but keys beside keys', () => {
    const keys = labels(`${start}calls:\n  - from: web\n    |\n`);
    assert.ok(keys.includes('to') && keys.every((label) => /^[a-z]+$/i.test(label) && label !== 'call'), keys.join());
    assert.ok(labels(`${start}calls:\n  - |\n`).includes('call'));
    assert.ok(labels(`${start}scenarios:\n  x:\n    events:\n      - |\n`).includes('{ at: 10s, kill: db }'));
  });

  it('is nothing where something is already', () => {
    assert.deepEqual(labels(`${start}calls:\n  - |{ from: web, to: web }\n`), []);
    assert.deepEqual(labels(`${start}calls:\n  - from: |"web"\n`), []);
    assert.deepEqual(labels(`${start}calls:\n  - |from: web\n`), []);
    assert.deepEqual(labels(`${start}calls:\n  - from: &a|\n`), []);
  });
});

describe('what is accepted', () => {
  const examples = ['lab.faultline.yaml', ...readdirSync('examples/storefront').map((name) => `storefront/${name}`)].map((name) =>
    readFileSync(`examples/${name}`, 'utf8'),
  );
  const forms = ['missing-timeout', 'unknown-key', 'no-leader-election', 'rpo-unmet'].flatMap((rule) =>
    ['block', 'flow', 'anchors', 'half-typed'].map((form) => readFileSync(`test/fixtures/rules/${rule}/${form}.yaml`, 'utf8')),
  );
  const texts = [...examples, ...examples, ...forms, ...forms.map((text) => text.replaceAll('\n', '\r\n'))];

  it('brings no syntax problem, at any place of a text or at its end', () => {
    const { service, workspace } = open({ [path]: start });
    let seen = 0;
    fc.assert(
      fc.property(fc.constantFrom(...texts), fc.nat(5000), fc.boolean(), (whole, place, isEnd) => {
        const offset = place % (whole.length + 1);
        const text = isEnd ? whole.slice(0, offset) : whole;
        workspace.setFile(path, text);
        const [linked] = workspace.systems();
        if (!linked) return;
        const position = new LineIndex(text).positionAt(offset);
        const before = parseYaml(text);
        for (const item of service.completions(linked, path, position)) {
          seen++;
          const after = accepted(text, position, item);
          const { errors } = parseYaml(after, before);
          assert.ok(
            errors.length <= before.errors.length,
            `${item.label} at ${position.line}:${position.character}: ${errors[0]?.message}\n${after
              .split('\n')
              .slice(position.line - 2, position.line + 4)
              .join('\n')}`,
          );
        }
      }),
      { numRuns: 300 },
    );
    assert.ok(seen > 400, String(seen));
  }).timeout(30_000);
});
