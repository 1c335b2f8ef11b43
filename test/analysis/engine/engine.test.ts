import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { BoundedBlock } from '../../../src/analysis/engine/bounds';
import { compile } from '../../../src/analysis/engine/compile';
import { cutSetsOf } from '../../../src/analysis/engine/cutsets';
import { effectsOf } from '../../../src/analysis/engine/failures';
import { FailureGraph, type Gate, kinds } from '../../../src/analysis/engine/graph';
import { Library } from '../../../src/analysis/engine/library';
import { modulesOf } from '../../../src/analysis/engine/modules';
import { blockOf } from '../../../src/analysis/engine/order';
import { type Plan, planOf } from '../../../src/analysis/engine/plan';
import { reduced } from '../../../src/analysis/engine/reduce';
import { finish } from '../../../src/model/steps';

/** A random coherent tree with shared gates: AND, OR and k-of-n over at most ten events. */
interface Tree {
  readonly graph: FailureGraph;
  readonly root: Gate;
  readonly events: number;
  readonly q: Float64Array;
}

const trees: fc.Arbitrary<Tree> = fc
  .record({
    events: fc.integer({ min: 1, max: 10 }),
    gates: fc.array(fc.record({ kind: fc.nat(2), k: fc.nat(3), args: fc.array(fc.nat(1000), { minLength: 1, maxLength: 5 }) }), {
      minLength: 1,
      maxLength: 16,
    }),
    q: fc.array(fc.constantFrom(0, 1e-9, 1e-3, 0.01, 0.1, 0.3, 0.7, 1), { minLength: 10, maxLength: 10 }),
  })
  .map(({ events, gates, q }) => {
    const graph = new FailureGraph();
    const nodes: Gate[] = Array.from({ length: events }, (_, i) => graph.variable(i));
    for (const { kind, k, args } of gates) {
      // Rather what was made last, so that trees grow deep.
      const inputs = args.map((n) => nodes[n % 3 === 0 ? n % nodes.length : Math.max(0, nodes.length - 1 - (n % 6))] as Gate);
      nodes.push(kind === 0 ? graph.and(inputs) : kind === 1 ? graph.or(inputs) : graph.atLeast(Math.min(k + 1, inputs.length), inputs));
    }
    return { graph, root: nodes[nodes.length - 1] as Gate, events, q: Float64Array.from(q.slice(0, events)) };
  });

/** Whether a gate fails, straight from its definition. */
function fails(graph: FailureGraph, gate: Gate, state: number): boolean {
  if (gate < 2) return gate === 1;
  const kind = graph.kind(gate);
  if (kind === kinds.variable) return ((state >> graph.value(gate)) & 1) === 1;
  const args = Array.from(graph.args(gate), (arg) => fails(graph, arg, state));
  if (kind === kinds.and) return args.every(Boolean);
  return kind === kinds.or ? args.some(Boolean) : args.filter(Boolean).length >= graph.value(gate);
}

function failing(tree: Tree): Uint8Array {
  return Uint8Array.from({ length: 1 << tree.events }, (_, state) => (fails(tree.graph, tree.root, state) ? 1 : 0));
}

/** Sums both polarities over all states, optionally with one event settled. */
function probability({ q, events }: Tree, table: Uint8Array, settled = -1, value = 0): { down: number; up: number } {
  let down = 0;
  let up = 0;
  for (const [state, failed] of table.entries()) {
    let p = 1;
    for (let i = 0; i < events; i++) {
      const bit = (state >> i) & 1;
      const own = i === settled ? value : (q[i] as number);
      p *= bit === 1 ? own : 1 - own;
    }
    if (failed === 1) down += p;
    else up += p;
  }
  return { down, up };
}

function isSingleIn(tree: Tree): (event: number) => boolean {
  const { graph, root, events } = tree;
  const [set] = effectsOf(
    graph,
    [root],
    Array.from({ length: events }, (_, event) => [graph.variable(event)]),
  );
  return (event) => set?.has(event) ?? false;
}

function planned(tree: Tree): Plan {
  return planOf(tree.graph, tree.root, tree.events, isSingleIn(tree));
}

function near(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= 1e-12 * Math.max(expected, 1e-30), `${what}: ${actual} should be ${expected}`);
}

