import { strict as assert } from 'node:assert';
import * as happenings from '../../src/model/happenings';

describe('what a run says', () => {
  it('names what a fault hits, whatever that is', () => {
    const kill = (target: Parameters<typeof happenings.nothingHitText>[0]) => happenings.faultText({ kind: 'kill', target });
    assert.equal(kill({ kind: 'component', name: 'db' }), 'db stops answering: calls to it hang.');
    assert.equal(kill({ kind: 'replica', name: 'db', replica: 2 }), 'db#2 stops answering: calls to it hang.');
    assert.equal(kill({ kind: 'zone', name: 'a' }), 'zone a stops answering: calls to it hang.');
    assert.equal(kill({ kind: 'sharedFate', name: 'rack' }), 'shared fate rack stops answering: calls to it hang.');
  });

  it('says how slow something becomes', () => {
    const target = { kind: 'component', name: 'db' } as const;
    assert.equal(happenings.faultText({ kind: 'slow', target, factor: 3 }), 'db becomes slow: 3 times as long.');
    assert.equal(happenings.faultText({ kind: 'slow', target, add: 0.2 }), 'db becomes slow: 200 ms longer.');
    assert.equal(happenings.faultText({ kind: 'slow', target, factor: 2, add: 1 }), 'db becomes slow: 2 times as long and 1 s longer.');
    assert.equal(happenings.faultText({ kind: 'slow', target }), 'db becomes slow: as before.');
  });

  it('says what the slots of a replica are used for, the most first and not too many', () => {
    const stuck = (waits: readonly { readonly name: string; readonly count: number }[]) =>
      happenings.stuckText({ replica: 'api#1', slots: 8, waits });
    assert.equal(stuck([]), 'api#1: 8 of 8 threads are busy.');
    assert.equal(stuck([{ name: 'pay', count: 8 }]), 'api#1: 8 of 8 threads wait for pay.');
    assert.equal(
      stuck([
        { name: 'pay', count: 4 },
        { name: 'db', count: 2 },
        { name: 'mail', count: 1 },
        { name: 'log', count: 1 },
      ]),
      'api#1: 4 of 8 threads wait for pay, 2 for db, 1 for mail.',
    );
    const waits = [{ name: 'pay', count: 8 }];
    assert.equal(
      happenings.overloadText({ replica: 'api', slots: 8, waits }, 50),
      'api: 8 of 8 threads wait for pay, the queue of 50 is full; requests are rejected.',
    );
  });

  it('counts one by one', () => {
    assert.equal(happenings.partitionsEndedText(1), '1 partition ended.');
    assert.equal(happenings.partitionsEndedText(2), '2 partitions ended.');
    assert.equal(happenings.breakerOpensText('a -> b', 2, 1), 'a -> b: the breaker opens for 2 s, then tries 1 call.');
    assert.equal(happenings.breakerOpensText('a -> b', 2, 3), 'a -> b: the breaker opens for 2 s, then tries 3 calls.');
    assert.equal(happenings.breakerClosesText('a -> b', 1, 2), 'a -> b: the breaker closes, calls go through again.');
    assert.equal(
      happenings.breakerClosesText('a -> b', 12, 20),
      'a -> b: the breaker closes, calls go through again; it opened 12 times in 20 s.',
    );
    assert.equal(happenings.leftOutText(['a', 'b']), 'Left out: 2 journeys without a rate (a and b).');
    assert.equal(happenings.nothingHitText({ kind: 'replica', name: 'db', replica: 3 }, 2), 'db has 2 replicas, there is no db#3.');
  });
});
