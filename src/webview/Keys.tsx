import { useSignal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { Fragment } from 'preact';
import { Icon } from './Icon';

/** What the keys do on the map, on demand. */
export function Keys() {
  const isOpen = useSignal(false);
  const label = l10n.t('Keys');
  return (
    <div
      class="keys"
      onFocusOut={({ currentTarget, relatedTarget }) => {
        if (!(relatedTarget instanceof Node && currentTarget.contains(relatedTarget))) isOpen.value = false;
      }}
    >
      <button
        type="button"
        title={label}
        aria-label={label}
        aria-expanded={isOpen.value}
        onClick={() => {
          isOpen.value = !isOpen.value;
        }}
        onKeyDown={({ key }) => {
          if (key === 'Escape') isOpen.value = false;
        }}
      >
        <Icon name="keys" />
      </button>
      {isOpen.value && (
        <dl>
          {listed().map(([keys, what]) => (
            <Fragment key={keys}>
              <dt>{keys}</dt>
              <dd>{what}</dd>
            </Fragment>
          ))}
        </dl>
      )}
    </div>
  );
}

function listed(): readonly (readonly [keys: string, what: string])[] {
  return [
    [l10n.t('Tab'), l10n.t('from card to card')],
    [l10n.t('Enter'), l10n.t('show in the text; open or close a group')],
    ['M', l10n.t('menu: kill, slow down, restore')],
    ['F', l10n.t('findings, and what can be done')],
    ['E, Shift+E', l10n.t('along the calls of a card')],
    ['O', l10n.t('from a call to its other end')],
    [l10n.t('Escape'), l10n.t('from a call back to the card')],
    [l10n.t('Arrows'), l10n.t('move the map')],
    ['/', l10n.t('find a component')],
    ['+ − 0', l10n.t('zoom, and fit into the window')],
  ];
}
