import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { parse, parseDocument, stringify } from 'yaml';
import { Expansion } from '../../../src/formats/shared/yamlExpansion';
import { booleanOf, isEmpty, type YamlNode } from '../../../src/formats/shared/yamlNodes';
import { parseYaml } from '../../../src/formats/shared/yamlParse';

/** The node as plain data; scalars as their text, so that types do not matter. */
function plain(node: YamlNode | undefined): unknown {
  if (!node) return null;
  const { node: sound } = new Expansion().resolve(node);
  if (sound.kind === 'scalar') return sound.text;
  if (sound.kind === 'list') return sound.items.map(plain);
  return sound.kind === 'map' ? sound.entries.map(({ key, value }) => [key, plain(value)]) : 'broken';
}

/** What the YAML library makes of the whole text at once. */
function expected(text: string): unknown {
  const turn = (value: unknown): unknown => {
    if (value instanceof Map) return [...value].map(([key, inner]) => [key, turn(inner)]);
    return Array.isArray(value) ? value.map(turn) : (value ?? '');
  };
  return turn(parse(text, { schema: 'failsafe', mapAsMap: true }) as unknown);
}

const word = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9-]{0,8}$/),
  fc.string({ maxLength: 12 }),
  fc.constantFrom(
    'a: b',
    '# c',
    "it's",
    'say "x"',
    'line\nline',
    ' led',
    'trailing ',
    '- x',
    '50%',
    '<<',
    '*a',
    '---',
    'null',
    '{',
    'x:y',
    'tab\there',
  ),
);
const tree = fc.letrec((tie) => ({
  node: fc.oneof({ maxDepth: 4, withCrossShrink: true }, word, tie('list'), tie('map')),
  list: fc.array(tie('node'), { maxLength: 4 }),
  map: fc.dictionary(word, tie('node'), { maxKeys: 5 }),
}));
const styles = fc.record({
  indent: fc.constantFrom(1, 2, 4),
  indentSeq: fc.boolean(),
  collectionStyle: fc.constantFrom('any' as const, 'flow' as const, 'block' as const),
  defaultStringType: fc.constantFrom('PLAIN' as const, 'QUOTE_DOUBLE' as const, 'QUOTE_SINGLE' as const, 'BLOCK_LITERAL' as const),
  lineWidth: fc.constantFrom(0, 30),
});

describe('parseYaml', () => {
  it('reads sound texts as the library does, although it cuts them into parts', () => {
    fc.assert(
      fc.property(fc.dictionary(word, tree.node, { maxKeys: 6 }), styles, (value, style) => {
        const text = stringify(value, style);
        // The library writes an empty list where it cannot read it itself.
        fc.pre(!text.includes('\0') && parseDocument(text, { uniqueKeys: false }).errors.length === 0);
        const yaml = parseYaml(text);
        assert.deepEqual(yaml.errors, []);
        assert.deepEqual(plain(yaml.root), expected(text));
      }),
      { numRuns: 200 },
    );
  }).timeout(30_000);

  it('does so with comments, blank lines and Windows line ends between the lines', () => {
    const noise = fc.constantFrom('', '# a comment', '   # deeper: x', '  ');
    fc.assert(
      fc.property(
        fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tree.node, { maxKeys: 6 }),
        fc.array(noise, { maxLength: 12 }),
        fc.boolean(),
        (value, extra, windows) => {
          const lines = stringify(value, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE' }).split('\n');
          const noisy = lines
            .flatMap((line, index) => (extra[index] === undefined ? [line] : [extra[index], line]))
            .join(windows ? '\r\n' : '\n');
          fc.pre(!noisy.includes('\0'));
          const yaml = parseYaml(noisy);
          assert.deepEqual(yaml.errors, []);
          assert.deepEqual(plain(yaml.root), expected(noisy));
        },
      ),
      { numRuns: 150 },
    );
  }).timeout(30_000);

  it('gives every scalar the place where it is written', () => {
    fc.assert(
      fc.property(fc.dictionary(word, tree.node, { maxKeys: 6 }), (value) => {
        const text = stringify(value, { lineWidth: 0, defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'QUOTE_DOUBLE' });
        fc.pre(!text.includes('\0'));
        const check = (node: YamlNode): void => {
          if (node.kind === 'list') for (const item of node.items) check(item);
          if (node.kind === 'map') {
            for (const entry of node.entries) {
              assert.equal(JSON.parse(text.slice(entry.keySpan.start, entry.keySpan.end)), entry.key);
              assert.equal(
                text.slice(entry.nameSpan.start - 1, entry.nameSpan.end + 1),
                text.slice(entry.keySpan.start, entry.keySpan.end),
              );
              check(entry.value);
            }
          }
          if (node.kind === 'scalar' && node.style === 'quoted')
            assert.equal(JSON.parse(text.slice(node.span.start, node.span.end)), node.text);
        };
        const { root } = parseYaml(text);
        if (root) check(root);
      }),
      { numRuns: 200 },
    );
  }).timeout(30_000);

  it('takes what it has parsed before from there', () => {
    const text = 'a:\n  b: 1\n  c: [2, 3]\nd:\n  - e: 4\n  - f: 5\n';
    const before = parseYaml(text);
    const after = parseYaml(text.replace('4', '44'), before);
    const shared = [...after.leaves].filter(([part, leaf]) => before.leaves.get(part) === leaf);
    assert.equal(after.leaves.size - shared.length, 1);
    assert.deepEqual(plain(after.root), expected(text.replace('4', '44')));
  });

  it('knows empty values and truth values', () => {
    const { root } = parseYaml('a:\nb: ~\nc: null\nd: ""\ne: true\nf: "true"\ng: False\nh: nul\n');
    assert.ok(root?.kind === 'map');
    assert.deepEqual(
      root.entries.map(({ key, value }) => [key, isEmpty(value), booleanOf(value)]),
      [
        ['a', true, undefined],
        ['b', true, undefined],
        ['c', true, undefined],
        ['d', false, undefined],
        ['e', false, true],
        ['f', false, undefined],
        ['g', false, false],
        ['h', false, undefined],
      ],
    );
  });
});