describe('the engine, on random trees', function () {
  this.timeout(60_000);

  it('finds the probability with all its digits, failed and working', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const table = failing(tree);
        const up = tree.q.map((q) => 1 - q);
        const compiled = finish(compile(planned(tree), new Library(), { nodes: 1e6 }));
        assert.ok(compiled.exact);
        const chance = compiled.evaluate(tree.q, up);
        const expected = probability(tree, table);
        near(chance.down, expected.down, 'failed');
        near(chance.up, expected.up, 'working');
        const slopes = compiled.slopes();
        for (let event = 0; event < tree.events; event++) {
          const birnbaum = probability(tree, table, event, 1).down - probability(tree, table, event, 0).down;
          assert.ok(
            Math.abs((slopes[event] as number) - birnbaum) <= 1e-12,
            `Birnbaum of ${event}: ${slopes[event]} should be ${birnbaum}`,
          );
        }
        // With other probabilities nothing is built again.
        const other = { ...tree, q: tree.q.map((q) => (1 - q) / 2) };
        const again = compiled.evaluate(
          other.q,
          other.q.map((q) => 1 - q),
        );
        near(again.down, probability(other, table).down, 'other probabilities');
      }),
      { numRuns: 600 },
    );
  });

  it('finds single points', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const single = isSingleIn(tree);
        for (let event = 0; event < tree.events; event++) assert.equal(single(event), fails(tree.graph, tree.root, 1 << event));
      }),
      { numRuns: 600 },
    );
  });

  it('evaluates any sets of failures at once', () => {
    fc.assert(
      fc.property(trees, fc.array(fc.nat(1023), { minLength: 1, maxLength: 600 }), (tree, masks) => {
        const { graph, root, events } = tree;
        const sets = masks.map((mask) => Array.from({ length: events }, (_, i) => i).filter((i) => ((mask >> i) & 1) === 1));
        const [result] = effectsOf(
          graph,
          [root],
          sets.map((set) => set.map((event) => graph.variable(event))),
        );
        for (const [i, set] of sets.entries()) {
          const state = set.reduce((bits, event) => bits | (1 << event), 0);
          assert.equal(result?.has(i), fails(graph, root, state));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('keeps the function when it reduces', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const rest = reduced(tree.graph, tree.root, () => false);
        for (let state = 0; state < 1 << tree.events; state++) {
          assert.equal(fails(rest.graph, rest.root, state), fails(tree.graph, tree.root, state));
        }
      }),
      { numRuns: 600 },
    );
  });

  it('finds the modules: nothing below them is used from outside', () => {
    fc.assert(
      fc.property(trees, ({ graph, root }) => {
        if (graph.kind(root) < kinds.and) return;
        const below = (gate: Gate): Set<Gate> => {
          const seen = new Set<Gate>();
          const open = [gate];
          for (let next = open.pop(); next !== undefined; next = open.pop()) {
            for (const arg of graph.args(next)) if (!seen.has(arg)) open.push(seen.add(arg) && arg);
          }
          return seen;
        };
        const all = below(root).add(root);
        const modules = modulesOf(graph, root);
        for (const gate of all) {
          if (graph.kind(gate) < kinds.and) continue;
          const inside = below(gate);
          const used = [...all].some(
            (other) => other !== gate && !inside.has(other) && [...graph.args(other)].some((arg) => inside.has(arg)),
          );
          assert.equal(modules[gate] === 1, !used);
        }
      }),
      { numRuns: 600 },
    );
  });

  it('counts and lists minimal cut sets', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const table = failing(tree);
        const minimal = [...table.keys()].filter((state) => {
          if (table[state] === 0) return false;
          for (let i = 0; i < tree.events; i++) if (((state >> i) & 1) === 1 && table[state ^ (1 << i)] === 1) return false;
          return true;
        });
        const cuts = cutSetsOf(planned(tree), new Library(), { nodes: 1e6 });
        assert.ok(cuts);
        const size = (state: number): number => state.toString(2).replaceAll('0', '').length;
        const counts = cuts.counts();
        for (let order = 0; order <= tree.events; order++) {
          assert.equal(counts[order] ?? 0n, BigInt(minimal.filter((state) => size(state) === order).length));
        }
        const cost = new Float64Array(tree.events).fill(1);
        const listed = (cuts.within(cost, Infinity, 1e6) ?? []).map(({ variables }) => variables.reduce((bits, v) => bits | (1 << v), 0));
        assert.deepEqual(
          listed.sort((a, b) => a - b),
          minimal,
        );
        const two = (cuts.within(cost, 2, 1e6) ?? []).length;
        assert.equal(two, minimal.filter((state) => size(state) <= 2).length);
        assert.equal(cuts.within(cost, Infinity, minimal.length - 1), minimal.length > 0 ? undefined : cuts.within(cost, Infinity, -1));
        assert.equal(
          cuts.cheapest(cost),
          minimal.reduce((least, state) => Math.min(least, size(state)), Infinity),
        );
      }),
      { numRuns: 600 },
    );
  });

  it('gives certified bounds when no diagram may be built', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        const up = tree.q.map((q) => 1 - q);
        const compiled = finish(compile(planned(tree), new Library(), { nodes: 0 }));
        const lower = compiled.evaluate(tree.q, up, 'lower');
        const upper = compiled.evaluate(tree.q, up, 'upper');
        const { down } = probability(tree, failing(tree));
        assert.ok(lower.down <= down * (1 + 1e-12) && down <= upper.down * (1 + 1e-12), `${lower.down} ≤ ${down} ≤ ${upper.down}`);
        assert.ok(Math.abs(lower.down + lower.up - 1) < 1e-12 && Math.abs(upper.down + upper.up - 1) < 1e-12);
      }),
      { numRuns: 600 },
    );
  });

  it('gives narrow bounds for rare failures', () => {
    fc.assert(
      fc.property(trees, (tree) => {
        if (tree.graph.kind(tree.root) < kinds.and) return;
        const rare = { ...tree, q: tree.q.map((_, i) => 1e-4 * (i + 1)) };
        const block = new BoundedBlock(blockOf(tree.graph, tree.root, () => false));
        const { lower, upper } = block.bounds(...leafChances(rare));
        const { down } = probability(rare, failing(rare));
        assert.ok(lower.down <= down * (1 + 1e-9) && down <= upper.down * (1 + 1e-9));
        assert.ok(upper.down - lower.down <= 0.02 * down, `${lower.down}..${upper.down} for ${down}`);
      }),
      { numRuns: 600 },
    );
  });
});

/** The probabilities of a block's leaves, in their order. */
function leafChances({ graph, root, q }: Tree): [Float64Array, Float64Array] {
  const { leaves } = blockOf(graph, root, () => false);
  const down = Float64Array.from(leaves, (leaf) => q[graph.value(leaf)] as number);
  return [down, down.map((p) => 1 - p)];
}
