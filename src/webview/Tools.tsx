import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import { Icon } from './Icon';
import type { ButtonIcon } from './icons';
import { Keys } from './Keys';
import { Segments } from './Segments';
import type { View } from './view';
import { variantText } from './words';

/** Above the map: search, journeys, what is drawn, and how. */
export function Tools({ view }: { readonly view: View }) {
  const { hidden, options, name } = view;
  return (
    <div class="tools" role="toolbar" aria-label={l10n.t('Map')}>
      <h1>{name.value}</h1>
      <Search view={view} />
      <Journeys view={view} />
      {view.isSpread.value && <Views view={view} />}
      {hidden.value.startup > 0 && (
        <Toggle
          label={l10n.t('Start-up order')}
          on={options.value.startup}
          onChange={(startup) => view.setOptions({ ...options.value, startup })}
        />
      )}
      {hidden.value.telemetry > 0 && (
        <Toggle
          label={l10n.t('Telemetry')}
          on={options.value.telemetry}
          onChange={(telemetry) => view.setOptions({ ...options.value, telemetry })}
        />
      )}
      <span class="space" />
      <Tool
        icon="legend"
        label={l10n.t('What the signs mean')}
        pressed={view.isExplained.value}
        onClick={() => view.explain(!view.isExplained.value)}
      />
      <Tool icon="outline" label={l10n.t('The map in words')} pressed={view.isOutlined.value} onClick={() => outline(view)} />
      <Save view={view} />
      <Tool icon="zoom-out" label={l10n.t('Zoom out')} keys="−" onClick={() => view.stage.zoomBy(0.8)} />
      <Tool icon="zoom-in" label={l10n.t('Zoom in')} keys="+" onClick={() => view.stage.zoomBy(1.25)} />
      <Tool icon="fit" label={l10n.t('Fit the map into the window')} keys="0" onClick={() => view.stage.fit()} />
      <Keys />
      <Tidy view={view} />
    </div>
  );
}

/** Of two maps the buttons say which one they save. */
function Save({ view }: { readonly view: View }) {
  const { variant } = view.pictures;
  const name = variant && variantText(variant);
  return (
    <>
      {(['svg', 'png'] as const).map((format) => {
        const kind = format.toUpperCase();
        const hint =
          name === undefined
            ? l10n.t('Save what is seen as {0}', kind)
            : l10n.t('Save what is seen of the map “{0}” as {1}: of the one that was last clicked or gone to', name, kind);
        return (
          <button type="button" key={format} onClick={() => void view.pictures.save(format)} title={hint}>
            <Icon name="export" /> {name === undefined ? kind : l10n.t('{0}: {1}', kind, name)}
          </button>
        );
      })}
    </>
  );
}

/** Says so when it would be worth it. */
function Tidy({ view }: { readonly view: View }) {
  const isMarked = view.drift.isMarked.value;
  const label = isMarked
    ? l10n.t('Lay out again from scratch: after many edits the lines have become harder to follow than they need to be')
    : l10n.t('Lay out again from scratch');
  return <Tool icon="tidy" label={label} marked={isMarked} onClick={() => view.tidy()} />;
}

function outline(view: View): void {
  view.isOutlined.value = !view.isOutlined.value;
}

interface ToolProps {
  readonly icon: ButtonIcon;
  readonly label: string;
  readonly keys?: string;
  readonly pressed?: boolean;
  /** With a dot. */
  readonly marked?: boolean;
  onClick(): void;
}

function Tool({ icon, label, keys, pressed, marked, onClick }: ToolProps) {
  return (
    <button
      type="button"
      class={marked ? 'marked' : undefined}
      onClick={onClick}
      title={keys === undefined ? label : `${label} (${keys})`}
      aria-label={label}
      aria-pressed={pressed}
    >
      <Icon name={icon} />
    </button>
  );
}

function Search({ view }: { readonly view: View }) {
  const label = l10n.t('Find a component');
  const { value: found } = view.found;
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    // From anywhere, as long as it is not a letter of something that is being written.
    const key = (event: KeyboardEvent) => {
      const { target } = event;
      if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey) return;
      if (target instanceof Element && target.closest('input:not([type="radio"], [type="checkbox"]), textarea, select')) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    document.addEventListener('keydown', key);
    return () => document.removeEventListener('keydown', key);
  }, []);
  return (
    <label class="search">
      <Icon name="search" />
      <input
        type="search"
        ref={input}
        placeholder={label}
        aria-label={label}
        onInput={(event) => view.search(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void view.goToMatch();
          if (event.key === 'Escape') {
            event.currentTarget.value = '';
            view.search('');
          }
        }}
      />
      <output>{found}</output>
    </label>
  );
}

/** One chip a journey: its figure, and a click lights its path. */
function Journeys({ view }: { readonly view: View }) {
  const journeys = view.journeys.value;
  if (journeys.length === 0) return null;
  return (
    <fieldset class="chips">
      <legend class="unseen">{l10n.t('Light the path of a journey')}</legend>
      {journeys.map(({ name, figure, detail }) => (
        <button
          type="button"
          class="chip"
          key={name}
          aria-pressed={view.journey.value === name}
          title={detail}
          onClick={() => view.light(name)}
        >
          <span>{name}</span> {figure !== '' && <small>{figure}</small>}
        </button>
      ))}
    </fieldset>
  );
}

function Views({ view }: { readonly view: View }) {
  return (
    <Segments
      label={l10n.t('What a card stands for')}
      name="view"
      choices={[
        { value: 'logical', text: l10n.t('Logical'), hint: l10n.t('A card for each component') },
        { value: 'deployment', text: l10n.t('Deployment'), hint: l10n.t('A card for the replicas in each zone') },
      ]}
      chosen={view.options.value.view ?? 'logical'}
      onChoose={(chosen) => view.look(chosen)}
    />
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
