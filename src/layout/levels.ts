import type { Card, Edge, Graph, Group } from './graph';

/** One end of a piece of an edge: a card or group of the level (at its port for this edge), or the level's border. */
export type End = { readonly kind: 'item'; readonly item: string } | { readonly kind: 'border' };

/** The part of an edge that runs inside one level. */
export interface Piece {
  readonly edge: Edge;
  readonly from: End;
  readonly to: End;
  /** The label stands on the first piece, next to the caller. */
  readonly labelled: boolean;
}

/** What is laid out at once: the cards and inner groups of one group, and the pieces of edges between them. */
export interface Level {
  /** The group, or undefined for the outermost level. */
  readonly group: Group | undefined;
  readonly cards: readonly Card[];
  readonly children: readonly Level[];
  readonly pieces: readonly Piece[];
  /** Zones drawn as parallel bands of this level, by id; empty where zones are boxes of their own. */
  readonly bands: readonly Band[];
}

/** A zone that keeps a stretch across the flow for itself. */
export interface Band {
  /** Of the zone. */
  readonly id: string;
  /** The zone with a frame; undefined where it is collapsed into a card, which has the band to itself. */
  readonly group: Group | undefined;
}

/** The zone in whose band a card stands, if it has one: a collapsed zone stands in its own. */
export function bandOf({ collapsed, group }: Card): string | undefined {
  return collapsed ?? group;
}

interface Draft {
  readonly group: Group | undefined;
  readonly cards: Card[];
  readonly children: Draft[];
  readonly pieces: Piece[];
  readonly bands: Band[];
}

/**
 * Cuts every edge that crosses the border of a group into one piece a level, so that each level is an ordinary flat
 * graph. Groups whose id is in `banded` take their zones' cards as their own and keep them apart as bands.
 */
export function levelsOf(graph: Graph, banded: ReadonlySet<string>): Level {
  const root: Draft = { group: undefined, cards: [], children: [], pieces: [], bands: [] };
  const drafts = new Map<string, Draft>();
  const groups = new Map(graph.groups.map((group) => [group.id, group]));
  const isBand = (group: Group) => group.parent !== undefined && banded.has(group.parent);

  const draftOf = (id: string | undefined): Draft => {
    const group = id === undefined ? undefined : groups.get(id);
    if (!group) return root;
    if (isBand(group)) return draftOf(group.parent);
    const known = drafts.get(group.id);
    if (known) return known;
    const draft: Draft = { group, cards: [], children: [], pieces: [], bands: [] };
    drafts.set(group.id, draft);
    draftOf(group.parent).children.push(draft);
    return draft;
  };
  for (const group of graph.groups) {
    const draft = draftOf(group.id);
    if (isBand(group)) draft.bands.push({ id: group.id, group });
  }
  for (const card of graph.cards) {
    const draft = draftOf(card.group);
    draft.cards.push(card);
    if (card.collapsed === undefined || card.group === undefined || !banded.has(card.group)) continue;
    draft.bands.push({ id: card.collapsed, group: undefined });
    draft.bands.sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  const pathOf = (draft: Draft): readonly Draft[] => {
    const path = [draft];
    for (let at = draft; at.group; ) {
      const { parent } = at.group;
      at = draftOf(parent);
      path.unshift(at);
    }
    return path;
  };
  const home = new Map(graph.cards.map((card) => [card.id, pathOf(draftOf(card.group))]));
  for (const edge of graph.edges) {
    const up = home.get(edge.from);
    const down = home.get(edge.to);
    if (up && down && edge.from !== edge.to) cut(edge, up, down);
  }
  return root;
}

function cut(edge: Edge, up: readonly Draft[], down: readonly Draft[]): void {
  let common = 0;
  while (common < up.length && common < down.length && up[common] === down[common]) common++;
  const shared = up[common - 1];
  if (!shared) return;
  const border: End = { kind: 'border' };
  let from: End = { kind: 'item', item: edge.from };
  let labelled = edge.pill !== undefined;
  for (let i = up.length - 1; i >= common; i--) {
    const draft = up[i];
    draft?.pieces.push({ edge, from, to: border, labelled });
    labelled = false;
    from = { kind: 'item', item: draft?.group?.id ?? '' };
  }
  const inner = down[common];
  const to: End = { kind: 'item', item: inner?.group?.id ?? edge.to };
  shared.pieces.push({ edge, from, to, labelled });
  for (let i = common; i < down.length; i++) {
    const next = down[i + 1];
    down[i]?.pieces.push({ edge, from: border, to: { kind: 'item', item: next?.group?.id ?? edge.to }, labelled: false });
  }
}
