import { strict as assert } from 'node:assert';
import type { CallFrame } from '../../src/simulation/frame';
import { madeBy } from '../../src/webview/parts';

describe('a call as far as some replicas make it', () => {
  const zone = (name: string, breaker: CallFrame['breaker'], attempts: number) => ({
    zone: name,
    breaker,
    attempts,
    retries: attempts / 10,
    failed: attempts / 5,
  });
  const call: CallFrame = {
    id: 'web -> db',
    breaker: 'open',
    inFlight: 3,
    succeeded: 100,
    attempts: 160,
    retries: 16,
    failed: 32,
    zones: [zone('a', 'open', 10), zone('b', 'closed', 50), zone('c', 'half-open', 100)],
  };
  const web = (name: string) => ({ component: 'web', zone: name });

  it('is that of their zone', () => {
    const { breaker, attempts, retries, failed } = madeBy(call, [web('b')]);
    assert.deepEqual([breaker, attempts, retries, failed], ['closed', 50, 5, 10]);
  });

  it('is the worst breaker and the sum of several zones', () => {
    const { breaker, attempts, retries, failed } = madeBy(call, [web('b'), web('c'), { component: 'other', zone: 'b' }]);
    assert.deepEqual([breaker, attempts, retries, failed], ['half-open', 150, 15, 30]);
  });

  it('is all of it where nobody tells zones apart', () => {
    const { zones: _, ...whole } = call;
    assert.equal(madeBy(call, [{ component: 'web' }]), call);
    assert.equal(madeBy(whole, [web('a')]), whole);
    assert.equal(madeBy(call, []), call);
  });

  it('is nothing in a zone without a replica', () => {
    assert.deepEqual(madeBy(call, [web('elsewhere')]), { breaker: 'none', attempts: 0, retries: 0, failed: 0 });
  });
});
