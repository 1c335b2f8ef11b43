import type { Core } from './core';
import type { Effect } from './records';
import type { Link } from './state';

/** The tree of one request, held once. */
export function rootEffect(core: Core): Effect {
  const root = core.takeEffect();
  root.link = undefined;
  root.root = root;
  root.executed = 0;
  root.holders = 1;
  return root;
}

/** The record of a call made by what `parent` records: the same one for every execution of the parent. Held once more. */
export function childEffect(core: Core, parent: Effect, link: Link, copy: number): Effect {
  parent.root.holders++;
  for (let child = parent.child; child; child = child.sibling) {
    if (child.link === link && child.copy === copy) return child;
  }
  const child = core.takeEffect();
  child.link = link;
  child.copy = copy;
  child.executed = 0;
  child.root = parent.root;
  child.child = undefined;
  child.sibling = parent.child;
  parent.child = child;
  return child;
}

export function holdEffect(effect: Effect): void {
  effect.root.holders++;
}

/** Lets go of a record; with the last one its whole tree is free. */
export function dropEffect(core: Core, effect: Effect): void {
  const { root } = effect;
  if (--root.holders > 0) return;
  // The tree as a list through `sibling`: no recursion, however deep the calls go.
  let next: Effect | undefined = root;
  root.sibling = undefined;
  while (next) {
    const current: Effect = next;
    next = current.sibling;
    for (let child = current.child; child; ) {
      const { sibling } = child as Effect;
      child.sibling = next;
      next = child;
      child = sibling;
    }
    current.child = undefined;
    current.sibling = undefined;
    current.link = undefined;
    core.effects.release(current);
  }
}

/** An operation was executed. Counts it as a duplicate when that does harm and it was executed before. */
export function executed(effect: Effect): void {
  effect.executed++;
  const { link } = effect;
  if (link?.isUnsafe && effect.executed > 1) link.call.duplicateEffects++;
}
