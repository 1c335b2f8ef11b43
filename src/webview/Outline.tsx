import { useSignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { ElementId } from '../model/origin';
import type { OutlineItem } from './outlineItems';
import type { View } from './view';

/**
 * The map in words, for those who read rather than see it: out of sight until it is asked for or the focus is in it. What
 * an element does in the simulation stands behind its name.
 */
export function Outline({ view }: { readonly view: View }) {
  const items = view.outline.value;
  const states = view.states.value;
  const isShown = view.isOutlined.value;
  /** The key of the one that was gone to last. While there is none of it the first is reached instead: an edit may take it away. */
  const latest = useSignal<string | undefined>(undefined);
  const reached = items.some(({ key }) => key === latest.value) ? latest.value : items[0]?.key;
  return (
    <div class={isShown ? 'outline shown' : 'outline'}>
      <div role="tree" aria-label={l10n.t('The map in words')}>
        {items.map((item) => (
          <Item
            key={item.key}
            item={item}
            state={states.get(item.key)}
            isReached={item.key === reached}
            view={view}
            onGo={() => {
              latest.value = item.key;
            }}
          />
        ))}
      </div>
    </div>
  );
}

interface ItemProps {
  readonly item: OutlineItem;
  readonly state: string | undefined;
  /** By the Tab key: one of all of them is. */
  readonly isReached: boolean;
  readonly view: View;
  onGo(): void;
}

function Item({ item, state, isReached, view, onGo }: ItemProps) {
  const { element, level, text } = item;
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-selected={element !== undefined && element === view.selected.value}
      class={`level-${Math.min(level, 5)}`}
      tabIndex={isReached ? 0 : -1}
      data-element={element}
      onFocus={onGo}
      onKeyDown={(event) => key(event, view)}
      onClick={() => element !== undefined && view.choose(element)}
    >
      {text}
      {state !== undefined && <b>, {state}</b>}
    </div>
  );
}

function key(event: KeyboardEvent, view: View): void {
  const here = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[role=treeitem]') : null;
  const all = [...(here?.parentElement?.children ?? [])].filter((each) => each instanceof HTMLElement);
  if (!here || event.ctrlKey || event.metaKey || event.altKey) return;
  const at = all.indexOf(here);
  const level = (item: Element) => Number(item.getAttribute('aria-level'));
  const element = here.dataset['element'] as ElementId | undefined;
  const go = (to: HTMLElement | undefined) => to?.focus();
  const next = all[at + 1];
  if (event.key === 'ArrowDown') go(next);
  else if (event.key === 'ArrowUp') go(all[at - 1]);
  else if (event.key === 'ArrowRight') go(next && level(next) > level(here) ? next : undefined);
  else if (event.key === 'ArrowLeft')
    go(
      all
        .slice(0, at)
        .reverse()
        .find((item) => level(item) < level(here)),
    );
  else if (event.key === 'Home') go(all[0]);
  else if (event.key === 'End') go(all.at(-1));
  else if (element === undefined) return;
  else if (event.key === 'Enter' || event.key === ' ') view.choose(element);
  else if (event.key === 'm' || event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) view.stage.menuOf(element);
  else if (event.key === 'f') view.peeking.open(element, true);
  else return;
  event.preventDefault();
}
