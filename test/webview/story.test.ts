import { strict as assert } from 'node:assert';
import type { FaultTarget } from '../../src/model/scenario';
import type { Action } from '../../src/webview/orders';
import { spansOf } from '../../src/webview/player';
import { outageStory } from '../../src/webview/story';

const db: FaultTarget = { kind: 'component', name: 'db' };
const api: FaultTarget = { kind: 'component', name: 'api' };

describe('the stretches in which something is out of order', () => {
  it('reach from the first fault of a thing to its repair, and those that last have no end', () => {
    const actions: readonly Action[] = [
      { at: 9, fault: { kind: 'restore', target: db } },
      { at: 2, fault: { kind: 'kill', target: db } },
      { at: 4, fault: { kind: 'slow', target: db, factor: 3 } },
      { at: 5, fault: { kind: 'crash', target: api } },
      { at: 12, fault: { kind: 'kill', target: db } },
    ];
    assert.deepEqual(spansOf(actions), [
      { label: 'db: kill', from: 2, to: 9 },
      { label: 'api: crash', from: 5 },
      { label: 'db: kill', from: 12 },
    ]);
  });

  it('are none for load, which has no target, and for a repair of what is whole', () => {
    assert.deepEqual(
      spansOf([
        { at: 1, fault: { kind: 'load', journey: 'pay', factor: 2 } },
        { at: 2, fault: { kind: 'restore', target: db } },
      ]),
      [],
    );
  });

  it('tell a replica from its component', () => {
    const replica: FaultTarget = { kind: 'replica', name: 'db', replica: 2 };
    const spans = spansOf([
      { at: 1, fault: { kind: 'kill', target: replica } },
      { at: 2, fault: { kind: 'restore', target: db } },
    ]);
    assert.deepEqual(spans, [{ label: 'db#2: kill', from: 1 }]);
  });
});

describe('the story of an outage', () => {
  it('kills and restores, under more load where that is asked for', () => {
    const outage = [
      { at: 10, fault: { kind: 'kill', target: db } },
      { at: 40, fault: { kind: 'restore', target: db } },
    ];
    assert.deepEqual(outageStory(db, 10, 40, ['pay', 'look']), outage);
    assert.deepEqual(outageStory(db, 10, 40, ['pay', 'look'], 2), [
      { at: 0, fault: { kind: 'load', journey: 'pay', factor: 2 } },
      { at: 0, fault: { kind: 'load', journey: 'look', factor: 2 } },
      ...outage,
    ]);
  });
});
