import type { Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { Controls } from './Controls';
import { Icon } from './Icon';
import { type MenuRequest, NodeMenu } from './NodeMenu';
import { Outline } from './Outline';
import { Peek } from './Peek';
import type { Player } from './player';
import type { Questions } from './questions/questions';
import { Tools } from './Tools';
import type { View } from './view';

export interface AppProps {
  readonly view: View;
  readonly player: Player;
  readonly questions: Questions;
  readonly menu: Signal<MenuRequest | undefined>;
}

/** The page: tools, the map, the simulator below it. */
export function App({ view, player, questions, menu }: AppProps) {
  const peeked = view.peeking.shown.value;
  return (
    <main class="page">
      <Tools view={view} />
      <Notices view={view} />
      <div class="middle">
        <Surface view={view} />
        <Outline view={view} />
      </div>
      <Controls view={view} player={player} questions={questions} />
      {peeked && (
        <Peek
          peeked={peeked}
          peeking={view.peeking}
          box={view.stage.anchor(peeked.element)?.getBoundingClientRect()}
          onLeave={() => view.stage.find(peeked.element)?.focus()}
        />
      )}
      {menu.value && (
        <NodeMenu
          request={menu.value}
          onFault={(fault) => player.act(fault)}
          onReveal={(element) => view.reveal(element)}
          onFindings={(element) => view.peeking.open(element, true)}
          onToggle={(group) => view.toggle(group)}
          onClose={() => closeMenu(view, menu)}
        />
      )}
    </main>
  );
}

/** The focus goes back to where the menu was asked for. */
function closeMenu(view: View, menu: Signal<MenuRequest | undefined>): void {
  const element = menu.value?.element;
  menu.value = undefined;
  if (element !== undefined) view.stage.find(element)?.focus();
}

function Notices({ view }: { readonly view: View }) {
  const notes = [view.note.value, view.trouble.value].filter((text) => text !== undefined);
  if (notes.length === 0) return null;
  return (
    <div class="notices" role="status">
      {notes.map((text) => (
        <p key={text}>
          <Icon name="warning" /> {text}
        </p>
      ))}
    </div>
  );
}

function Surface({ view }: { readonly view: View }) {
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    element.prepend(view.stage.svg, view.flow.canvas, view.stage.legend);
    const sizes = new ResizeObserver(() => view.stage.refit());
    sizes.observe(element);
    view.mounted();
    return () => sizes.disconnect();
  }, [view]);
  return (
    <div class="surface" ref={host}>
      {view.waiting.value && (
        <p class="waiting" role="status">
          {l10n.t('Laying out…')}
        </p>
      )}
    </div>
  );
}
