import type { Cell, Link, Proper } from './proper';

/** Where a link leaves and arrives, across the flow from the upper corners of its two cells. */
export interface Ends {
  readonly from: number;
  readonly to: number;
}

/** Spreads the links along the sides of their cells, in the order of what they lead to; given ports stay where they are. */
export function attached({ layers, links }: Proper): ReadonlyMap<Link, Ends> {
  const place = new Map<Cell, number>();
  for (const layer of layers) for (const [i, cell] of layer.entries()) place.set(cell, i);
  const from = sideOf(links, place, 'from');
  const to = sideOf(links, place, 'to');
  return new Map(links.map((link) => [link, { from: from.get(link) ?? 0, to: to.get(link) ?? 0 }]));
}

function sideOf(links: readonly Link[], place: ReadonlyMap<Cell, number>, side: 'from' | 'to'): ReadonlyMap<Link, number> {
  const offsets = new Map<Link, number>();
  const free = new Map<Cell, Link[]>();
  for (const link of links) {
    const given = givenPort(link, side);
    if (given !== undefined) offsets.set(link, given);
    else {
      const list = free.get(link[side]);
      if (list) list.push(link);
      else free.set(link[side], [link]);
    }
  }
  const other = side === 'from' ? 'to' : 'from';
  const order = (a: Link, b: Link): number =>
    (place.get(a[other]) ?? 0) - (place.get(b[other]) ?? 0) ||
    (givenPort(a, other) ?? 0) - (givenPort(b, other) ?? 0) ||
    (a.edge < b.edge ? -1 : 1);
  for (const [cell, list] of free) {
    const length = cell.node?.face ?? cell.dv;
    for (const [i, link] of list.sort(order).entries()) offsets.set(link, Math.round(((i + 1) * length) / (list.length + 1)));
  }
  return offsets;
}

function givenPort(link: Link, side: 'from' | 'to'): number | undefined {
  const id = side === 'from' ? link.fromPort : link.toPort;
  return id === undefined ? undefined : link[side].node?.ports?.find((port) => port.id === id)?.v;
}
