import * as l10n from '@vscode/l10n';
import type { Recovered } from '../../analysis/recovery/figures';
import { listText, secondsText } from '../../model/words';
import { isWorthShowing, lostText, rpoText, rtoText, wayText } from '../recoveryText';
import type { Block, Cell } from './blocks';

/** What it takes to come back from each loss, against the objectives. */
export function recoveryBlocks(recovery: readonly Recovered[]): readonly Block[] {
  const shown = recovery.filter((one) => isWorthShowing(one) && one.how.kind !== 'unaffected');
  const gone = goneWithTheirRegion(recovery);
  if (shown.length === 0 && gone.length === 0) return [];
  const cell = (text: string, met: boolean | undefined, objective: number | undefined): Cell =>
    met === undefined || objective === undefined
      ? text
      : { text: met ? text : l10n.t('{0}, not {1}', text, secondsText(objective)), mood: met ? 'good' : 'bad' };
  return [
    { kind: 'heading', level: 2, text: l10n.t('Recovery') },
    ...(shown.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: [l10n.t('of'), l10n.t('lost'), l10n.t('back in'), l10n.t('data lost'), l10n.t('by')],
            rows: shown.map((one) => [
              one.subject,
              lostText(one.loss),
              cell(rtoText(one.rto), one.rtoMet, one.rtoObjective?.seconds),
              cell(rpoText(one.rpo), one.rpoMet, one.rpoObjective?.seconds),
              howText(one),
            ]),
          } as const,
        ]),
    ...gone,
  ];
}

function howText({ how, assumed }: Recovered): string {
  const way = wayText(how);
  return assumed.length > 0 ? l10n.t('{0} (assumed: {1})', way, assumed.join(', ')) : way;
}

/** One line a region for all that stands nowhere else and keeps no data. */
function goneWithTheirRegion(recovery: readonly Recovered[]): readonly Block[] {
  const regions = new Map<string, string[]>();
  for (const { subject, loss, point, how } of recovery) {
    if (loss.kind !== 'region' || how.kind !== 'nothing' || point !== 'stateless') continue;
    regions.set(loss.name, [...(regions.get(loss.name) ?? []), subject]);
  }
  return [...regions].map(
    ([region, names]): Block => ({ kind: 'line', label: l10n.t('stand in region {0} alone', region), text: listText(names, 8) }),
  );
}
