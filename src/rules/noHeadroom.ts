import * as l10n from '@vscode/l10n';
import type { ComponentLoad } from '../analysis/load/figures';
import { failoverOf, kindOf, replicaCount } from '../model/defaults';
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
import { serviceTimeText, stoppedWithout } from './words';

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
  return {
    message: load.assumed ? `${message} ${serviceTimeText(context.linked.system)}` : message,
    place,
    subject: name,
    related: relatedJourneys(context.linked, stoppedWithout(context, name), (journey) => l10n.t('{0} needs {1}', journey, name)),
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
  if (utilisation > full) {
    const [what, share] = [loadedText(name, busy, load), percent(utilisation)];
    const many = l10n.t('{0}, and has {1} slots: {2} busy with nothing broken.', what, slots, share);
    return countText(slots, l10n.t('{0}, and has 1 slot: {1} busy with nothing broken.', what, share), many);
  }
  // Replicas of data that nobody fails over to do not share the load.
  if (count < 2 || (isStateful(kindOf(component)) && failoverOf(component) === undefined)) return undefined;
  const left = (share: number): string => {
    const slotsLeft = Math.round(busy / share);
    const many = l10n.t('the {0} slots left would be {1} busy', slotsLeft, percent(share));
    return countText(slotsLeft, l10n.t('the one slot left would be {0} busy', percent(share)), many);
  };
  if (utilisationOneDown !== undefined && utilisationOneDown > full && Number.isFinite(utilisationOneDown)) {
    const then = left(utilisationOneDown);
    return l10n.t('{0}; with one of its {1} replicas down, {2}.', loadedText(name, busy, load), count, then);
  }
  // Where all replicas are in one zone, nothing at all is left: that is a matter of zones.
  if (zone && zone.value > full && Number.isFinite(zone.value))
    return l10n.t('{0}; with zone {1} down, {2}.', loadedText(name, busy, load), zone.zone, left(zone.value));
  return undefined;
}

function loadedText(name: string, busy: number, { arrivals, holding, partial }: ComponentLoad): string {
  const what = l10n.t('{0} holds {1} requests at once at peak', name, round(busy));
  if (arrivals === undefined || holding === undefined) return what;
  const [rate, time] = [printRate(round(arrivals)), secondsText(holding)];
  return partial ? l10n.t('{0} (at least {1} for {2} each)', what, rate, time) : l10n.t('{0} ({1} for {2} each)', what, rate, time);
}

function round(value: number): number {
  return Number(value.toPrecision(3));
}

function percent(share: number): string {
  return `${round(share * 100)}%`;
}
