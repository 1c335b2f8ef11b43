import * as l10n from '@vscode/l10n';

/** A length of time in seconds. */
export type Seconds = number;

/** Events per second. */
export type PerSecond = number;

/** A share between 0 and 1. */
export type Share = number;

/**
 * A probability of working, with its complement. Both are kept because a double next to one has no digits
 * left for a small unavailability: 99.9999999% has nine good digits in `down` and one in `up`.
 */
export interface Availability {
  readonly up: number;
  readonly down: number;
}

/** The availability with this probability of failure (0 to 1). */
export function fromDown(down: number): Availability {
  return { up: 1 - down, down };
}

/** The result of reading a number with a unit: a value, or what is wrong and texts that would be right. */
export type Read<T> =
  | { readonly ok: true; readonly value: T }
  | {
      readonly ok: false;
      /** What is wrong, as a sentence; where `expected` is true, only what would be right: `a rate such as 40/s`. */
      readonly reason: string;
      readonly expected?: true;
      readonly instead: readonly string[];
    };

/** Not of the form that is read. @param form what would be, such as `a rate such as 40/s` */
export function notOfForm(form: string): Extract<Read<never>, { readonly ok: false }> {
  return { ok: false, reason: form, expected: true, instead: [] };
}

const secondsIn: ReadonlyMap<string, number> = new Map([
  ['ns', 1e-9],
  ['us', 1e-6],
  ['µs', 1e-6],
  ['ms', 1e-3],
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86400],
]);

const bareNumber = /^\d+(\.\d+)?$/;

/** Reads `250us`, `20ms`, `1h30m`, `90d` into seconds. */
export function readDuration(text: string): Read<Seconds> {
  const trimmed = text.trim();
  if (bareNumber.test(trimmed)) {
    return {
      ok: false,
      reason: l10n.t('The unit is missing: {0}ms, {0}s or {0}m?', trimmed),
      instead: [`${trimmed}ms`, `${trimmed}s`, `${trimmed}m`],
    };
  }
  if (!/^(\d+(\.\d+)?(ns|us|µs|ms|s|m|h|d))+$/.test(trimmed)) {
    return notOfForm(l10n.t('a duration such as 250ms, 5s or 1h30m'));
  }
  let seconds = 0;
  for (const [, number = '0', unit = 's'] of trimmed.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h|d)/g)) {
    seconds += scaled(number, unit);
  }
  return { ok: true, value: seconds };
}

/** Multiplies by a unit; below a second it divides by a whole number, so that 300ms is exactly 0.3. */
function scaled(number: string, unit: string): number {
  const factor = secondsIn.get(unit) ?? 1;
  return factor < 1 ? Number(number) / Math.round(1 / factor) : Number(number) * factor;
}

/**
 * Reads `99.95%` or `0.9995`. The complement is computed on the decimal digits, not as one minus a rounded
 * number, so that it keeps every digit that was written.
 */
export function readAvailability(text: string): Read<Availability> {
  return readPercentage(text, '99.95%');
}

function readPercentage(text: string, example: string): Read<Availability> {
  const match = /^(\d+)(?:\.(\d+))?\s*(%?)$/.exec(text.trim());
  if (!match) return notOfForm(l10n.t('a percentage such as {0}', example));
  const [, whole = '0', fraction = '', percent] = match;
  const exponent = fraction.length + (percent ? 2 : 0);
  const digits = BigInt(whole + fraction);
  const one = 10n ** BigInt(exponent);
  if (digits > one) {
    const instead = percent ? [] : [`${whole}${fraction ? `.${fraction}` : ''}%`];
    const reason = percent ? l10n.t('A percentage is at most 100%.') : l10n.t('A fraction is at most 1; write a percentage with %.');
    return { ok: false, reason, instead };
  }
  return { ok: true, value: { up: Number(`${digits}e-${exponent}`), down: Number(`${one - digits}e-${exponent}`) } };
}

/** Reads a share of something, `20%` or `0.2`, as a number from 0 to 1. */
export function readShare(text: string): Read<Share> {
  const read = readPercentage(text, '20%');
  return read.ok ? { ok: true, value: read.value.up } : read;
}

const rateUnits: ReadonlyMap<string, number> = new Map([
  ['s', 1],
  ['m', 60],
  ['h', 3600],
  ['d', 86400],
]);

/** Reads `40/s`, `1200/m`, `5/h` into events per second. */
export function readRate(text: string): Read<PerSecond> {
  const trimmed = text.trim();
  if (bareNumber.test(trimmed)) {
    return {
      ok: false,
      reason: l10n.t('Per what? {0}/s, {0}/m or {0}/h.', trimmed),
      instead: [`${trimmed}/s`, `${trimmed}/m`, `${trimmed}/h`],
    };
  }
  const match = /^(\d+(?:\.\d+)?)\s*\/\s*(s|m|h|d)$/.exec(trimmed);
  if (!match) return notOfForm(l10n.t('a rate such as 40/s, 1200/m or 5/h'));
  return { ok: true, value: Number(match[1]) / (rateUnits.get(match[2] ?? 's') ?? 1) };
}

/** Writes seconds the way the language reads them: `300ms`, `1h30m`. Rounded to a tenth of a microsecond. */
export function printDuration(seconds: Seconds): string {
  if (seconds === 0) return '0s';
  if (seconds < 1e-3) return `${trim(seconds * 1e6)}us`;
  if (seconds < 1) return `${trim(seconds * 1e3)}ms`;
  if (seconds < 60) return `${trim(seconds)}s`;
  const parts: string[] = [];
  let rest = seconds;
  for (const [unit, size] of [
    ['d', 86400],
    ['h', 3600],
    ['m', 60],
  ] as const) {
    const count = Math.floor(rest / size + 1e-9);
    if (count > 0) parts.push(`${count}${unit}`);
    rest -= count * size;
  }
  if (rest > 1e-6) parts.push(`${trim(rest)}s`);
  return parts.join('');
}

function trim(value: number): number {
  return Number(value.toPrecision(10));
}

/** Writes a share as a percentage: `10%`, `99.95%`. */
export function printShare(share: Share): string {
  return `${Number((share * 100).toPrecision(12))}%`;
}

/** Writes a rate in the unit in which it is a readable number: `40/s`, `5/h`. */
export function printRate(rate: PerSecond): string {
  if (rate >= 1 || rate === 0) return `${trim(rate)}/s`;
  return rate * 60 >= 1 ? `${trim(rate * 60)}/m` : `${trim(rate * 3600)}/h`;
}
