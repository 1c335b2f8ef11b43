import * as l10n from '@vscode/l10n';
import type { System } from '../model/system';
import { printDuration } from '../model/units';
import { listText } from '../model/words';
import type { Change, Remedy } from './change';

const minute = 60;

/**
 * Rolls bad releases back faster: the rollback of each of these components takes this share of what it takes now, in
 * whole minutes. Undefined where that leaves one of them less than a minute, for nobody notices and decides so fast.
 */
export function fasterRollback(system: System, names: readonly string[], share: number): Remedy | undefined {
  const changes: Change[] = [];
  const parts: string[] = [];
  for (const name of names) {
    const releases = system.components.get(name)?.releases;
    if (releases?.rollback === undefined) return undefined;
    const rollback = Math.floor((releases.rollback * share) / minute + 1e-9) * minute;
    if (!(rollback >= minute)) return undefined;
    changes.push({ kind: 'set-component', component: name, fields: { releases: { ...releases, rollback } } });
    parts.push(l10n.t('{0} within {1}', name, printDuration(rollback)));
  }
  return changes.length === 0 ? undefined : { title: l10n.t('Roll back {0}', listText(parts)), changes, safe: false };
}
