import type { System } from '../../model/system';
import type { Seconds } from '../../model/units';
import { measured } from '../../simulation/result';
import type { ValidationCase, ValidationFamily } from '../case';
import { advance, begin, componentOf, journeyOf, run } from '../running';
import { endless, exponential, pool, systemOf } from '../systems';
import { type Pool, poolSlower, poolWait, poolWaits } from '../theory/queueing';

const service: Seconds = 0.1;
/** Requests of one run. */
const requests = 150_000;
/** Looks at the pool in one run. */
const looks = 5000;
/** The share of a run that passes before the first look: it begins with an empty pool. */
const warmUp = 0.02;

/** Streams of random numbers go by names: with names of its own, each case has luck of its own. */
function queueing(name: string, { slots, rate }: Pool): System {
  return systemOf({
    components: [{ name, ...pool(slots, endless), ...exponential(service) }],
    journeys: [{ name, entry: name, rate, latency: 0.5 }],
  });
}

/**
 * Who arrives at random sees what is there on average (Wolff 1982), so that the share of arrivals that wait is the share
 * of time in which all slots are busy. The mean wait is the mean time in the system less the mean time in a slot.
 */
function waiting(
  slots: number,
  load: number,
  bars: { readonly waits: number; readonly wait: number; readonly total: number },
): ValidationCase {
  const rate = (slots * load) / service;
  const theory = { slots, rate, service };
  const name = `M/M/${slots} at ${load}`;
  return {
    name,
    source: 'Erlang C',
    setting: `${requests / 1000},000 requests`,
    runs: 28,
    quantities: [
      { name: 'probability of waiting', unit: 'share', theory: () => poolWaits(theory), bar: bars.waits },
      { name: 'mean wait', unit: 'seconds', theory: () => poolWait(theory), bar: bars.wait },
      { name: 'mean time in the system', unit: 'seconds', theory: () => service + poolWait(theory), bar: bars.total },
      { name: 'slower than 500 ms', unit: 'share', theory: () => poolSlower(theory, 0.5), bar: bars.wait },
    ],
    measure: (seed) => {
      const duration = requests / rate;
      const core = begin(queueing(name, theory), { seed });
      let full = 0;
      for (let look = 1; look <= looks; look++) {
        advance(core, duration * (warmUp + (1 - warmUp) * (look / looks)));
        if ((core.components[0]?.busy ?? 0) >= slots) full++;
      }
      const result = measured(core);
      const { latency, failed, offered, succeeded } = journeyOf(result, name);
      // Who is in a slot at the end has been there for a mean service time, too.
      const started = succeeded + failed.slow + (core.components[0]?.busy ?? 0);
      const total = latency.mean ?? Number.NaN;
      const wait = total - (componentOf(result, name).busyMean * duration) / started;
      return [full / looks, wait, total, failed.slow / offered];
    },
  };
}

/** The entry holds a slot for every request that is anywhere, so that its busy slots are L. */
const littlesLaw: ValidationCase = {
  name: "Little's law, M/M/8 at 0.9",
  source: 'Little (1961): L = λW',
  setting: '100,000 requests',
  runs: 10,
  quantities: [{ name: 'L / λW', unit: 'number', theory: () => 1, bar: 0.005, within: 0.0005 }],
  measure: (seed) => {
    const system = systemOf({
      components: [
        { name: 'clients', kind: 'client' },
        { name: 'pool', ...pool(8, endless), ...exponential(service) },
      ],
      calls: [{ from: 'clients', to: 'pool' }],
      journeys: [{ name: 'all', entry: 'clients', rate: 72 }],
    });
    const duration = 100_000 / 72;
    const result = run(system, duration, { seed });
    const { offered, latency } = journeyOf(result, 'all');
    return [componentOf(result, 'clients').busyMean / ((offered / duration) * (latency.mean ?? Number.NaN))];
  },
};

export const pools: ValidationFamily = {
  name: 'Waiting for a slot',
  cases: [
    waiting(1, 0.5, { waits: 0.03, wait: 0.05, total: 0.02 }),
    waiting(1, 0.8, { waits: 0.02, wait: 0.05, total: 0.05 }),
    waiting(8, 0.5, { waits: 0.1, wait: 0.1, total: 0.02 }),
    waiting(8, 0.8, { waits: 0.04, wait: 0.1, total: 0.02 }),
    waiting(8, 0.9, { waits: 0.03, wait: 0.2, total: 0.05 }),
    waiting(8, 0.95, { waits: 0.02, wait: 0.2, total: 0.1 }),
    waiting(64, 0.8, { waits: 0.15, wait: 0.25, total: 0.02 }),
    waiting(64, 0.9, { waits: 0.1, wait: 0.2, total: 0.02 }),
    littlesLaw,
  ],
};
