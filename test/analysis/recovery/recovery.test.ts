import { strict as assert } from 'node:assert';
import type { Recovered, RecoveryTime } from '../../../src/analysis/recovery/figures';
import { recoveryFigures } from '../../../src/analysis/recovery/recovery';
import type { Component } from '../../../src/model/component';
import { assumptions } from '../../../src/model/defaults';
import { systemOf } from '../small';
import { daily, database, day, figureOf, figures, hour, lone, lossText, minute, pair, watched, zones } from './small';

/** The component, what is lost, RTO and RPO in seconds, the way, and what is assumed; by the sentence that says it. */
type Case = readonly [
  Omit<Component, 'name'>,
  loss: string,
  rto: RecoveryTime,
  rpo: RecoveryTime,
  how: Recovered['how']['kind'],
  assumed?: readonly string[],
];

const cases: Readonly<Record<string, Case>> = {
  'two replicas, a health check: the other one takes over after 2 × 5 s': [
    { replicas: 2, healthCheck: watched },
    'replica',
    10,
    0,
    'detection',
  ],
  'a health check without a threshold takes three failures': [
    { replicas: 2, zones: ['a', 'b'], healthCheck: { interval: 10 } },
    'zone a',
    30,
    0,
    'detection',
  ],
  'a health check without an interval: it is not known how soon': [
    { replicas: 2, healthCheck: { unhealthyAfter: 2 } },
    'replica',
    undefined,
    0,
    'detection',
  ],
  'without a health check nobody takes the dead one out, until it is repaired': [
    { replicas: 2 },
    'replica',
    hour,
    0,
    'repair',
    ['mttr 1h'],
  ],
  'a health check slower than the repair is no help': [
    { replicas: 2, mttr: 20, healthCheck: { interval: 30 } },
    'replica',
    20,
    0,
    'repair',
  ],
  'the only replica is repaired': [{ mttr: 2 * hour, healthCheck: watched }, 'replica', 2 * hour, 0, 'repair'],
  'two of two needed, one lost: repaired': [{ replicas: 2, needs: 2, healthCheck: watched }, 'replica', hour, 0, 'repair', ['mttr 1h']],
  'the zone of all replicas': [{ replicas: 3, zones: ['a'], healthCheck: watched }, 'zone a', 'never', 0, 'nothing'],
  'two of four are left of a zone, three are needed': [
    { replicas: 4, needs: 3, zones: ['a', 'b'], healthCheck: watched },
    'zone b',
    'never',
    0,
    'nothing',
  ],
  'a region, with replicas in the other': [
    { replicas: new Map(Object.entries({ a: 2, b: 1, c: 1 })), healthCheck: watched },
    'region east',
    10,
    0,
    'detection',
  ],
  'a region, with a warm standby in the other': [
    { replicas: 2, zones: ['a', 'b'], recovery: { strategy: 'warm-standby', region: 'west', rto: 5 * minute, rpo: 30 } },
    'region east',
    5 * minute,
    0,
    'recovery',
  ],
  'a recovery strategy in the region that is lost is lost too': [
    { replicas: 2, zones: ['a', 'b'], recovery: { strategy: 'warm-standby', region: 'east', rto: 5 * minute } },
    'region east',
    'never',
    0,
    'nothing',
  ],
  'a recovery strategy without a region counts as in the same one': [
    { zones: ['a'], recovery: { rto: 5 * minute } },
    'zone a',
    'never',
    0,
    'nothing',
  ],
  'a standby by hand, within what is written': [
    { ...pair, replication: { mode: 'async', lag: 2 }, failover: { automatic: false, within: 30 * minute } },
    'zone a',
    30 * minute,
    2,
    'failover',
  ],
  'an automatic failover, detected first; its time and the lag are assumed': [
    { ...pair, replication: { mode: 'async' }, failover: { automatic: true }, healthCheck: watched },
    'replica',
    10 + 60,
    5,
    'failover',
    ['failover within 1m', 'lag 5s'],
  ],
  'a synchronous standby has every write': [
    { ...pair, replication: { mode: 'sync' }, failover: { within: 20 } },
    'replica',
    20,
    0,
    'failover',
  ],
  'only a standby is in the zone': [{ ...pair, replication: { mode: 'async' }, failover: { within: 20 } }, 'zone b', 0, 0, 'unaffected'],
  'only a standby is in the zone, and nothing would be promoted': [pair, 'zone b', 0, 0, 'unaffected'],
  'replication that nobody wrote is not known': [{ ...pair, failover: { within: 20 } }, 'zone a', 20, undefined, 'failover'],
  'a standby that is written to have no data needs the backup for it': [
    { ...pair, replication: 'none', failover: { within: 20 }, backup: daily },
    'zone a',
    20,
    day,
    'failover',
  ],
  'a standby that is written to have no data, and no backup': [
    { ...pair, replication: 'none', failover: { within: 20 } },
    'zone a',
    20,
    'never',
    'failover',
  ],
  'a quorum fails over by itself and has every write': [
    { kind: 'queue', replicas: 3, needs: 2, zones: ['a', 'b', 'c'] },
    'replica',
    60,
    0,
    'failover',
    ['failover within 1m'],
  ],
  'a quorum of two of three with two in one region: the third may lack the last writes': [
    { ...database, replicas: 3, needs: 2, zones: ['a', 'b', 'c'], backup: { ...daily, region: 'west' } },
    'region east',
    3 * hour,
    day,
    'restore',
  ],
  'without failover a replica protects the data, not the service': [
    { ...pair, replication: { mode: 'sync' }, backup: daily },
    'zone a',
    3 * hour,
    0,
    'restore',
  ],
  'a replica that lags behind on purpose has older data than the backup': [
    { ...pair, replication: { mode: 'async', lag: 4 * hour }, backup: { every: hour, restore: 60 } },
    'zone a',
    60,
    hour,
    'restore',
  ],
  'a health check without an interval is there, whatever the strategy takes': [
    { replicas: 2, zones: ['a', 'c'], healthCheck: {}, recovery: { region: 'west', rto: 600 } },
    'zone a',
    undefined,
    0,
    'detection',
  ],
  'a strategy is a way for one replica too': [{ ...lone, recovery: { rto: 600, rpo: 60 } }, 'replica', 600, 60, 'recovery'],
  'both of a quorum of two are needed: the one that is left has every write, and does not serve': [
    { ...pair, needs: 2, backup: daily },
    'zone a',
    3 * hour,
    0,
    'restore',
  ],
  'a strategy in the region of a zone that is lost is not taken for one outside it': [
    { ...lone, recovery: { region: 'east', rto: 60, rpo: 5 } },
    'zone a',
    'never',
    'never',
    'nothing',
  ],
  'of two ways that take as long the one with the newer data counts': [
    { ...lone, backup: { every: hour, restore: 600 }, recovery: { region: 'west', rto: 600, rpo: 5 } },
    'zone a',
    600,
    5,
    'recovery',
  ],
  'without failover and without a backup the data is there, and nothing serves it': [
    { ...pair, replication: { mode: 'async', lag: 1 }, failover: { automatic: false } },
    'zone a',
    'never',
    1,
    'nothing',
  ],
  'the only replica of a cache is filled again once it is repaired': [{ kind: 'cache' }, 'replica', hour, 0, 'repair', ['mttr 1h']],
  'a search index too': [{ kind: 'search', mttr: 600 }, 'replica', 600, 0, 'repair'],
  'a queue comes back without what was in it': [{ kind: 'queue', mttr: 600 }, 'replica', 600, 'never', 'repair'],
  'nothing fills a database again': [{ kind: 'database', mttr: 600 }, 'replica', 'never', 'never', 'nothing'],
  'a cache in one zone is gone with it': [{ kind: 'cache', zones: ['a'] }, 'zone a', 'never', 0, 'nothing'],
  'the only replica comes back from the backup': [{ ...lone, backup: daily }, 'replica', 3 * hour, day, 'restore'],
  'a backup survives a zone': [{ ...lone, backup: daily }, 'zone a', 3 * hour, day, 'restore'],
  'a backup in the region it protects does not survive it': [
    { ...lone, backup: { ...daily, region: 'east' } },
    'region east',
    'never',
    'never',
    'nothing',
  ],
  'a backup of which nobody wrote where it is does not survive a region': [
    { ...lone, backup: daily },
    'region east',
    'never',
    'never',
    'nothing',
  ],
  'a backup in another region does': [{ ...lone, backup: { ...daily, region: 'west' } }, 'region east', 3 * hour, day, 'restore'],
  'a backup without a time to restore: not known': [{ ...lone, backup: { every: hour } }, 'zone a', undefined, hour, 'restore'],
  'no backup, nothing stands by': [lone, 'replica', 'never', 'never', 'nothing'],
  'of failover and recovery strategy the faster one counts, with its own data': [
    {
      ...database,
      replicas: 2,
      zones: ['a', 'c'],
      replication: { mode: 'sync' },
      failover: { automatic: false, within: hour },
      recovery: { strategy: 'pilot-light', region: 'west', rto: 10 * minute, rpo: 40 },
    },
    'region east',
    10 * minute,
    40,
    'recovery',
  ],
  'a failover counts before a strategy of which nobody wrote how long it takes': [
    { ...database, replicas: 2, zones: ['a', 'c'], failover: { within: 20 }, replication: { mode: 'sync' }, recovery: { region: 'west' } },
    'region east',
    20,
    0,
    'failover',
  ],
  'a backup-restore strategy without figures takes those of the backup': [
    { ...lone, backup: daily, recovery: { strategy: 'backup-restore', region: 'west' } },
    'region east',
    3 * hour,
    day,
    'recovery',
  ],
  'a backup-restore strategy without figures, whose backup is in the region that is lost': [
    { ...lone, backup: { ...daily, region: 'east' }, recovery: { strategy: 'backup-restore', region: 'west' } },
    'region east',
    'never',
    'never',
    'nothing',
  ],
  'a strategy of another kind without figures: not known': [
    { ...lone, recovery: { strategy: 'pilot-light', region: 'west' } },
    'region east',
    undefined,
    undefined,
    'recovery',
  ],
  'a bad write is copied to the synchronous replica': [
    { ...pair, replication: { mode: 'sync' }, failover: { within: 20 }, backup: daily },
    'data',
    3 * hour,
    day,
    'restore',
  ],
  'a bad write without a backup': [
    { ...pair, replication: { mode: 'sync' }, failover: { within: 20 } },
    'data',
    'never',
    'never',
    'nothing',
  ],
  'a bad write with a backup-restore strategy alone': [
    { ...lone, recovery: { strategy: 'backup-restore', rto: hour, rpo: 2 * hour } },
    'data',
    hour,
    2 * hour,
    'recovery',
  ],
  'a bad write is in the warm standby too': [
    { ...lone, recovery: { strategy: 'warm-standby', rto: 60, rpo: 5 } },
    'data',
    'never',
    'never',
    'nothing',
  ],
  'a managed database with a backup': [{ ...database, managed: true, backup: daily }, 'data', 3 * hour, day, 'restore'],
};

