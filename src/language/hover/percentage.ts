import * as l10n from '@vscode/l10n';
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
      ? l10n.t(
          'Down {0} · {1} · {2}',
          downtimeText(value.down, 'year'),
          downtimeText(value.down, 'month'),
          downtimeText(value.down, 'week'),
        )
      : l10n.t('Never down: nothing real promises that.'),
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
  if (Math.abs(nines - whole) < 1e-9) return wholeNines(whole);
  return l10n.t('{0} nines', nines.toFixed(1));
}

function wholeNines(count: number): string {
  switch (count) {
    case 1:
      return l10n.t('one nine');
    case 2:
      return l10n.t('two nines');
    case 3:
      return l10n.t('three nines');
    case 4:
      return l10n.t('four nines');
    case 5:
      return l10n.t('five nines');
    case 6:
      return l10n.t('six nines');
    case 7:
      return l10n.t('seven nines');
    case 8:
      return l10n.t('eight nines');
    case 9:
      return l10n.t('nine nines');
    default:
      return l10n.t('{0} nines', count);
  }
}

/** The next whole nine above a value, as the downtime a year that it leaves. */
function nextNine(value: Availability): string | undefined {
  const nines = ninesOf(value);
  if (!Number.isFinite(nines) || nines < 1 || nines >= 6) return undefined;
  const next = Math.floor(nines + 1e-9) + 1;
  const left = hoursText(10 ** -next * periods.year);
  return l10n.t(
    'The next nine leaves {0} a year and usually costs about ten times as much. Consumer apps need three nines, banks four, telephone networks five.',
    left,
  );
}
