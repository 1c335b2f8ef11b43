import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import type { Layouter } from '../../src/layout/elk';
import type { Direction } from '../../src/layout/flow';
import type { Graph } from '../../src/layout/graph';
import { flowing, graphOf } from '../../src/layout/graphOf';
import { layoutPicture, type Picture } from '../../src/layout/picture';
import type { Caption } from '../../src/layout/protocol';
import type { System } from '../../src/model/system';
import { faultsOf } from './check';
import { movedShare, withCall } from './edits';
import { generate, reordered } from './generate';
import { lab, marksFor, storefront, systemOf, twoZones } from './systems';

const elk: Layouter = new ELK();
const directions: readonly Direction[] = ['right', 'down'];

function graph(system: System, captions: readonly Caption[] = [], direction: Direction = 'right'): Graph {
  return flowing(graphOf(system, marksFor(system), captions, { startup: true, telemetry: false }), direction);
}

/** A layouter that counts what it is asked, and shares no answers with others. */
function counting(): Layouter & { readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    layout: (root, options) => {
      asked++;
      return elk.layout(root, options);
    },
  };
}

describe('a picture', function () {
  this.timeout(60_000);

  for (const direction of directions) {
    it(`of the samples is sound, flowing ${direction}`, async () => {
      for (const system of [lab(), storefront(), twoZones()]) {
        const drawn = graph(system, [], direction);
        assert.deepEqual(faultsOf(drawn, await layoutPicture(drawn, elk, { direction })), [], system.name);
      }
    });
  }

  it('of generated systems is sound: nothing overlaps, everything is in its frame, lines end at their cards', async () => {
    for (let seed = 1; seed <= 12; seed++) {
      const wishes = { components: 3 + ((seed * 5) % 23), zones: seed % 5, regions: seed % 3, single: 0.2 + (seed % 4) / 4 };
      const direction = seed % 2 === 0 ? 'down' : 'right';
      const drawn = graph(generate(seed, wishes), [], direction);
      const picture = await layoutPicture(drawn, elk, { direction });
      assert.deepEqual(faultsOf(drawn, picture), [], `seed ${seed}: ${JSON.stringify(wishes)}`);
    }
  });

  it('of generated systems is sound in the deployment too, and with groups collapsed', async () => {
    for (let seed = 1; seed <= 6; seed++) {
      const system = generate(seed, { components: 4 + seed * 3, zones: 1 + (seed % 4), regions: seed % 3, single: 0.3 });
      const plain = { startup: true, telemetry: false } as const;
      const direction = seed % 2 === 0 ? 'right' : 'down';
      for (const options of [
        { ...plain, view: 'deployment' as const },
        { ...plain, collapsed: new Set(['zone zone-a', 'external']) },
      ]) {
        const drawn = flowing(graphOf(system, marksFor(system), [], options), direction);
        assert.deepEqual(faultsOf(drawn, await layoutPicture(drawn, elk, { direction })), [], `seed ${seed}`);
      }
    }
  });

  it('of a thousand components is sound, and collapsed', async () => {
    const drawn = graph(generate(5, { components: 1000, zones: 12, regions: 3, single: 1, callsEach: 1.2 }));
    assert.ok(drawn.cards.length <= 250, `${drawn.cards.length} cards`);
    const picture = await layoutPicture(drawn, elk, { direction: 'right' });
    assert.deepEqual(faultsOf(drawn, picture), []);
  });

  it('is sound when a zone is collapsed and expanded again in the picture before', async () => {
    const system = storefront();
    const options = { startup: true, telemetry: false } as const;
    const [open, closed] = [
      graphOf(system, [], [], options),
      graphOf(system, [], [], { ...options, collapsed: new Set(['zone eu-west-1a']) }),
    ];
    const first = await layoutPicture(open, elk, { direction: 'right' });
    const second = await layoutPicture(closed, elk, { direction: 'right', previous: first });
    assert.deepEqual(faultsOf(closed, second), []);
    const third = await layoutPicture(open, elk, { direction: 'right', previous: second });
    assert.deepEqual(faultsOf(open, third), []);
  });

  it('leads what calls back out of a group at the beginning of the flow, not around the group', async () => {
    const system = systemOf('back', { front: {}, inside: { zones: ['a'] }, other: { zones: ['a'] } }, [
      { from: 'front', to: 'inside' },
      { from: 'inside', to: 'other' },
      { from: 'inside', to: 'front' },
    ]);
    for (const direction of directions) {
      const drawn = graph(system);
      const picture = await layoutPicture(drawn, elk, { direction, entries: new Set(['component front']) });
      assert.deepEqual(faultsOf(drawn, picture), []);
      const card = picture.cards.find(({ id }) => id === 'component inside');
      const [start] = picture.edges.find(({ id }) => id === 'call inside -> front')?.points ?? [];
      assert.ok(card && start);
      assert.equal(direction === 'right' ? start.x : start.y, direction === 'right' ? card.x : card.y);
    }
  });

  it('draws a call of a component to itself as a loop beside its card, with its label', async () => {
    for (const direction of directions) {
      const drawn = graph(
        systemOf('self', { a: {}, b: {} }, [
          { from: 'a', to: 'a', timeout: 2, retry: { maxAttempts: 3 } },
          { from: 'a', to: 'a', operation: 'GET /again' },
          { from: 'a', to: 'b' },
        ]),
      );
      const picture = await layoutPicture(drawn, elk, { direction });
      assert.deepEqual(faultsOf(drawn, picture), []);
      const loops = picture.edges.filter(({ id }) => id.startsWith('call a -> a'));
      assert.equal(loops.length, 2);
      assert.ok(loops.every(({ points, label }) => points.length === 4 && label));
      const [card] = picture.cards;
      const size = { width: picture.width, height: picture.height };
      for (const { points } of loops) {
        assert.ok(points.every(({ x, y }) => card && x >= card.x && y >= card.y && x <= size.width && y <= size.height));
      }
    }
  });

  it('draws zones as parallel bands of their region, from end to end', async () => {
    const picture = await layoutPicture(graph(twoZones()), elk, { direction: 'right' });
    const [a, b] = ['zone eu-west-1a', 'zone eu-west-1b'].map((id) => picture.frames.find((frame) => frame.id === id));
    assert.ok(a && b);
    assert.equal(a.x, b.x);
    assert.equal(a.width, b.width);
    assert.ok(a.y + a.height < b.y);
  });

  it('is the same for every order in which the system is written', async () => {
    for (const system of [storefront(), generate(8, { components: 21, zones: 3, regions: 2, single: 0.4 })]) {
      const one = await layoutPicture(graph(system), counting(), { direction: 'right' });
      const other = await layoutPicture(graph(reordered(system, 4)), counting(), { direction: 'right' });
      assert.deepEqual(other, one);
    }
  });

  it('is not made again when only figures and findings change', async () => {
    const layouter = counting();
    const first = await layoutPicture(graph(storefront()), layouter, { direction: 'right' });
    const asked = layouter.asked();
    const captions = [...storefront().components.keys()].map(
      (name): Caption => ({ element: `component ${name}`, text: '99.99%', detail: '' }),
    );
    const second = await layoutPicture(graphOf(storefront(), [], captions, { startup: true, telemetry: false }), layouter, {
      direction: 'right',
      previous: first,
    });
    assert.equal(second, first);
    assert.equal(layouter.asked(), asked);
  });

  it('stays as it is, to the pixel, when it is laid out again from itself', async () => {
    for (const system of [storefront(), twoZones(), generate(3, { components: 24, zones: 3, regions: 0, single: 0.9 })]) {
      for (const direction of directions) {
        const drawn = graph(system);
        const first = await layoutPicture(drawn, counting(), { direction });
        const again = await layoutPicture({ ...drawn, key: `${drawn.key} ` }, counting(), { direction, previous: first });
        assert.deepEqual(again.cards, first.cards, `${system.name} ${direction}`);
        assert.deepEqual(again.frames, first.frames);
      }
    }
  });

  it('moves few cards when one component or call comes or goes', async () => {
    const shares: number[] = [];
    for (const seed of [1, 2, 3]) {
      const system = generate(seed, { components: 18, zones: 3, regions: 1, single: 0.5 });
      const direction = seed % 2 === 0 ? 'down' : 'right';
      const before = await layoutPicture(graph(system), elk, { direction });
      const names = [...system.components.keys()];
      const [first = '', , , , fifth = ''] = names;
      const last = names.at(-1) ?? '';
      const without = new Map(system.components);
      without.delete(last);
      const newcomer = systemOf('one', { newcomer: {} }, []).components;
      const edits: readonly System[] = [
        withCall(system, first, last),
        { ...system, components: without, calls: system.calls.filter((call) => call.from !== last && call.to !== last) },
        withCall({ ...system, components: new Map([...system.components, ...newcomer]) }, fifth, 'newcomer'),
      ];
      for (const edited of edits) {
        const drawn = graph(edited);
        const after = await layoutPicture(drawn, elk, { direction, previous: before });
        assert.deepEqual(faultsOf(drawn, after), [], `seed ${seed}`);
        shares.push(movedShare(before, after));
      }
    }
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    assert.ok(mean <= 0.25, `${Math.round(100 * mean)}% of the cards moved: ${shares.map((share) => share.toFixed(2)).join(' ')}`);
  });

  it('asks the layouter only about the levels that an edit touches', async () => {
    const system = storefront();
    const layouter = counting();
    const before = await layoutPicture(graph(system), layouter, { direction: 'right' });
    const asked = layouter.asked();
    const edited = withCall(system, 'web', 'search');
    await layoutPicture(graph(edited), layouter, { direction: 'right', previous: before });
    assert.ok(layouter.asked() - asked < asked, `${layouter.asked() - asked} after ${asked}`);
  });

  it('survives being kept as JSON', async () => {
    const drawn = graph(lab());
    const picture = await layoutPicture(drawn, elk, { direction: 'down' });
    const kept = JSON.parse(JSON.stringify(picture)) as Picture;
    assert.equal(await layoutPicture(drawn, elk, { direction: 'down', previous: kept }), kept);
  });

  it('of an empty system is empty, and of a card that calls itself is that card', async () => {
    const empty = await layoutPicture(graph(systemOf('none', {}, [])), elk, { direction: 'right' });
    assert.deepEqual([empty.cards, empty.edges, empty.frames], [[], [], []]);
    const self = graph(systemOf('self', { a: {} }, [{ from: 'a', to: 'a' }]));
    assert.deepEqual(faultsOf(self, await layoutPicture(self, elk, { direction: 'right' })), []);
  });

  it('takes names that mean something elsewhere', async () => {
    const system = systemOf('names', { __proto__x: {}, constructor: {}, '<b>': {}, '"\\': { zones: ['__proto__'] } }, [
      { from: 'constructor', to: '<b>' },
      { from: '<b>', to: '"\\' },
    ]);
    const proto = { ...system, components: new Map([...system.components, ['__proto__', { name: '__proto__' }]]) };
    const drawn = graph(withCall(proto, '__proto__', 'constructor'));
    assert.deepEqual(faultsOf(drawn, await layoutPicture(drawn, elk, { direction: 'right' })), []);
  });

  it('rejects with the layouter’s own reason', async () => {
    const broken: Layouter = { layout: () => Promise.reject(new Error('out of order')) };
    await assert.rejects(layoutPicture(graph(lab()), broken, { direction: 'right' }), /out of order/);
  });
});
