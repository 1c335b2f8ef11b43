import * as l10n from '@vscode/l10n';
import type { Share } from '../../model/units';
import { secondsText } from '../../model/words';
import type { RunResult } from '../../simulation/result';

/** A table of plain texts; columns of figures stand at the right. */
export interface TextTable {
  readonly columns: readonly (string | { readonly head: string; readonly figures: true })[];
  readonly rows: readonly (readonly string[])[];
}

/** What became of each journey in a run. */
export function journeysTable({ journeys }: Pick<RunResult, 'journeys'>): TextTable {
  return {
    columns: [
      l10n.t('journey'),
      { head: l10n.t('requests'), figures: true },
      { head: l10n.t('answered'), figures: true },
      { head: 'p99', figures: true },
      l10n.t('failed'),
    ],
    rows: Object.entries(journeys).map(([name, { offered, succeeded, degraded, failed, latency }]) => [
      name,
      String(offered),
      offered > 0 ? shareText((succeeded + degraded) / offered) : '–',
      latency.p99 === null ? '–' : secondsText(latency.p99),
      Object.entries(failed)
        .filter(([, count]) => count > 0)
        .map(([cause, count]) => `${count} ${cause}`)
        .join(', ') || '–',
    ]),
  };
}

/** A share that was measured: `99.3%`; what is nearly all or nearly nothing is not rounded to it. */
export function shareText(share: Share): string {
  if (share >= 0.9995 && share < 1) return '>99.9%';
  if (share > 0 && share < 0.0005) return '<0.1%';
  return `${(Math.min(1, share) * 100).toFixed(1)}%`;
}
