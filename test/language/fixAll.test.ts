import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Pieces } from '../../src/language/pieces';
import { finish } from '../../src/model/steps';
import { open } from './fixture';

const path = '/f/f.faultline.yaml';
const rules = 'test/fixtures/rules';

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
  }).timeout(20_000);

  it('keeps comments and line breaks, makes no error, and is done after once, in every text of the rules', () => {
    let changed = 0;
    for (const rule of readdirSync(rules)) {
      // There the comments are what is wrong.
      if (rule === 'stale-suppression') continue;
      for (const name of readdirSync(`${rules}/${rule}`).filter((entry) => entry.endsWith('.yaml'))) {
        const unix = readFileSync(`${rules}/${rule}/${name}`, 'utf8').replace(/^ *# *[@^].*\n/gm, '');
        for (const before of [unix, unix.replaceAll('\n', '\r\n')]) {
          const after = fixed({ [path]: before });
          if (after === undefined) continue;
          changed++;
          const what = `${rule}/${name}\n${after}`;
          assert.ok(errors({ [path]: after }) <= errors({ [path]: before }), what);
          assert.equal(fixed({ [path]: after }), undefined, what);
          if (rule !== 'unused-declaration') assert.deepEqual(after.match(/ # .*/g), before.match(/ # .*/g), what);
          assert.equal(/[^\r]\n/.test(after), /[^\r]\n/.test(before), what);
        }
      }
    }
    assert.ok(changed > 40, `${changed} texts changed`);
  }).timeout(30_000);

  it('goes by what a configuration settles', () => {
    // Elsewhere it is settled that 27 times the load is bearable, so that this comment has nothing to silence.
    const calm = `faultline: 1
components: { web: { managed: true }, a: { managed: true }, b: { managed: true }, c: { managed: true } }
# faultline-ignore retry-amplification -- c is large
policies: { again: { timeout: 1s, retry: { maxAttempts: 3, base: 10ms, jitter: full }, circuitBreaker: { failures: 5 } } }
calls:
  - { from: web, to: a, policy: again, timeout: 20s }
  - { from: a, to: b, policy: again, timeout: 5s }
  - { from: b, to: c, policy: again }
journeys: { go: { entry: web } }
`;
    const { service, workspace } = open({ [path]: calm }, new Map([['retry-amplification', 'error']]));
    const edits = () => {
      const [linked] = workspace.systems();
      assert.ok(linked);
      return finish(service.fixAllSteps(linked, path))?.changes?.[`file://${path}`]?.map(({ range }) => range.start.line);
    };
    assert.equal(edits(), undefined);
    workspace.setDecisions({ starts: () => true, settings: () => ({ amplificationLimit: 30 }) });
    assert.deepEqual(edits(), [2]);
  });
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
