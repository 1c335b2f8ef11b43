import { strict as assert } from 'node:assert';
import { contextAt } from '../../src/language/completion/context';

/** The context at the mark `|`, shortly: `key calls.[] «ti» used from`. */
function at(marked: string): string {
  const caret = marked.indexOf('|');
  const text = marked.slice(0, caret) + marked.slice(caret + 1);
  const context = contextAt(text, caret);
  if (!context) return 'nothing';
  const used = context.used.size > 0 ? ` used ${[...context.used].join(' ')}` : '';
  return `${context.role}${context.flow ? ' flow' : ''} ${context.path.join('.')} «${text.slice(context.start, caret)}»${used}`;
}

describe('the context of a completion', () => {
  it('is told by indentation', () => {
    assert.equal(at('|'), 'key  «»');
    assert.equal(at('comp|'), 'key  «comp»');
    assert.equal(at('components:\n  |'), 'key components «»');
    assert.equal(at('components:\n  api:\n    kind: service\n    rep|\n  db:\n    kind: database\n'), 'key components.api «rep» used kind');
    assert.equal(at('components:\n  api:\n    |\n    kind: service\n'), 'key components.api «» used kind');
    assert.equal(at('components:\n  api:\n    kind: service\n  |'), 'key components «» used api');
  });

  it('is nothing where no key lines up', () => {
    assert.equal(at('calls:\n  - from: a\n   |'), 'nothing');
    assert.equal(at('components:\n  a:\n    kind: service\n |'), 'nothing');
    assert.equal(at('components:\n  a:\n    retry: { base: 1s }\n      |'), 'nothing');
    assert.equal(at('components:\n  a:\n    retry: # soon\n      |'), 'key components.a.retry «»');
    assert.equal(at('calls:\n  - from: a\n  |'), 'key calls «»');
  });

  it('knows values', () => {
    assert.equal(at('components:\n  api:\n    kind: ser|'), 'value components.api.kind «ser»');
    assert.equal(at('components:\n  api:\n    kind: |\n    replicas: 2'), 'value components.api.kind «»');
    assert.equal(at('components:\n  "a b":\n    kind: |'), 'value components.a b.kind «»');
  });

  it('knows lists', () => {
    assert.equal(at('calls:\n  - |'), 'key calls.[] «»');
    assert.equal(at('calls:\n  - from: api\n    to: db\n    ti|\n  - from: x\n'), 'key calls.[] «ti» used from to');
    assert.equal(at('calls:\n- from: api\n  to: |'), 'value calls.[].to «»');
    assert.equal(at('calls:\n- from: api\n- from: b\n  t|'), 'key calls.[] «t» used from');
    assert.equal(at('components:\n  api:\n    zones:\n      - a\n      - |'), 'key components.api.zones.[] «»');
    assert.equal(at('calls:\n  - from: api\n    retry:\n      ma|'), 'key calls.[].retry «ma»');
  });

  it('knows brackets, on one line and on several', () => {
    assert.equal(at('calls:\n  - { from: api, t|'), 'key flow calls.[] «t» used from');
    assert.equal(at('calls:\n  - { from: api, to: | }'), 'value flow calls.[].to «»');
    assert.equal(at('calls:\n  - { from: api, retry: { jitter: f| } }'), 'value flow calls.[].retry.jitter «f»');
    assert.equal(at('calls:\n  - { from: api, retry: { jitter: full }, c|'), 'key flow calls.[] «c» used from retry');
    assert.equal(at('components:\n  api: { zones: [a, b|'), 'value flow components.api.zones.[] «b»');
    assert.equal(at('components:\n  api: {\n    kind: service,\n    |'), 'key flow components.api «» used kind');
    assert.equal(at('components:\n  api: { kind: service }\n  db: |'), 'value components.db «»');
    assert.equal(at('components:\n  api: { description: "a, b: {", kind: |'), 'value flow components.api.kind «»');
  });

  it('says nothing in comments and in block texts', () => {
    assert.equal(at('components:\n  # about |'), 'nothing');
    assert.equal(at('components:\n  api:\n    kind: service # |'), 'nothing');
    assert.equal(at('components:\n  api:\n    description: |x\n').startsWith('value'), true);
    assert.equal(at('components:\n  api:\n    description: >\n      kind: |\n').includes('kind'), false);
    assert.equal(at('components:\n  api:\n    description: >\n      some words\n    |\n'), 'key components.api «» used description');
  });

  it('ends on any text', () => {
    for (const text of ['{', '[', ']', '- - -', '"', "'", ': :', '\t', '- {', '-', '#', 'a: [', 'a: {b', 'a:\n-', '\r\n- a: |\n', '{}{}']) {
      for (let caret = 0; caret <= text.length; caret++) assert.doesNotThrow(() => contextAt(text, caret));
    }
  });
});
