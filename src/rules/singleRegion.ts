import * as l10n from '@vscode/l10n';
import type { Recovered } from '../analysis/recovery/figures';
import { assumptionsOf, failoverOf, isManaged, kindOf, regionAvailability, replicaZones } from '../model/defaults';
import { isStateful } from '../model/kinds';
import { availabilityObjective } from '../model/objectives';
import type { System } from '../model/system';
import { countText, listText, secondsText } from '../model/words';
import type { Change, Remedy } from '../remedies/change';
import { warmStandby } from '../remedies/region';
import { costText, type Loss, singleLosses } from './journeys';
import { recoveryOf } from './known';
import { componentPlace, domainPlace, related, relatedJourneys } from './places';
import { backText, regionsOf } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout } from './words';

/** From here on an objective leaves no room for the loss of a region: 99.99%, 53 minutes a year. */
const fourNines = 1e-4 * (1 + 1e-9);

export const singleRegion: Rule = {
  id: 'single-region',
  category: 'Redundancy',
  severity: 'warning',
  summary: 'A region whose loss stops a journey that is promised 99.99% or more, or that nothing brings back within its recovery time.',
  *check(context) {
    for (const lost of lostRegions(context)) {
      const report = reportOf(context, lost);
      if (report) yield report;
    }
  },
  fixes({ subject }, context) {
    const lost = lostRegions(context).find(({ region }) => region === subject);
    const remedy = lost && recoverElsewhere(context, lost);
    return remedy ? [remedy] : [];
  },
};

interface Lost {
  readonly region: string;
  /** The journeys that it stops and that are held to four nines, with nothing that takes over elsewhere. */
  readonly loss: Loss | undefined;
  /** What does not come back in time. */
  readonly late: readonly Recovered[];
  /** The components on account of which it is reported. */
  readonly components: readonly string[];
}

function lostRegions(context: RuleContext): readonly Lost[] {
  const { system } = context.linked;
  const losses = new Map(
    singleLosses(context, 'region').flatMap((loss) => promised(system, loss).map((kept) => [kept.point.name, kept] as const)),
  );
  // Nothing can be late then, and how everything recovers takes a while to tell.
  if (losses.size === 0 && system.objectives.rto === undefined) return [];
  const late = new Map<string, Recovered[]>();
  const recovered = new Map<string, Map<string, Recovered>>();
  for (const list of recoveryOf(system).values()) {
    for (const one of list) {
      if (one.loss.kind !== 'region') continue;
      const { name } = one.loss;
      const known = recovered.get(name) ?? new Map<string, Recovered>();
      recovered.set(name, known.set(one.subject, one));
      if (one.rtoMet === false) late.set(name, [...(late.get(name) ?? []), one]);
    }
  }
  return [...new Set([...losses.keys(), ...late.keys()])].flatMap((region) => {
    const slow = late.get(region) ?? [];
    const found = losses.get(region);
    const open = found ? uncovered(context, found, recovered.get(region) ?? new Map()) : [];
    const loss = open.length > 0 ? found : undefined;
    if (!loss && slow.length === 0) return [];
    return [{ region, loss, late: slow, components: [...new Set([...open, ...slow.map(({ subject }) => subject)])] }];
  });
}

function promised(system: System, loss: Loss): readonly Loss[] {
  if (loss.implied) return [];
  const journeys = loss.journeys.filter((name) => {
    const journey = system.journeys.get(name);
    const objective = journey && availabilityObjective(system, journey);
    return objective !== undefined && objective.down <= fourNines;
  });
  return journeys.length > 0 ? [{ ...loss, journeys }] : [];
}

/** The components that a region takes down and that the journeys stop without; not those that are recovered elsewhere. */
function uncovered(context: RuleContext, { point, journeys }: Loss, recovered: ReadonlyMap<string, Recovered>): readonly string[] {
  const { system } = context.linked;
  return [...system.components.values()].flatMap((component) => {
    const { name } = component;
    if (isManaged(component) || !stoppedWithout(context, name).some((journey) => journeys.includes(journey))) return [];
    const all = replicaZones(component);
    const zones = isStateful(kindOf(component)) && failoverOf(component) === undefined ? all.slice(0, 1) : all;
    const inside = zones.filter((zone) => zone !== undefined && system.zones.get(zone)?.region === point.name).length;
    if (inside === 0 || zones.length - inside >= Math.max(1, component.needs ?? 1)) return [];
    return recovered.get(name)?.how.kind === 'recovery' ? [] : [name];
  });
}

