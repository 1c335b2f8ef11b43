/** An arrow between two items of a level, by the items' ids. */
export interface Arrow {
  readonly id: string;
  readonly from: string;
  readonly to: string;
}

/**
 * The arrows to turn round so that no cycle is left. With known positions those that point backwards, so that an
 * edit turns nothing over that is drawn already; otherwise those that close a cycle when one walks from the items
 * that nobody calls, in the order given.
 */
export function backwardArrows(
  items: readonly string[],
  arrows: readonly Arrow[],
  along?: ReadonlyMap<string, number>,
): ReadonlySet<string> {
  return along ? againstOrder(items, arrows, along) : closingCycles(items, arrows);
}

function againstOrder(items: readonly string[], arrows: readonly Arrow[], along: ReadonlyMap<string, number>): ReadonlySet<string> {
  const rank = new Map(items.map((item, i) => [item, i]));
  const before = (a: string, b: string): boolean => {
    const difference = (along.get(a) ?? 0) - (along.get(b) ?? 0);
    return difference !== 0 ? difference < 0 : (rank.get(a) ?? 0) < (rank.get(b) ?? 0);
  };
  return new Set(arrows.filter((arrow) => !before(arrow.from, arrow.to)).map((arrow) => arrow.id));
}

function closingCycles(items: readonly string[], arrows: readonly Arrow[]): ReadonlySet<string> {
  const outgoing = new Map<string, Arrow[]>();
  const called = new Set<string>();
  for (const arrow of arrows) {
    const list = outgoing.get(arrow.from);
    if (list) list.push(arrow);
    else outgoing.set(arrow.from, [arrow]);
    called.add(arrow.to);
  }
  const back = new Set<string>();
  const state = new Map<string, 'open' | 'done'>();
  for (const start of [...items.filter((item) => !called.has(item)), ...items]) {
    if (state.has(start)) continue;
    // An explicit stack: a chain may be longer than the call stack is deep.
    const stack = [{ item: start, next: 0 }];
    state.set(start, 'open');
    for (let top = stack.at(-1); top; top = stack.at(-1)) {
      const arrow = outgoing.get(top.item)?.[top.next++];
      if (!arrow) {
        state.set(top.item, 'done');
        stack.pop();
      } else if (state.get(arrow.to) === 'open') back.add(arrow.id);
      else if (!state.has(arrow.to)) {
        state.set(arrow.to, 'open');
        stack.push({ item: arrow.to, next: 0 });
      }
    }
  }
  return back;
}
