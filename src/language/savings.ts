import * as l10n from '@vscode/l10n';
import type { Figure } from '../analysis/figures';
import { savingSteps } from '../analysis/fixes/savings';
import type { Steps } from '../model/steps';
import type { Remedy } from '../remedies/change';
import { contributionText } from './figureText';
import type { SystemView } from './view';

/** What a remedy gains where it gains most. */
export interface Saving {
  readonly journey: string;
  readonly hoursPerYear: number;
}

/** Savings below a minute a year are not worth a word in a title. */
const leastHours = 1 / 60;

/** What a remedy saves on the journey that gains most from it; undefined when no journey gains a minute a year. */
export function* savingOf(view: SystemView, remedy: Remedy): Steps<Saving | undefined> {
  const before = new Map(view.figures.journeys.map(({ journey, up }): [string, Figure] => [journey, up]));
  if (before.size === 0) return undefined;
  let best: Saving | undefined;
  for (const [journey, hoursPerYear] of yield* savingSteps(view.linked.system, remedy, before)) {
    if (hoursPerYear >= leastHours && hoursPerYear > (best?.hoursPerYear ?? 0)) best = { journey, hoursPerYear };
  }
  return best;
}

/** A remedy's title with what it saves: `Insert a timeout (saves 8.76 h/yr of checkout)`. */
export function savingText(title: string, saving: Saving): string {
  return l10n.t('{0} (saves {1} of {2})', title, contributionText(saving), saving.journey);
}
