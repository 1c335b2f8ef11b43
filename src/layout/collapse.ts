import * as l10n from '@vscode/l10n';
import { type ElementId, elementId } from '../model/origin';
import { callsText } from '../model/words';
import { collapsedCard } from './cards';
import { type Card, type Edge, type Group, type Inside, shownBy } from './graph';
import { type Notes, worst } from './notes';
import { pillOf } from './pill';

interface Drawn {
  readonly cards: readonly Card[];
  readonly groups: readonly Group[];
  readonly edges: readonly Edge[];
}

/** More cards than this are not drawn at once where groups can be collapsed. */
export const cardsAtOnce = 250;

/** Collapses zones, and regions too where that is not enough, when there are too many cards to draw. */
export function collapseToFit(graph: Drawn, notes: Notes): Drawn {
  if (graph.cards.length <= cardsAtOnce) return graph;
  const zones = graph.groups.filter((group) => group.kind === 'zone' || group.kind === 'external').map((group) => group.id);
  const some = collapse(graph, new Set(zones), notes);
  if (some.cards.length <= cardsAtOnce) return some;
  return collapse(graph, new Set(graph.groups.map((group) => group.id)), notes);
}

/** Draws these groups as one card each, and one line for all calls between the same two cards. */
export function collapse(graph: Drawn, ids: ReadonlySet<string>, notes: Notes): Drawn {
  const byId = new Map(graph.groups.map((group) => [group.id, group]));
  if (![...ids].some((id) => byId.has(id))) return graph;
  /** The outermost collapsed group around a group, itself included. */
  const around = (id: string | undefined): string | undefined => {
    let found: string | undefined;
    for (let at = id; at !== undefined; at = byId.get(at)?.parent) if (ids.has(at)) found = at;
    return found;
  };
  const groupOf = new Map(graph.cards.map((card) => [card.id, around(card.group)]));
  const cardsIn = listsBy(graph.cards, (card) => groupOf.get(card.id));
  const groupsIn = listsBy(graph.groups, (group) => (ids.has(group.id) && around(group.id) === group.id ? undefined : around(group.id)));
  const edgesIn = listsBy(graph.edges, ({ from, to }) => (groupOf.get(from) === groupOf.get(to) ? groupOf.get(from) : undefined));

  const cards = graph.cards.filter((card) => groupOf.get(card.id) === undefined);
  const cardOf = new Map<ElementId, ElementId>();
  for (const [id, members] of cardsIn) {
    const group = byId.get(id);
    if (!group) continue;
    const inside: Inside = { cards: members, groups: groupsIn.get(id) ?? [], edges: edgesIn.get(id) ?? [] };
    const marks = [...new Set([idOf(group), ...elementsIn(inside)])].flatMap((element) => notes.marksOf(element));
    cards.push(collapsedCard(withWords(group), inside, marks, idOf(group)));
    for (const card of members) cardOf.set(card.id, idOf(group));
  }
  cards.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { cards, groups: graph.groups.filter((group) => around(group.id) === undefined), edges: bundled(graph.edges, cardOf) };
}

function listsBy<T>(items: readonly T[], keyOf: (item: T) => string | undefined): ReadonlyMap<string, readonly T[]> {
  const lists = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const list = lists.get(key);
    if (list) list.push(item);
    else lists.set(key, [item]);
  }
  return lists;
}

/** Everything that is not drawn because it lies in a collapsed group, each once. */
export function elementsIn({ cards, groups, edges }: Inside): readonly ElementId[] {
  return [
    ...new Set([
      ...cards.map(shownBy),
      ...groups.flatMap(({ element }) => element ?? []),
      ...edges.flatMap((edge) => edge.calls.map((call) => elementId('call', call))),
    ]),
  ];
}

/** A group that is not drawn as a frame has no words of its own. */
export function withWords(group: Group): Group {
  return group.kind === 'zones' ? { ...group, words: [l10n.t('Zones'), l10n.t('All zones')] } : group;
}

/** The id of the card that a group is when it is collapsed. */
export function idOf(group: Group): ElementId {
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
