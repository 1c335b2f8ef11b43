import { strict as assert } from 'node:assert';
import type { Frame, JourneySecond, Simulation } from '../../src/simulation/frame';
import { mostSamples, Recorder } from '../../src/webview/recorder';

const plenty = 60_000;

function second(at: number, succeeded: number): JourneySecond {
  return { second: at, offered: 10, succeeded, degraded: 0, failed: 10 - succeeded };
}

/** A run that goes as far as it is told, and hands over one second and one line at a time. */
class FakeRun implements Simulation {
  now = 0;
  width = 1;
  stopsAt = Infinity;
  #told = 0;

  advance(to: number): boolean {
    this.now = Math.min(to, this.stopsAt);
    return true;
  }

  act(): undefined {
    return undefined;
  }

  frame(): Frame {
    const seconds: JourneySecond[] = [];
    for (; this.#told < this.now; this.#told++) seconds.push(second(this.#told, this.#told % 10));
    const pool = { slots: 8, busy: 4, hanging: 2, queued: 0, live: 1, replicas: 1, slow: false, believed: 1 };
    return {
      time: this.now,
      components: [
        { ...pool, name: 'api' },
        { ...pool, name: 'endless', slots: Infinity },
      ],
      calls: [],
      journeys: [{ name: 'pay', seconds }],
      log: [{ at: this.now, text: `at ${this.now}` }],
      bucketSeconds: this.width,
      ...(this.now >= this.stopsAt ? { stopped: 'too much' } : {}),
    };
  }
}

describe('a run that is recorded', () => {
  it('notes how it stands at every whole second, however far it goes at once', () => {
    const recorder = new Recorder(new FakeRun());
    assert.equal(recorder.advance(5.5, plenty), true);
    const { frame, samples } = recorder.take();
    assert.equal(frame.time, 5.5);
    assert.deepEqual(
      samples.map(({ at }) => at),
      [1, 2, 3, 4, 5],
    );
    // Half of eight slots are in use; of no limit there is no share.
    assert.deepEqual(samples[0]?.busy, [0.5, null]);
    assert.deepEqual(samples[0]?.hanging, [0.25, null]);
    assert.deepEqual(
      samples.map(({ standing }) => standing),
      [[0], [0.1], [0.2], [0.3], [0.4]],
    );
  });

  it('hands everything over once: each second, each line, each sample', () => {
    const recorder = new Recorder(new FakeRun());
    recorder.advance(3, plenty);
    const first = recorder.take();
    assert.deepEqual(
      first.frame.journeys[0]?.seconds.map(({ second: at }) => at),
      [0, 1, 2],
    );
    assert.deepEqual(
      first.frame.log.slice(0, 3).map(({ text }) => text),
      ['at 1', 'at 2', 'at 3'],
    );
    recorder.advance(4, plenty);
    const next = recorder.take();
    assert.deepEqual(next.frame.journeys[0]?.seconds, [second(3, 3)]);
    assert.deepEqual(
      next.samples.map(({ at }) => at),
      [4],
    );
    assert.ok(next.frame.log.every(({ at }) => at === 4));
  });

  it('keeps a minute of samples, the latest', () => {
    const recorder = new Recorder(new FakeRun());
    recorder.advance(500, plenty);
    const { samples } = recorder.take();
    assert.deepEqual([samples.length, samples.at(-1)?.at], [mostSamples, 500]);
  });

  it('forgets seconds that were handed over in narrower stretches', () => {
    const run = new FakeRun();
    const recorder = new Recorder(run);
    recorder.advance(2, plenty);
    run.width = 2;
    recorder.advance(4, plenty);
    assert.deepEqual(
      recorder.take().frame.journeys[0]?.seconds.map(({ second: at }) => at),
      [2, 3],
    );
  });

  it('knows that a run has stopped for good, and waits for nothing then', () => {
    const run = new FakeRun();
    run.stopsAt = 2.5;
    const recorder = new Recorder(run);
    assert.equal(recorder.hasStopped, false);
    assert.equal(recorder.advance(10, plenty), true);
    const { samples } = recorder.take();
    assert.equal(recorder.hasStopped, true);
    assert.deepEqual(
      samples.map(({ at }) => at),
      [1, 2],
    );
  });
});
