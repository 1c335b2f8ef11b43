import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import { draft, type FlowEdge, type FlowGraph, type FlowNode, type Layouter } from '../../src/layout/elk';

const elk: Layouter = new ELK();
const node = (id: string, rest: Partial<FlowNode> = {}): FlowNode => ({ id, du: 100, dv: 50, ...rest });
const edge = (from: string, to: string): FlowEdge => ({ id: `${from} ${to}`, from, to });

async function layersOf(graph: FlowGraph): Promise<Readonly<Record<string, number | undefined>>> {
  const drafted = await draft(elk, graph);
  return Object.fromEntries(graph.nodes.map(({ id }) => [id, drafted.get(id)?.layer]));
}

describe('a draft of a level', () => {
  it('puts whoever calls before what it calls, with a layer for labels between', async () => {
    const nodes = ['a', 'b', 'c', 'd'].map((id) => node(id));
    const edges = [edge('a', 'b'), edge('b', 'c'), edge('a', 'd'), edge('d', 'c')];
    assert.deepEqual(await layersOf({ nodes, edges }), { a: 0, b: 2, d: 2, c: 4 });
  });

  it('puts a label beside its caller, at the end of the flow where the line was turned round', async () => {
    const nodes = [node('a'), node('b'), node('c'), node('near', { early: true }), node('turned', { early: false })];
    const edges = [edge('a', 'b'), edge('b', 'c'), edge('a', 'near'), edge('near', 'c'), edge('a', 'turned'), edge('turned', 'c')];
    assert.deepEqual(await layersOf({ nodes, edges }), { a: 0, b: 2, c: 4, near: 1, turned: 3 });
  });

  it('keeps to the ends what leads out of the level', async () => {
    const nodes = [node('a'), node('b'), node('in', { border: 'first' }), node('out', { border: 'last' })];
    const drafted = await draft(elk, { nodes, edges: [edge('in', 'a'), edge('a', 'b'), edge('b', 'out'), edge('a', 'out')] });
    assert.ok((drafted.get('a')?.layer ?? 0) < (drafted.get('b')?.layer ?? 0));
    // Across the flow they begin where their line leads.
    assert.equal(drafted.get('in')?.v, drafted.get('a')?.v);
    assert.equal(drafted.get('out')?.v, drafted.get('a')?.v);
  });

  it('asks for no label, no border twice, and no line twice', async () => {
    const asked: number[][] = [];
    const counting: Layouter = {
      layout: (graph, options) => {
        asked.push([graph.children?.length ?? 0, graph.edges?.length ?? 0]);
        return elk.layout(graph, options);
      },
    };
    const nodes = [node('a'), node('b'), node('l', { early: true }), node('x', { border: 'last' }), node('y', { border: 'last' })];
    const edges = [edge('a', 'b'), { ...edge('a', 'b'), id: 'again' }, edge('a', 'l'), edge('l', 'b'), edge('b', 'x'), edge('b', 'y')];
    await draft(counting, { nodes, edges });
    await draft(counting, { nodes, edges });
    assert.deepEqual(asked, [[3, 2]]);
    assert.equal((await draft(counting, { nodes: [], edges: [] })).size, 0);
    assert.equal(asked.length, 1);
  });

  it('rejects with the layouter’s own reason', async () => {
    const broken: Layouter = { layout: () => Promise.reject(new Error('it broke')) };
    await assert.rejects(draft(broken, { nodes: [node('a')], edges: [] }), /it broke/);
  });
});
