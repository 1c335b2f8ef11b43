import * as l10n from '@vscode/l10n';
import type { Component, ServiceTime } from '../../../model/component';
import { kinds } from '../../../model/kinds';
import { block, either, type Fields, list, map, mapOf, orNone, orWord } from '../types';
import { availability, count, date, duration, flag, nameOf, oneOf, rate, share, text } from '../values';

/** What a component may say: the model's fields, and the calls that `dependsOn` stands for. */
export type WrittenComponent = Omit<Component, 'name' | 'source' | 'telemetry'> & { readonly dependsOn?: readonly string[] };

const serviceTime = either<ServiceTime>(
  {
    scalar: map(duration('20ms'), (value) => ({ kind: 'constant', value })),
    map: map(
      block<{ p50?: number; p99?: number; mean?: number }>(
        {
          p50: { type: duration('20ms'), doc: 'The median.', examples: ['20ms'] },
          p99: { type: duration('120ms'), doc: 'One request in a hundred takes longer than this.', examples: ['120ms'] },
          mean: { type: duration('20ms'), doc: 'The mean of an exponential distribution, as queueing theory uses it.', examples: ['20ms'] },
        },
        { what: 'a service time', expects: '`{ p50: 20ms, p99: 120ms }` or `{ mean: 20ms }`' },
      ),
      ({ p50, p99, mean }, at): ServiceTime | undefined => {
        const { reading } = at;
        const place = (key: string) => at.keys.get(`${at.path}.${key}`)?.value ?? at.owner;
        if (mean !== undefined && (p50 !== undefined || p99 !== undefined)) {
          return reading.invalid(place('mean'), l10n.t('A service time has a `mean`, or `p50` and `p99`, not both.'));
        }
        if (mean !== undefined) return { kind: 'exponential', mean };
        if (p50 === undefined || p99 === undefined) {
          // One of the two was written and is wrong: that is reported already.
          const written = at.keys.has(`${at.path}.p50`) && at.keys.has(`${at.path}.p99`);
          if (written || at.keys.has(`${at.path}.mean`)) return undefined;
          return reading.invalid(at.owner, l10n.t('`p50` and `p99` are needed together: the median and the 99th percentile.'));
        }
        if (p99 < p50) return reading.invalid(place('p99'), l10n.t('The 99th percentile is below the median.'));
        return { kind: 'log-normal', p50, p99 };
      },
    ),
  },
  'a duration such as 20ms, `{ p50: 20ms, p99: 120ms }` or `{ mean: 20ms }`',
);

const replicas = either<number | ReadonlyMap<string, number>>(
  { scalar: count(1), map: mapOf(count(1), 'counts by zone such as `{ us-east-1a: 2, us-east-1b: 1 }`', 'zone') },
  'a count such as 3, or counts by zone such as `{ us-east-1a: 2, us-east-1b: 1 }`',
);

const replicationMode = oneOf(['sync', 'async'], 'a replication mode');
const region = nameOf('region', 'the name of a region');

