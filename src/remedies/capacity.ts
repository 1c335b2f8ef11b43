import * as l10n from '@vscode/l10n';
import { concurrencyOf, isManaged, kindOf, replicaCount } from '../model/defaults';
import { isStateful } from '../model/kinds';
import type { System } from '../model/system';
import type { Remedy } from './change';

/** More replicas than this are not suggested: something else is wrong then. */
const mostReplicas = 64;

/**
 * As many replicas as carry a load with one replica short, and with the fullest zone short where zones are written.
 *
 * @param busy slots in use on average
 * @returns undefined where more replicas do not share the load, or the number is past belief
 */
export function replicasToCarry(system: System, name: string, busy: number): Remedy | undefined {
  const component = system.components.get(name);
  if (!component || isManaged(component) || component.replicas instanceof Map) return undefined;
  const kind = kindOf(component);
  if (kind === 'client' || kind === 'scheduler' || isStateful(kind)) return undefined;
  const each = concurrencyOf(component);
  if (each === undefined || !(each > 0) || !Number.isFinite(each) || !Number.isFinite(busy)) return undefined;
  const least = Math.max(1, Math.ceil(busy / each - 1e-9));
  const zones = new Set(component.zones).size;
  for (let count = Math.max(2, replicaCount(component) + 1); count <= mostReplicas; count++) {
    // In a single zone nothing is left when it goes, however many there are.
    const lost = zones > 1 ? Math.ceil(count / zones) : 1;
    if (count - lost < least) continue;
    const title =
      zones > 1
        ? l10n.t('Run {0} replicas, to carry the peak with a zone short', count)
        : l10n.t('Run {0} replicas, to carry the peak with one short', count);
    return { title, changes: [{ kind: 'set-component', component: name, fields: { replicas: count } }], safe: false };
  }
  return undefined;
}
