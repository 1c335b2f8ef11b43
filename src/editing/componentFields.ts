import type { Component, Releases, ServiceTime } from '../model/component';
import { type Availability, printRate } from '../model/units';
import { duration, optional, orNone, share } from './callFields';
import { mapping, token, type Written, type WrittenEntry, word, words } from './written';

/** The keys of a component in the order in which people write them. */
export const componentOrder = [
  'kind',
  'managed',
  'replicas',
  'needs',
  'zones',
  'availability',
  'mtbf',
  'mttr',
  'commonCause',
  'releases',
  'errorRate',
  'concurrency',
  'queue',
  'connections',
  'quota',
  'serviceTime',
  'onOverload',
  'startup',
  'healthCheck',
  'replication',
  'failover',
  'leaderElection',
  'backup',
  'recovery',
  'ttl',
  'dependsOn',
  'owner',
  'description',
  'runbook',
] as const;

/** The keys of a component as they are written, in order; only those that have a value. */
export function componentEntries(fields: Omit<Component, 'name'>): readonly WrittenEntry[] {
  const entries: readonly (readonly [string, Written | undefined])[] = [
    ['kind', optional(fields.kind, token)],
    ['managed', optional(fields.managed, token)],
    ['replicas', optional(fields.replicas, replicasWritten)],
    ['needs', optional(fields.needs, token)],
    ['zones', optional(fields.zones, words)],
    ['availability', optional(fields.availability, (value) => token(printAvailability(value)))],
    ['mtbf', optional(fields.mtbf, duration)],
    ['mttr', optional(fields.mttr, duration)],
    ['commonCause', optional(fields.commonCause, share)],
    ['releases', optional(fields.releases, releasesWritten)],
    ['errorRate', optional(fields.errorRate, share)],
    ['concurrency', optional(fields.concurrency, token)],
    ['queue', optional(fields.queue, token)],
    ['connections', optional(fields.connections, token)],
    ['quota', optional(fields.quota, (rate) => token(printRate(rate)))],
    ['serviceTime', optional(fields.serviceTime, serviceTimeWritten)],
    ['onOverload', optional(fields.onOverload, token)],
    ['startup', optional(fields.startup, duration)],
    ...standbyEntries(fields),
    ['ttl', optional(fields.ttl, duration)],
    ['owner', optional(fields.owner, word)],
    ['description', optional(fields.description, word)],
    ['runbook', optional(fields.runbook, word)],
  ];
  return entries.filter((entry): entry is WrittenEntry => entry[1] !== undefined);
}

function standbyEntries(fields: Omit<Component, 'name'>): readonly (readonly [string, Written | undefined])[] {
  return [
    [
      'healthCheck',
      orNone(fields.healthCheck, ({ interval, timeout, unhealthyAfter }) =>
        mapping([
          ['interval', optional(interval, duration)],
          ['timeout', optional(timeout, duration)],
          ['unhealthyAfter', optional(unhealthyAfter, token)],
        ]),
      ),
    ],
    [
      'replication',
      orNone(fields.replication, ({ mode, lag }) =>
        mode !== undefined && lag === undefined
          ? token(mode)
          : mapping([
              ['mode', optional(mode, token)],
              ['lag', optional(lag, duration)],
            ]),
      ),
    ],
    [
      'failover',
      orNone(fields.failover, ({ automatic, within }) =>
        mapping([
          ['automatic', optional(automatic, token)],
          ['within', optional(within, duration)],
        ]),
      ),
    ],
    ['leaderElection', optional(fields.leaderElection, token)],
    [
      'backup',
      orNone(fields.backup, ({ every, restore, tested, region }) =>
        mapping([
          ['every', optional(every, duration)],
          ['restore', optional(restore, duration)],
          ['tested', optional(tested, token)],
          ['region', optional(region, word)],
        ]),
      ),
    ],
    [
      'recovery',
      orNone(fields.recovery, ({ strategy, region, rto, rpo, tested }) =>
        mapping([
          ['strategy', optional(strategy, token)],
          ['region', optional(region, word)],
          ['rto', optional(rto, duration)],
          ['rpo', optional(rpo, duration)],
          ['tested', optional(tested, token)],
        ]),
      ),
    ],
  ];
}

function releasesWritten({ every, failureRate, rollback }: Releases): Written {
  return mapping([
    ['every', optional(every, duration)],
    ['failureRate', optional(failureRate, share)],
    ['rollback', optional(rollback, duration)],
  ]);
}

function replicasWritten(replicas: number | ReadonlyMap<string, number>): Written {
  if (typeof replicas === 'number') return token(replicas);
  return mapping([...replicas].map(([zone, count]) => [zone, token(count)] as const));
}

function serviceTimeWritten(time: ServiceTime): Written {
  switch (time.kind) {
    case 'constant':
      return duration(time.value);
    case 'exponential':
      return mapping([['mean', duration(time.mean)]]);
    case 'log-normal':
      return mapping([
        ['p50', duration(time.p50)],
        ['p99', duration(time.p99)],
      ]);
  }
}

/** Writes an availability as a percentage with every digit of its complement: `99.95%`. */
export function printAvailability({ down }: Availability): string {
  const [mantissa = '0', exponent = '0'] = down.toExponential().split('e');
  const digits = mantissa.replace('.', '');
  const scale = Math.max(2, digits.length - 1 - Number(exponent));
  const missing = BigInt(digits) * 10n ** BigInt(scale - (digits.length - 1 - Number(exponent)));
  const text = (10n ** BigInt(scale) - missing).toString().padStart(scale - 1, '0');
  const whole = text.slice(0, text.length - (scale - 2));
  const fraction = text.slice(text.length - (scale - 2)).replace(/0+$/, '');
  return fraction ? `${whole}.${fraction}%` : `${whole}%`;
}
