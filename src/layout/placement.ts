import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { isManaged, kindOf, replicaCount } from '../model/defaults';
import { type ElementId, elementId } from '../model/origin';
import type { System } from '../model/system';
import type { GroupKind } from './graph';

/** A frame before it has words. */
export interface Place {
  readonly id: string;
  readonly kind: GroupKind;
  readonly name: string;
  readonly element?: ElementId;
  readonly parent?: string;
}

export interface Placement {
  /** The group of each component that stands in one. */
  readonly groupOf: ReadonlyMap<string, string>;
  /** Groups that hold something, parents before their children. */
  readonly groups: ReadonlyMap<string, Place>;
}

/** Holds the zones that name no region, so that every zone has one thing around it. */
const zonesGroup: Place = { id: 'zones', kind: 'zones', name: '' };
function externalGroup(): Place {
  return { id: 'external', kind: 'external', name: l10n.t('Third parties') };
}

/**
 * Where each component stands in the logical picture, which has one card for a component. One whose replicas are all in
 * one zone stands in that zone's frame; one with replicas in several zones stands beside the zones, in the frame of
 * their region, for it goes on without any of them; one in several regions stands outside all of them.
 */
export function placeComponents(system: System): Placement {
  const groupOf = new Map<string, string>();
  const groups = new Map<string, Place>();
  for (const component of system.components.values()) {
    const chain = frameOf(component, system, zonesOf(component));
    for (const place of chain) groups.set(place.id, place);
    const innermost = chain.at(-1);
    if (innermost) groupOf.set(component.name, innermost.id);
  }
  return { groupOf, groups };
}

/** The zones whose replicas get a card of their own in the deployment; none where nobody wrote any. */
export function replicaZones(component: Component): readonly string[] {
  return isManaged(component) ? [] : zonesOf(component);
}

/** Where the replicas stand that a component has in a zone; without a zone, as in {@link placeComponents}. */
export function placeReplicas(
  components: readonly Component[],
  system: System,
): { readonly groups: Placement['groups']; groupOf(component: Component, zone: string | undefined): string | undefined } {
  const groups = new Map<string, Place>();
  const chainOf = (component: Component, zone: string | undefined): readonly Place[] =>
    frameOf(component, system, zone === undefined ? zonesOf(component) : [zone]);
  for (const component of components) {
    const zones = replicaZones(component);
    for (const zone of zones.length > 0 ? zones : [undefined]) {
      for (const place of chainOf(component, zone)) groups.set(place.id, place);
    }
  }
  return { groups, groupOf: (component, zone) => chainOf(component, zone).at(-1)?.id };
}

/** The frames around a component with replicas in these zones, the outermost first. */
function frameOf(component: Component, system: System, zones: readonly string[]): readonly Place[] {
  if (zones.length === 0) return kindOf(component) === 'external' ? [externalGroup()] : [];
  const regions = new Set(zones.map((zone) => system.zones.get(zone)?.region));
  if (regions.size > 1) return [];
  const [region] = regions;
  const around: Place =
    region === undefined ? zonesGroup : { id: `region ${region}`, kind: 'region', name: region, element: elementId('region', region) };
  const [zone] = zones;
  if (zones.length > 1 || zone === undefined) return [around];
  return [around, { id: `zone ${zone}`, kind: 'zone', name: zone, element: elementId('zone', zone), parent: around.id }];
}

/** The zones its replicas are in, sorted. What a managed component names is taken as it is. */
export function zonesOf(component: Component): readonly string[] {
  if (isManaged(component)) return [...new Set(component.zones ?? [])].sort();
  return [...zoneCounts(component).keys()].filter((zone) => zone !== '').sort();
}

/** Its replicas by zone, in the order in which they are dealt; the key is empty where the zone is unknown. */
export function zoneCounts(component: Component): ReadonlyMap<string, number> {
  const { replicas, zones = [] } = component;
  if (isManaged(component)) return new Map([['', 1]]);
  if (replicas instanceof Map) return replicas;
  const count = replicaCount(component);
  if (zones.length === 0) return new Map([['', count]]);
  const counts = new Map<string, number>();
  for (const [i, zone] of zones.entries()) {
    const dealt = Math.floor(count / zones.length) + (i < count % zones.length ? 1 : 0);
    if (dealt > 0) counts.set(zone, (counts.get(zone) ?? 0) + dealt);
  }
  return counts;
}