describe('recovery', () => {
  for (const [sentence, [component, loss, rto, rpo, how, assumed = []]] of Object.entries(cases)) {
    it(sentence, () => {
      const found = figureOf(component, loss);
      assert.deepEqual([found.rto, found.rpo, found.how.kind, found.assumed], [rto, rpo, how, assumed]);
    });
  }

  it('is that of the documented example', () => {
    const found = figures(
      {
        components: {
          db: {
            kind: 'database',
            replicas: 2,
            zones: ['us-east-1a', 'us-east-1b'],
            mttr: 2 * hour,
            replication: { mode: 'async', lag: 5 },
            failover: { automatic: false, within: 1800 },
            backup: { every: day, restore: 3 * hour, region: 'us-west-2' },
          },
        },
        zones: { 'us-east-1a': { region: 'us-east-1' }, 'us-east-1b': { region: 'us-east-1' } },
        journeys: { browse: { entry: 'db' } },
      },
      { rto: 15 * minute, rpo: minute },
    );
    assert.deepEqual(
      found.map((one) => [lossText(one.loss), one.rto, one.rpo, one.rtoMet, one.rpoMet]),
      [
        ['replica', 1800, 5, false, true],
        ['zone us-east-1a', 1800, 5, false, true],
        ['zone us-east-1b', 0, 0, true, true],
        ['region us-east-1', 10800, 86400, false, false],
        ['data', 10800, 86400, false, false],
      ],
    );
    assert.deepEqual(found[1]?.how, { kind: 'failover', automatic: false, detection: undefined, within: 1800 });
    assert.deepEqual(found[1]?.replicas, { lost: 1, left: 1, needs: 1 });
    assert.deepEqual(found[1]?.rtoObjective, { seconds: 900, journey: 'browse' });
    assert.equal(found[4]?.replicas, undefined);
  });

  it('leaves out clients, what only observes, and what a provider runs', () => {
    const found = figures({
      components: {
        user: { kind: 'client' },
        traces: { telemetry: true },
        payment: { kind: 'external' },
        store: { kind: 'object-store', managed: true, backup: 'none' },
        web: {},
        copied: { kind: 'object-store', managed: true, backup: daily },
      },
    });
    assert.deepEqual(
      found.map((one) => `${one.subject}: ${lossText(one.loss)}`),
      ['web: replica', 'copied: data'],
    );
  });

  it('says nothing of what another format declares, until somebody writes something about it', () => {
    assert.deepEqual(figures({ components: { it: { kind: 'database', source: 'compose' } } }), []);
    assert.notDeepEqual(figures({ components: { it: { kind: 'database', source: 'compose', backup: daily } } }), []);
    assert.notDeepEqual(figures({ components: { it: { kind: 'database', source: 'compose', zones: ['a'] } } }), []);
  });

  it('loses data of databases and object stores, and of what has a backup or a strategy', () => {
    const losing = (component: Omit<Component, 'name'>): boolean =>
      figures({ components: { it: component } }).some((one) => one.loss.kind === 'data');
    assert.equal(losing({ kind: 'database' }), true);
    assert.equal(losing({ kind: 'object-store' }), true);
    assert.equal(losing({ kind: 'cache' }), false);
    assert.equal(losing({ kind: 'cache', backup: 'none', recovery: 'none' }), false);
    assert.equal(losing({ kind: 'cache', backup: daily }), true);
    assert.equal(losing({ kind: 'search', recovery: { rto: 60 } }), true);
    assert.equal(losing({ kind: 'service' }), false);
  });

  it('says what is written and goes down with what it protects', () => {
    const { how } = figureOf({ ...lone, backup: daily, recovery: { region: 'east' } }, 'region east');
    assert.deepEqual(how, { kind: 'nothing', lost: ['backup', 'recovery'] });
  });

  it('takes what the load needs where nobody wrote how many', () => {
    const busy = (replicas: number): Recovered =>
      figureOf({ replicas, concurrency: 1, serviceTime: { kind: 'constant', value: 0.1 }, healthCheck: watched }, 'replica', {
        journeys: { visit: { entry: 'it', rate: 15 } },
      });
    // 15 a second × 0.1 s hold 1.5 slots, so two are needed.
    assert.deepEqual(busy(3).replicas, { lost: 1, left: 2, needs: 2 });
    assert.equal(busy(3).rto, 10);
    assert.equal(busy(2).how.kind, 'repair');
  });

  it('takes other assumptions when told so', () => {
    const system = systemOf({ components: { it: {}, db: { ...pair, failover: {}, replication: { mode: 'async' } } }, zones });
    const [repaired, promoted] = recoveryFigures(system, { ...assumptions, mttr: 120, failoverWithin: 7, asyncLag: 9 });
    assert.deepEqual([repaired?.rto, repaired?.assumed], [120, ['mttr 2m']]);
    assert.deepEqual([promoted?.rto, promoted?.rpo, promoted?.assumed], [7, 9, ['failover within 7s', 'lag 9s']]);
  });

  it('is harmless with names such as __proto__', () => {
    const components = new Map([['__proto__', { name: '__proto__', kind: 'database', zones: ['constructor'] } as const]]);
    const found = recoveryFigures({ ...systemOf({ components: {} }), components });
    assert.deepEqual(
      found.map((one) => `${one.subject} ${lossText(one.loss)}`),
      ['__proto__ replica', '__proto__ zone constructor', '__proto__ data'],
    );
  });
});
