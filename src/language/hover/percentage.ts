import { type Availability, readAvailability } from '../../model/units';
import { availabilityText, downtimeText, hoursText, periods } from '../../model/words';
import { paragraphs } from '../markdown';

/** What an availability means in time, what the next nine costs, and who needs which. Undefined for any other text. */
export function percentageText(written: string): string | undefined {
  const read = readAvailability(written.replace(/^(['"])(.*)\1$/s, '$2'));
  if (!read.ok) return undefined;
  const { value } = read;
  const nines = ninesText(value);
  return paragraphs(
    `**${availabilityText(value, 4)}**${nines ? ` · ${nines}` : ''}`,
    value.down > 0
      ? `Down ${downtimeText(value.down, 'year')} · ${downtimeText(value.down, 'month')} · ${downtimeText(value.down, 'week')}`
      : 'Never down: nothing real promises that.',
    nextNine(value),
  );
}

/** The number of nines: -log10 of the unavailability, so that 99.95% is 3.3 nines. */
export function ninesOf(value: Availability): number {
  return -Math.log10(value.down);
}

function ninesText(value: Availability): string {
  const nines = ninesOf(value);
  if (!Number.isFinite(nines) || nines < 1) return '';
  const whole = Math.round(nines);
  if (Math.abs(nines - whole) < 1e-9) return `${words[whole] ?? whole} ${whole === 1 ? 'nine' : 'nines'}`;
  return `${nines.toFixed(1)} nines`;
}

const words: readonly string[] = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** The next whole nine above a value, as the downtime a year that it leaves. */
function nextNine(value: Availability): string | undefined {
  const nines = ninesOf(value);
  if (!Number.isFinite(nines) || nines < 1 || nines >= 6) return undefined;
  const next = Math.floor(nines + 1e-9) + 1;
  const left = hoursText(10 ** -next * periods.year);
  return `The next nine leaves ${left} a year and usually costs about ten times as much. Consumer apps need three nines, banks four, telephone networks five.`;
}
