import type { Availability, PerSecond, Seconds } from './units';

/** Hours in a year of 365 days, a month of 30 days and a week. */
export const periods = { year: 8760, month: 720, week: 168 } as const;
export type Period = keyof typeof periods;

const short: Readonly<Record<Period, string>> = { year: 'yr', month: 'mo', week: 'wk' };

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
  return `${hoursText(down * periods[period])}/${short[period]}`;
}

/** Hours in the unit in which they are a readable number, three significant digits: `43.2 min`, `3.65 d`. */
export function hoursText(hours: number): string {
  if (!(hours > 0)) return '0 min';
  if (hours >= 72) return `${three(hours / 24)} d`;
  if (hours >= 1) return `${three(hours)} h`;
  if (hours * 60 >= 1) return `${three(hours * 60)} min`;
  return hours * 3600 >= 0.1 ? `${three(hours * 3600)} s` : 'under 0.1 s';
}

/** A length of time for people, `1.5 s`, `120 ms`. In the language's own notation it is `printDuration`. */
export function secondsText(seconds: Seconds): string {
  if (seconds === Infinity) return 'forever';
  if (seconds < 1) return `${three(seconds * 1000)} ms`;
  return seconds < 90 ? `${three(seconds)} s` : hoursText(seconds / 3600);
}

/**
 * A rate that was computed, in the unit in which it is a readable number: `15.3/s`, `23/m`. One that somebody wrote is
 * shown by `printRate`, as it was written.
 */
export function rateText(rate: PerSecond): string {
  if (rate >= 1 || rate === 0) return `${three(rate)}/s`;
  return rate * 60 >= 1 ? `${three(rate * 60)}/m` : `${three(rate * 3600)}/h`;
}

function three(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** `a`, `a and b`, `a, b and 3 more`. */
export function listText(names: readonly string[], most = 3): string {
  if (names.length <= 1) return names.join('');
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names;
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 journey`, `2 journeys`. */
export function countText(count: number, singular: string, plural = `${singular}s`): string {
  return `${count} ${count === 1 ? singular : plural}`;
}
