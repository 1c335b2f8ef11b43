import * as l10n from '@vscode/l10n';
import type { ComponentFigures } from '../../analysis/availability/components';
import type { Point } from '../../analysis/figures';
import type { Recovered, RecoveryObjective } from '../../analysis/recovery/figures';
import type { Component } from '../../model/component';
import {
  type Assumptions,
  assumptionsOf,
  isManaged,
  kindOf,
  regionAvailability,
  replicaAvailability,
  replicaCount,
  replicaZones,
  zoneAvailability,
} from '../../model/defaults';
import type { System } from '../../model/system';
import { printShare } from '../../model/units';
import { availabilityText, downtimeText, listText, replicasText, secondsText } from '../../model/words';
import { pointText } from '../figureText';
import { amplificationText, headroomText } from '../loadText';
import { costText, lossText } from '../loss';
import { bold, literal, paragraphs, table } from '../markdown';
import { isWorthShowing, lostText, rpoText, rtoText, wayText } from '../recoveryText';
import type { SystemView } from '../view';

/** What a component promises, alone and together, and what is lost with it. Undefined for a name that is none. */
export function componentText(view: SystemView, name: string): string | undefined {
  const component = view.linked.system.components.get(name);
  if (!component) return undefined;
  const point: Point = { kind: 'component', name };
  return paragraphs(
    headText(component),
    component.description && literal(component.description),
    component.telemetry
      ? l10n.t('It only observes: no journey depends on it.')
      : availabilityTable(component, view.components.get(name), assumptionsOf(view.linked.system)),
    releasesText(view.components.get(name)),
    lossText(view, point, bold),
    costText(view, point, literal),
    ...loadTexts(view, name),
    recoveryTable(view.recovery.get(name) ?? []),
  );
}

function loadTexts(view: SystemView, name: string): readonly (string | undefined)[] {
  const load = view.load.components.get(name);
  return load ? [headroomText(load), amplificationText(load, literal)] : [];
}

/** What it takes to come back from each loss that is worth a row. */
function recoveryTable(recovered: readonly Recovered[]): string | undefined {
  const rows = recovered
    .filter(isWorthShowing)
    .map((one) => [
      `${literal(lostText(one.loss))} *(${literal(wayText(one.how))})*`,
      against(rtoText(one.rto), one.rtoMet, one.rtoObjective),
      against(rpoText(one.rpo), one.rpoMet, one.rpoObjective),
    ]);
  return rows.length === 0 ? undefined : table([l10n.t('Lost'), l10n.t('back in'), l10n.t('data lost')], rows);
}

/** A time, and what it should have been where it is not. */
function against(time: string, met: boolean | undefined, objective: RecoveryObjective | undefined): string {
  return met === false && objective ? l10n.t('**{0}**, not {1}', time, secondsText(objective.seconds)) : time;
}

function headText(component: Component): string {
  const parts = [bold(component.name), kindOf(component)];
  if (isManaged(component)) parts.push(l10n.t('managed'));
  else parts.push(replicasText(replicaCount(component)));
  const zones = component.replicas instanceof Map ? [...component.replicas.keys()] : (component.zones ?? []);
  if (zones.length > 0) parts.push(l10n.t('in {0}', literal(listText([...new Set(zones)], 4))));
  if (component.owner !== undefined) parts.push(l10n.t('owned by {0}', literal(component.owner)));
  return parts.join(' · ');
}

function availabilityTable(component: Component, figures: ComponentFigures | undefined, assumed: Assumptions): string {
  const one = replicaAvailability(component, assumed);
  const available = assumable(availabilityText(one.value), one.assumed);
  const whole = isManaged(component);
  const rows = [[whole ? l10n.t('the whole') : l10n.t('one replica'), available, downtimeText(one.value.down)]];
  if (figures && availabilityText(figures.whole) !== availabilityText(one.value)) {
    const label = whole ? l10n.t('with what it stands on') : allText(figures);
    rows.push([label, availabilityText(figures.whole), downtimeText(figures.whole.down)]);
  }
  if (figures?.ifCommonCause) {
    const { share, whole: then } = figures.ifCommonCause;
    rows.push([l10n.t('if {0} of failures took all at once', printShare(share)), availabilityText(then), downtimeText(then.down)]);
  }
  return table(['', l10n.t('available'), l10n.t('down')], rows);
}

/** No number of replicas helps against a bad release. */
function releasesText(figures: ComponentFigures | undefined): string | undefined {
  return figures && figures.releases > 0 ? l10n.t('Bad releases alone take it down {0}.', downtimeText(figures.releases)) : undefined;
}

/** All replicas, with how many of them have to be up where that is more than one or not all of them count. */
function allText({ needs, needsDerived, counting }: ComponentFigures): string {
  if (counting < 2 || (needs < 2 && !needsDerived)) return l10n.t('all of it');
  return needsDerived
    ? l10n.t('all of it, {0} of {1} needed at peak', needs, counting)
    : l10n.t('all of it, {0} of {1} needed', needs, counting);
}

function assumable(text: string, assumed: boolean): string {
  return assumed ? l10n.t('{0} *(assumed)*', text) : text;
}

/** A zone or a region: its availability, and what stops with it. */
export function domainText(view: SystemView, kind: 'zone' | 'region' | 'sharedFate', name: string): string | undefined {
  const { zones, regions, sharedFates } = view.linked.system;
  const declared = kind === 'zone' ? zones.get(name) : kind === 'region' ? regions.get(name) : sharedFates.get(name);
  if (!declared) return undefined;
  const point: Point = { kind, name };
  const usual = assumptionsOf(view.linked.system);
  const given = kind === 'zone' ? zoneAvailability(declared, usual) : kind === 'region' ? regionAvailability(declared, usual) : undefined;
  const available = given
    ? `${assumable(availabilityText(given.value), given.assumed)} · ${downtimeText(given.value.down)}`
    : declared.availability && `${availabilityText(declared.availability)} · ${downtimeText(declared.availability.down)}`;
  return paragraphs(
    `**${literal(pointText(point))}**${available ? ` · ${available}` : ''}`,
    standingText(view.linked.system, kind, name),
    lossText(view, point, bold),
    costText(view, point, literal),
  );
}

const shownStanding = 6;

/** What stands in it: `In it: 2 of 3 replicas of api, db`. */
function standingText(system: System, kind: 'zone' | 'region' | 'sharedFate', name: string): string | undefined {
  const isIn = (zone: string | undefined): boolean =>
    zone !== undefined && (kind === 'zone' ? zone === name : system.zones.get(zone)?.region === name);
  const standing: string[] = [];
  for (const component of system.components.values()) {
    if (kind === 'sharedFate') {
      if (system.sharedFates.get(name)?.components.includes(component.name)) standing.push(bold(component.name));
      continue;
    }
    const zones = replicaZones(component);
    const count = zones.filter(isIn).length;
    if (count === 0) continue;
    standing.push(
      count === zones.length ? bold(component.name) : l10n.t('{0} of {1} replicas of {2}', count, zones.length, bold(component.name)),
    );
  }
  if (standing.length === 0) return l10n.t('Nothing stands in it.');
  const names = listText(standing, shownStanding);
  return kind === 'sharedFate' ? l10n.t('Stop together: {0}.', names) : l10n.t('In it: {0}.', names);
}
