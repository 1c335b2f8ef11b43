import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import type { ElementId } from '../model/origin';
import type { System } from '../model/system';
import { cardOf } from './cards';
import type { Card, Edge } from './graph';
import type { Notes } from './notes';
import { type Placement, placeReplicas, replicaZones } from './placement';

/** The cards of a picture and the frames around them. */
export interface Deployed {
  readonly cards: readonly Card[];
  readonly groups: Placement['groups'];
  /** The lines between these cards for those between components. */
  edges(edges: readonly Edge[]): readonly Edge[];
}

/** The replicas of each zone as a card of their own, in the frames of their zone and region. */
export function deployed(components: readonly Component[], system: System, notes: Notes): Deployed {
  const { groups, groupOf } = placeReplicas(components, system);
  const taken = new Set<string>(components.map(({ name }) => `component ${name}`));
  const byElement = new Map<ElementId, readonly Card[]>();
  for (const component of components) {
    const zones = replicaZones(component);
    const [only] = zones;
    const whole = cardOf(component, groupOf(component, zones.length === 1 ? only : undefined), notes);
    const parts = zones.map((zone): Card => {
      const card = cardOf(component, groupOf(component, zone), notes, zone);
      return { ...card, id: unused(`${card.id} in ${zone}`, taken), element: card.id, zone };
    });
    byElement.set(whole.id, zones.length > 1 ? parts : [whole]);
  }
  return {
    cards: [...byElement.values()].flat(),
    groups,
    edges: (edges) => edges.flatMap((edge) => between(edge, byElement.get(edge.from) ?? [], byElement.get(edge.to) ?? [])),
  };
}

/** A component may be called like a part of another. */
function unused(id: Card['id'], taken: Set<string>): Card['id'] {
  let free = id;
  while (taken.has(free)) free = `${free}′`;
  taken.add(free);
  return free;
}

/** From each replica card to the callee's in the same zone, or to all of them where there is none. */
function between(edge: Edge, callers: readonly Card[], callees: readonly Card[]): readonly Edge[] {
  if (callers.length <= 1 && callees.length <= 1) return [edge];
  const hint =
    callees.length > 1 ? `${edge.hint}\n${l10n.t('Drawn inside a zone where that can be; any replica may be called.')}` : edge.hint;
  const pairs = callers.flatMap((from) => {
    const near = callees.filter((to) => to.group === from.group);
    return (near.length > 0 ? near : callees).map((to) => ({ from: from.id, to: to.id }));
  });
  return pairs.map(({ from, to }, i): Edge => ({ ...edge, id: i === 0 ? edge.id : `${edge.id} ${i}′`, element: edge.id, from, to, hint }));
}
