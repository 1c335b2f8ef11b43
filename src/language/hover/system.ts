import * as l10n from '@vscode/l10n';
import type { Figure } from '../../analysis/figures';
import type { Availability } from '../../model/units';
import { availabilityText, callsText, componentsText, countText } from '../../model/words';
import { figureDowntime, figureText, keeps } from '../figureText';
import { bold, literal, paragraphs, table } from '../markdown';
import type { SystemView } from '../view';

const shownJourneys = 12;

/** A whole system: its figure, and that of each journey, those that miss their objectives by most first. */
export function systemText(view: SystemView): string {
  const { system } = view.linked;
  const { up, journeys, unknown } = view.figures;
  const counts = [componentsText(system.components.size), callsText(system.calls.length)];
  const rated = [...system.journeys.values()].some(({ rate }) => rate !== undefined && rate > 0);
  const basis = journeys.length < 2 ? 'one' : rated ? 'rates' : 'mean';
  const worst = [...journeys].sort((a, b) => spent(b) - spent(a));
  const rows = worst
    .slice(0, shownJourneys)
    .map((figures) => [
      literal(figures.journey),
      figureText(figures.up),
      figureDowntime(figures.up),
      figures.objective ? verdict(figures.objective, keeps(figures.up, figures.objective)) : '–',
    ]);
  const left = worst.length - rows.length;
  return paragraphs(
    [l10n.t('{0} · system', bold(system.name)), ...counts].join(' · '),
    up && figureLine(up, basis),
    rows.length > 0 ? table([l10n.t('journey'), l10n.t('available'), l10n.t('down'), l10n.t('objective')], rows) : undefined,
    left > 0 ? countText(left, l10n.t('and 1 more journey'), l10n.t('and {0} more journeys', left)) : undefined,
    ...unknown.slice(0, shownJourneys).map(({ journey, reason }) => l10n.t('{0}: {1}.', bold(journey), literal(reason))),
  );
}

/** The figure of the whole system, with what it is the mean of. */
function figureLine(up: Figure, basis: 'one' | 'rates' | 'mean'): string {
  const [figure, down] = [figureText(up), figureDowntime(up)];
  switch (basis) {
    case 'one':
      return l10n.t('**{0}** · down {1}', figure, down);
    case 'rates':
      return l10n.t('**{0}** · down {1}, all journeys by their rates', figure, down);
    case 'mean':
      return l10n.t('**{0}** · down {1}, the mean of all journeys', figure, down);
  }
}

function verdict(objective: Availability, isKept: boolean): string {
  const text = availabilityText(objective);
  return isKept ? l10n.t('{0} kept', text) : l10n.t('{0} **missed**', text);
}

function spent({ up, objective }: SystemView['figures']['journeys'][number]): number {
  const { down } = up.exact ? up.value : up.lower;
  return objective && objective.down > 0 ? down / objective.down : down;
}
