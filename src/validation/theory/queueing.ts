import { meanWait, waitingProbability } from '../../analysis/load/erlang';
import { logNormalSigma, meanServiceTime } from '../../model/defaults';
import type { PerSecond, Seconds, Share } from '../../model/units';

/** Closed forms of queueing theory, with the platform's own mathematics: nothing here is the engine's. */

/** The probability of loss of M/G/c/c: Erlang's first formula (1917), by its recurrence 1/B(n) = 1 + (n / a) / B(n − 1). */
export function lossProbability(slots: number, load: number): Share {
  let inverse = 1;
  for (let n = 1; n <= slots; n++) inverse = 1 + (inverse * n) / load;
  return 1 / inverse;
}

/** M/M/c: arrivals at a rate, exponential service of this mean, c slots. */
export interface Pool {
  readonly slots: number;
  readonly rate: PerSecond;
  readonly service: Seconds;
}

export function poolWaits({ slots, rate, service }: Pool): Share {
  return waitingProbability(slots, rate * service);
}

export function poolWait({ slots, rate, service }: Pool): Seconds {
  return meanWait(slots, rate * service, service);
}

/**
 * P(T > t) of the time in the system of M/M/c, service included, for c − a ≠ 1: the wait is exponential with rate
 * (c − a)μ with probability C(c, a) and none otherwise, and the service follows independently.
 */
export function poolSlower(pool: Pool, time: Seconds): Share {
  const { slots, rate, service } = pool;
  const spare = slots - rate * service;
  const t = time / service;
  const waits = poolWaits(pool);
  const sum = (Math.exp(-t) * spare - Math.exp(-spare * t)) / (spare - 1);
  return (1 - waits) * Math.exp(-t) + waits * sum;
}

/** M/M/c with room for q that wait, by the balance of births and deaths: the loss, and the mean wait of the accepted. */
export function boundedPool({ slots, rate, service }: Pool, queue: number): { readonly loss: Share; readonly wait: Seconds } {
  const weights = [1];
  for (let n = 1; n <= slots + queue; n++) weights.push(((weights[n - 1] ?? 0) * rate * service) / Math.min(n, slots));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const waiting = weights.reduce((sum, weight, n) => sum + weight * Math.max(0, n - slots), 0) / total;
  const loss = (weights[slots + queue] ?? 0) / total;
  return { loss, wait: waiting / (rate * (1 - loss)) };
}

/** The mean wait of M/G/1, λE[S²] / 2(1 − ρ): Pollaczek (1930) and Khinchine (1932). */
export function singleWait(rate: PerSecond, mean: Seconds, secondMoment: number): Seconds {
  return (rate * secondMoment) / (2 * (1 - rate * mean));
}

/** Mean and second moment of a log-normal time with this median and 99th percentile: p50 e^(σ²/2), p50² e^(2σ²). */
export function logNormalMoments(p50: Seconds, p99: Seconds): { readonly mean: Seconds; readonly second: number } {
  const second = p50 * p50 * Math.exp(2 * logNormalSigma(p50, p99) ** 2);
  return { mean: meanServiceTime({ kind: 'log-normal', p50, p99 }), second };
}
