import { hanging, pipPlaces, pipsWidth, textLeft } from '../cards';
import type { Box, Direction } from '../flow';
import { type Badge, type Card, shownBy } from '../graph';
import { fitText, textWidth } from '../text';
import { iconPaths } from './icons';
import { classes, type Shape, shape } from './shape';

const inset = 12;
const tile = 30;

/** A card: icon, title, one line about it, its replicas, and findings as badges on its top edge. */
export function cardShape(card: Card, box: Box, direction: Direction): Shape {
  const { width, height } = card;
  return shape(
    'g',
    {
      class: classes('card', `tone-${card.tone}`, card.external && 'external', card.collapsed !== undefined && 'collapsed'),
      transform: `translate(${box.x} ${box.y})`,
      'data-id': shownBy(card),
      role: 'button',
      tabindex: 0,
      'aria-label': card.spoken,
    },
    [
      shape('title', {}, [card.hint]),
      ...(card.collapsed === undefined ? [] : [shape('rect', { class: 'card-behind', x: 4, y: 4, width, height, rx: 7 })]),
      shape('rect', { class: 'card-box', width, height, rx: 7 }),
      shape('rect', { class: 'tile', x: inset, y: inset - 1, width: tile, height: tile, rx: 6 }),
      shape('path', { class: 'icon', transform: `translate(${inset + 7} ${inset + 6})`, d: iconPaths[card.icon] }),
      shape('text', { class: 'title', x: textLeft, y: 23.5 }, [card.title]),
      largeTitle(card, 20),
      shape('text', { class: 'meta', x: textLeft, y: 38 }, [card.meta]),
      pipsShape(card),
      badgesShape(card.badges, direction),
    ],
  );
}

/** The title for pictures in which only names can be read. `size` is that of its letters. */
export function largeTitle({ name, width, height }: Card, size: number): Shape {
  // Very large letters may stand a little over the card's side.
  const from = size > 30 ? 4 : 10;
  const room = size > 30 ? width + 20 : width - 2 * from;
  return shape('text', { class: 'title-large', x: from, y: height / 2 + size * 0.35 }, [shortened(name, room, size)]);
}

/** No card has room for more. */
const mostLetters = 60;

/** Names that begin alike mostly end differently (`orders-api`, `orders-db`): what is too long loses its middle. */
function shortened(name: string, room: number, size: number): string {
  const whole = fitText(name, Infinity, size, 600);
  if (textWidth(whole, size, 600) <= room) return whole;
  const letters = [...whole];
  for (let kept = Math.min(letters.length - 1, mostLetters); kept > 3; kept--) {
    const end = Math.min(Math.floor(kept / 2), 4);
    const cut = `${letters.slice(0, kept - end).join('')}…${letters.slice(-end).join('')}`;
    if (textWidth(cut, size, 600) <= room) return cut;
  }
  return fitText(whole, room, size, 600);
}

function pipsShape(card: Card): Shape {
  const room = pipsWidth(card.pips);
  if (room === 0) return shape('g', { class: 'pips' });
  const places = pipPlaces(card.pips);
  const right = card.width - inset;
  if (!places) {
    const count = card.pips.reduce((sum, pip) => sum + pip.count, 0);
    return shape('g', { class: 'pips' }, [shape('text', { class: 'pip-count', x: right, y: 23, 'text-anchor': 'end' }, [`×${count}`])]);
  }
  const left = right - room + 6;
  return shape(
    'g',
    { class: 'pips' },
    places.map(({ x, zone }) => shape('circle', { class: 'pip', cx: left + x, cy: 19.5, r: 2.5, ...(zone ? { 'data-zone': zone } : {}) })),
  );
}

/** Lines arrive at the top of a card where the flow runs down: there the badges hang over its corner. */
function badgesShape(badges: readonly Badge[], direction: Direction): Shape {
  let x = direction === 'right' ? 10 : hanging.from;
  return shape(
    'g',
    { class: 'badges' },
    badges.map((badge) => {
      const at = x;
      x += badge.width + hanging.apart;
      return shape('g', { class: classes('badge', `tone-${badge.tone}`), transform: `translate(${at} -9)` }, [
        shape('rect', { class: 'badge-box', width: badge.width, height: 16, rx: 8 }),
        shape('path', { class: 'badge-icon', transform: 'translate(6 3) scale(0.625)', d: iconPaths[badge.icon] }),
        shape('text', { class: 'badge-text', x: 20, y: 11.3 }, [badge.text]),
      ]);
    }),
  );
}
