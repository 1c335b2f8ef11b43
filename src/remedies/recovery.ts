import * as l10n from '@vscode/l10n';
import type { HealthCheck } from '../model/component';
import type { System } from '../model/system';
import { printDuration, type Seconds } from '../model/units';
import type { Remedy } from './change';

/** Intervals that people write for health checks, in seconds. */
const intervals = [30, 20, 15, 10, 5, 2, 1];

/** How often a replica has to fail where nothing else is written. */
const usualFailures = 3;

/**
 * Checks the replicas often enough to notice a dead one within a time: the longest usual interval that does. Undefined
 * where none of a second or more does, or there is no check.
 */
export function checkMoreOften(system: System, name: string, within: Seconds): Remedy | undefined {
  const check = system.components.get(name)?.healthCheck;
  if (typeof check !== 'object' || check.interval === undefined) return undefined;
  const failures = check.unhealthyAfter ?? usualFailures;
  const interval = intervals.find((one) => one < (check.interval ?? 0) && one * failures <= within * (1 + 1e-9));
  if (interval === undefined) return undefined;
  const healthCheck: HealthCheck = { ...check, interval };
  const fields = {
    healthCheck: check.timeout !== undefined && check.timeout > interval ? { ...healthCheck, timeout: interval } : healthCheck,
  };
  const after = printDuration(interval * failures);
  const title = l10n.t('Check every {0}: a dead replica is noticed after {1}', printDuration(interval), after);
  return { title, changes: [{ kind: 'set-component', component: name, fields }], safe: false };
}

const day = 86_400;
const leastInterval = 60;

/**
 * Backups every day, or as often as the recovery point objective asks for. Nothing about the restore: only whoever has
 * tried it knows how long that takes.
 *
 * @param rpo the recovery point objective, in seconds
 */
export function insertBackup(system: System, name: string, rpo: Seconds | undefined): Remedy | undefined {
  if (system.components.get(name)?.backup !== undefined || !system.components.has(name)) return undefined;
  const every = Math.min(day, rpo ?? day);
  if (every < leastInterval) return undefined;
  const title = l10n.t('Insert a backup: every {0}', printDuration(every));
  return { title, changes: [{ kind: 'set-component', component: name, fields: { backup: { every } } }], safe: false };
}

/** Keeps the backup in another region. */
export function moveBackup(system: System, name: string, region: string): Remedy | undefined {
  const backup = system.components.get(name)?.backup;
  if (typeof backup !== 'object') return undefined;
  return {
    title: l10n.t('Keep the backup in {0}', region),
    changes: [{ kind: 'set-component', component: name, fields: { backup: { ...backup, region } } }],
    safe: false,
  };
}
