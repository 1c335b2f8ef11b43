import type { Cell, Link, Proper } from './proper';

/** Where a link leaves and arrives, across the flow from the upper corners of its two cells. */
export interface Ends {
  readonly from: number;
  readonly to: number;
}

type End = 'from' | 'to';

/** Spreads the links along the sides of their cells, in the order of what they lead to; given ports stay where they are. */
export function attached({ layers, links }: Proper): ReadonlyMap<Link, Ends> {
  const place = new Map<Cell, number>();
  for (const layer of layers) for (const [i, cell] of layer.entries()) place.set(cell, i);
  const last: Attached[] = links.map((link) => ({ link, end: 'from' }));
  const first: Attached[] = [];
  for (const link of links) (link.turns ? last : first).push({ link, end: 'to' });
  const offsets = { from: new Map<Link, number>(), to: new Map<Link, number>() };
  for (const { link, end, offset } of [...spread(last, place), ...spread(first, place, true)]) offsets[end].set(link, offset);
  return new Map(links.map((link) => [link, { from: offsets.from.get(link) ?? 0, to: offsets.to.get(link) ?? 0 }]));
}

interface Attached {
  readonly link: Link;
  readonly end: End;
}

/** Where links attach that do so on the same side of the cells. */
function spread(
  ends: readonly Attached[],
  place: ReadonlyMap<Cell, number>,
  arrives = false,
): readonly (Attached & { readonly offset: number })[] {
  const offsets: (Attached & { readonly offset: number })[] = [];
  const free = new Map<Cell, Attached[]>();
  for (const end of ends) {
    const given = givenPort(end.link, end.end);
    if (given !== undefined) offsets.push({ ...end, offset: given });
    else {
      const list = free.get(end.link[end.end]);
      if (list) list.push(end);
      else free.set(end.link[end.end], [end]);
    }
  }
  // What turns back to the same layer leads farther up or down than anything that goes on.
  const rank = ({ link, end }: Attached): number => {
    const other = place.get(link[otherOf(end)]) ?? 0;
    if (!link.turns) return other;
    return other < (place.get(link[end]) ?? 0) ? other - 1e6 : other + 1e6;
  };
  const order = (a: Attached, b: Attached): number =>
    rank(a) - rank(b) ||
    (givenPort(a.link, otherOf(a.end)) ?? 0) - (givenPort(b.link, otherOf(b.end)) ?? 0) ||
    (a.link.edge < b.link.edge ? -1 : 1);
  for (const [cell, list] of free) {
    const length = cell.node?.face ?? cell.dv;
    for (const [i, end] of list.sort(order).entries()) {
      offsets.push({ ...end, offset: spacedOn(length, i, list.length, arrives ? cell.node?.clear : 0) });
    }
  }
  return offsets;
}

/** Where the line of this number of so many is on a side of this length, evenly; none on what has to stay free at its beginning. */
export function spacedOn(length: number, line: number, count: number, clear = 0): number {
  const start = length / (count + 1) < clear ? clear : 0;
  return Math.round(start + ((line + 1) * (length - start)) / (count + 1));
}

function otherOf(end: End): End {
  return end === 'from' ? 'to' : 'from';
}

function givenPort(link: Link, end: End): number | undefined {
  const id = end === 'from' ? link.fromPort : link.toPort;
  return id === undefined ? undefined : link[end].node?.ports?.find((port) => port.id === id)?.v;
}
