import { strict as assert } from 'node:assert';
import { pack } from '../../src/model/transfer';
import type { Order } from '../../src/webview/orders';
import { Player } from '../../src/webview/player';
import { storefront } from '../layout/systems';

/** Keeps what it is told. */
class FakeWorker extends EventTarget {
  readonly orders: Order[] = [];

  postMessage(order: Order): void {
    this.orders.push(order);
  }
}

const turn = (): Promise<void> => new Promise((done) => setTimeout(done));

describe('the remote control of the simulation', () => {
  const system = storefront();
  const packed = pack(system);

  it('keeps what it is told until the worker is there, in order', async () => {
    const worker = new FakeWorker();
    let start: (worker: Worker) => void = () => assert.fail('not yet');
    const player = new Player(
      new Promise<Worker>((done) => {
        start = done;
      }),
      () => undefined,
    );
    player.load(system, packed);
    player.play();
    await turn();
    assert.equal(worker.orders.length, 0);
    start(worker as unknown as Worker);
    await turn();
    assert.deepEqual(
      worker.orders.map(({ type }) => type),
      ['load', 'pace', 'pace'],
    );
    assert.equal(player.playing.value, true);
    assert.equal(player.refusal.value, undefined);
  });

  it('says that a run began again because of the text, through all of its changes and until one is begun anew', () => {
    const player = new Player(Promise.resolve(new FakeWorker() as unknown as Worker), () => undefined);
    const said: boolean[] = [];
    const load = () => {
      player.load(system, packed);
      said.push(player.renewed.value);
    };
    load();
    load();
    assert.deepEqual(said.splice(0), [false, false], 'nothing had run');
    player.time.value = 12;
    load();
    load();
    assert.deepEqual(said.splice(0), [true, true]);
    player.restart();
    assert.equal(player.renewed.value, false);
    player.time.value = 12;
    load();
    player.playStory([], 'bare', 0);
    assert.equal(player.renewed.value, false);
  });

  it('says that the worker could not start, and plays nothing from then on', async () => {
    const player = new Player(Promise.reject(new Error('it is not there')), () => undefined);
    player.load(system, packed);
    player.play();
    await turn();
    assert.match(player.refusal.value ?? '', /it is not there/);
    assert.equal(player.playing.value, false);
    player.load(system, packed);
    player.act({ kind: 'kill', target: { kind: 'component', name: 'web' } });
    player.play();
    assert.equal(player.playing.value, false);
    assert.match(player.refusal.value ?? '', /it is not there/);
  });
});
