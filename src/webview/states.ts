import * as l10n from '@vscode/l10n';
import { type ElementId, elementId } from '../model/origin';
import type { BreakerState, CallFrame, Frame, ReplicasFrame } from '../simulation/frame';
import type { OutlineItem } from './outlineItems';
import { componentsOf, type GroupState, groupState, madeBy, replicasOf } from './parts';

/** What is wrong with replicas themselves; nothing where all is well. */
export function healthText({ live, replicas, slow }: ReplicasFrame): string {
  if (live === 0) return l10n.t('down');
  if (live < replicas) return l10n.t('{0} of {1} down', replicas - live, replicas);
  return slow ? l10n.t('slow') : '';
}

/** What the pool does in words, for colours alone say nothing. */
export function poolText({ slots, busy, hanging, queued, live }: ReplicasFrame): string {
  if (slots === 0 && live > 0) return l10n.t('stands by');
  const of = (count: number) => (slots === Infinity ? String(count) : `${count}/${slots}`);
  const pool =
    hanging > 0 && hanging === busy
      ? l10n.t('{0} hang', of(hanging))
      : hanging > 0
        ? l10n.t('{0} · {1} hang', of(busy), hanging)
        : l10n.t('{0} busy', of(busy));
  return queued > 0 ? l10n.t('{0} · {1} wait', pool, queued) : pool;
}

/** The worst that happens in a collapsed group; nothing where all is well. */
export function groupText({ total, down, stuck, slow }: GroupState): string {
  if (down > 0) return l10n.t('{0} of {1} down', down, total);
  if (stuck > 0) return l10n.t('{0} of {1} full', stuck, total);
  return slow > 0 ? l10n.t('{0} of {1} slow', slow, total) : '';
}

/** Nothing while calls go through. */
function breakerText(breaker: BreakerState): string {
  switch (breaker) {
    case 'open':
      return l10n.t('breaker open');
    case 'half-open':
      return l10n.t('breaker half-open');
    case 'closed':
    case 'none':
      return '';
  }
}

/** What the things of the outline do at one instant, in words, by the items' keys; for those who do not see the drawing. */
export function statesOf(frame: Frame, items: readonly OutlineItem[]): ReadonlyMap<string, string> {
  const components = componentsOf(frame);
  const calls = new Map<ElementId, CallFrame>(frame.calls.map((call) => [elementId('call', call.id), call]));
  const states = new Map<string, string>();
  for (const { key, element, parts, callers = [], isCollapsed } of items) {
    const [part] = parts;
    const replicas = part && replicasOf(part, components);
    const call = element === undefined ? undefined : calls.get(element);
    let text = '';
    if (call) text = breakerText(madeBy(call, callers).breaker);
    else if (isCollapsed) text = groupText(groupState(parts, components));
    else if (replicas) text = [healthText(replicas), poolText(replicas)].filter(Boolean).join(', ');
    if (text !== '') states.set(key, text);
  }
  return states;
}
