import { strict as assert } from 'node:assert';
import { directionFor } from '../../src/layout/direction';
import type { Graph } from '../../src/layout/graph';
import { graphOf } from '../../src/layout/graphOf';
import { systemOf } from './systems';

function graph(calls: readonly (readonly [string, string])[]): Graph {
  const components = Object.fromEntries(calls.flat().map((name) => [name, {}]));
  const system = systemOf(
    'x',
    components,
    calls.map(([from, to]) => ({ from, to })),
  );
  return graphOf(system, [], [], { startup: false, telemetry: false });
}

const chain = graph([
  ['a', 'b'],
  ['b', 'c'],
  ['c', 'd'],
  ['d', 'e'],
]);
const fan = graph([...'bcdefghij'].map((name) => ['a', name] as const));

describe('the direction of a picture', () => {
  it('follows the longer side of the space where calls lie behind each other', () => {
    assert.equal(directionFor(chain, { width: 1600, height: 300 }), 'right');
    assert.equal(directionFor(chain, { width: 500, height: 900 }), 'down');
  });

  it('lies across the longer side where much stands beside each other', () => {
    assert.equal(directionFor(fan, { width: 700, height: 900 }), 'right');
    assert.equal(directionFor(fan, { width: 2400, height: 400 }), 'down');
  });

  it('is told for cycles and for nothing at all', () => {
    const cycle = graph([
      ['a', 'b'],
      ['b', 'a'],
    ]);
    for (const drawn of [cycle, graph([])]) assert.match(directionFor(drawn, { width: 800, height: 600 }), /^(right|down)$/);
    assert.equal(directionFor(graph([]), { width: 0, height: 0 }), 'right');
  });
});
