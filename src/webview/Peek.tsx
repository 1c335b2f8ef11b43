import * as l10n from '@vscode/l10n';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { FixableMark, Mark } from '../layout/protocol';
import { Icon } from './Icon';
import type { ButtonIcon } from './icons';
import type { Peeked, Peeking } from './peeking';

interface PeekProps {
  readonly peeked: Peeked;
  readonly peeking: Peeking;
  /** Where on the screen the element is. */
  readonly box: DOMRect | undefined;
  /** Where the map ends: what is below it is not covered as long as there is another place. */
  readonly floor: number;
  /** Closed by keyboard: the focus goes back to the element. */
  onLeave(): void;
}

const icons: Readonly<Record<Mark['severity'], ButtonIcon>> = { error: 'error', warning: 'warning', info: 'info', hint: 'info' };

const ranks: readonly string[] = Object.keys(icons);

/** The findings on an element, the worst first, below it, each with what can be done about it. */
export function Peek({ peeked, peeking, box, floor, onLeave }: PeekProps) {
  const panel = useRef<HTMLDivElement>(null);
  const found: readonly (Mark | FixableMark)[] = peeked.fixes ?? peeked.marks;
  const marks = [...found].sort((a, b) => ranks.indexOf(a.severity) - ranks.indexOf(b.severity));
  useLayoutEffect(() => {
    const element = panel.current;
    if (!element) return;
    const { left = 0, top = 0, bottom = 0 } = box ?? {};
    const { offsetHeight: height } = element;
    const isBelow = bottom + 8 + height < floor || (top - 6 - height < 4 && bottom + 8 + height < innerHeight);
    element.style.left = `${Math.max(4, Math.min(left, innerWidth - element.offsetWidth - 4))}px`;
    element.style.top = `${isBelow ? bottom + 6 : Math.max(4, top - height - 6)}px`;
  }, [peeked, box, floor]);
  useLayoutEffect(() => {
    if (peeked.hasFocus) panel.current?.focus();
  }, [peeked.element, peeked.hasFocus]);
  // A change that was asked for here makes buttons go, the one that has the focus among them, or all of this.
  const wasWithin = hasFocus(panel.current);
  useLayoutEffect(() => {
    if (wasWithin && !hasFocus(panel.current)) panel.current?.focus();
  });
  const leave = useRef(onLeave);
  leave.current = onLeave;
  useLayoutEffect(() => {
    const element = panel.current;
    return () => {
      if (hasFocus(element)) leave.current();
    };
  }, []);
  return (
    <div
      class="peek"
      role="dialog"
      tabIndex={-1}
      aria-label={l10n.t('Findings')}
      ref={panel}
      onPointerEnter={() => peeking.keep()}
      onPointerLeave={() => peeking.rests(undefined)}
      onFocusIn={() => peeking.keep()}
      onFocusOut={() => peeking.rests(undefined)}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        peeking.close();
        onLeave();
      }}
    >
      {peeked.lines.map((line) => (
        <p key={line} class="hint">
          {line}
        </p>
      ))}
      <ul>
        {marks.map((mark) => (
          <li key={`${mark.rule} ${mark.message}`} class={mark.severity}>
            <p>
              <Icon name={icons[mark.severity]} /> {mark.message} <small>{mark.rule}</small>
            </p>
            {'fixes' in mark &&
              mark.fixes.map(({ id, title, isIgnoring }) => (
                <button key={id} type="button" class={isIgnoring ? 'quiet' : undefined} onClick={() => peeking.apply(id)}>
                  <Icon name={isIgnoring ? 'close' : 'fix'} /> {isIgnoring ? l10n.t('{0}…', title) : title}
                </button>
              ))}
          </li>
        ))}
      </ul>
      {!peeked.fixes && <p class="hint">{l10n.t('Looking for what can be done…')}</p>}
    </div>
  );
}

/** Not while another part of the editor has it: it would be taken away from there. */
function hasFocus(panel: Element | null): boolean {
  return panel !== null && document.hasFocus() && panel.contains(document.activeElement);
}
