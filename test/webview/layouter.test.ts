import { strict as assert } from 'node:assert';
import { elkLayouter } from '../../src/webview/layouter';

interface Order {
  readonly id: number;
  readonly cmd: string;
  readonly graph?: { readonly id: string };
}

/** A worker in place of ELK's: answers what it is told to, and remembers what became of it. */
class FakeWorker {
  onmessage: ((event: { readonly data: unknown }) => void) | undefined;
  readonly orders: Order[] = [];
  isEnded = false;

  constructor(readonly answers: boolean) {
    workers.push(this);
  }

  postMessage(order: Order): void {
    this.orders.push(order);
    if (!this.answers && order.cmd === 'layout') return;
    queueMicrotask(() => this.onmessage?.({ data: { id: order.id, data: order.graph ?? {} } }));
  }

  terminate(): void {
    this.isEnded = true;
  }
}

const workers: FakeWorker[] = [];
const graph = { id: 'level' };
const options = { layoutOptions: {} };

describe('the layouter of the map', () => {
  const { fetch: realFetch } = globalThis;
  const urls = URL.createObjectURL;
  let answers = true;
  let loads = 0;
  let canLoad = true;

  beforeEach(() => {
    workers.length = 0;
    answers = true;
    loads = 0;
    canLoad = true;
    globalThis.fetch = async () => {
      loads++;
      return new Response('', { status: canLoad ? 200 : 404 });
    };
    URL.createObjectURL = () => 'blob:x';
    Object.assign(globalThis, {
      Worker: class extends FakeWorker {
        constructor() {
          super(answers);
        }
      },
    });
  });
  afterEach(() => {
    globalThis.fetch = realFetch;
    URL.createObjectURL = urls;
    Reflect.deleteProperty(globalThis, 'Worker');
  });

  it('starts its worker before anybody asks for a layout, and keeps it', async () => {
    const layouter = elkLayouter('elk.js');
    assert.equal(loads, 1);
    assert.deepEqual(await layouter.layout(graph, options), graph);
    assert.deepEqual(await layouter.layout(graph, options), graph);
    assert.equal(workers.length, 1);
    assert.equal(loads, 1);
  });

  it('says when its worker runs, or that it could not be started', async () => {
    await elkLayouter('elk.js').begun;
    assert.equal(workers.length, 1);
    canLoad = false;
    await elkLayouter('elk.js').begun;
    assert.equal(workers.length, 1);
    assert.equal(loads, 2);
  });

  it('warms up where somebody asks later, and goes before nobody who asks at once', async () => {
    const layouts = (worker: FakeWorker | undefined): number => worker?.orders.filter(({ cmd }) => cmd === 'layout').length ?? 0;
    const atOnce = elkLayouter('elk.js');
    await atOnce.begun;
    await atOnce.layout(graph, options);
    assert.equal(layouts(workers[0]), 1);
    const later = elkLayouter('elk.js', { rest: 1 });
    await later.begun;
    assert.equal(loads, 1);
    const deadline = Date.now() + 20_000;
    while (layouts(workers[1]) === 0 && Date.now() < deadline) await new Promise((done) => setTimeout(done, 1));
    assert.equal(layouts(workers[1]), 1);
    await later.layout(graph, options);
    assert.equal(layouts(workers[1]), 2);
  });

  it('lets others go first where it is told to, but nobody who asks for a layout', async () => {
    const layouter = elkLayouter('elk.js', { rest: 60_000 });
    assert.equal(loads, 0);
    assert.deepEqual(await layouter.layout(graph, options), graph);
    assert.equal(loads, 1);
  });

  it('gives up what takes too long, ends that worker, and lays out with a new one next time', async () => {
    answers = false;
    const layouter = elkLayouter('elk.js', { wait: 5 });
    await assert.rejects(layouter.layout(graph, options), /it takes too long/);
    assert.deepEqual(
      workers.map(({ isEnded }) => isEnded),
      [true],
    );
    answers = true;
    assert.deepEqual(await layouter.layout(graph, options), graph);
    assert.deepEqual(
      workers.map(({ isEnded }) => isEnded),
      [true, false],
    );
  });

  it('says why it could not be loaded, and tries again for the next layout', async () => {
    canLoad = false;
    const layouter = elkLayouter('elk.js');
    await assert.rejects(layouter.layout(graph, options), /elk\.js could not be loaded \(404\)/);
    canLoad = true;
    assert.deepEqual(await layouter.layout(graph, options), graph);
  });
});
