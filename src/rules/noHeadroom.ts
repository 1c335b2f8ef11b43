import type { ComponentLoad } from '../analysis/load/figures';
import { assumptionsOf, failoverOf, kindOf, replicaCount } from '../model/defaults';
import { isStateful } from '../model/kinds';
import type { System } from '../model/system';
import { printRate } from '../model/units';
import { countText, secondsText } from '../model/words';
import { replicasToCarry } from '../remedies/capacity';
import { applyChanges } from '../remedies/change';
import { isUnwatched, watched } from '../remedies/component';
import { coldCaches } from './coldCache';
import { overConnected } from './connections';
import { loadOf } from './known';
import { componentPlace, relatedJourneys } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { stoppedWithout } from './words';

/** For sums of decimal fractions: what fills the slots exactly is carried. */
const full = 1 + 1e-9;

export const noHeadroom: Rule = {
  id: 'no-headroom',
  category: 'Redundancy',
  severity: 'warning',
  summary: 'A component whose peak load the rest cannot carry when one replica or one zone is gone.',
  *check(context) {
    const { system } = context.linked;
    for (const [name, load] of loadOf(system).components) {
      const message = shortage(system, name, load);
      const place = message === undefined ? undefined : componentPlace(context.linked, name);
      if (message !== undefined && place) yield reportOf(context, name, load, message, place);
    }
  },
  fixes({ subject }, { linked: { system } }) {
    const remedy = replicasToCarry(system, subject, busyOf(loadOf(system).components.get(subject)));
    const after = remedy && applyChanges(system, remedy.changes);
    const component = after?.components.get(subject);
    if (!remedy || !after || !component) return [];
    const whole = isUnwatched(component) ? watched(remedy) : remedy;
    return helps(system, after, subject) ? [whole] : [];
  },
};

/** Whether it carries its load then, and neither what it calls nor a cache in front of it becomes the next finding. */
function helps(before: System, after: System, name: string): boolean {
  const load = loadOf(after).components.get(name);
  const limited = new Set(overConnected(before).map(({ callee }) => callee));
  const cold = new Set(coldCaches(before).map(({ cache }) => cache));
  return (
    load !== undefined &&
    shortage(after, name, load) === undefined &&
    overConnected(after).every(({ callee }) => limited.has(callee)) &&
    coldCaches(after).every(({ cache }) => cold.has(cache))
  );
}

function reportOf(context: RuleContext, name: string, load: ComponentLoad, message: string, place: Report['place']): Report {
  const assumed = load.assumed
    ? ` This rests on a service time that nobody wrote (${secondsText(assumptionsOf(context.linked.system).serviceTime)}).`
    : '';
  return {
    message: `${message}${assumed}`,
    place,
    subject: name,
    related: relatedJourneys(context.linked, stoppedWithout(context, name), `needs ${name}`),
    ...(load.assumed ? { assumed: true } : {}),
  };
}

/** Slots in use on average at peak. */
function busyOf(load: ComponentLoad | undefined): number {
  return (load?.utilisation ?? Number.NaN) * (load?.slots ?? Number.NaN);
}

/** What is short, in words: the whole of it before a replica, a replica before a zone. Undefined where nothing is. */
function shortage(system: System, name: string, load: ComponentLoad): string | undefined {
  const component = system.components.get(name);
  const { slots = 0, utilisation, utilisationOneDown, utilisationZoneDown: zone } = load;
  if (!component || utilisation === undefined || !Number.isFinite(utilisation) || slots === Infinity) return undefined;
  const busy = busyOf(load);
  const count = replicaCount(component);
  const loaded = `${name} holds ${round(busy)} requests at once at peak${ratesText(load)}`;
  if (utilisation > full) {
    return `${loaded}, and has ${countText(slots, 'slot')}: ${percent(utilisation)} busy with nothing broken.`;
  }
  // Replicas of data that nobody fails over to do not share the load.
  if (count < 2 || (isStateful(kindOf(component)) && failoverOf(component) === undefined)) return undefined;
  const left = (share: number): string => {
    const slotsLeft = Math.round(busy / share);
    return `the ${slotsLeft === 1 ? 'one slot' : `${slotsLeft} slots`} left would be ${percent(share)} busy`;
  };
  if (utilisationOneDown !== undefined && utilisationOneDown > full && Number.isFinite(utilisationOneDown)) {
    return `${loaded}; with one of its ${count} replicas down, ${left(utilisationOneDown)}.`;
  }
  // Where all replicas are in one zone, nothing at all is left: that is a matter of zones.
  if (zone && zone.value > full && Number.isFinite(zone.value)) return `${loaded}; with zone ${zone.zone} down, ${left(zone.value)}.`;
  return undefined;
}

function ratesText({ arrivals, holding, partial }: ComponentLoad): string {
  if (arrivals === undefined || holding === undefined) return '';
  return ` (${partial ? 'at least ' : ''}${printRate(round(arrivals))} for ${secondsText(holding)} each)`;
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function percent(share: number): string {
  return `${round(share * 100)}%`;
}
