import * as l10n from '@vscode/l10n';
import type { Scenario } from '../../model/scenario';
import { secondsText } from '../../model/words';
import { measuredText } from '../../simulation/expectations';
import type { RunResult } from '../../simulation/result';
import type { Check, ScenarioOutcome } from '../../simulation/scenarios';
import { table } from '../textTable';
import { journeysTable } from './journeys';
import { failureText, variantText } from './texts';

/** What came of a scenario, in lines: for each variant its journeys, what was expected, and what happened in words. */
export function reportLines(scenario: Scenario, outcome: ScenarioOutcome): readonly string[] {
  const head = scenario.description === undefined ? scenario.name : `${scenario.name}: ${scenario.description}`;
  if (!outcome.ok) return [head, outcome.reason, ''].map(printable);
  return [head, ...outcome.results.flatMap((result) => runLines(result, outcome.checks)), ''].map(printable);
}

function runLines(result: RunResult, checks: readonly Check[]): readonly string[] {
  const { variant, seed, durationSeconds, log } = result;
  const { columns, rows } = journeysTable(result);
  const heads = columns.map((column) => (typeof column === 'string' ? column : column.head));
  const figures = columns.flatMap((column, i) => (typeof column === 'string' ? [] : [i]));
  const own = checks.filter(({ expectation }) => (expectation.variant ?? 'written') === variant);
  return [
    '',
    l10n.t('{0}, seed {1}, {2}', variantText(variant), seed, secondsText(durationSeconds)),
    ...table([heads, ...rows], figures)
      .split('\n')
      .map((line) => `  ${line}`),
    ...own.map((check) => (check.holds ? `  ✓ ${check.text}: ${heldText(check)}` : `  ✗ ${failureText(check)}`)),
    ...table(
      log.map(({ at, text }) => [secondsText(at), text]),
      [0],
    )
      .split('\n')
      .map((line) => `  ${line}`),
  ];
}

function heldText({ expectation, measured }: Check): string {
  return measured === null ? l10n.t('nothing to measure') : measuredText(expectation, measured);
}

/** A line that a terminal shows as it is: no name in a file moves its cursor. */
function printable(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are what is replaced
  return line.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, '�');
}
