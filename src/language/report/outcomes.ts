import * as l10n from '@vscode/l10n';
import type { System } from '../../model/system';
import { measuredText } from '../../simulation/expectations';
import { type Check, passes, type ScenarioVerdict } from '../../simulation/scenarios';
import { failureText } from '../scenarios/texts';
import type { Block, Cell } from './blocks';

/** What came of scenarios when they ran, by name. */
export type Outcomes = ReadonlyMap<string, ScenarioVerdict>;

/** How the scenarios went that were run; nothing where none was. */
export function outcomeBlocks(system: System, outcomes: Outcomes): readonly Block[] {
  if (outcomes.size === 0) return [];
  const rows = [...system.scenarios.values()].flatMap(({ name, description }) => {
    const what = description === undefined ? name : `${name}: ${description}`;
    const verdict = outcomes.get(name);
    return verdict ? verdictRows(what, verdict) : [[what, '–', l10n.t('not run')]];
  });
  return [
    { kind: 'heading', level: 2, text: l10n.t('Scenarios') },
    { kind: 'table', columns: [l10n.t('scenario'), l10n.t('expected'), l10n.t('outcome')], rows },
  ];
}

function verdictRows(what: string, verdict: ScenarioVerdict): readonly (readonly Cell[])[] {
  if (!verdict.ok) return [[what, '–', { text: verdict.reason, mood: 'bad' }]];
  if (verdict.stopped !== undefined) return [[what, '–', { text: verdict.stopped, mood: 'bad' }]];
  if (verdict.checks.length === 0) return [[what, '–', l10n.t('ran, expects nothing')]];
  return verdict.checks.map((check) => [what, check.text, checkCell(check)]);
}

function checkCell(check: Check): Cell {
  const { holds, measured, expectation } = check;
  if (!holds) return { text: failureText(check), mood: 'bad' };
  const text = measured === null ? l10n.t('holds') : l10n.t('holds: {0}', measuredText(expectation, measured));
  return { text, mood: 'good' };
}

/** How many of those that ran went as they should. */
export function passed(outcomes: Outcomes): number {
  return [...outcomes.values()].filter(passes).length;
}
