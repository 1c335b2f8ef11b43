import * as l10n from '@vscode/l10n';
import type { Component } from '../model/component';
import { isManaged, kindOf, replicaCount } from '../model/defaults';
import type { Kind } from '../model/kinds';
import { elementId } from '../model/origin';
import { componentsText, countText, listText, replicasText } from '../model/words';
import type { IconName } from './drawing/icons';
import type { Direction } from './flow';
import type { Badge, Card, Edge, Inside, Tone } from './graph';
import { hintOf, type Notes, toneOf, worst } from './notes';
import { zoneCounts, zonesOf } from './placement';
import type { Mark } from './protocol';
import { fitText, textWidth } from './text';

export const cardHeight = 54;
/** Few different widths, so that columns look tidy. */
const minimumWidth = 180;
const maximumWidth = 236;
const widthStep = 28;
/** Where the texts start, and what stays free to the right of them. */
export const textLeft = 52;
const textRight = 12;
export const titleFont = 12.5;
export const metaFont = 10.5;
export const badgeFont = 9.5;
/** Room for an availability such as ≈ 99.995%, whether there is one or not: a changed figure must not move anything. */
const captionRoom = textWidth(' · ≈ 99.995%', metaFont);

function kindText(kind: Kind): string {
  switch (kind) {
    case 'client':
      return l10n.t('client');
    case 'dns':
      return l10n.t('DNS');
    case 'cdn':
      return l10n.t('CDN');
    case 'load-balancer':
      return l10n.t('load balancer');
    case 'gateway':
      return l10n.t('gateway');
    case 'service':
      return l10n.t('service');
    case 'function':
      return l10n.t('function');
    case 'worker':
      return l10n.t('worker');
    case 'scheduler':
      return l10n.t('scheduler');
    case 'queue':
      return l10n.t('queue');
    case 'cache':
      return l10n.t('cache');
    case 'database':
      return l10n.t('database');
    case 'object-store':
      return l10n.t('object store');
    case 'search':
      return l10n.t('search');
    case 'external':
      return l10n.t('external');
    case 'deployer':
      return l10n.t('deployer');
  }
}

/** What the badge of a single point of failure says. */
export function spofText(): string {
  return l10n.t('SPOF');
}

/** A single point of failure is said by a badge of its own. */
const spofRule = 'single-point-of-failure';

/** The card of a component, or of the replicas that it has in one zone. */
export function cardOf(component: Component, group: string | undefined, notes: Notes, zone?: string): Card {
  const id = elementId('component', component.name);
  const marks = notes.marksOf(id);
  const caption = notes.captionOf(id);
  const dealt = zoneCounts(component);
  const replicas = zone === undefined ? replicaCount(component) : (dealt.get(zone) ?? 0);
  const kind = kindText(kindOf(component));
  const counted = isManaged(component) ? '' : replicasText(replicas);
  const short = replicas > 1 ? `×${replicas}` : '';
  const pips = [...dealt].flatMap(([name, count]) => (zone === undefined || name === zone ? [{ zone: name, count }] : []));
  const pipRoom = pipsWidth(pips);
  const title = textWidth(component.name, titleFont, 600) + pipRoom;
  const shortMeta = textWidth(join(kind, short), metaFont) + captionRoom;
  const width = widthFor(Math.max(title, shortMeta));
  const room = width - textLeft - textRight;
  const zones = zone === undefined ? zonesOf(component) : [zone];
  const where = zones.length > 0 ? l10n.t('in {0}', listText(zones, 4)) : '';
  const spoken = [component.name, kind, counted, where, caption?.text, ...marks.map((mark) => mark.message)];
  return {
    id,
    name: component.name,
    title: fitText(component.name, room - pipRoom, titleFont, 600),
    meta: metaText([kind, counted, short, caption?.text ?? ''], room),
    icon: iconOf(component),
    ...(group === undefined ? {} : { group }),
    pips,
    badges: badgesOf(marks),
    tone: worst(marks.map(toneOf)),
    external: kindOf(component) === 'external',
    width,
    height: cardHeight,
    spoken: spoken.filter(Boolean).join(', '),
    hint: hintOf([component.name, kind, counted, where].filter(Boolean).join(' · '), caption, marks),
  };
}

/** The width of a card whose texts need so much. */
function widthFor(texts: number): number {
  const steps = Math.ceil((textLeft + textRight + texts - minimumWidth) / widthStep);
  return Math.min(maximumWidth, minimumWidth + Math.max(0, steps) * widthStep);
}

/** Badges hang over the upper left corner of a card where lines arrive at its top: from here, and so far apart. */
export const hanging = { from: -14, apart: 5 } as const;

/** How much of the upper side of a card its badges cover there, from its left corner. */
export function underBadges(badges: readonly Badge[]): number {
  return Math.max(0, hanging.from + badges.reduce((sum, { width }) => sum + width + hanging.apart, 0));
}

/** Each line on the side of a card needs so much, up to so many lines. */
const lines = { each: 8, most: 25 } as const;

