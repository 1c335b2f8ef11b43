import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import type { Component } from '../../src/model/component';
import { detectionTime, replicaCount } from '../../src/model/defaults';
import { kinds } from '../../src/model/kinds';
import { emptySystem, type System } from '../../src/model/system';
import { applyChanges } from '../../src/remedies/change';
import { lacksHealthCheck, lookedAfter, secondReplica } from '../../src/remedies/component';
import { checkMoreOften, insertBackup, moveBackup } from '../../src/remedies/recovery';
import { fasterRollback } from '../../src/remedies/releases';

function systemOf(...components: readonly Component[]): System {
  return { ...emptySystem('shop'), components: new Map(components.map((one) => [one.name, one])) };
}

describe('remedies of recovery', () => {
  it('check often enough, and no more often than that', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 600 }),
        fc.option(fc.integer({ min: 1, max: 9 })),
        fc.integer({ min: 1, max: 900 }),
        (interval, failures, within) => {
          const healthCheck = { interval, ...(failures === null ? {} : { unhealthyAfter: failures }) };
          const system = systemOf({ name: 'api', healthCheck });
          const remedy = checkMoreOften(system, 'api', within);
          const after = remedy && applyChanges(system, remedy.changes).components.get('api');
          const times = failures ?? 3;
          const usual = [30, 20, 15, 10, 5, 2, 1].filter((one) => one < interval && one * times <= within);
          if (usual.length === 0) assert.equal(remedy, undefined);
          else assert.equal(after && detectionTime(after), Math.max(...usual) * times);
        },
      ),
    );
  });

  it('do not let a check take longer than the time between two', () => {
    const system = systemOf({ name: 'api', healthCheck: { interval: 60, timeout: 40, unhealthyAfter: 2 } });
    const remedy = checkMoreOften(system, 'api', 30);
    assert.deepEqual(remedy?.changes, [
      { kind: 'set-component', component: 'api', fields: { healthCheck: { interval: 15, timeout: 15, unhealthyAfter: 2 } } },
    ]);
  });

  it('insert a backup where there is none, as often as the objective asks for', () => {
    const system = systemOf({ name: 'db', kind: 'database' }, { name: 'none', backup: 'none' });
    const every = (rpo: number | undefined) => insertBackup(system, 'db', rpo)?.changes;
    const backup = (seconds: number) => [{ kind: 'set-component', component: 'db', fields: { backup: { every: seconds } } }];
    assert.deepEqual(every(undefined), backup(86_400));
    assert.deepEqual(every(3600), backup(3600));
    assert.deepEqual(every(1e9), backup(86_400));
    assert.deepEqual(
      [every(59), insertBackup(system, 'none', undefined), insertBackup(system, 'nobody', undefined)],
      [undefined, undefined, undefined],
    );
  });

  it('keep everything else that is written about a backup', () => {
    const system = systemOf({ name: 'db', backup: { every: 60, restore: 600, tested: '2026-01-31', region: 'east' } }, { name: 'api' });
    assert.deepEqual(applyChanges(system, moveBackup(system, 'db', 'west')?.changes ?? []).components.get('db')?.backup, {
      every: 60,
      restore: 600,
      tested: '2026-01-31',
      region: 'west',
    });
    assert.equal(moveBackup(system, 'api', 'west'), undefined);
  });

  it('roll back in whole minutes, and not below one', () => {
    const system = systemOf(
      { name: 'api', releases: { every: 86_400, failureRate: 0.05, rollback: 1200 } },
      { name: 'web', releases: { rollback: 119 } },
      { name: 'x' },
    );
    assert.equal(fasterRollback(system, ['api'], 0.5)?.title, 'Roll back api within 10m');
    assert.equal(fasterRollback(system, ['api'], 0.499)?.title, 'Roll back api within 9m');
    assert.equal(fasterRollback(system, ['api', 'web'], 0.6)?.title, 'Roll back api within 12m and web within 1m');
    for (const [names, share] of [
      [['api'], 0.049],
      [['api'], -1],
      [['web'], 0.5],
      [['x'], 1],
      [['nobody'], 1],
      [[], 1],
    ] as const) {
      assert.equal(fasterRollback(system, names, share), undefined);
    }
  });

  it('give a second replica the health check that it needs, and leave one that is there', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom(undefined, 'none' as const, { interval: 30 }), (kind, healthCheck) => {
        const system = systemOf({ name: 'c', kind, ...(healthCheck ? { healthCheck } : {}) });
        const remedy = secondReplica(system, 'c');
        if (!remedy) return;
        const after = applyChanges(system, lookedAfter(system, 'c', remedy).changes).components.get('c');
        assert.ok(after && replicaCount(after) === 2 && !lacksHealthCheck(after));
        if (typeof healthCheck === 'object') assert.deepEqual(after.healthCheck, healthCheck);
      }),
    );
  });
});
