import type { Cell, Link } from './proper';

/** What a line leads to. */
export interface Neighbour {
  readonly cell: Cell;
  /** How far down its side, from 0 to below 1, where that is given. */
  readonly share: number;
}

/** What lines lead to from each cell. Those that turn back lead to no other layer. */
export interface Neighbours {
  readonly before: ReadonlyMap<Cell, readonly Neighbour[]>;
  readonly behind: ReadonlyMap<Cell, readonly Neighbour[]>;
}

export function neighboursOf(links: readonly Link[]): Neighbours {
  const before = new Map<Cell, Neighbour[]>();
  const behind = new Map<Cell, Neighbour[]>();
  const add = (map: Map<Cell, Neighbour[]>, cell: Cell, other: Neighbour): void => {
    const list = map.get(cell);
    if (list) list.push(other);
    else map.set(cell, [other]);
  };
  for (const { from, fromPort, to, toPort, turns } of links) {
    if (turns) continue;
    add(behind, from, at(to, toPort));
    add(before, to, at(from, fromPort));
  }
  return { before, behind };
}

function at(cell: Cell, port: string | undefined): Neighbour {
  const v = port === undefined ? undefined : cell.node?.ports?.find(({ id }) => id === port)?.v;
  return { cell, share: v === undefined ? 0 : Math.min(Math.max(v / (cell.dv + 1), 0), 0.999) };
}
