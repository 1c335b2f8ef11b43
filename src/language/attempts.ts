import type { Call, Retry } from '../model/call';
import { maxAttempts } from '../model/defaults';
import type { Seconds } from '../model/units';
import { listText, secondsText } from '../model/words';
import { longestWait } from '../remedies/retries';

/**
 * The shortest and the longest wait before retry number `n` (from 1), in seconds. Full jitter may not wait at all,
 * equal jitter waits at least half, proportional jitter is ± 50%, and decorrelated jitter waits at least the base.
 */
export function waitRange(retry: Retry, n: number): readonly [Seconds, Seconds] {
  const longest = longestWait(retry, n);
  switch (retry.jitter ?? 'none') {
    case 'none':
      return [longest, longest];
    case 'full':
      return [0, longest];
    case 'equal':
      return [longest / 2, longest];
    case 'proportional':
      return [longest / 3, longest];
    case 'decorrelated':
      return [Math.min(retry.base ?? 0.1, longest), longest];
  }
}

/** How often a call is tried, in words: `3 attempts = 1 call + 2 retries, after 0–100 ms and 0–200 ms`. */
export function attemptsText(call: Pick<Call, 'retry'>): string {
  const { retry } = call;
  if (retry === undefined) return 'One attempt: nothing is retried.';
  if (retry === 'none') return 'One attempt: written as never retried.';
  const attempts = maxAttempts(call);
  if (attempts === 1) return 'One attempt: nothing is retried.';
  const shown = Math.min(attempts - 1, 4);
  const waits = Array.from({ length: shown }, (_, i) => waitText(waitRange(retry, i + 1)));
  const after = [...new Set(waits)].length === 1 && waits[0] === '0 ms' ? 'at once' : `after ${waitsText(waits, attempts - 1)}`;
  if (attempts === Infinity) return `Retried without a bound, ${after}.`;
  return `${attempts} attempts = 1 call + ${attempts - 1} ${attempts === 2 ? 'retry' : 'retries'}, ${after}.`;
}

function waitsText(waits: readonly string[], retries: number): string {
  const distinct = [...new Set(waits)];
  if (distinct.length === 1 && retries > 1) return `${distinct[0]} each`;
  return retries > waits.length ? `${waits.join(', ')} and so on` : listText(waits, waits.length);
}

function waitText([least, most]: readonly [Seconds, Seconds]): string {
  if (least === most) return secondsText(most);
  const [low, high] = [secondsText(least), secondsText(most)];
  const unit = high.slice(high.indexOf(' '));
  if (least === 0) return `0–${high}`;
  return low.endsWith(unit) ? `${low.slice(0, -unit.length)}–${high}` : `${low}–${high}`;
}
