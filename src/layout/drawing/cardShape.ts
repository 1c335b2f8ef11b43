import { pipPlaces, pipsWidth, textLeft } from '../cards';
import type { Box, Direction } from '../flow';
import { type Badge, type Card, shownBy } from '../graph';
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
      shape('text', { class: 'title-large', x: 10, y: height / 2 + 7 }, [card.shortTitle]),
      shape('text', { class: 'meta', x: textLeft, y: 38 }, [card.meta]),
      pipsShape(card),
      badgesShape(card.badges, direction),
    ],
  );
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
  let x = direction === 'right' ? 10 : -14;
  return shape(
    'g',
    { class: 'badges' },
    badges.map((badge) => {
      const at = x;
      x += badge.width + 5;
      return shape('g', { class: classes('badge', `tone-${badge.tone}`), transform: `translate(${at} -9)` }, [
        shape('rect', { class: 'badge-box', width: badge.width, height: 16, rx: 8 }),
        shape('path', { class: 'badge-icon', transform: 'translate(6 3) scale(0.625)', d: iconPaths[badge.icon] }),
        shape('text', { class: 'badge-text', x: 20, y: 11.3 }, [badge.text]),
      ]);
    }),
  );
}
