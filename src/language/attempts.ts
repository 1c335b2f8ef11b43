import * as l10n from '@vscode/l10n';
import type { Call, Retry } from '../model/call';
import { maxAttempts } from '../model/defaults';
import type { Seconds } from '../model/units';
import { countText, listText, secondsText } from '../model/words';
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
  if (retry === 'none') return l10n.t('One attempt: written as never retried.');
  const attempts = maxAttempts(call);
  if (retry === undefined || attempts === 1) return l10n.t('One attempt: nothing is retried.');
  const retries = attempts - 1;
  const waits = Array.from({ length: Math.min(retries, 4) }, (_, i) => waitRange(retry, i + 1));
  const after = waits.every(([, most]) => most === 0) ? l10n.t('at once') : l10n.t('after {0}', waitsText(waits.map(waitText), retries));
  if (attempts === Infinity) return l10n.t('Retried without a bound, {0}.', after);
  const many = l10n.t('{0} attempts = 1 call + {1} retries, {2}.', attempts, retries, after);
  return countText(retries, l10n.t('2 attempts = 1 call + 1 retry, {0}.', after), many);
}

function waitsText(waits: readonly string[], retries: number): string {
  const distinct = [...new Set(waits)];
  if (distinct.length === 1 && retries > 1) return l10n.t('{0} each', distinct[0] ?? '');
  return retries > waits.length ? l10n.t('{0} and so on', waits.join(', ')) : listText(waits, waits.length);
}

function waitText([least, most]: readonly [Seconds, Seconds]): string {
  if (least === most) return secondsText(most);
  const [low, high] = [secondsText(least), secondsText(most)];
  const unit = high.slice(high.indexOf(' '));
  if (least === 0) return `0–${high}`;
  return low.endsWith(unit) ? `${low.slice(0, -unit.length)}–${high}` : `${low}–${high}`;
}
