import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { ElementId } from '../model/origin';
import type { Fault, FaultTarget } from '../model/scenario';
import { Icon } from './Icon';
import type { ButtonIcon } from './icons';

export interface MenuRequest {
  readonly element: ElementId;
  readonly x: number;
  readonly y: number;
  readonly hasFindings: boolean;
  /** The frame that it is, or stands for. */
  readonly group?: { readonly id: string; readonly isCollapsed: boolean };
}

interface Item {
  readonly icon: ButtonIcon;
  readonly label: string;
  readonly hint: string;
  act(): void;
}

interface MenuProps {
  readonly request: MenuRequest;
  onFault(fault: Fault): void;
  onReveal(element: ElementId): void;
  onFindings(element: ElementId): void;
  onToggle(group: string): void;
  onClose(): void;
}

/** What can be done to a component, zone or region; a call can only be shown in the text. */
export function NodeMenu(props: MenuProps) {
  const { request, onClose } = props;
  const menu = useRef<HTMLDivElement>(null);
  const items = itemsFor(props);
  useLayoutEffect(() => {
    const element = menu.current;
    if (!element) return undefined;
    // Kept inside the window, whatever corner it was asked for.
    element.style.left = `${Math.max(4, Math.min(request.x, innerWidth - element.offsetWidth - 4))}px`;
    element.style.top = `${Math.max(4, Math.min(request.y, innerHeight - element.offsetHeight - 4))}px`;
    element.querySelector<HTMLElement>('button')?.focus();
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
    <div class="menu" role="menu" tabIndex={-1} ref={menu} aria-label={request.element} onKeyDown={key}>
      {items.map(({ icon, label, hint, act }) => (
        <button
          type="button"
          role="menuitem"
          key={label}
          onClick={() => {
            onClose();
            act();
          }}
        >
          <Icon name={icon} />
          <span>{label}</span>
          <small>{hint}</small>
        </button>
      ))}
    </div>
  );
}

function itemsFor({ request, onFault, onReveal, onFindings, onToggle }: MenuProps): readonly Item[] {
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
  return [
    { icon: 'kill', label: l10n.t('Kill'), hint: l10n.t('stops answering'), act: () => onFault({ kind: 'kill', target }) },
    { icon: 'crash', label: l10n.t('Crash'), hint: l10n.t('refuses at once'), act: () => onFault({ kind: 'crash', target }) },
    { icon: 'slow', label: l10n.t('Slow down'), hint: l10n.t('five times'), act: () => onFault({ kind: 'slow', target, factor: 5 }) },
    { icon: 'restore', label: l10n.t('Restore'), hint: l10n.t('works again'), act: () => onFault({ kind: 'restore', target }) },
    ...rest,
  ];
}

function targetOf(element: ElementId): FaultTarget | undefined {
  const space = element.indexOf(' ');
  const kind = element.slice(0, space);
  const name = element.slice(space + 1);
  return kind === 'component' || kind === 'zone' || kind === 'region' || kind === 'sharedFate' ? { kind, name } : undefined;
}
