import * as l10n from '@vscode/l10n';
import { type ElementId, elementId } from '../model/origin';
import { callsText } from '../model/words';
import { collapsedCard } from './cards';
import type { Card, Edge, Group } from './graph';
import { worst } from './notes';
import { pillOf } from './pill';

interface Drawn {
  readonly cards: readonly Card[];
  readonly groups: readonly Group[];
  readonly edges: readonly Edge[];
}

/** More cards than this are not drawn at once where groups can be collapsed. */
export const cardsAtOnce = 250;

/** Collapses zones, and regions too where that is not enough, when there are too many cards to draw. */
export function collapseToFit(graph: Drawn): Drawn {
  if (graph.cards.length <= cardsAtOnce) return graph;
  const zones = graph.groups.filter((group) => group.kind === 'zone' || group.kind === 'external').map((group) => group.id);
  const some = collapse(graph, new Set(zones));
  if (some.cards.length <= cardsAtOnce) return some;
  return collapse(graph, new Set(graph.groups.map((group) => group.id)));
}

/** Draws these groups as one card each, and one line for all calls between the same two cards. */
export function collapse(graph: Drawn, ids: ReadonlySet<string>): Drawn {
  const byId = new Map(graph.groups.map((group) => [group.id, group]));
  /** The outermost collapsed group around a group, itself included. */
  const around = (id: string | undefined): Group | undefined => {
    let found: Group | undefined;
    for (
      let group = id === undefined ? undefined : byId.get(id);
      group;
      group = group.parent === undefined ? undefined : byId.get(group.parent)
    ) {
      if (ids.has(group.id)) found = group;
    }
    return found;
  };
  if (![...ids].some((id) => byId.has(id))) return graph;

  const inside = new Map<string, Card[]>();
  const cardOf = new Map<ElementId, ElementId>();
  const cards: Card[] = [];
  for (const card of graph.cards) {
    const group = around(card.group);
    if (!group) {
      cards.push(card);
      continue;
    }
    const list = inside.get(group.id);
    if (list) list.push(card);
    else inside.set(group.id, [card]);
    cardOf.set(card.id, idOf(group));
  }
  for (const [id, members] of inside) {
    const group = byId.get(id);
    if (group) cards.push(collapsedCard(named(group), group.parent, members, idOf(group)));
  }
  cards.sort((a, b) => (a.id < b.id ? -1 : 1));
  const kept = graph.groups.filter((group) => !around(group.id));
  return { cards, groups: kept, edges: bundled(graph.edges, cardOf) };
}

function named(group: Group): Group {
  return group.kind === 'zones' ? { ...group, words: [l10n.t('Zones'), l10n.t('All zones')] } : group;
}

function idOf(group: Group): ElementId {
  return group.element ?? elementId('system', group.id);
}

function bundled(edges: readonly Edge[], cardOf: ReadonlyMap<ElementId, ElementId>): readonly Edge[] {
  const kept: Edge[] = [];
  const bundles = new Map<string, Edge[]>();
  for (const edge of edges) {
    const from = cardOf.get(edge.from) ?? edge.from;
    const to = cardOf.get(edge.to) ?? edge.to;
    if (from === edge.from && to === edge.to) kept.push(edge);
    else if (from !== to) {
      const pair = JSON.stringify([from, to]);
      const list = bundles.get(pair);
      if (list) list.push({ ...edge, from, to });
      else bundles.set(pair, [{ ...edge, from, to }]);
    }
  }
  for (const bundle of bundles.values()) {
    const [first] = bundle;
    if (!first) continue;
    const calls = bundle.flatMap((edge) => edge.calls);
    const { pill, ...rest } = first;
    const label = calls.length > 1 ? pillOf([{ text: callsText(calls.length) }]) : pill;
    const words = calls.length > 1 ? callsText(calls.length) : first.spoken;
    const style = bundle.find((edge) => edge.style === 'sync')?.style ?? first.style;
    kept.push({
      ...rest,
      calls,
      style,
      tone: worst(bundle.map((edge) => edge.tone)),
      ...(label ? { pill: label } : {}),
      spoken: words,
      hint: words,
    });
  }
  return kept.sort((a, b) => (a.id < b.id ? -1 : 1));
}
