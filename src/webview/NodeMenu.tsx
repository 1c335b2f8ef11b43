import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ElementId } from '../model/origin';
import type { Fault, FaultTarget } from '../model/scenario';
import { Icon } from './Icon';
import type { ButtonIcon } from './icons';
import type { Player } from './player';

export interface MenuRequest {
  readonly element: ElementId;
  readonly x: number;
  readonly y: number;
  readonly hasFindings: boolean;
  /** The frame that it is, or stands for. */
  readonly group?: { readonly id: string; readonly isCollapsed: boolean };
}

interface Item {
  /** Happens in a run: where there is none it is shown, and cannot be chosen. */
  readonly isFault?: true;
  readonly icon: ButtonIcon;
  readonly label: string;
  readonly hint: string;
  act(): void;
}

interface MenuProps {
  readonly request: MenuRequest;
  readonly player: Player;
  onReveal(element: ElementId): void;
  onFindings(element: ElementId): void;
  onToggle(group: string): void;
  onClose(): void;
}

/** What can be done to a component, zone or region; a call can only be shown in the text. */
export function NodeMenu(props: MenuProps) {
  const { request, player, onClose } = props;
  const menu = useRef<HTMLDivElement>(null);
  const items = itemsFor(props);
  const obstacle = items.some(({ isFault }) => isFault) ? obstacleOf(player) : undefined;
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return undefined;
    // Kept inside the window, whatever corner it was asked for.
    element.style.left = `${Math.max(4, Math.min(request.x, innerWidth - element.offsetWidth - 4))}px`;
    element.style.top = `${Math.max(4, Math.min(request.y, innerHeight - element.offsetHeight - 4))}px`;
    const first = element.querySelector<HTMLElement>('button:not([aria-disabled=true])');
    (first ?? element.querySelector<HTMLElement>('button'))?.focus();
    const away = (event: PointerEvent) => {
      if (!(event.target instanceof Node && element.contains(event.target))) onClose();
    };
    addEventListener('pointerdown', away, true);
    return () => removeEventListener('pointerdown', away, true);
  }, [request, onClose]);

  const key = (event: KeyboardEvent) => {
    const buttons = [...(menu.current?.querySelectorAll<HTMLElement>('button') ?? [])];
    const at = buttons.indexOf(document.activeElement as HTMLElement);
    const go = (to: number) => buttons[(to + buttons.length) % buttons.length]?.focus();
    if (event.key === 'Escape' || event.key === 'Tab') onClose();
    else if (event.key === 'ArrowDown') go(at + 1);
    else if (event.key === 'ArrowUp') go(at - 1);
    else if (event.key === 'Home') go(0);
    else if (event.key === 'End') go(-1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div class="menu" ref={menu}>
      {obstacle !== undefined && (
        <p class="why" id="menu-why">
          {obstacle}
        </p>
      )}
      <div role="menu" tabIndex={-1} aria-label={request.element} aria-describedby={obstacle && 'menu-why'} onKeyDown={key}>
        {items.map(({ isFault, icon, label, hint, act }) => {
          const isOff = isFault === true && obstacle !== undefined;
          return (
            // What cannot be chosen can be reached even so: whoever comes there by keyboard hears why.
            <button
              type="button"
              role="menuitem"
              key={label}
              aria-disabled={isOff}
              aria-describedby={isOff ? 'menu-why' : undefined}
              onClick={() => {
                if (isOff) return;
                onClose();
                act();
              }}
            >
              <Icon name={icon} />
              <span>{label}</span>
              <small>{hint}</small>
            </button>
          );
        })}
      </div>
    </div>
  );
}

/** Why nothing can be done to a run now, in words. */
function obstacleOf(player: Player): string | undefined {
  return player.refusal.value ?? (player.ended.value ? l10n.t('The run is over. Go back in it, or start it again.') : undefined);
}

function itemsFor({ request, player, onReveal, onFindings, onToggle }: MenuProps): readonly Item[] {
  const { element, hasFindings, group } = request;
  const toggle: readonly Item[] = group
    ? [
        group.isCollapsed
          ? { icon: 'expand', label: l10n.t('Expand'), hint: l10n.t('Enter'), act: () => onToggle(group.id) }
          : { icon: 'collapse', label: l10n.t('Collapse'), hint: l10n.t('Enter'), act: () => onToggle(group.id) },
      ]
    : [];
  const rest: readonly Item[] = [
    ...(hasFindings
      ? [{ icon: 'warning', label: l10n.t('Show its findings'), hint: 'F', act: () => onFindings(element) } satisfies Item]
      : []),
    ...toggle,
    { icon: 'reveal', label: l10n.t('Show in the text'), hint: group ? '' : l10n.t('Enter'), act: () => onReveal(element) },
  ];
  const target = targetOf(element);
  if (!target) return rest;
  const fault = (icon: ButtonIcon, label: string, hint: string, what: Fault): Item => ({
    isFault: true,
    icon,
    label,
    hint,
    act: () => player.act(what),
  });
  return [
    fault('kill', l10n.t('Kill'), l10n.t('stops answering'), { kind: 'kill', target }),
    fault('crash', l10n.t('Crash'), l10n.t('refuses at once'), { kind: 'crash', target }),
    fault('slow', l10n.t('Slow down'), l10n.t('five times'), { kind: 'slow', target, factor: 5 }),
    fault('restore', l10n.t('Restore'), l10n.t('works again'), { kind: 'restore', target }),
    ...rest,
  ];
}

function targetOf(element: ElementId): FaultTarget | undefined {
  const space = element.indexOf(' ');
  const kind = element.slice(0, space);
  const name = element.slice(space + 1);
  return kind === 'component' || kind === 'zone' || kind === 'region' || kind === 'sharedFate' ? { kind, name } : undefined;
}
