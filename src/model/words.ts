import * as l10n from '@vscode/l10n';
import type { FaultTarget } from './scenario';
import type { Availability, PerSecond, Seconds } from './units';

/** Hours in a year of 365 days, a month of 30 days and a week. */
export const periods = { year: 8760, month: 720, week: 168 } as const;
export type Period = keyof typeof periods;

/**
 * An availability as people write it, `99.83%`: as many decimals as it takes to show `digits` significant digits
 * of the unavailability, so that no number of nines is rounded away.
 */
export function availabilityText(availability: Availability, digits = 2): string {
  const { down } = availability;
  if (!(down > 0)) return '100%';
  if (down >= 1) return '0%';
  const [mantissa = '0', exponentText = '0'] = (down * 100).toExponential(digits - 1).split('e');
  const decimals = Math.max(0, digits - 1 - Number(exponentText));
  const missing = BigInt(mantissa.replace('.', '')) * 10n ** BigInt(Math.max(0, Number(exponentText) - digits + 1));
  const rest = 100n * 10n ** BigInt(decimals) - missing;
  const text = rest.toString().padStart(decimals + 1, '0');
  return decimals === 0 ? `${text}%` : `${`${text.slice(0, -decimals)}.${text.slice(-decimals)}`.replace(/\.?0+$/, '')}%`;
}

/** The time that a probability of being down adds up to: `8.76 h/yr`, `52.6 min/yr`. */
export function downtimeText(down: number, period: Period = 'year'): string {
  return perPeriodText(hoursText(down * periods[period]), period);
}

/** An amount, as it adds up in a period: `8.76 h/yr`. */
export function perPeriodText(amount: string, period: Period): string {
  switch (period) {
    case 'year':
      return l10n.t('{0}/yr', amount);
    case 'month':
      return l10n.t('{0}/mo', amount);
    case 'week':
      return l10n.t('{0}/wk', amount);
  }
}

/** Hours in the unit in which they are a readable number, three significant digits: `43.2 min`, `3.65 d`. */
export function hoursText(hours: number): string {
  if (!(hours > 0)) return l10n.t('{0} min', 0);
  if (hours >= 72) return l10n.t('{0} d', three(hours / 24));
  if (hours >= 1) return l10n.t('{0} h', three(hours));
  if (hours * 60 >= 1) return l10n.t('{0} min', three(hours * 60));
  return hours * 3600 >= 0.1 ? l10n.t('{0} s', three(hours * 3600)) : l10n.t('under {0} s', 0.1);
}

/** A length of time for people, `1.5 s`, `120 ms`. In the language's own notation it is `printDuration`. */
export function secondsText(seconds: Seconds): string {
  if (seconds === Infinity) return l10n.t('forever');
  if (seconds < 1) return l10n.t('{0} ms', three(seconds * 1000));
  return seconds < 90 ? l10n.t('{0} s', three(seconds)) : hoursText(seconds / 3600);
}

/**
 * A rate that was computed, in the unit in which it is a readable number: `15.3/s`, `23/m`. One that somebody wrote is
 * shown by `printRate`, as it was written.
 */
export function rateText(rate: PerSecond): string {
  if (rate >= 1 || rate === 0) return `${three(rate)}/s`;
  return rate * 60 >= 1 ? `${three(rate * 60)}/m` : `${three(rate * 3600)}/h`;
}

/** `zone eu-1a`, `region eu-1`. */
export function domainText(kind: 'zone' | 'region', name: string): string {
  return kind === 'zone' ? l10n.t('zone {0}', name) : l10n.t('region {0}', name);
}

/** What a fault hits: `payment`, `payment#2`, `zone eu-1a`, `shared fate rack`. */
export function targetText(target: FaultTarget): string {
  switch (target.kind) {
    case 'component':
      return target.name;
    case 'replica':
      return `${target.name}#${target.replica}`;
    case 'sharedFate':
      return l10n.t('shared fate {0}', target.name);
    default:
      return domainText(target.kind, target.name);
  }
}

function three(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listText(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names.join('');
  const isLonger = names.length > most;
  const shown = isLonger ? names.slice(0, most - 1) : names.slice(0, -1);
  const last = isLonger ? l10n.t('{0} more', names.length - most + 1) : (names.at(-1) ?? '');
  return l10n.t('{0} and {1}', shown.join(', '), last);
}

/**
 * `1 journey`, `2 journeys`: the one text or the other.
 *
 * @param one the whole text for one, translated
 * @param many the whole text for any other count, with the number in it, translated
 */
export function countText(count: number, one: string, many: string): string {
  return count === 1 ? one : many;
}

/** `1 component`, `2 components`. */
export function componentsText(count: number): string {
  return countText(count, l10n.t('1 component'), l10n.t('{0} components', count));
}

/** `1 call`, `2 calls`. */
export function callsText(count: number): string {
  return countText(count, l10n.t('1 call'), l10n.t('{0} calls', count));
}

/** `1 replica`, `2 replicas`. */
export function replicasText(count: number): string {
  return countText(count, l10n.t('1 replica'), l10n.t('{0} replicas', count));
}
