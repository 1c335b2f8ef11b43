import { strict as assert } from 'node:assert';
import { startSimulation } from '../../src/simulation/start';
import { type Charted, charted, nothingRecorded, type RunSoFar } from '../../src/webview/charted';
import { Recorder } from '../../src/webview/recorder';
import { Track } from '../../src/webview/track';
import { lab } from '../model/systems';

/** One journey with an open stream of requests, second by second. */
function runOf(
  time: number,
  seconds: readonly { readonly offered: number; readonly succeeded: number; readonly failed: number }[],
): RunSoFar {
  const journeys = new Map([['j', seconds.map((each, second) => ({ second, degraded: 0, ...each }))]]);
  return { time, journeys, width: 1, recorded: nothingRecorded, closed: new Set() };
}

const drawn = ({ lines }: Charted) => lines[0]?.values.filter((value) => value !== null);

describe('success over time', () => {
  const fine = { offered: 10, succeeded: 10, failed: 0 };
  const underWay = { offered: 10, succeeded: 7, failed: 0 };

  it('says nothing of the last second while some of its requests are under way', () => {
    const chart = charted({ measure: 'success' }, runOf(3, [fine, fine, underWay]));
    assert.deepEqual(drawn(chart), [100, 100]);
    assert.equal(chart.lines[0]?.now, '100%');
  });

  it('counts them as not answered once another second has passed', () => {
    assert.deepEqual(drawn(charted({ measure: 'success' }, runOf(4, [fine, fine, underWay, fine]))), [100, 100, 70, 100]);
  });

  it('shows the last second as soon as all of it is known', () => {
    const chart = charted({ measure: 'success' }, runOf(3, [fine, fine, { offered: 10, succeeded: 4, failed: 6 }]));
    assert.deepEqual(drawn(chart), [100, 100, 40]);
    assert.equal(chart.lines[0]?.now, '40%');
  });

  it('shows of many journeys those that fare worst, in their own order', () => {
    const bad = { offered: 10, succeeded: 2, failed: 8 };
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const run = runOf(3, []);
    const journeys = new Map(
      names.map((name) => [name, [fine, name === 'f' ? bad : fine, fine].map((each, second) => ({ second, degraded: 0, ...each }))]),
    );
    const { lines } = charted({ measure: 'success' }, { ...run, journeys });
    assert.deepEqual(
      lines.map(({ name, colour }) => [name, colour]),
      [
        ['a', 0],
        ['b', 1],
        ['c', 2],
        ['d', 3],
        ['f', 4],
      ],
    );
    assert.deepEqual(lines[4]?.values.slice(0, 3), [100, 20, 100]);
  });

  it('is complete at every moment of a run in which nothing happens', () => {
    const started = startSimulation({ system: lab(), variant: 'written', seed: 1 });
    assert.ok(started.ok);
    const recorder = new Recorder(started.simulation);
    const track = new Track();
    for (let time = 2; time <= 20; time++) {
      while (!recorder.advance(time, 50));
      const { frame, samples } = recorder.take();
      track.show(frame, samples);
      const { lines } = charted({ measure: 'success' }, track.soFar(time, new Set()));
      assert.deepEqual(
        lines.map(({ now }) => now),
        ['100%', '100%'],
        `at ${time} s`,
      );
    }
  });
});
