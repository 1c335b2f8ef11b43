import { availabilityText, countText } from '../../model/words';
import { figureDowntime, figureText, keeps } from '../figureText';
import { bold, literal, paragraphs, table } from '../markdown';
import type { SystemView } from '../view';

const shownJourneys = 12;

/** A whole system: its figure, and that of each journey, those that miss their objectives by most first. */
export function systemText(view: SystemView): string {
  const { system } = view.linked;
  const { up, journeys, unknown } = view.figures;
  const counts = [countText(system.components.size, 'component'), countText(system.calls.length, 'call')];
  const rated = [...system.journeys.values()].some(({ rate }) => rate !== undefined && rate > 0);
  const basis = journeys.length < 2 ? '' : rated ? ', all journeys by their rates' : ', the mean of all journeys';
  const worst = [...journeys].sort((a, b) => spent(b) - spent(a));
  const rows = worst
    .slice(0, shownJourneys)
    .map((figures) => [
      literal(figures.journey),
      figureText(figures.up),
      figureDowntime(figures.up),
      figures.objective ? `${availabilityText(figures.objective)} ${keeps(figures.up, figures.objective) ? 'kept' : '**missed**'}` : '–',
    ]);
  const left = worst.length - rows.length;
  return paragraphs(
    `${bold(system.name)} · system · ${counts.join(' · ')}`,
    up && `**${figureText(up)}** · down ${figureDowntime(up)}${basis}`,
    rows.length > 0 ? table(['journey', 'available', 'down', 'objective'], rows) : undefined,
    left > 0 ? `and ${countText(left, 'more journey', 'more journeys')}` : undefined,
    ...unknown.slice(0, shownJourneys).map(({ journey, reason }) => `${bold(journey)}: ${literal(reason)}.`),
  );
}

function spent({ up, objective }: SystemView['figures']['journeys'][number]): number {
  const { down } = up.exact ? up.value : up.lower;
  return objective && objective.down > 0 ? down / objective.down : down;
}
