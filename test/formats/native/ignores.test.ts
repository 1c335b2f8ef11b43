import { strict as assert } from 'node:assert';
import { LineIndex } from '../../../src/model/text';
import { read, slice } from './helpers';

function ignores(text: string) {
  const lines = text.split('\n');
  return read(text).ignores.map(({ rules, until, reason, place, line }) => ({
    rules: rules.join(' '),
    ...(until !== undefined && { until }),
    reason,
    marked: slice(text, place.span),
    silences: lines[line]?.trim(),
  }));
}

describe('faultline-ignore', () => {
  it('silences the next line that says something', () => {
    const text =
      'components:\n  # faultline-ignore single-point-of-failure -- bought as a whole\n\n  # another comment\n  api: {}   \n  db: {} # faultline-ignore single-zone, missing-backup until 2026-12-31 -- moving  \n';
    assert.deepEqual(ignores(text), [
      {
        rules: 'single-point-of-failure',
        reason: 'bought as a whole',
        marked: '# faultline-ignore single-point-of-failure -- bought as a whole',
        silences: 'api: {}',
      },
      {
        rules: 'single-zone missing-backup',
        until: '2026-12-31',
        reason: 'moving',
        marked: '# faultline-ignore single-zone, missing-backup until 2026-12-31 -- moving',
        silences: 'db: {} # faultline-ignore single-zone, missing-backup until 2026-12-31 -- moving',
      },
    ]);
  });

  it('is read as far as it is written', () => {
    assert.deepEqual(
      ignores(
        '#faultline-ignore\na: 1 # faultline-ignore x\nb: 2 # faultline-ignore x --\nc: 3 # faultline-ignore x until soon -- y\n',
      ).map(({ rules, until, reason }) => [rules, until, reason]),
      [
        ['', undefined, ''],
        ['x', undefined, ''],
        ['x', undefined, ''],
        ['x until soon', undefined, 'y'],
      ],
    );
  });

  it('is a comment and nothing else', () => {
    const text =
      'components:\n  a:\n    description: "x # faultline-ignore y -- z"\n    owner: |\n      # faultline-ignore y -- z\n    runbook: a#faultline-ignore y -- z\n  # faultline-ignored y -- z\n  b: {}\n';
    assert.deepEqual(ignores(text), []);
  });

  it('silences its own line where nothing follows', () => {
    const text = 'a: 1\n# faultline-ignore x -- y';
    assert.deepEqual(ignores(text)[0]?.silences, '# faultline-ignore x -- y');
  });

  it('counts lines as the editor does', () => {
    const text = 'a: 1\r\n# faultline-ignore x -- y\r\nb: 2\r\n';
    const [ignore] = read(text).ignores;
    const index = new LineIndex(text);
    assert.equal(ignore?.line, 2);
    assert.deepEqual(index.positionAt(ignore?.place.span.start ?? -1), { line: 1, character: 0 });
    assert.equal(slice(text, ignore?.place.span ?? { start: 0, end: 0 }), '# faultline-ignore x -- y');
  });

  it('works beside what does not parse', () => {
    const text = 'components:\n  # faultline-ignore x -- y\n  api: { kind: "service\n';
    assert.equal(ignores(text)[0]?.silences, 'api: { kind: "service');
  });
});