/** Makes the sides of cards longer where many lines meet, so that the lines can be told from each other. */
export function withRoomForLines(cards: readonly Card[], edges: readonly Edge[], direction: Direction): readonly Card[] {
  const [leaving, arriving] = [new Map<string, number>(), new Map<string, number>()];
  for (const { from, to } of edges) {
    leaving.set(from, (leaving.get(from) ?? 0) + 1);
    arriving.set(to, (arriving.get(to) ?? 0) + 1);
  }
  return cards.map((card) => {
    const count = Math.min(lines.most, Math.max(leaving.get(card.id) ?? 0, arriving.get(card.id) ?? 0));
    const side = direction === 'right' ? 'height' : 'width';
    return { ...card, [side]: Math.max(card[side], (count + 1.75) * lines.each) };
  });
}

/** A group that is collapsed into one card, with the findings on it and on all that lies inside. */
export function collapsedCard(
  group: { readonly id: string; readonly words: readonly [string, string]; readonly parent?: string },
  inside: Inside,
  found: readonly Mark[],
  id: Card['id'],
): Card {
  const [kind, name] = group.words;
  const names = [...new Set(inside.cards.map((card) => card.name))];
  const count = componentsText(names.length);
  const marks = found.filter((mark) => toneOf(mark) !== 'none');
  const findings = marks.length > 0 ? countText(marks.length, l10n.t('1 finding'), l10n.t('{0} findings', marks.length)) : '';
  const width = widthFor(textWidth(name, titleFont, 600));
  return {
    id,
    collapsed: group.id,
    inside,
    name,
    title: fitText(name, width - textLeft - textRight, titleFont, 600),
    meta: join(kind.toLowerCase(), count),
    icon: 'group',
    ...(group.parent === undefined ? {} : { group: group.parent }),
    pips: [],
    badges: marks.length > 0 ? [countBadge(marks)] : [],
    tone: worst(marks.map(toneOf)),
    external: false,
    width,
    height: cardHeight,
    spoken: [l10n.t('{0} {1}, collapsed, {2}', kind, name, count), findings].filter(Boolean).join(', '),
    hint: hintOf(`${kind} ${name}\n${count}: ${listText(names, 8)}`, undefined, marks),
  };
}

/** The longest of the forms that fits: with replicas in words, with a count, without. */
function metaText([kind = '', counted = '', short = '', caption = '']: readonly string[], room: number): string {
  const forms = [join(kind, counted, caption), join(kind, short, caption), join(kind, caption)];
  return forms.find((form) => textWidth(form, metaFont) <= room) ?? fitText(forms[1] ?? '', room, metaFont);
}

function join(...parts: readonly string[]): string {
  return parts.filter(Boolean).join(' · ');
}

const pip = { step: 7, gap: 5, most: 9 } as const;

/** How wide the row of replica pips is; a single replica has none. */
export function pipsWidth(pips: Card['pips']): number {
  const count = pips.reduce((sum, { count }) => sum + count, 0);
  if (count <= 1) return 0;
  if (count > pip.most) return 30;
  return count * pip.step + (pips.length - 1) * pip.gap + 6;
}

/** The x of each pip from the row's left edge, with its zone; undefined where there are too many to draw. */
export function pipPlaces(pips: Card['pips']): readonly { readonly x: number; readonly zone: string }[] | undefined {
  const count = pips.reduce((sum, { count }) => sum + count, 0);
  if (count > pip.most) return undefined;
  let x = 0;
  return pips.flatMap(({ zone, count: inZone }, i) => {
    if (i > 0) x += pip.gap;
    return Array.from({ length: inZone }, () => {
      x += pip.step;
      return { x: x - pip.step / 2, zone };
    });
  });
}

function badgesOf(marks: readonly Mark[]): readonly Badge[] {
  const spof = marks.filter((mark) => mark.rule === spofRule);
  const others = marks.filter((mark) => mark.rule !== spofRule && toneOf(mark) !== 'none');
  const badges: Badge[] = [];
  if (spof.length > 0) badges.push(badge(spofText(), 'warning', worst(spof.map(toneOf))));
  if (others.length > 0) badges.push(countBadge(others));
  return badges;
}

/** How many findings there are, as bad as the worst of them. */
function countBadge(marks: readonly Mark[]): Badge {
  const tone = worst(marks.map(toneOf));
  return badge(`${marks.length}`, tone === 'error' ? 'error' : tone === 'info' ? 'info' : 'warning', tone);
}

function badge(text: string, icon: IconName, tone: Tone): Badge {
  return { text, icon, tone, width: Math.ceil(6 + 10 + 4 + textWidth(text, badgeFont, 600) + 7) };
}

/** The kind's icon; two third parties that nearly everybody has are told by their names. */
function iconOf(component: Component): IconName {
  const kind = kindOf(component);
  if (kind !== 'external') return kind;
  if (/pay|charge|billing|stripe/i.test(component.name)) return 'payment';
  return /mail|smtp|sendgrid|postmark/i.test(component.name) ? 'mail' : 'external';
}
