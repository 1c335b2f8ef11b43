import { analyse } from '../analysis/analyse';
import type { SystemFigures } from '../analysis/figures';
import { periods } from '../model/words';
import { applyChanges, type Remedy } from '../remedies/change';
import { cautious, contributionText } from './figureText';
import type { SystemView } from './view';

/** What a remedy gains where it gains most. */
export interface Saving {
  readonly journey: string;
  readonly hoursPerYear: number;
}

/** Savings below a minute a year are not worth a word in a title. */
const leastHours = 1 / 60;

/** What a remedy saves on the journey that gains most from it; undefined when no journey gains. */
export function savingOf(view: SystemView, remedy: Remedy): Saving | undefined {
  if (view.figures.journeys.length === 0) return undefined;
  const after = analyse(applyChanges(view.linked.system, remedy.changes));
  return largestGain(view.figures, after);
}

function largestGain(before: SystemFigures, after: SystemFigures): Saving | undefined {
  let best: Saving | undefined;
  for (const { journey, up } of before.journeys) {
    const then = after.journeys.find((other) => other.journey === journey);
    if (!then) continue;
    const hoursPerYear = (cautious(up).down - cautious(then.up).down) * periods.year;
    if (hoursPerYear >= leastHours && hoursPerYear > (best?.hoursPerYear ?? 0)) best = { journey, hoursPerYear };
  }
  return best;
}

/** ` (saves 8.76 h/yr of checkout)`. */
export function savingText(saving: Saving): string {
  return ` (saves ${contributionText(saving)} of ${saving.journey})`;
}
