import type { Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { Controls } from './Controls';
import { Icon } from './Icon';
import { type MenuRequest, NodeMenu } from './NodeMenu';
import type { Player } from './player';
import type { View } from './view';

export interface AppProps {
  readonly view: View;
  readonly player: Player;
  readonly menu: Signal<MenuRequest | undefined>;
}

/** The page: tools, the map, the simulator below it. */
export function App({ view, player, menu }: AppProps) {
  return (
    <main class="page">
      <Tools view={view} />
      <Notices view={view} />
      <Surface view={view} />
      <Controls player={player} />
      {menu.value && (
        <NodeMenu
          request={menu.value}
          onFault={(fault) => player.act(fault)}
          onReveal={(element) => view.reveal(element)}
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

function Tools({ view }: { readonly view: View }) {
  const { hidden, options, name } = view;
  return (
    <div class="tools" role="toolbar" aria-label="Map">
      <h1>{name.value}</h1>
      <label class="search">
        <Icon name="search" />
        <input
          type="search"
          placeholder="Find a component"
          aria-label="Find a component"
          onInput={(event) => view.search(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter') view.goToMatch();
            if (event.key === 'Escape') {
              event.currentTarget.value = '';
              view.search('');
            }
          }}
        />
      </label>
      {hidden.value.startup > 0 && (
        <Toggle label="Start-up order" on={options.value.startup} onChange={(startup) => view.setOptions({ ...options.value, startup })} />
      )}
      {hidden.value.telemetry > 0 && (
        <Toggle label="Telemetry" on={options.value.telemetry} onChange={(telemetry) => view.setOptions({ ...options.value, telemetry })} />
      )}
      <span class="space" />
      <button type="button" onClick={() => view.stage.zoomBy(0.8)} title="Zoom out (−)" aria-label="Zoom out">
        <Icon name="zoom-out" />
      </button>
      <button type="button" onClick={() => view.stage.zoomBy(1.25)} title="Zoom in (+)" aria-label="Zoom in">
        <Icon name="zoom-in" />
      </button>
      <button type="button" onClick={() => view.stage.fit()} title="Fit (0)" aria-label="Fit the map into the window">
        <Icon name="fit" />
      </button>
      <button type="button" onClick={() => view.tidy()} title="Lay out again from scratch" aria-label="Tidy the layout">
        <Icon name="tidy" />
      </button>
    </div>
  );
}

function Toggle({ label, on, onChange }: { readonly label: string; readonly on: boolean; onChange(on: boolean): void }) {
  return (
    <label class="toggle">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.currentTarget.checked)} />
      {label}
    </label>
  );
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
          Laying out…
        </p>
      )}
    </div>
  );
}
