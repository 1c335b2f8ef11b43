import { strict as assert } from 'node:assert';
import { elementsOf, problemsOf, read } from './helpers';

/** Milliseconds of this process’s own time. */
function cost(work: () => void): number {
  const since = process.cpuUsage().user;
  work();
  return (process.cpuUsage().user - since) / 1000;
}

describe('what nobody wrote by hand', () => {
  it('is refused with one clear problem when it is too large', () => {
    const line = '  component: { kind: service, replicas: 3 }\n';
    const text = `components:\n${line.repeat(Math.ceil(5_500_000 / line.length))}`;
    let problems: readonly string[] = [];
    assert.ok(cost(() => (problems = problemsOf(text))) < 500);
    assert.deepEqual(problems, [
      'syntax at components:: This file is too large to be read: 6 MB, of 5 MB at most. Split it into several files.',
    ]);
    assert.deepEqual(read(text).unsound, [{ start: 0, end: text.length }]);
  });

  it('is refused with one clear problem when it has too many lines', () => {
    assert.deepEqual(problemsOf('\n'.repeat(300_000)), [
      'syntax at : This file has too many lines to be read: 250,000 at most. Split it into several files.',
    ]);
  });

  it('is refused when it is binary', () => {
    assert.deepEqual(problemsOf('PK\u0003\u0004\0\0components:'), [
      'syntax at PK\u0003\u0004\0\0components:: This file is not text: it contains binary data.',
    ]);
  });

  it('is refused where it nests too deeply', () => {
    for (const text of ['['.repeat(10_000), `a: ${'{a: '.repeat(10_000)}`, '- '.repeat(10_000), '? '.repeat(10_000)]) {
      let problems: readonly string[] = [];
      assert.ok(cost(() => (problems = problemsOf(text))) < 1000);
      assert.equal(problems.length, 1);
      assert.match(problems[0] ?? '', /nested too deeply/);
    }
    const stairs = Array.from({ length: 500 }, (_, i) => `${' '.repeat(i + 1)}a:\n`).join('');
    assert.match(problemsOf(`components:\n${stairs}`).join(), /nested too deeply/);
  });

  it('stands for a bounded number of calls', () => {
    const names = Array.from({ length: 2000 }, (_, i) => `c${i}`).join(', ');
    const fragment = read(`calls:\n  - from: [${names}]\n    to: [${names}]\n`);
    assert.equal(elementsOf(fragment, 'call').length, 10_000);
    assert.match(fragment.problems[0]?.message ?? '', /^This stands for 4000000 calls/);
  });

  it('takes time in proportion to its length', () => {
    const shapes: readonly ((n: number) => string)[] = [
      (n) => 'a: "b\n'.repeat(n),
      (n) => `components:\n${'  a: [b\n'.repeat(n)}`,
      (n) => `components:\n  x:\n${'    a: "b\n'.repeat(n)}`,
      (n) => '%a\n'.repeat(n),
      (n) => '---\n'.repeat(n),
      (n) => '<<<<<<< a\n=======\n'.repeat(n),
      (n) => '\ta: b\n'.repeat(n),
      (n) => `calls:\n${'  - from: "a\n    to: b\n'.repeat(n)}`,
      (n) => '# faultline-ignore x -- y\n'.repeat(n),
      (n) => `components:\n${Array.from({ length: n }, (_, i) => `  c${i}: {}\n`).join('')}`,
    ];
    for (const [index, shape] of shapes.entries()) {
      read(shape(200));
      const small = cost(() => read(shape(400)));
      const large = cost(() => read(shape(3200)));
      assert.ok(large < Math.max(small, 20) * 8 * 4, `shape ${index}: ${small} ms, then ${large} ms for eight times as much`);
    }
  }).timeout(30_000);
});
