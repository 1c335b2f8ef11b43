import { hopsTo } from '../../analysis/load/amplification';
import type { ComponentLoad } from '../../analysis/load/figures';
import { callName, timesText, utilisationText } from '../../language/loadText';
import { rateText, secondsText } from '../../model/words';
import { type Block, type Cell, firstRows, more, shownRows } from '../blocks';
import type { Review } from './review';

/** Retries that add less than half of the load are what a budget is for. */
const leastAmplification = 1.5;

/** How full everything is, what retries make of it, and which calls take longer than anybody waits. */
export function loadBlocks({ load, system }: Review): readonly Block[] {
  const rows = [...load.components].filter(([, { utilisation }]) => utilisation !== undefined);
  const amplified = [...load.components].flatMap(([name, one]) => {
    const times = one.amplification ?? 1;
    const hops = hopsTo(one.amplifiedBy).map((hop) => `${callName(hop.call)} ${timesText(hop.times)}`);
    return times >= leastAmplification ? [{ times, text: `${name} ${timesText(times)}: ${hops.join(' · ')}` }] : [];
  });
  if (rows.length + amplified.length === 0) return [];
  rows.sort(([, a], [, b]) => (b.utilisationOneDown ?? 0) - (a.utilisationOneDown ?? 0) || (b.utilisation ?? 0) - (a.utilisation ?? 0));
  amplified.sort((a, b) => b.times - a.times);
  const late = [...load.calls].flatMap(([id, { fits, worstCase, left, leftIn }]) =>
    fits === false && worstCase < Infinity && system.journeys.size > 0
      ? [`${callName(id)}: ${secondsText(worstCase)} at worst, ${secondsText(left ?? 0)} left in ${leftIn}`]
      : [],
  );
  return [
    { kind: 'heading', level: 2, text: 'Load' },
    ...(rows.length === 0 ? [] : [loadTable(rows)]),
    ...more(rows.length),
    ...(amplified.length === 0
      ? []
      : [
          firstRows(
            'retries multiply the load of what fails',
            amplified.map(({ text }) => text),
          ),
        ]),
    ...(late.length === 0 ? [] : [firstRows('may take longer than their callers have', late)]),
  ];
}

function loadTable(rows: readonly (readonly [string, ComponentLoad])[]): Block {
  const share = (value: number | undefined): Cell => {
    if (value === undefined) return '–';
    return value >= 1 ? { text: utilisationText(value), mood: 'bad' } : utilisationText(value);
  };
  return {
    kind: 'table',
    columns: [
      'component',
      { head: 'peak', figures: true },
      { head: 'slots', figures: true },
      { head: 'busy', figures: true },
      { head: 'one replica short', figures: true },
      { head: 'one zone short', figures: true },
      { head: 'waits (approx.)', figures: true },
    ],
    rows: rows
      .slice(0, shownRows)
      .map(([name, one]) => [
        one.assumed ? `${name} (service time assumed)` : name,
        one.arrivals === undefined ? '–' : rateText(one.arrivals),
        one.slots === undefined || one.slots === Infinity ? 'unlimited' : String(one.slots),
        share(one.utilisation),
        share(one.utilisationOneDown),
        share(one.utilisationZoneDown?.value),
        one.waiting === undefined ? '–' : one.waiting === Infinity ? 'overloaded' : one.waiting < 5e-5 ? 'no' : secondsText(one.waiting),
      ]),
  };
}