function reportOf(context: RuleContext, { region, loss, late, components }: Lost): Report | undefined {
  const { linked } = context;
  const place = domainPlace(linked, 'region', region);
  if (!place) return undefined;
  const sentences: string[] = [];
  if (loss) {
    const availability = regionAvailability(linked.system.regions.get(region), assumptionsOf(linked.system));
    const cost = costText(context, loss, availability.assumed ? availability.value : undefined);
    const { journeys } = loss;
    const [all, names] = [listText(components), journeysText(linked.system, journeys)];
    const many = l10n.t('{0} run only in {1}', all, region);
    const where = countText(components.length, l10n.t('{0} runs only in {1}', all, region), many);
    const stops = l10n.t('{0}; {1} stops when the region goes down{2}.', where, names, cost);
    sentences.push(countText(journeys.length, stops, l10n.t('{0}; {1} stop when the region goes down{2}.', where, names, cost)));
  }
  if (late.length > 0) sentences.push(l10n.t('When {0} is lost, {1}.', region, lateText(late)));
  return {
    message: sentences.join(' '),
    place,
    subject: region,
    related: [
      ...related(...components.slice(0, 8).map((name) => [componentPlace(linked, name), l10n.t('{0} runs in {1}', name, region)] as const)),
      ...relatedJourneys(linked, loss?.journeys ?? [], (name) => l10n.t('{0} stops without {1}', name, region)),
    ],
    ...(!loss && late.every(({ assumed }) => assumed.length > 0) ? { assumed: true } : {}),
  };
}

/** What never comes back; where everything does, what takes longest. */
function lateText(late: readonly Recovered[]): string {
  const seconds = ({ rto }: Recovered): number => (rto === 'never' ? Infinity : (rto ?? 0));
  const [worst, ...others] = [...late].sort((a, b) => (seconds(a) === seconds(b) ? 0 : seconds(b) - seconds(a)));
  if (!worst?.rtoObjective) return '';
  const within = backText(worst.rtoObjective.journey, worst.rtoObjective.seconds);
  const lost = late.filter(({ rto }) => rto === 'never').map(({ subject }) => subject);
  if (lost.length > 0) return l10n.t('nothing brings {0} back elsewhere, and {1}', listText(lost), within);
  const time = secondsText(seconds(worst));
  const takes =
    worst.how.kind === 'restore'
      ? l10n.t('{0} takes {1} to come back from its backup', worst.subject, time)
      : l10n.t('{0} takes {1} to come back', worst.subject, time);
  if (others.length === 0) return l10n.t('{0}; {1}', takes, within);
  const many = l10n.t('{0}, and {1} other components take too long as well; {2}', takes, others.length, within);
  return countText(others.length, l10n.t('{0}, and 1 other component takes too long as well; {1}', takes, within), many);
}

/** A warm standby of all of them in another region that somebody declared. */
function recoverElsewhere({ linked }: RuleContext, { region, components }: Lost): Remedy | undefined {
  const { system } = linked;
  // Where some of it stands already, its own recovery would be lost with it.
  const taken = new Set(components.flatMap((name) => [...(regionsOf(system, system.components.get(name) ?? { name }) ?? [])]));
  const other = [...system.regions.keys()].find((name) => name !== region && !taken.has(name));
  if (other === undefined) return undefined;
  const changes: Change[] = [];
  for (const name of components) {
    const figure = recoveryOf(system)
      .get(name)
      ?.find(({ loss }) => loss.kind === 'region' && loss.name === region);
    const change = figure && warmStandby(system, figure.subject, other, figure.rtoObjective?.seconds, figure.rpoObjective?.seconds);
    if (!change) return undefined;
    changes.push(change);
  }
  return { title: l10n.t('Add recovery in {0}: a warm standby of {1}', other, listText(components)), changes, safe: false };
}
