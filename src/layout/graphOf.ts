import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { elementId } from '../model/origin';
import type { System } from '../model/system';
import { edgesOfPair } from './calls';
import { cardOf, withRoomForLines } from './cards';
import { collapse, collapseToFit } from './collapse';
import { type Deployed, deployed } from './deployment';
import type { Direction } from './flow';
import type { Card, Edge, Graph, GraphOptions, Group, GroupKind } from './graph';
import { hintOf, type Notes, notesOf, toneOf, worst } from './notes';
import { type Place, placeComponents } from './placement';
import type { Caption, Mark } from './protocol';

/** Above so many cards only calls with findings get a label. */
const labelsUpTo = 40;

/**
 * The picture of a system as things without places: a card a component (in the deployment, a card for its replicas in
 * each zone), a frame a region and zone, a line a call.
 * The order of the result, and so the picture, does not depend on the order in which anything is written.
 */
export function graphOf(system: System, marks: readonly Mark[], captions: readonly Caption[], options: GraphOptions): Graph {
  const notes = notesOf(marks, captions);
  const shown = [...system.components.values()].filter((component) => options.telemetry || component.telemetry !== true);
  const names = new Set(shown.map((component) => component.name));
  const parts = options.view === 'deployment' ? deployed(shown, system, notes) : componentsOf(shown, system, notes);
  const cards = [...parts.cards].sort(byId);
  const groups = [...parts.groups.values()].map((place) => groupFrom(place, notes)).sort(byId);

  const between = system.calls.filter((call) => names.has(call.from) && names.has(call.to));
  const requested = new Set(between.filter((call) => call.role !== 'startup').map(pairOf));
  const startup = between.filter((call) => call.role === 'startup' && !requested.has(pairOf(call)));
  const telemetry = system.components.size - shown.length + system.calls.filter((call) => call.role === 'telemetry').length;
  const drawn = [
    ...between.filter((call) => call.role === 'request' || (call.role === 'telemetry' && options.telemetry)),
    ...(options.startup ? startup : []),
  ];
  const labels = options.labels ?? (cards.length <= labelsUpTo ? 'all' : 'problems');
  const edges = [...parts.edges(edgesBetween(drawn, system, notes, labels))].sort(byId);
  const whole = { cards, groups, edges };
  const collapsed = options.collapsed ? collapse(whole, options.collapsed, notes) : collapseToFit(whole, notes);
  return { ...collapsed, key: keyOf(collapsed), hidden: { startup: startup.length, telemetry } };
}

/** The graph as it is drawn in this direction: with room for the lines on the sides of its cards. */
export function flowing(graph: Graph, direction: Direction): Graph {
  const seen = { ...graph, cards: withRoomForLines(graph.cards, graph.edges, direction) };
  return { ...seen, key: keyOf(seen) };
}

/** Where journeys begin: there the drawing starts when there are cycles. */
export function entriesOf(system: System): ReadonlySet<string> {
  return new Set([...system.journeys.values()].map(({ entry }) => elementId('component', entry)));
}

function componentsOf(components: readonly Component[], system: System, notes: Notes): Deployed {
  const { groupOf, groups } = placeComponents({
    ...system,
    components: new Map(components.map((component) => [component.name, component])),
  });
  return { cards: components.map((component) => cardOf(component, groupOf.get(component.name), notes)), groups, edges: (edges) => edges };
}

function edgesBetween(calls: readonly Call[], system: System, notes: Notes, labels: 'all' | 'problems' | 'none'): readonly Edge[] {
  const pairs = new Map<string, Call[]>();
  for (const call of [...calls].sort(byId)) {
    const pair = pairOf(call);
    const list = pairs.get(pair);
    if (list) list.push(call);
    else pairs.set(pair, [call]);
  }
  return [...pairs.values()].flatMap((pair) => edgesOfPair(pair, system, notes, labels)).sort(byId);
}

function pairOf(call: Call): string {
  return JSON.stringify([call.from, call.to]);
}

function groupText(kind: GroupKind): string {
  switch (kind) {
    case 'region':
      return l10n.t('Region');
    case 'zone':
      return l10n.t('Zone');
    case 'external':
      return l10n.t('External');
    case 'zones':
      return '';
  }
}

function groupFrom(place: Place, notes: Notes): Group {
  const marks = place.element ? notes.marksOf(place.element) : [];
  const word = groupText(place.kind);
  return {
    ...place,
    words: [word, place.name],
    tone: worst(marks.map(toneOf)),
    spoken: [`${word} ${place.name}`, ...marks.map((mark) => mark.message)].join(', '),
    hint: hintOf(`${word} ${place.name}`, place.element ? notes.captionOf(place.element) : undefined, marks),
  };
}

export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}

/** Everything the positions depend on, and nothing that may change without moving anything. */
function keyOf(graph: { readonly cards: readonly Card[]; readonly groups: readonly Group[]; readonly edges: readonly Edge[] }): string {
  return JSON.stringify([
    graph.cards.map((card) => [card.id, card.group ?? '', card.width, card.height]),
    graph.groups.map((group) => [group.id, group.parent ?? '']),
    graph.edges.map((edge) => [edge.id, edge.from, edge.to, edge.pill?.width ?? 0]),
  ]);
}
