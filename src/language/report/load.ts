import * as l10n from '@vscode/l10n';
import { hopsTo } from '../../analysis/load/amplification';
import type { ComponentLoad } from '../../analysis/load/figures';
import type { Seconds } from '../../model/units';
import { rateText, secondsText } from '../../model/words';
import { callName, timesText, utilisationText } from '../loadText';
import { type Block, type Cell, firstRows, more, shownRows } from './blocks';
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
    fits === false && worstCase < Infinity && system.journeys.size > 0 ? [lateText(callName(id), worstCase, left ?? 0, leftIn)] : [],
  );
  return [
    { kind: 'heading', level: 2, text: l10n.t('Load') },
    ...(rows.length === 0 ? [] : [loadTable(rows)]),
    ...more(rows.length),
    ...(amplified.length === 0
      ? []
      : [
          firstRows(
            l10n.t('retries multiply the load of what fails'),
            amplified.map(({ text }) => text),
          ),
        ]),
    ...(late.length === 0 ? [] : [firstRows(l10n.t('may take longer than their callers have'), late)]),
  ];
}

function lateText(call: string, worst: Seconds, left: Seconds, journey: string | undefined): string {
  const [time, rest] = [secondsText(worst), secondsText(left)];
  return journey === undefined
    ? l10n.t('{0}: {1} at worst, {2} left', call, time, rest)
    : l10n.t('{0}: {1} at worst, {2} left in {3}', call, time, rest, journey);
}

function waitText(waiting: Seconds | undefined): string {
  if (waiting === undefined) return '–';
  if (waiting === Infinity) return l10n.t('overloaded');
  return waiting < 5e-5 ? l10n.t('no') : secondsText(waiting);
}

function loadTable(rows: readonly (readonly [string, ComponentLoad])[]): Block {
  const share = (value: number | undefined): Cell => {
    if (value === undefined) return '–';
    return value >= 1 ? { text: utilisationText(value), mood: 'bad' } : utilisationText(value);
  };
  return {
    kind: 'table',
    columns: [
      l10n.t('component'),
      { head: l10n.t('peak'), figures: true },
      { head: l10n.t('slots'), figures: true },
      { head: l10n.t('busy'), figures: true },
      { head: l10n.t('one replica short'), figures: true },
      { head: l10n.t('one zone short'), figures: true },
      { head: l10n.t('waits (approx.)'), figures: true },
    ],
    rows: rows
      .slice(0, shownRows)
      .map(([name, one]) => [
        one.assumed ? l10n.t('{0} (service time assumed)', name) : name,
        one.arrivals === undefined ? '–' : rateText(one.arrivals),
        one.slots === undefined || one.slots === Infinity ? l10n.t('unlimited') : String(one.slots),
        share(one.utilisation),
        share(one.utilisationOneDown),
        share(one.utilisationZoneDown?.value),
        waitText(one.waiting),
      ]),
  };
}
