import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import { spacedOn } from '../../src/layout/attach';
import { underBadges } from '../../src/layout/cards';
import { frameTitle } from '../../src/layout/drawing/frameShape';
import type { Direction } from '../../src/layout/flow';
import type { Graph, Group } from '../../src/layout/graph';
import { flowing, graphOf } from '../../src/layout/graphOf';
import { layoutPicture, type Picture } from '../../src/layout/picture';
import type { System } from '../../src/model/system';
import { marksFor, storefront, systemOf } from './systems';

const elk = new ELK();

async function drawn(system: System, direction: Direction): Promise<{ graph: Graph; picture: Picture }> {
  const graph = flowing(graphOf(system, marksFor(system), [], { startup: true, telemetry: true }), direction);
  return { graph, picture: await layoutPicture(graph, elk, { direction }) };
}

describe('where things are put', () => {
  it('no line arrives under a badge that hangs over the corner of its card', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `caller-${i}`);
    const system = systemOf(
      'hub',
      { hub: { kind: 'database', replicas: 1 }, ...Object.fromEntries(names.map((name) => [name, {}])) },
      names.map((from) => ({ from, to: 'hub', timeout: 1 })),
    );
    const { graph, picture } = await drawn(system, 'down');
    const hub = graph.cards.find(({ name }) => name === 'hub');
    const box = picture.cards.find(({ id }) => id === hub?.id);
    const covered = underBadges(hub?.badges ?? []);
    assert.ok(covered > 20, `${covered}`);
    const ends = picture.edges.map(({ points }) => (points.at(-1)?.x ?? Number.NaN) - (box?.x ?? Number.NaN));
    assert.equal(ends.length, 9);
    assert.ok(Math.min(...ends) >= covered, `${ends.join()} and ${covered}`);
    assert.ok(Math.max(...ends) < (box?.width ?? 0));
  });

  it('lines are spread evenly where there is room for all beside what has to stay free', () => {
    const all = (length: number, count: number, clear?: number) =>
      Array.from({ length: count }, (_, i) => spacedOn(length, i, count, clear));
    assert.deepEqual(all(180, 2), [60, 120]);
    assert.deepEqual(all(180, 2, 40), [60, 120]);
    assert.deepEqual(all(180, 3, 60), [90, 120, 150]);
  });

  it('calls are drawn over what is asynchronous, and that over start-up and telemetry', async () => {
    const system = systemOf('styles', { a: {}, b: {}, c: { kind: 'queue' }, d: {} }, [
      { from: 'a', to: 'b', timeout: 1 },
      { from: 'a', to: 'c', async: true },
      { from: 'a', to: 'd', role: 'telemetry' },
      { from: 'b', to: 'd', role: 'startup' },
    ]);
    const { graph, picture } = await drawn(system, 'right');
    const styles = picture.edges.map(({ id }) => graph.edges.find((edge) => edge.id === id)?.style ?? '');
    assert.deepEqual(new Set(styles.slice(0, 2)), new Set(['startup', 'telemetry']));
    assert.deepEqual(styles.slice(2), ['async', 'sync']);
  });

  it('third parties stand in the order of the lines that lead to them', async () => {
    for (const direction of ['right', 'down'] as const) {
      const { picture } = await drawn(storefront(), direction);
      const across = direction === 'down' ? ('x' as const) : ('y' as const);
      const ends = ['component payment', 'component mail'].map((id) => {
        const card = picture.cards.find((one) => one.id === id);
        const route = picture.edges.find((edge) => edge.id.includes(`-> ${id.slice('component '.length)}`));
        return { card: card?.[across] ?? Number.NaN, start: route?.points[0]?.[across] ?? Number.NaN };
      });
      const [payment, mail] = ends;
      assert.ok(payment && mail && payment.start !== mail.start);
      assert.equal(payment.card < mail.card, payment.start < mail.start, direction);
    }
  });

  it('a title gives way to lines that run into its frame, where there is room', () => {
    const group: Group = { id: 'g', kind: 'external', name: 'x', words: ['External', 'Third parties'], tone: 'none', spoken: '', hint: '' };
    const at = (width: number, lines: readonly number[]): number => {
      const text = frameTitle(group, { x: 100, y: 0, width, height: 100 }, undefined, lines).children.find(
        (child) => typeof child === 'object' && child.tag === 'text',
      );
      return typeof text === 'object' ? Number(text.attributes['x']) : Number.NaN;
    };
    assert.equal(at(500, []), 114);
    assert.equal(at(500, [400]), 114);
    assert.equal(at(500, [150]), 160);
    assert.equal(at(500, [170, 150, 330]), 180);
    assert.equal(at(500, [150, 250, 330]), 340);
    // No room: it stays, and the line runs under it.
    assert.equal(at(200, [150]), 114);
  });
});
