import { strict as assert } from 'node:assert';
import { settled, type Wanted } from '../../src/layout/settle';

function box(id: string, at: Wanted['at'], size = 100, weight = 1): Wanted {
  return { id, at, extent: { du: size, dv: size }, gap: 10, blocks: false, weight };
}

describe('boxes that settle', () => {
  it('stay where they were, with the gaps between them', () => {
    const { spots, origin } = settled([box('a', { u: 50, v: 30 }), box('b', { u: 400, v: 530 })]);
    assert.deepEqual(origin, { u: 50, v: 30 });
    assert.deepEqual(spots.get('b'), { u: 350, v: 500 });
  });

  it('make room for what has grown, the lighter one by as little as can be', () => {
    const { spots, origin } = settled([box('light', { u: 120, v: 0 }), box('heavy', { u: 0, v: 0 }, 130, 5)]);
    assert.deepEqual(origin, { u: 0, v: 0 });
    assert.deepEqual(spots.get('light'), { u: 140, v: 0 });
  });

  it('make room for the heavier one, whichever stands first', () => {
    const { spots } = settled([box('light', { u: 0, v: 0 }, 130), box('heavy', { u: 120, v: 0 }, 100, 5), box('far', { u: 1000, v: 500 })]);
    const [heavy, light, far] = ['heavy', 'light', 'far'].map((id) => spots.get(id));
    assert.deepEqual([(far?.u ?? 0) - (heavy?.u ?? 0), (far?.v ?? 0) - (heavy?.v ?? 0)], [880, 500]);
    assert.deepEqual([(heavy?.u ?? 0) - (light?.u ?? 0), (heavy?.v ?? 0) - (light?.v ?? 0)], [140, 0]);
  });

  it('leave free what stands before and behind one from which lines lead to the border', () => {
    const blocking = { ...box('a', { u: 0, v: 0 }, 100, 5), blocks: true };
    const aside = (first: Wanted) => settled([first, box('b', { u: 500, v: 50 })]).spots.get('b');
    assert.deepEqual(aside(box('a', { u: 0, v: 0 }, 100, 5)), { u: 500, v: 50 });
    assert.deepEqual(aside(blocking), { u: 500, v: 110 });
    assert.deepEqual(settled([box('a', { u: 0, v: 0 }, 100, 5), { ...box('b', { u: 500, v: 50 }), blocks: true }]).spots.get('b'), {
      u: 500,
      v: 110,
    });
  });

  it('take a free place inside when they are new, else one below', () => {
    const around = [box('a', { u: 0, v: 0 }), box('b', { u: 300, v: 0 }), box('c', { u: 0, v: 300 })];
    assert.deepEqual(settled([...around, box('new', undefined)]).spots.get('new'), { u: 110, v: 0 });
    assert.deepEqual(settled([box('a', { u: 0, v: 0 }), box('new', undefined)]).spots.get('new'), { u: 0, v: 110 });
  });
});
