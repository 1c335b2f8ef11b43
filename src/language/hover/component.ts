import type { Figure, Point } from '../../analysis/figures';
import type { Component } from '../../model/component';
import { isManaged, kindOf, regionAvailability, replicaAvailability, replicaCount, zoneAvailability } from '../../model/defaults';
import { availabilityText, countText, downtimeText, listText } from '../../model/words';
import { figureDowntime, figureText, pointText } from '../figureText';
import { costText, lossText } from '../loss';
import { bold, literal, paragraphs, table } from '../markdown';
import type { SystemView } from '../view';

/** What a component promises, alone and together, and what is lost with it. Undefined for a name that is none. */
export function componentText(view: SystemView, name: string): string | undefined {
  const component = view.linked.system.components.get(name);
  if (!component) return undefined;
  const point: Point = { kind: 'component', name };
  return paragraphs(
    headText(component),
    component.description && literal(component.description),
    component.telemetry ? 'It only observes: no journey depends on it.' : availabilityTable(component, view.serving(name)),
    lossText(view, point, bold),
    costText(view, point, literal),
  );
}

function headText(component: Component): string {
  const parts = [bold(component.name), kindOf(component)];
  if (isManaged(component)) parts.push('managed');
  else parts.push(countText(replicaCount(component), 'replica'));
  const zones = component.replicas instanceof Map ? [...component.replicas.keys()] : (component.zones ?? []);
  if (zones.length > 0) parts.push(`in ${literal(listText([...new Set(zones)], 4))}`);
  if (component.owner !== undefined) parts.push(`owned by ${literal(component.owner)}`);
  return parts.join(' · ');
}

function availabilityTable(component: Component, serving: Figure | undefined): string {
  const one = replicaAvailability(component);
  const assumed = one.assumed ? ' *(assumed)*' : '';
  const whole = isManaged(component);
  const rows = [[whole ? 'the whole' : 'one replica', `${availabilityText(one.value)}${assumed}`, downtimeText(one.value.down)]];
  if (serving && figureText(serving) !== availabilityText(one.value)) {
    rows.push([whole ? 'with what it stands on' : `all of it${needsText(component)}`, figureText(serving), figureDowntime(serving)]);
  }
  return table(['', 'available', 'down'], rows);
}

function needsText(component: Component): string {
  const count = replicaCount(component);
  return component.needs !== undefined && count > 1 ? `, ${component.needs} of ${count} needed` : '';
}

/** A zone or a region: its availability, and what stops with it. */
export function domainText(view: SystemView, kind: 'zone' | 'region' | 'sharedFate', name: string): string | undefined {
  const { zones, regions, sharedFates } = view.linked.system;
  const declared = kind === 'zone' ? zones.get(name) : kind === 'region' ? regions.get(name) : sharedFates.get(name);
  if (!declared) return undefined;
  const point: Point = { kind, name };
  const given = kind === 'zone' ? zoneAvailability(declared) : kind === 'region' ? regionAvailability(declared) : undefined;
  const available = given
    ? `${availabilityText(given.value)}${given.assumed ? ' *(assumed)*' : ''} · ${downtimeText(given.value.down)}`
    : declared.availability && `${availabilityText(declared.availability)} · ${downtimeText(declared.availability.down)}`;
  return paragraphs(
    `**${literal(pointText(point))}**${available ? ` · ${available}` : ''}`,
    lossText(view, point, bold),
    costText(view, point, literal),
  );
}
