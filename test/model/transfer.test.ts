import { strict as assert } from 'node:assert';
import { pack, unpack } from '../../src/model/transfer';
import { lab, systemOf } from './systems';

describe('transfer', () => {
  it('brings a system through JSON unchanged', () => {
    assert.deepEqual(unpack(pack(lab())), lab());
  });

  it('keeps dangerous names as plain names', () => {
    const system = systemOf({ components: [{ name: '__proto__' }, { name: 'constructor', replicas: new Map([['__proto__', 2]]) }] });
    const again = unpack(pack(system));
    assert.deepEqual([...again.components.keys()], ['__proto__', 'constructor']);
    assert.deepEqual(again, system);
    assert.equal(Object.hasOwn(Object.prototype, 'name'), false);
  });
});
