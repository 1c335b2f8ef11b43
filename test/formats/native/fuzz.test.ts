import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';

import type { Element, Fragment } from '../../../src/formats/fragment';
import { sections } from '../../../src/formats/native/schema';
import { read } from './helpers';

const examples = readdirSync('examples', { recursive: true })
  .map((name) => join('examples', String(name)))
  .filter((path) => statSync(path).isFile() && /\.ya?ml$/.test(path))
  .map((path) => [path, readFileSync(path, 'utf8')] as const);

const small = `faultline: 1
system: lab
x-base: &base { replicas: 2, zones: [a, "b"] }
components:
  api: # the front
    <<: *base
    description: |
      a: b
      c
  db: { kind: database, 'mttr': 2h }
calls:
- from: [api, db]
  to: db
  retry:
    maxAttempts: 3
- { from: api, to: api, fallback: { to: db } }
scenarios:
  s:
    events: [{ at: 1s, kill: zone a }]
    expect: [{ journey: api, success: "> 99%" }]
`;

/** Every place that a fragment gives is in the text. */
function checkPlaces(text: string, fragment: Fragment): void {
  const spans = [
    ...fragment.problems.map(({ place }) => place.span),
    ...fragment.problems.flatMap(({ suggestions = [] }) => suggestions.flatMap(({ changes }) => changes.map(({ span }) => span))),
    ...fragment.mentions.map(({ place }) => place.span),
    ...fragment.ignores.map(({ place }) => place.span),
    ...fragment.unsound,
    ...fragment.elements.flatMap(({ origin }) => [
      origin.name,
      origin.entry,
      ...[...origin.keys.values()].flatMap(({ key, value }) => [key, value]),
    ]),
  ];
  for (const { start, end } of spans) assert.ok(start >= 0 && start <= end && end <= text.length, `${start} to ${end} of ${text.length}`);
  for (const { message } of fragment.problems) assert.match(message, /^[\p{Lu}`].*[.?]$/su);
}

describe('reading whatever is typed', () => {
  it('never fails on a text that is cut off anywhere', () => {
    for (const [path, text] of [...examples, ['small', small] as const]) {
      // Every place in the small text, and a spread of places in the larger ones.
      const step = text.length < 700 ? 1 : 7;
      let previous: Fragment | undefined;
      for (let cut = 0; cut <= text.length; cut += step) {
        const part = text.slice(0, cut);
        const fragment = read(part, previous);
        checkPlaces(part, fragment);
        previous = fragment;
      }
      assert.equal(read(text, previous).problems.filter(({ rule }) => rule === 'syntax').length, 0, path);
    }
  }).timeout(60_000);

  it('never fails on random edits, and forgets nothing that is sound', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '"',
        "'",
        '[',
        ']',
        '{',
        '}',
        ':',
        ': ',
        '\n',
        '\t',
        '- ',
        '#',
        '&a',
        '*a',
        '<<: ',
        '|',
        '>',
        '%',
        '---\n',
        '  ',
        '\r\n',
        '\0',
        '<<<<<<< x\n',
        '=======\n',
        '>>>>>>> x\n',
      ),
      fc.string({ maxLength: 6 }),
      fc.constantFrom(...sections.keys(), 'retry', 'kind', 'from', 'api', '__proto__', 'constructor'),
    );
    const edit = fc.record({ at: fc.nat(small.length), cut: fc.nat(12), piece });
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 6 }), (edits) => {
        let text = small;
        let previous = read(text);
        for (const { at, cut, piece: added } of edits) {
          text = text.slice(0, at) + added + text.slice(at + cut);
          const fragment = read(text, previous);
          checkPlaces(text, fragment);
          if (fragment.unsound.length === 0) {
            const fresh = read(text);
            assert.deepEqual(fragment.elements.map(plain), fresh.elements.map(plain));
            assert.deepEqual(fragment.mentions, fresh.mentions);
            assert.deepEqual(fragment.problems, fresh.problems);
          }
          previous = fragment;
        }
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);

  it('never fails on texts made of YAML’s own signs', () => {
    const sign = fc.constantFrom(
      'a',
      'b: ',
      ':',
      '- ',
      '\n',
      '  ',
      '    ',
      '[',
      ']',
      '{',
      '}',
      ',',
      '"',
      "'",
      '#',
      '|',
      '>',
      '&x ',
      '*x',
      '!t ',
      '? ',
      '%',
      '\t',
      'components:',
      'calls:',
      '\n  - ',
      '\n  k: ',
    );
    fc.assert(
      fc.property(fc.array(sign, { maxLength: 40 }), (signs) => {
        const text = signs.join('');
        checkPlaces(text, read(text));
      }),
      { numRuns: 400 },
    );
  }).timeout(60_000);

  it('never fails on a value of any shape under any key', () => {
    const keys = [
      ...new Set(
        [...sections].flatMap(([, { type }]) => [
          ...(type.fields?.keys() ?? []),
          ...[...(type.fields?.values() ?? [])].flatMap((field) => [...(field.type.fields?.keys() ?? [])]),
        ]),
      ),
    ];
    const value = fc.oneof(
      fc.constantFrom(
        '5',
        '5s',
        '50%',
        '3/s',
        'none',
        'true',
        '~',
        '[]',
        '{}',
        '[a, b]',
        '{ a: 1 }',
        '[[a]]',
        '{ p50: 1s }',
        '"x"',
        'zone a',
        'a -> b',
        '-1',
        '1e9',
        '|',
        '*x',
      ),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...sections.keys()),
        fc.array(fc.tuple(fc.constantFrom(...keys), value), { maxLength: 5 }),
        fc.boolean(),
        (section, pairs, asList) => {
          const lines = pairs.map(([key, one]) => `${key}: ${one}`);
          const text = asList ? `${section}:\n  - ${lines.join('\n    ')}\n` : `${section}:\n  name:\n    ${lines.join('\n    ')}\n`;
          checkPlaces(text, read(text));
        },
      ),
      { numRuns: 400 },
    );
  }).timeout(60_000);
});

/** Places that are worked out when somebody asks are asked for. */
function plain(element: Element): object {
  const { file, name, entry, keys } = element.origin;
  return { ...element, origin: { file, name, entry, keys: new Map(keys) } };
}
