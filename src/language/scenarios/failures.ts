import * as l10n from '@vscode/l10n';
import { elementId, keyPlace, namePlace } from '../../model/origin';
import type { Place } from '../../model/text';
import { expectedText, measuredText } from '../../simulation/expectations';
import type { Check, ScenarioVerdict } from '../../simulation/scenarios';
import type { LinkedSystem } from '../../workspace/linked';
import { failureText } from './texts';

/** Something that is wrong with a scenario's run, and where the text says that it should be otherwise. */
export interface Failure {
  readonly text: string;
  /** The bound and what was measured, short enough to be shown beside the line. */
  readonly difference?: { readonly expected: string; readonly actual: string };
  readonly place?: Place;
}

/** What does not hold, at its `expect` line; a run that could not be done or was stopped, at the scenario's name. */
export function failuresOf(linked: LinkedSystem, scenario: string, verdict: ScenarioVerdict): readonly Failure[] {
  const element = elementId('scenario', scenario);
  const whole = (text: string): Failure => ({ text, ...at(namePlace(linked.origins, element)) });
  if (!verdict.ok) return [whole(verdict.reason)];
  const failed = verdict.checks.filter(({ holds }) => !holds);
  return [
    ...(verdict.stopped === undefined ? [] : [whole(verdict.stopped)]),
    ...failed.map((check) => {
      const { index, expectation, measured, stopped } = check;
      const isKnown = measured !== null && stopped === undefined;
      const actual = isKnown ? measuredText(expectation, measured) : unknownText(check);
      return {
        text: failureText(check),
        difference: { expected: expectedText(expectation), actual },
        ...at(keyPlace(linked.origins, element, `expect.${index}`)),
      };
    }),
  ];
}

/** Why an expectation has no figure. */
export function unknownText({ expectation, stopped }: Pick<Check, 'expectation' | 'stopped'>): string {
  return stopped === undefined && expectation.recoversWithin !== undefined ? l10n.t('never') : l10n.t('nothing to measure');
}

function at(place: Place | undefined): Pick<Failure, 'place'> {
  return place ? { place } : {};
}
