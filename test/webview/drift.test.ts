import { strict as assert } from 'node:assert';
import { signal } from '@preact/signals';
import ELK from 'elkjs/lib/elk.bundled.js';
import type { Layouter } from '../../src/layout/elk';
import { graphOf } from '../../src/layout/graphOf';
import { layoutPicture, type Picture } from '../../src/layout/picture';
import { Drift } from '../../src/webview/drift';
import { storefront } from '../layout/systems';
import { openMap, type Theme, type Webview } from './browser';

/** The same places, and every line on a way around. */
function tangled(picture: Picture): Picture {
  const edges = picture.edges.map(({ points, ...edge }) => {
    const [first = { x: 0, y: 0 }, ...rest] = points;
    return { ...edge, points: [first, { x: first.x, y: -900 }, first, ...rest] };
  });
  return { ...picture, edges };
}

describe('how far a map has drifted', () => {
  const graph = graphOf(storefront(), [], [], { startup: false, telemetry: false });
  const entries: ReadonlySet<string> = new Set();
  const elk: Layouter = new ELK();
  let asked = 0;
  const layouter: Layouter = {
    layout(level, options) {
      asked++;
      return elk.layout(level, options);
    },
  };
  let fresh: Picture;
  let another: Picture;

  before(async () => {
    fresh = await layoutPicture(graph, elk, { direction: 'right', entries });
    another = { ...fresh, cards: fresh.cards.slice(1) };
  });
  beforeEach(() => {
    asked = 0;
  });

  /** So many edits, at the end of which this picture is shown. */
  function edit(drift: Drift, times: number, picture: Picture): void {
    for (let i = 0; i < times; i++) drift.shows({ graph, picture, entries }, another);
  }

  const marked = (drift: Drift) =>
    new Promise<void>((done) => {
      drift.isMarked.subscribe((is) => {
        if (is) done();
      });
    });
  /** Until there were two turns of whatever waits. */
  const later = () => new Promise((done) => setTimeout(done, 40));

  it('is found out after five edits and no earlier, and forgotten with a fresh layout', async () => {
    const drift = new Drift(layouter, signal(false), 0, 0);
    edit(drift, 4, tangled(fresh));
    assert.equal(drift.edits, 4);
    await later();
    assert.equal(asked, 0);
    edit(drift, 1, tangled(fresh));
    await marked(drift);
    assert.ok(asked > 0);
    assert.equal(drift.edits, 0, 'the count begins again');
    drift.shows({ graph, picture: fresh, entries }, undefined);
    assert.equal(drift.isMarked.value, false);
  });

  it('counts what was edited before the page was hidden, but no change of a value', async () => {
    const drift = new Drift(layouter, signal(false), 4, 0);
    const shown = tangled(fresh);
    for (let i = 0; i < 5; i++) drift.shows({ graph, picture: shown, entries }, shown);
    assert.equal(drift.edits, 4);
    edit(drift, 1, shown);
    await marked(drift);
  });

  it('is none where the picture is as good as a fresh one', async () => {
    const drift = new Drift(layouter, signal(false), 0, 0);
    edit(drift, 5, fresh);
    while (drift.edits > 0) await later();
    assert.ok(asked > 0);
    assert.equal(drift.isMarked.value, false);
  });

  it('is not looked for while a run plays, but once it stands', async () => {
    const playing = signal(true);
    const drift = new Drift(layouter, playing, 0, 0);
    edit(drift, 5, tangled(fresh));
    await later();
    assert.equal(asked, 0);
    playing.value = false;
    await marked(drift);
  });

  it('is not looked for any longer when another layout is wanted', async () => {
    let started: (() => void) | undefined;
    const isStarted = new Promise<void>((done) => {
      started = done;
    });
    let release: (() => void) | undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    let levels = 0;
    const slow: Layouter = {
      async layout(level, options) {
        levels++;
        started?.();
        await held;
        return elk.layout(level, options);
      },
    };
    const drift = new Drift(slow, signal(false), 0, 0);
    edit(drift, 5, tangled(fresh));
    await isStarted;
    drift.cancel();
    release?.();
    await later();
    assert.equal(levels, 1, 'the next level is not asked for');
    assert.equal(drift.isMarked.value, false);
    assert.equal(drift.edits, 5, 'it is still to be found out');
  });
});

describe('a map that has drifted', function () {
  this.timeout(120_000);
  let view: Webview;

  interface Kept {
    readonly picture?: Picture;
    readonly at?: object;
    readonly edits?: number;
  }
  const fresh = 'Lay out again from scratch';
  const kept = async (fits: (state: Kept) => boolean): Promise<Kept> => {
    for (;;) {
      const state = ((await view.state()) ?? {}) as Kept;
      if (fits(state)) return JSON.parse(JSON.stringify(state)) as Kept;
    }
  };

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  for (const theme of ['dark', 'hc-light'] as const satisfies readonly Theme[]) {
    it(`says that it could be tidier, and is so once it is opened again (${theme})`, async () => {
      view = await openMap(storefront(), [], { theme });
      const state = await kept(({ picture }) => picture !== undefined);
      assert.ok(state.picture);
      await view.close();
      view = await openMap(storefront(), [], { theme, state: { ...state, picture: tangled(state.picture), edits: 5 } });
      const button = view.page.getByRole('button', { name: `${fresh}: after many edits` });
      await button.waitFor();
      assert.match((await button.getAttribute('title')) ?? '', /harder to follow/);
      const dot = await button.evaluate((each) => getComputedStyle(each, '::after').content);
      assert.equal(dot, '""');
      await view.screenshot(`drifted-${theme}`);
      const drifted = await kept(({ picture }) => picture === undefined);
      assert.equal(drifted.at, undefined);
      await view.close();
      view = await openMap(storefront(), [], { theme, state: drifted });
      await view.page.getByRole('button', { name: fresh, exact: true }).waitFor();
      const again = await kept(({ picture }) => picture !== undefined);
      assert.deepEqual(again.picture?.edges, state.picture.edges);
    });
  }

  it('is no longer marked once it was tidied', async () => {
    view = await openMap(storefront());
    const state = await kept(({ picture }) => picture !== undefined);
    assert.ok(state.picture);
    await view.close();
    view = await openMap(storefront(), [], { state: { ...state, picture: tangled(state.picture), edits: 5 } });
    await view.page.getByRole('button', { name: `${fresh}: after many edits` }).click();
    await view.page.getByRole('button', { name: fresh, exact: true }).waitFor();
  });
});
