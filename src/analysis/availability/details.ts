import * as l10n from '@vscode/l10n';
import type { Assumptions } from '../../model/defaults';
import type { Steps } from '../../model/steps';
import { availabilityText, domainText, periods } from '../../model/words';
import type { Assumption, Contribution, Point } from '../figures';
import type { Structure } from '../structure/structure';
import { assumedOf } from './ledger';
import type { Importance, RootModel, Weight } from './rootmodel';

export interface Details {
  readonly contributions: readonly Contribution[];
  /**
   * The assumptions that a figure rests on, by how much each of them moves it: as much work again as the figure.
   *
   * @param structure the same, or a later one over the same ground
   */
  ledger(structure: Structure): Steps<readonly Assumption[]>;
}

/** What a journey's figure depends on. */
export function* detailsOf(structure: Structure, model: RootModel, given: Assumptions): Steps<Details> {
  const ledger = (now: Structure) => ledgerOf(now, model, given);
  const importance = yield* model.importance([]);
  if (!importance) return { contributions: [], ledger };
  const figures = yield* model.figures();
  return { contributions: contributionsOf(structure, importance, figures.upper.down), ledger };
}

function* ledgerOf(structure: Structure, model: RootModel, given: Assumptions): Steps<readonly Assumption[]> {
  const assumed = assumedOf(model.components, structure, given);
  yield;
  const importance = yield* model.importance(assumed.map(({ component, perfect }) => ({ component, group: perfect })));
  if (!importance) return assumed.map(({ subject, text }) => assumption(subject, text, 0));
  const ledger = assumed.map(({ subject, text }, i) => assumption(subject, text, Math.max(0, -(importance.probes[i] ?? 0)) * periods.year));
  ledger.push(...assumedDomains(structure, importance));
  return ledger.sort((a, b) => b.hoursPerYear - a.hoursPerYear);
}

function assumption(subject: string, text: () => string, hoursPerYear: number): Assumption {
  return {
    subject,
    get text() {
      return text();
    },
    hoursPerYear,
  };
}

function assumedDomains(structure: Structure, importance: Importance): readonly Assumption[] {
  return [...importance.domains].flatMap(([domain, { saved }]) => {
    const known = structure.domains.list[domain];
    if (!known?.availability.assumed) return [];
    const { kind, name } = known.point;
    const value = availabilityText(known.availability.value);
    return [{ subject: subjectOf(kind, name), text: assumedText(kind, value), hoursPerYear: saved * periods.year }];
  });
}

function subjectOf(kind: Point['kind'], name: string): string {
  return kind === 'zone' || kind === 'region' ? domainText(kind, name) : `${kind} ${name}`;
}

function assumedText(kind: Point['kind'], availability: string): string {
  switch (kind) {
    case 'zone':
      return l10n.t('availability {0} (zone)', availability);
    case 'region':
      return l10n.t('availability {0} (region)', availability);
    default:
      return l10n.t('availability {0} (counted as never failing)', availability);
  }
}

function contributionsOf(structure: Structure, importance: Importance, down: number): readonly Contribution[] {
  const contributions: Contribution[] = [];
  const add = (point: Point | undefined, weight: Weight): void => {
    if (point) contributions.push(Object.assign({ point }, weighed(weight, down)));
  };
  for (const [component, weight] of importance.components) {
    const name = structure.groups[component]?.component.name;
    add(name === undefined ? undefined : { kind: 'component', name }, weight);
  }
  for (const [domain, weight] of importance.domains) add(structure.domains.list[domain]?.point, weight);
  return contributions.sort((a, b) => b.hoursPerYear - a.hoursPerYear || b.birnbaum - a.birnbaum);
}

/** Below this share of the whole, what is left without a cause is rounding. */
const nothingElse = 1e-13;

/** The measures of importance of something, from its derivative and what it costs. @param down of the journey */
export function weighed({ birnbaum, saved }: Weight, down: number): Omit<Contribution, 'point'> {
  const share = down > 0 ? Math.min(1, saved / down) : 0;
  const without = Math.max(0, down - saved);
  return {
    birnbaum,
    hoursPerYear: periods.year * saved,
    criticality: share,
    fussellVesely: share,
    riskAchievement: ratio(without + birnbaum, down),
    riskReduction: without <= nothingElse * down ? ratio(down, 0) : down / without,
  };
}

/** a / b, where nothing of nothing is no change. */
function ratio(a: number, b: number): number {
  if (b > 0) return a / b;
  return a > 0 ? Infinity : 1;
}
