import * as l10n from '@vscode/l10n';
import { spofText } from '../cards';
import type { Graph } from '../graph';
import { textWidth } from '../text';
import { iconPaths } from './icons';
import { type Shape, shape } from './shape';

const font = 10.5;

const rowHeight = 20;

/** What the signs mean, only those that the graph uses: in one line, or in as many as `room` pixels ask for. */
export function legend(
  graph: Pick<Graph, 'cards' | 'edges'>,
  room = Infinity,
): { readonly shapes: readonly Shape[]; readonly width: number; readonly height: number } {
  const has = (test: (edge: Graph['edges'][number]) => boolean): boolean => graph.edges.some(test);
  const bad = (edge: Graph['edges'][number]): boolean => edge.tone === 'error' || edge.tone === 'warning';
  const entries: { readonly sign: Shape; readonly text: string }[] = [];
  const line = (text: string, kind: string, tone = 'none') => entries.push({ sign: sampleLine(kind, tone), text });
  if (has((edge) => edge.style === 'sync')) line(l10n.t('call'), 'sync');
  if (has((edge) => edge.style === 'async')) line(l10n.t('asynchronous'), 'async');
  if (has((edge) => edge.style === 'startup')) line(l10n.t('start-up order'), 'startup');
  if (has((edge) => edge.style === 'telemetry')) line(l10n.t('telemetry'), 'telemetry');
  if (has((edge) => edge.tone === 'error')) line(l10n.t('call with an error'), 'sync', 'error');
  if (has((edge) => edge.tone === 'warning')) line(l10n.t('with a warning'), 'sync', 'warning');
  if (has((edge) => edge.pill?.segments.some((segment) => segment.kind === 'icon' && segment.icon === 'breaker') ?? false)) {
    entries.push({ sign: sampleIcon('pill-icon breaker'), text: l10n.t('circuit breaker') });
  }
  if (graph.cards.some((card) => card.pips.length > 1)) {
    const dots = [0, 7, 19].map((x) => shape('circle', { class: 'pip', cx: 4 + x, cy: 0, r: 2.5 }));
    entries.push({ sign: shape('g', {}, dots), text: l10n.t('replicas by zone') });
  }
  const spof = spofText();
  const single = graph.cards.flatMap((card) => card.badges).find((badge) => badge.text === spof);
  if (single) {
    const icon = shape('path', { class: 'badge-icon', transform: 'translate(6 -5.5) scale(0.6875)', d: iconPaths.warning });
    entries.push({ sign: shape('g', { class: `badge tone-${single.tone}` }, [icon]), text: l10n.t('single point of failure') });
  }
  // Plain calls alone explain themselves.
  if (entries.length === 1 && !has(bad) && !has(({ style }) => style !== 'sync')) return { shapes: [], width: 0, height: 0 };
  let [x, y, width] = [0, 0, 0];
  const shapes = entries.map(({ sign, text }) => {
    const own = 30 + Math.ceil(textWidth(text, font)) + 20;
    if (x > 0 && x + own > room) [x, y] = [0, y + rowHeight];
    const at = x;
    x += own;
    width = Math.max(width, x);
    return shape('g', { transform: `translate(${at} ${y + 10})` }, [sign, shape('text', { class: 'legend-text', x: 30, y: 3.7 }, [text])]);
  });
  return { shapes, width, height: y + rowHeight };
}

function sampleLine(kind: string, tone: string): Shape {
  return shape('g', { class: `edge ${kind} tone-${tone}` }, [
    shape('path', { class: 'line', d: 'M0 0L18 0' }),
    shape('path', { class: 'arrow', d: 'M24 0L16.5 3.6L18.2 0L16.5 -3.6Z' }),
  ]);
}

function sampleIcon(kind: string): Shape {
  return shape('g', { class: kind, transform: 'translate(8 -5.5) scale(0.6875)' }, [
    shape('path', { class: 'bolt', d: iconPaths.breaker }),
  ]);
}
