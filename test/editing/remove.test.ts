import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { applyTextChanges } from '../../src/editing/edit';
import { removeNamed } from '../../src/editing/remove';

/** The text without a zone; undefined where it is not taken out. */
function without(text: string, name: string, section = 'zones'): string | undefined {
  const change = removeNamed('/shop.yaml', text, section, name);
  return change && applyTextChanges(text, [change]);
}

describe('taking a name out of a section', () => {
  it('takes its lines, with the comments in them, and nothing else', () => {
    const text = 'zones:\n  a: {}\n  # of b\n  b:   # soon\n    region: r\n    # inside\n    availability: 99%\n\n  c: {}\n';
    assert.equal(without(text, 'b'), 'zones:\n  a: {}\n  # of b\n\n  c: {}\n');
    assert.equal(without(text, 'a'), text.replace('  a: {}\n', ''));
    assert.equal(without(text, 'c'), text.replace('  c: {}\n', ''));
  });

  it('keeps the ends of lines, and a last line that has none', () => {
    assert.equal(without('zones:\r\n  a: {}\r\n  b: {}\r\n', 'a'), 'zones:\r\n  b: {}\r\n');
    assert.equal(without('zones:\r\n  a: {}\r\n  b: {}', 'b'), 'zones:\r\n  a: {}');
    assert.equal(without('zones:\n  a: {}\n  b: {}', 'b'), 'zones:\n  a: {}');
  });

  it('takes the section with the last name', () => {
    assert.equal(without('faultline: 1\nzones:\n  a: {}\njourneys: {}\n', 'a'), 'faultline: 1\njourneys: {}\n');
    assert.equal(without('faultline: 1\nzones:\n  a: {}', 'a'), 'faultline: 1');
    assert.equal(without('faultline: 1\nzones: { a: {} }\n', 'a'), 'faultline: 1\nzones: {}\n');
  });

  it('takes an entry in braces with one comma', () => {
    const text = 'zones: { a: {}, "b": { region: r }, c: {} }\n';
    assert.equal(without(text, 'a'), 'zones: { "b": { region: r }, c: {} }\n');
    assert.equal(without(text, 'b'), 'zones: { a: {}, c: {} }\n');
    assert.equal(without(text, 'c'), 'zones: { a: {}, "b": { region: r } }\n');
    assert.equal(without('{"zones": {"a": {}, "b": {}}, "system": "s"}', 'a'), '{"zones": {"b": {}}, "system": "s"}');
    assert.equal(without('zones: {\n  a: {},\n  b: {}\n}\n', 'b'), 'zones: {\n  a: {}\n}\n');
  });

  it('takes nothing that others need, that is not there, or that it cannot tell apart', () => {
    assert.equal(without('zones:\n  a: &a { region: r }\n  b: *a\n', 'a'), undefined);
    assert.equal(without('zones:\n  a: &a { region: r }\n  b: *a\n', 'b'), 'zones:\n  a: &a { region: r }\n');
    assert.equal(without('zones:\n  a: {}\n', 'b'), undefined);
    assert.equal(without('zones:\n  a: {}\n  a: { region: r }\n', 'a'), undefined);
    assert.equal(without('zones: {\n  a: {},   # the first\n  b: {}\n}\n', 'a'), undefined);
    assert.equal(without('zones: [a]\n', 'a'), undefined);
    assert.equal(without('', 'a'), undefined);
    assert.equal(without('zones:\n  a: {\n', 'a'), undefined);
  });

  it('takes names that are names of built-in properties', () => {
    assert.equal(without('zones:\n  __proto__: {}\n  b: {}\n', '__proto__'), 'zones:\n  b: {}\n');
    assert.equal(without('zones:\n  b: {}\n', 'toString'), undefined);
  });

  it('leaves every other name as it is, whatever stands around', () => {
    const value = fc.constantFrom(
      '{}',
      '{ region: r }',
      '',
      '\n    region: r',
      '\n    region: r\n    # note\n',
      ' # note',
      '{ region: "a: b" }',
    );
    const entry = fc.tuple(value, fc.constantFrom('\n', '\n\n', '\n  # between\n'));
    fc.assert(
      fc.property(fc.array(entry, { minLength: 1, maxLength: 5 }), fc.nat(4), fc.boolean(), (entries, pick, windows) => {
        const written = entries.map(([text, gap], i) => `  z${i}: ${text}${gap}`).join('');
        const plain = `faultline: 1\nzones:\n${written}system: s\n`;
        const text = windows ? plain.replaceAll('\n', '\r\n') : plain;
        const name = `z${pick % entries.length}`;
        const after = without(text, name);
        assert.ok(after !== undefined);
        const names = (all: string) => [...all.matchAll(/^ {2}(z\d):/gm)].map(([, one]) => one);
        assert.deepEqual(
          names(after),
          names(text).filter((one) => one !== name),
        );
        assert.ok(after.startsWith('faultline: 1') && after.trimEnd().endsWith('system: s'));
        assert.equal(/[^\r]\n/.test(after), windows ? /[^\r]\n/.test(text) : true);
        assert.equal(after.includes('zones:'), entries.length > 1);
      }),
    );
  });
});
