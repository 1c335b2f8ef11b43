import type { Recovered } from '../../analysis/recovery/figures';
import { isWorthShowing, lostText, rpoText, rtoText, wayText } from '../../language/recoveryText';
import { listText, secondsText } from '../../model/words';
import type { Block, Cell } from '../blocks';

/** What it takes to come back from each loss, against the objectives. */
export function recoveryBlocks(recovery: readonly Recovered[]): readonly Block[] {
  const shown = recovery.filter((one) => isWorthShowing(one) && one.how.kind !== 'unaffected');
  const gone = goneWithTheirRegion(recovery);
  if (shown.length === 0 && gone.length === 0) return [];
  const cell = (text: string, met: boolean | undefined, objective: number | undefined): Cell =>
    met === undefined || objective === undefined
      ? text
      : { text: met ? text : `${text}, not ${secondsText(objective)}`, mood: met ? 'good' : 'bad' };
  return [
    { kind: 'heading', level: 2, text: 'Recovery' },
    ...(shown.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: ['of', 'lost', 'back in', 'data lost', 'by'],
            rows: shown.map((one) => [
              one.subject,
              lostText(one.loss),
              cell(rtoText(one.rto), one.rtoMet, one.rtoObjective?.seconds),
              cell(rpoText(one.rpo), one.rpoMet, one.rpoObjective?.seconds),
              `${wayText(one.how)}${one.assumed.length > 0 ? ` (assumed: ${one.assumed.join(', ')})` : ''}`,
            ]),
          } as const,
        ]),
    ...gone,
  ];
}

/** One line a region for all that stands nowhere else and keeps no data. */
function goneWithTheirRegion(recovery: readonly Recovered[]): readonly Block[] {
  const regions = new Map<string, string[]>();
  for (const { subject, loss, point, how } of recovery) {
    if (loss.kind !== 'region' || how.kind !== 'nothing' || point !== 'stateless') continue;
    regions.set(loss.name, [...(regions.get(loss.name) ?? []), subject]);
  }
  return [...regions].map(
    ([region, names]): Block => ({ kind: 'line', label: `stand in region ${region} alone`, text: listText(names, 8) }),
  );
}
