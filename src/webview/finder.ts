import * as l10n from '@vscode/l10n';
import { type Card, type Graph, type GraphOptions, shownBy } from '../layout/graph';
import { graphOf } from '../layout/graphOf';
import type { ElementId } from '../model/origin';
import type { System } from '../model/system';
import { countText } from '../model/words';

/** A component whose name fits what is looked for. */
export interface Found {
  readonly element: ElementId;
  readonly name: string;
  /** The name of the collapsed group that it lies in, where it is not on the drawing itself. */
  readonly hiddenIn?: string;
}

/** What fits a search, drawn things first. Nothing fits an empty one. */
export function foundIn({ cards }: Graph, text: string): readonly Found[] {
  const found = new Map<ElementId, Found>();
  const look = (card: Card, hiddenIn?: string): void => {
    const element = shownBy(card);
    if (found.has(element) || !fits(card, text)) return;
    found.set(element, { element, name: card.name, ...(hiddenIn === undefined ? {} : { hiddenIn }) });
  };
  for (const card of cards) if (!card.inside) look(card);
  for (const card of cards) for (const each of card.inside?.cards ?? []) look(each, card.name);
  return [...found.values()];
}

/** Whether a card or something in the group it stands for has a name that contains a text. */
export function showsMatch(card: Card, text: string): boolean {
  return card.inside ? card.inside.cards.some((each) => fits(each, text)) : fits(card, text);
}

function fits({ name }: Card, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted !== '' && name.toLowerCase().includes(wanted);
}

/** How a search ended, in words; nothing before it began. */
export function foundText(found: readonly Found[], text: string): string {
  if (text.trim() === '') return '';
  const [first] = found;
  if (!first) return l10n.t('Nothing has this name.');
  if (found.length === 1 && first.hiddenIn !== undefined) return l10n.t('In {0}. Enter opens it.', first.hiddenIn);
  const count = countText(found.length, l10n.t('1 found'), l10n.t('{0} found', found.length));
  const hidden = found.filter(({ hiddenIn }) => hiddenIn !== undefined).length;
  return hidden > 0 ? l10n.t('{0}, {1} of them in collapsed groups', count, hidden) : count;
}

/** The groups that are not drawn as frames; until somebody chooses, as many as fit a large system. */
export function collapsedIn(system: System, options: GraphOptions): Iterable<string> {
  if (options.collapsed) return options.collapsed;
  const drawn = new Set(graphOf(system, [], [], options).groups.map(({ id }) => id));
  const whole = graphOf(system, [], [], { ...options, collapsed: new Set() });
  return whole.groups.map(({ id }) => id).filter((id) => !drawn.has(id));
}

/** The groups that stay collapsed so that an element is drawn by itself. */
export function openedUp(element: ElementId, system: System, options: GraphOptions): ReadonlySet<string> {
  const left = new Set(collapsedIn(system, options));
  for (;;) {
    const { cards } = graphOf(system, [], [], { ...options, collapsed: left });
    const around = cards.find(({ inside }) => inside?.cards.some((card) => shownBy(card) === element))?.collapsed;
    if (around === undefined || cards.some((card) => shownBy(card) === element) || !left.delete(around)) return left;
  }
}
