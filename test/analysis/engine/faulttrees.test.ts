import { strict as assert } from 'node:assert';
import { mismatches } from '../../../bench/faulttrees/expected';
import { readFaultTree } from '../../../bench/faulttrees/read';
import { solve } from '../../../bench/faulttrees/solve';
import { near } from '../near';

const two = {
  name: 'two-of-three with a common cause',
  top: 'top',
  events: { a: 0.1, b: 0.2, c: 0.3, power: 0.01 },
  gates: {
    top: ['or', ['some', 'power']],
    some: ['atleast', 2, ['a', 'b', 'all-c']],
    'all-c': ['and', ['c', 'c']],
  },
};

describe('fault trees', () => {
  it('are read and solved by the same engine', () => {
    const tree = readFaultTree(JSON.stringify(two));
    assert.ok(typeof tree !== 'string');
    const result = solve(tree);
    const some = 0.1 * 0.2 * 0.7 + 0.1 * 0.8 * 0.3 + 0.9 * 0.2 * 0.3 + 0.1 * 0.2 * 0.3;
    near(result.upper, 0.01 + 0.99 * some);
    assert.equal(result.exact, true);
    assert.equal(result.orderOne, 1);
    assert.deepEqual(result.counts, [0n, 1n, 3n]);
    const known = { probability: result.upper, cutSets: 4n, orderOne: 1, byOrder: [1n, 3n], seconds: undefined };
    assert.deepEqual(mismatches(result, known), []);
    assert.equal(mismatches(result, { ...known, probability: result.upper * (1 + 1e-9) }).length, 1);
    assert.equal(mismatches(result, { ...known, cutSets: 5n, byOrder: [1n, 4n], orderOne: 2 }).length, 3);
  });

  it('say what is wrong with them', () => {
    const read = (gates: object): unknown => readFaultTree(JSON.stringify({ ...two, gates }));
    assert.match(String(read({ top: ['not', ['a']] })), /not coherent/);
    assert.match(String(read({ top: ['and', ['a', 'nobody']] })), /nobody is neither/);
    assert.match(String(read({ top: ['and', ['x']], x: ['or', ['top', 'a']] })), /depends on itself/);
  });
});