export const componentFields: Fields<WrittenComponent> = {
  kind: {
    type: oneOf(kinds, 'a kind of component'),
    doc: 'What sort of thing this is. It decides the assumed availability and which rules apply.',
    default: 'service',
    examples: ['service', 'database'],
  },
  managed: {
    type: flag,
    doc: 'A provider runs it redundantly. Its availability is that of the whole, and nothing is said about its replicas, zones, health checks or failover.',
    default: 'false; an `external` is managed',
    examples: ['true'],
  },
  replicas: {
    type: replicas,
    doc: 'How many instances run, or how many in each zone.',
    default: '1',
    examples: ['3', '{ us-east-1a: 2, us-east-1b: 1 }'],
  },
  needs: {
    type: count(1),
    doc: 'How many replicas must be up for it to serve (a quorum; k of n).',
    default: 'the fewest that carry the written peak rates where concurrency and service times are written, else 1',
    examples: ['2'],
  },
  zones: {
    type: list(nameOf('zone', 'the name of a zone'), 'a list of zones such as [us-east-1a, us-east-1b]'),
    doc: 'Where its replicas run. They are dealt round robin; the first replica of a stateful kind is its primary.',
    default: 'unknown: nothing is said about zones',
    examples: ['[us-east-1a, us-east-1b]'],
  },
  availability: {
    type: availability,
    doc: 'The availability of one replica (of the whole where `managed`).',
    default: 'assumed by kind',
    examples: ['99.9%', '99.95%'],
  },
  mtbf: {
    type: duration('90d', 'm'),
    doc: 'Mean time between failures of one replica. Availability is mtbf / (mtbf + mttr).',
    examples: ['90d'],
  },
  mttr: {
    type: duration('2h', 'm'),
    doc: 'Mean time to repair one replica.',
    default: '1h, assumed',
    examples: ['2h'],
  },
  commonCause: {
    type: share('5%'),
    doc: 'The share of a replica’s failures that take all replicas at once (the beta factor).',
    default: '0%',
    examples: ['5%'],
  },
  releases: {
    type: block(
      {
        every: { type: duration('1d', 'm'), doc: 'The time between two releases.', examples: ['1d'] },
        failureRate: { type: share('5%'), doc: 'The share of releases that make it unavailable.', examples: ['5%'] },
        rollback: { type: duration('10m', 'm'), doc: 'How long a bad release stays out before it is rolled back.', examples: ['10m'] },
      },
      { what: 'a releases block', expects: 'what releases do, such as `{ every: 1d, failureRate: 5%, rollback: 10m }`' },
    ),
    doc: 'A release in so many makes it unavailable until it is rolled back.',
    default: 'none',
    examples: ['{ every: 1d, failureRate: 5%, rollback: 10m }'],
  },
  errorRate: {
    type: share('1%'),
    doc: 'The share of requests that fail transiently while it is up.',
    default: '0%',
    examples: ['1%'],
  },
  concurrency: {
    type: orWord(count(1, 'a whole number such as 8'), 'unlimited'),
    doc: 'How many requests one replica can hold at once: its threads, connections or slots.',
    default: 'unknown: the analysis takes the pool as finite, the simulation assumes 200',
    examples: ['8', 'unlimited'],
  },
  queue: {
    type: count(0, 'a whole number such as 50'),
    doc: 'How many requests one replica lets wait when all its slots are taken.',
    default: '0',
    examples: ['50'],
  },
  connections: {
    type: count(1, 'a whole number such as 100'),
    doc: 'How many connections its clients may hold open together.',
    default: 'unlimited',
    examples: ['100'],
  },
  quota: {
    type: rate,
    doc: 'The rate of requests that it accepts, as externals often limit it.',
    default: 'unlimited',
    examples: ['100/s'],
  },
  serviceTime: {
    type: serviceTime,
    doc: 'How long its own work on one request takes, without the calls it makes: one duration (constant), p50 and p99 (log-normal) or a mean (exponential).',
    default: '10ms, assumed',
    examples: ['{ p50: 20ms, p99: 120ms }', '15ms', '{ mean: 20ms }'],
  },
  onOverload: {
    type: oneOf(['reject', 'crash'], 'a way to meet overload'),
    doc: 'What it does when all slots are taken and its queue is full: turn requests away, or die and come back after `startup`.',
    default: 'reject',
    examples: ['crash'],
  },
  startup: {
    type: duration('10s', 's'),
    doc: 'How long a replica takes to come back.',
    default: '10s, assumed',
    examples: ['10s'],
  },
  healthCheck: {
    type: orNone(
      block(
        {
          interval: { type: duration('5s', 's'), doc: 'The time between two checks.', examples: ['5s'] },
          timeout: { type: duration('1s', 's'), doc: 'How long one check waits for an answer.', examples: ['1s'] },
          unhealthyAfter: { type: count(1), doc: 'Failed checks in a row until a replica is taken out.', default: '3', examples: ['2'] },
        },
        { what: 'a health check', expects: 'a health check such as `{ interval: 5s, unhealthyAfter: 2 }`' },
      ),
    ),
    doc: 'How a dead replica is noticed and taken out.',
    default: 'none: nobody notices',
    examples: ['{ interval: 5s, unhealthyAfter: 2 }'],
  },
  replication: {
    type: orNone(
      either(
        {
          scalar: map(replicationMode, (mode) => ({ mode })),
          map: block(
            {
              mode: { type: replicationMode, doc: 'Whether a write waits for the other replicas.', examples: ['async'] },
              lag: {
                type: duration('5s', 's'),
                doc: 'How far an asynchronous replica is behind.',
                default: '5s, assumed',
                examples: ['5s'],
              },
            },
            { what: 'a replication block', expects: 'a replication such as `{ mode: async, lag: 5s }`' },
          ),
        },
        '`sync`, `async` or `{ mode: async, lag: 5s }`',
      ),
    ),
    doc: 'How its data gets to its other replicas (stateful kinds).',
    default: 'none',
    examples: ['sync', '{ mode: async, lag: 5s }'],
  },
  failover: {
    type: orNone(
      block(
        {
          automatic: { type: flag, doc: 'Whether it happens without a person.', default: 'true', examples: ['false'] },
          within: {
            type: duration('30s', 's'),
            doc: 'How long it takes until another replica serves.',
            default: '60s, assumed, when automatic',
            examples: ['30s'],
          },
        },
        { what: 'a failover block', expects: 'a failover such as `{ automatic: true, within: 30s }`' },
      ),
    ),
    doc: 'Another replica takes over from the primary (stateful kinds).',
    default: 'automatic where `needs` is 2 or more, else none',
    examples: ['{ automatic: true, within: 30s }'],
  },
  leaderElection: {
    type: flag,
    doc: 'Its replicas agree on which of them works (schedulers, singletons).',
    default: 'false',
    examples: ['true'],
  },
  backup: {
    type: orNone(
      block(
        {
          every: { type: duration('24h', 'm'), doc: 'The time between two backups.', examples: ['24h'] },
          restore: { type: duration('3h', 'm'), doc: 'How long it takes to restore one.', examples: ['3h'] },
          tested: { type: date, doc: 'The day on which a restore was last tried.', examples: ['2026-01-31'] },
          region: { type: region, doc: 'Where the backups are kept.', examples: ['us-west-2'] },
        },
        { what: 'a backup block', expects: 'a backup such as `{ every: 24h, restore: 3h }`' },
      ),
    ),
    doc: 'Copies of its data that a bad write does not reach.',
    default: 'none',
    examples: ['{ every: 24h, restore: 3h, region: us-west-2 }'],
  },
  recovery: {
    type: orNone(
      block(
        {
          strategy: {
            type: oneOf(['backup-restore', 'pilot-light', 'warm-standby', 'active-active'], 'a recovery strategy'),
            doc: 'What stands by in the other region.',
            examples: ['warm-standby'],
          },
          region: { type: region, doc: 'The other region.', examples: ['us-west-2'] },
          rto: { type: duration('30m', 'm'), doc: 'The time until it serves from there.', examples: ['30m'] },
          rpo: { type: duration('1m', 'm'), doc: 'The data that is lost, as time.', examples: ['1m'] },
          tested: { type: date, doc: 'The day on which it was last tried.', examples: ['2026-01-31'] },
        },
        { what: 'a recovery block', expects: 'a recovery such as `{ strategy: warm-standby, region: us-west-2, rto: 30m, rpo: 1m }`' },
      ),
    ),
    doc: 'What happens when its region is lost.',
    default: 'none',
    examples: ['{ strategy: warm-standby, region: us-west-2, rto: 30m, rpo: 1m }'],
  },
  ttl: {
    type: duration('60s', 's'),
    doc: 'How long resolvers keep the answer of a `dns` component.',
    default: '60s, assumed',
    examples: ['60s'],
  },
  dependsOn: {
    type: list(nameOf('component', 'the name of a component'), 'a list of components such as [db, cache]'),
    doc: 'Components that it calls, with nothing said about the calls. An entry under `calls` says more and replaces this.',
    examples: ['[db, cache]'],
  },
  owner: { type: text(), doc: 'Who is responsible for it.', examples: ['team-orders'] },
  description: { type: text(), doc: 'What it is for.' },
  runbook: { type: text('a link'), doc: 'Where to read what to do when it fails.', examples: ['https://wiki.example.com/api'] },
};

export const componentType = block(componentFields, {
  what: 'a component',
  expects: 'a component such as `{ kind: service, replicas: 2 }`',
});
