import * as l10n from '@vscode/l10n';
import { type OnPaper, splitOf, type Verdict, verdictsOnPaper } from '../../model/onPaper';
import type { GameDayCell, GameDayTarget } from '../../simulation/gameDay';
import type { TippingCell } from '../../simulation/tippingPoint';
import { outcomeText, percentText, verdictText } from '../words';

/** The worst that came out with any of the seeds: what a cell is coloured by. Undefined where nothing is known. */
export function worstOf({ verdict, seeds }: GameDayCell): Verdict | undefined {
  return splitOf(seeds)?.worst ?? verdict;
}

/** What was measured: with several seeds that differ, how many of them end well. */
export function cellText(cell: GameDayCell): string {
  const { verdict, success, recovers } = cell;
  if (verdict === undefined) return l10n.t('not known');
  const text =
    differing(cell) ??
    (verdict === 'survives' || success === undefined ? verdictText(verdict) : `${verdictText(verdict)} ${percentText(success)}`);
  return recovers === false ? l10n.t('{0}, and does not come back', text) : text;
}

/** `survives in 4 of 5`; undefined where all seeds say the same. */
function differing({ seeds }: GameDayCell): string | undefined {
  const split = splitOf(seeds);
  if (!split) return undefined;
  const { best, count, of } = split;
  return best === 'survives' ? l10n.t('survives in {0} of {1}', count, of) : l10n.t('degrades in {0} of {1}', count, of);
}

/** What was measured; where the analysis says something else, that too. */
export function comparedText(cell: GameDayCell, target: GameDayTarget, onPaper: OnPaper | undefined): string {
  const paper = verdictsOnPaper(onPaper, target, cell.journey);
  const text = cellText(cell);
  if (paper === undefined || cell.verdict === undefined || paper.structure === cell.verdict) return text;
  const said = verdictText(paper.structure);
  return paper.ifHanging === cell.verdict
    ? l10n.t('{0} · on paper: {1}, but calls can hang', text, said)
    : l10n.t('{0} · on paper: {1}', text, said);
}

/** The same for those who do not see the colour. */
export function spokenText(cell: GameDayCell, target: GameDayTarget, onPaper: OnPaper | undefined): string {
  const text = comparedText(cell, target, onPaper);
  const worst = worstOf(cell);
  return worst !== undefined && differing(cell) !== undefined ? l10n.t('{0}; at worst {1}', text, verdictText(worst)) : text;
}

/** What the analysis says by itself. */
export function paperText(onPaper: OnPaper, target: GameDayTarget, journey: string): string {
  const paper = verdictsOnPaper(onPaper, target, journey);
  if (!paper) return l10n.t('not known');
  const { structure, ifHanging } = paper;
  return structure === ifHanging
    ? verdictText(structure)
    : l10n.t('{0}; if calls hang: {1}', verdictText(structure), verdictText(ifHanging));
}

/** What became of one load and length of an outage; with several seeds that differ, with how many it is recovered from. */
export function tippingText({ outcome, recovers }: TippingCell, of: number): string {
  return recovers > 0 && recovers < of ? l10n.t('recovers in {0} of {1}', recovers, of) : outcomeText(outcome);
}
