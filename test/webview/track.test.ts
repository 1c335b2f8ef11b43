import { strict as assert } from 'node:assert';
import type { Frame, JourneySecond } from '../../src/simulation/frame';
import { mostSamples, type Sample } from '../../src/webview/recorder';
import { Track } from '../../src/webview/track';

function second(at: number): JourneySecond {
  return { second: at, offered: 1, succeeded: 1, degraded: 0, failed: 0 };
}

function frame(seconds: readonly JourneySecond[], more: Partial<Frame> = {}): Frame {
  return { time: 1, components: [], calls: [], journeys: [{ name: 'pay', seconds }], log: [], ...more };
}

function sample(at: number): Sample {
  return { at, busy: [], hanging: [], retries: [], standing: [] };
}

describe('what a run has shown so far', () => {
  it('is put together from the seconds that changed', () => {
    const track = new Track();
    track.show(frame([second(0), second(1)]), []);
    track.show(frame([{ ...second(1), succeeded: 0, failed: 1 }, second(2)]), []);
    assert.deepEqual(track.journeys.value.get('pay'), [second(0), { ...second(1), succeeded: 0, failed: 1 }, second(2)]);
  });

  it('begins anew where the seconds become wider, and numbers them by their width', () => {
    const track = new Track();
    track.show(frame([0, 1, 2, 3].map(second)), []);
    track.show(frame([second(0), second(2)], { bucketSeconds: 2 }), []);
    assert.deepEqual(track.journeys.value.get('pay'), [second(0), second(2)]);
    assert.equal(track.soFar(4, new Set()).width, 2);
  });

  it('keeps a minute of samples and two hundred lines, the latest, also of what is said besides', () => {
    const track = new Track();
    for (let i = 1; i <= 500; i++) track.show(frame([], { log: [{ at: i, text: `${i}` }] }), [sample(i)]);
    track.say({ at: 501, text: 'not done' });
    const { samples } = track.recorded.value;
    assert.deepEqual([samples.length, samples.at(-1)?.at], [mostSamples, 500]);
    const log = track.log.value;
    assert.deepEqual([log.length, log.at(-2)?.text, log.at(-1)?.text], [200, '500', 'not done']);
  });

  it('is nothing when another run begins', () => {
    const track = new Track();
    track.show(frame([second(0)], { bucketSeconds: 2, log: [{ at: 1, text: 'a' }] }), [sample(1)]);
    track.begin();
    assert.deepEqual([track.journeys.value.size, track.log.value, track.recorded.value.samples], [0, [], []]);
    assert.equal(track.soFar(0, new Set()).width, 1);
  });
});
