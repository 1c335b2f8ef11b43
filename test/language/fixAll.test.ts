import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { finish } from '../../src/analysis/steps';
import { Pieces } from '../../src/language/pieces';
import { open } from './fixture';

const path = '/f/f.faultline.yaml';

/** The text of a file after all its safe fixes, or undefined where there are none. */
function fixed(texts: Readonly<Record<string, string>>, file = path): string | undefined {
  const { service, linked } = open(texts);
  const edit = finish(service.fixAllSteps(linked, file));
  if (!edit) return undefined;
  assert.deepEqual(Object.keys(edit.changes ?? {}), [`file://${file}`], 'only this file');
  return TextDocument.applyEdits(TextDocument.create(file, 'faultline', 1, texts[file] ?? ''), edit.changes?.[`file://${file}`] ?? []);
}

function errors(texts: Readonly<Record<string, string>>): number {
  const { service, linked } = open(texts);
  return [...service.diagnostics(linked).values()].flat().filter(({ severity }) => severity === 1).length;
}

const text = `faultline: 1
components:
  web: { kind: servce, concurrency: 4 }
  db: { kind: database } # kept
calls:
  - from: web
    to: bd
    timeout: 500
    rety: { maxAttempts: 2, base: 50ms }
journeys:
  buy: { entry: web, rate: 10/s }
`;

describe('fixing all', () => {
  it('makes every safe change of the file, one after the other', () => {
    const after = fixed({ [path]: text });
    assert.equal(
      after,
      text
        .replace('servce', 'service')
        .replace('bd', 'db')
        .replace('timeout: 500', 'timeout: 500ms')
        .replace('rety: { maxAttempts: 2, base: 50ms }', 'retry: { maxAttempts: 2, base: 50ms, jitter: full }'),
    );
    assert.equal(errors({ [path]: after }), 0);
  });

  it('is done when it is done, and says so', () => {
    const after = fixed({ [path]: text }) ?? '';
    assert.equal(fixed({ [path]: after }), undefined);
    assert.equal(fixed({ [path]: after }, '/f/none.yaml'), undefined);
  });

  it('leaves what is silenced, and what only somebody can decide', () => {
    const silenced = text.replace('    rety', '    # faultline-ignore retry-without-jitter -- one client\n    retry');
    assert.ok(!fixed({ [path]: silenced })?.includes('jitter: full'));
    const stale = 'faultline: 1\ncomponents: { a: {}, b: {} }\n# faultline-ignore missing-retry -- none\ncalls: [{ from: a, to: b }]\n';
    assert.equal(fixed({ [path]: stale }), stale.replace(/# .*\n/, ''));
    assert.equal(fixed({ [path]: `${stale}journeys: { x: { entry: nowhere } }\n` }), undefined, 'while there are errors');
    const unbounded = 'faultline: 1\ncomponents: { a: {}, b: {} }\ncalls:\n  - { from: a, to: b, timeout: 5 }\n';
    assert.ok(/timeout: 5(ms|s) /.test(fixed({ [path]: unbounded }) ?? ''));
  });

  it('never makes an error, and changes nothing the second time, whatever the examples look like', () => {
    const texts = Object.fromEntries(
      readdirSync('examples/storefront').map((name) => [`/x/${name}`, readFileSync(`examples/storefront/${name}`, 'utf8')]),
    );
    for (const file of Object.keys(texts)) {
      const after = fixed(texts, file);
      if (after === undefined) continue;
      assert.ok(errors({ ...texts, [file]: after }) <= errors(texts), file);
      assert.equal(fixed({ ...texts, [file]: after }, file), undefined, file);
    }
    assert.equal(fixed(texts, '/x/buying.calls.yaml'), fixed(texts, '/x/buying.calls.yaml'));
  }).timeout(20_000);
});

describe('a text in pieces', () => {
  it('ends as the same text as if every change were made at once', () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 20 }),
        fc.array(fc.tuple(fc.nat(25), fc.nat(6), fc.string({ maxLength: 4 })), { maxLength: 8 }),
        (first, changes) => {
          const pieces = new Pieces(path, first);
          let expected = first;
          for (const [at, length, put] of changes) {
            const start = Math.min(at, expected.length);
            const end = Math.min(start + length, expected.length);
            expected = expected.slice(0, start) + put + expected.slice(end);
            pieces.replace({ start, end }, put);
          }
          assert.equal(pieces.text, expected);
          let result = first;
          for (const { span, text: put } of [...pieces.changes()].reverse())
            result = result.slice(0, span.start) + put + result.slice(span.end);
          assert.equal(result, expected);
        },
      ),
    );
  });
});
