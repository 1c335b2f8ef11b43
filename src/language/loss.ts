import * as l10n from '@vscode/l10n';
import type { Point } from '../analysis/figures';
import { countText, listText } from '../model/words';
import { contributionText } from './figureText';
import type { SystemView } from './view';

type Writer = (name: string) => string;

const plain: Writer = (name) => name;

/** Which journeys stop or lose a feature without it; undefined for what is no point of failure. */
export function lossText(view: SystemView, point: Point, write: Writer = plain): string | undefined {
  const blast = view.figures.blast.find((other) => other.point.kind === point.kind && other.point.name === point.name);
  if (!blast) return undefined;
  const { stops, degrades } = blast;
  const list = (names: readonly string[]) => listText(names.map(write), 5);
  const parts: string[] = [];
  if (stops.length > 0) parts.push(countText(stops.length, l10n.t('{0} stops', list(stops)), l10n.t('{0} stop', list(stops))));
  if (degrades.length > 0) {
    const names = list(degrades);
    const many = l10n.t('{0} go on without a feature', names);
    parts.push(countText(degrades.length, l10n.t('{0} goes on without a feature', names), many));
  }
  return parts.length === 0 ? l10n.t('No journey stops without it.') : l10n.t('Without it {0}.', parts.join('; '));
}

/** The downtime it causes, by journey: what would go away if it never failed. Undefined where that is nothing. */
export function costText(view: SystemView, point: Point, write: Writer = plain): string | undefined {
  const costs = view.figures.journeys.flatMap((figures) => {
    const found = figures.contributions.find((other) => other.point.kind === point.kind && other.point.name === point.name);
    return found && found.hoursPerYear > 0 ? [{ journey: figures.journey, found }] : [];
  });
  if (costs.length === 0) return undefined;
  costs.sort((a, b) => b.found.hoursPerYear - a.found.hoursPerYear);
  const texts = costs.map(({ journey, found }) => `${write(journey)} ${contributionText(found)}`);
  return l10n.t('Downtime it causes: {0}.', listText(texts, 4));
}
