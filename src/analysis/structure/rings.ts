/**
 * Strongly connected components (Tarjan 1972), without recursion. Components are numbered in the order in which they
 * are finished: what a node leads to has a smaller number than the node, or the same in a ring.
 */
export interface Rings {
  /** The ring of each node; −1 where a node was not reached. */
  readonly of: Int32Array;
  /** The nodes of each ring. */
  readonly members: readonly (readonly number[])[];
}

/** @param next the nodes that a node leads to. @param roots where to start. */
export function ringsOf(count: number, next: (node: number) => readonly number[], roots: Iterable<number>): Rings {
  const of = new Int32Array(count).fill(-1);
  const order = new Int32Array(count);
  const low = new Int32Array(count);
  const members: number[][] = [];
  const open: number[] = [];
  const path: number[] = [];
  const successors: (readonly number[])[] = [];
  const position: number[] = [];
  let clock = 0;

  for (const root of roots) {
    if (order[root] !== 0) continue;
    enter(root);
    while (path.length > 0) {
      const depth = path.length - 1;
      const node = path[depth] as number;
      const list = successors[depth] as readonly number[];
      const at = position[depth] as number;
      if (at < list.length) {
        position[depth] = at + 1;
        const other = list[at] as number;
        if (order[other] === 0) enter(other);
        else if (of[other] === -1) low[node] = Math.min(low[node] as number, order[other] as number);
        continue;
      }
      path.pop();
      successors.pop();
      position.pop();
      const above = path[depth - 1];
      if (above !== undefined) low[above] = Math.min(low[above] as number, low[node] as number);
      if (low[node] === order[node]) close(node);
    }
  }
  return { of, members };

  function enter(node: number): void {
    clock++;
    order[node] = clock;
    low[node] = clock;
    open.push(node);
    path.push(node);
    successors.push(next(node));
    position.push(0);
  }

  function close(node: number): void {
    const ring: number[] = [];
    for (;;) {
      const member = open.pop();
      if (member === undefined) break;
      of[member] = members.length;
      ring.push(member);
      if (member === node) break;
    }
    members.push(ring.reverse());
  }
}
