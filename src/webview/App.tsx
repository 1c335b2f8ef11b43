import type { Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import type { ElementId } from '../model/origin';
import type { Variant } from '../model/scenario';
import { countText } from '../model/words';
import type { Board } from './board';
import { Controls } from './Controls';
import { Icon } from './Icon';
import { type MenuRequest, NodeMenu } from './NodeMenu';
import { Outline } from './Outline';
import { Peek } from './Peek';
import type { Player } from './player';
import type { Questions } from './questions/questions';
import { Tools } from './Tools';
import type { View } from './view';
import { variantText } from './words';

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
    <main class="page" onKeyDown={({ key }) => key === 'Escape' && view.peeking.close()}>
      <Tools view={view} />
      <Notices view={view} />
      <div class="middle">
        <Maps view={view} player={player} />
        <Outline view={view} />
      </div>
      <Controls view={view} player={player} questions={questions} />
      {peeked && (
        <Peek
          peeked={peeked}
          peeking={view.peeking}
          box={view.asked.stage.anchor(peeked.element)?.getBoundingClientRect()}
          floor={view.asked.stage.svg.getBoundingClientRect().bottom}
          onLeave={() => focusBack(view, peeked.element)}
        />
      )}
      {menu.value && (
        <NodeMenu
          request={menu.value}
          player={player}
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
  if (element !== undefined) focusBack(view, element);
}

/** To where somebody came from: they have just been shown what they wanted, so its findings do not open by themselves. */
function focusBack(view: View, element: ElementId): void {
  view.asked.stage.find(element)?.focus();
  view.peeking.keep();
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

/** The map; or two of them side by side, each with the variant that it plays. */
function Maps({ view, player }: { readonly view: View; readonly player: Player }) {
  const beside = player.beside.value;
  return (
    <div class="maps">
      <Surface view={view} board={view.left} variant={beside && player.variant.value} />
      {beside && <Surface view={view} board={view.right} variant={beside} onClose={() => player.setBeside(undefined)} />}
    </div>
  );
}

interface SurfaceProps {
  readonly view: View;
  readonly board: Board;
  /** Said above it, where there are two. */
  readonly variant: Variant | undefined;
  onClose?(): void;
}

function Surface({ view, board, variant, onClose }: SurfaceProps) {
  const host = useRef<HTMLDivElement>(null);
  const corner = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = host.current;
    if (!element) return undefined;
    const isLeft = board === view.left;
    element.prepend(board.stage.svg, board.flow.canvas);
    if (isLeft) corner.current?.append(board.stage.legend);
    // The right one follows the left.
    const sizes = new ResizeObserver(() => view.stage.refit());
    sizes.observe(element);
    if (isLeft) view.mounted();
    else view.repaint();
    return () => sizes.disconnect();
  }, [view, board]);
  return (
    <section
      class={variant ? 'surface named' : 'surface'}
      ref={host}
      aria-label={variant && l10n.t('Map, {0}', variantText(variant))}
      onPointerDownCapture={() => view.pictures.take(board)}
      onFocusCapture={() => view.pictures.take(board)}
    >
      {variant && (
        <header class="variant">
          {variantText(variant)}
          {onClose && (
            <button type="button" onClick={onClose} title={l10n.t('Show one map alone')} aria-label={l10n.t('Show one map alone')}>
              <Icon name="close" />
            </button>
          )}
        </header>
      )}
      {view.waiting.value && (
        <p class="waiting" role="status">
          {l10n.t('Laying out…')}
        </p>
      )}
      {board === view.left && (
        <div class="corner" ref={corner}>
          <BeyondWindow board={board} />
        </div>
      )}
    </section>
  );
}

/** Of a map too large to be read as a whole: how much of it is not in the window, and how to come there. */
function BeyondWindow({ board }: { readonly board: Board }) {
  const beyond = board.stage.beyond.value;
  if (!beyond) return null;
  const { count, all, hasFrames } = beyond;
  return (
    <p class="beyond">
      {countText(
        count,
        l10n.t('1 of {0} cards is outside the window.', all),
        l10n.t('{0} of {1} cards are outside the window.', count, all),
      )}{' '}
      {hasFrames ? l10n.t('/ finds one, 0 shows all, the title of a frame folds it.') : l10n.t('/ finds one, 0 shows all.')}
    </p>
  );
}
