import * as l10n from '@vscode/l10n';
import type { Component } from '../../model/component';
import { type Assumptions, concurrencyOf, failoverOf, isManaged, kindOf, replicaAvailability } from '../../model/defaults';
import { type Availability, printDuration } from '../../model/units';
import { availabilityText } from '../../model/words';
import { type ReplicaGroup, replicaGroup } from '../structure/replicas';
import type { Structure } from '../structure/structure';
import type { Wiring } from '../structure/wiring';
import { failoverText, mttrText } from '../words';

/** A number that nobody wrote about one component, and the component as if that number were perfect. */
export interface ComponentAssumption {
  readonly component: number;
  readonly subject: string;
  /** Put into words only where somebody reads it: there are many. */
  readonly text: () => string;
  readonly perfect: ReplicaGroup;
}

const perfect: Availability = { up: 1, down: 0 };

/** What was assumed about the components that a journey depends on. */
export function assumedOf(components: readonly number[], structure: Structure, given: Assumptions): readonly ComponentAssumption[] {
  const result: ComponentAssumption[] = [];
  const timed = assumedTimes(components, structure.wiring);
  const used = new Set(components);
  for (const number of new Set([...components, ...timed])) {
    const group = structure.groups[number];
    if (!group) continue;
    const add = (text: () => string, better: ReplicaGroup): void => {
      result.push({ component: number, subject: group.component.name, text, perfect: better });
    };
    if (used.has(number)) addFigures(group, structure, given, add);
    // It decides whether a pool fills, yes or no: no small change of it moves anything.
    if (timed.has(number)) add(() => l10n.t('service time {0}', printDuration(given.serviceTime)), group);
  }
  return result;
}

function addFigures(
  group: ReplicaGroup,
  { domains }: Structure,
  given: Assumptions,
  add: (text: () => string, better: ReplicaGroup) => void,
): void {
  const { component } = group;
  const changed = (assumed: Assumptions): ReplicaGroup => replicaGroup(component, group.needs, domains, assumed);
  const kind = kindOf(component);
  const stated = replicaAvailability(component, given);
  const failover = isManaged(component) ? undefined : failoverOf(component, given);
  const byTimes = component.availability === undefined && component.mtbf !== undefined;
  if (stated.assumed && !byTimes && stated.value.down > 0) {
    const better = changed({ ...given, availability: { ...given.availability, [kind]: perfect } });
    add(() => l10n.t('availability {0} ({1})', availabilityText(stated.value), kind), better);
  }
  if (component.mttr === undefined && (byTimes || failover)) {
    // Of an availability, the time to repair tells how often it fails over: the longer, the more seldom.
    add(() => mttrText(given.mttr), byTimes ? changed({ ...given, mttr: 0 }) : { ...group, switching: 0 });
  }
  if (failover?.assumed) add(() => failoverText(failover.value), changed({ ...given, failoverWithin: 0 }));
}

/** Components whose service time nobody wrote, where it counts: their own pool, or that of a caller, may fill. */
function assumedTimes(components: readonly number[], wiring: Wiring): ReadonlySet<number> {
  const named = (number: number): Component | undefined => wiring.system.components.get(wiring.names[number] ?? '');
  const hasPool = (number: number): boolean => {
    const component = named(number);
    return component !== undefined && Number.isFinite(concurrencyOf(component) ?? Infinity);
  };
  const result = new Set<number>();
  if (![...wiring.system.journeys.values()].some(({ rate }) => rate !== undefined)) return result;
  for (const number of components) {
    if (!hasPool(number)) continue;
    const callees = (wiring.from[number] ?? []).filter((wire) => wire.awaited && !wire.publish).map((wire) => wire.to);
    for (const held of [number, ...callees]) if (named(held)?.serviceTime === undefined) result.add(held);
  }
  return result;
}
