import { LineIndex, type Place } from '../model/text';
import { countText } from '../model/words';
import { type Offer, offersFor } from '../rules/offers';
import { rules } from '../rules/registry';
import type { Finding } from '../rules/rule';
import { readText, shown } from './disk';
import type { Options } from './options';
import { reasonFor, review } from './review';
import { type Loaded, loadSystems } from './systems';

/** From the loudest on. */
export const severityOrder = ['error', 'warning', 'info', 'hint'] as const satisfies readonly Finding['severity'][];

/** A stretch of a file for people: lines and columns count from 1, the end is exclusive. */
export interface Stretch {
  /** As the user would write it from where they stand. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** One finding, ready to be printed in any format. */
export interface Row extends Stretch {
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly system: string;
  readonly message: string;
  readonly subject: string;
  readonly related: readonly (Stretch & { readonly message: string })[];
  /** What can be done about it; computed when somebody asks. */
  readonly offers: () => readonly Offer[];
}

/** A finding that an ignore comment silences, with the reason that it gives. */
export interface Silenced {
  readonly row: Row;
  readonly reason: string;
}

/** All that `check` has to say. */
export interface Findings {
  readonly loaded: Loaded;
  /** Sorted by file and place. */
  readonly rows: readonly Row[];
  /** None with `--no-suppressions`: then they stand among the rows. */
  readonly silenced: readonly Silenced[];
  readonly places: Places;
}

/** Collects the findings of all systems under the paths. */
export function collectFindings(options: Options): Findings {
  const loaded = loadSystems(options);
  const places = new Places(loaded);
  const rows: Row[] = [];
  const silenced: Silenced[] = [];
  for (const linked of loaded.systems) {
    const { findings, silenced: quiet, context } = review(linked, loaded);
    const rowOf = (finding: Finding): Row => ({
      ...places.stretch(finding.place),
      rule: finding.rule,
      severity: finding.severity,
      system: linked.system.name,
      message: finding.message,
      subject: finding.subject,
      related: (finding.related ?? []).map(({ place, message }) => ({ ...places.stretch(place), message })),
      offers: once(() => offersFor(finding, context)),
    });
    const isAsked = ({ place }: Finding): boolean => loaded.isAsked(place.file);
    rows.push(...findings.filter(isAsked).map(rowOf));
    for (const finding of quiet.filter(isAsked)) {
      const row = rowOf(finding);
      if (options.suppressions) silenced.push({ row, reason: reasonFor(finding, linked, row.line - 1) });
      else rows.push(row);
    }
  }
  rows.push(...configurationRows(loaded, places));
  return { loaded, rows: rows.sort(comparePlaces), silenced: silenced.sort((a, b) => comparePlaces(a.row, b.row)), places };
}

/** What is wrong in the configurations that counted. They belong to no system. */
function configurationRows({ configured }: Loaded, places: Places): readonly Row[] {
  return configured.found().flatMap(({ problems, severities }) =>
    problems.flatMap(({ rule, message, place, suggestions = [], related = [] }): readonly Row[] => {
      const severity = severities.get(rule) ?? rules.find(({ id }) => id === rule)?.severity ?? 'error';
      if (severity === 'off') return [];
      return [
        {
          ...places.stretch(place),
          rule,
          severity,
          system: '',
          message,
          subject: 'configuration',
          related: related.map((other) => ({ ...places.stretch(other.place), message: other.message })),
          offers: () => suggestions.map(({ title, safe, changes }) => ({ title, safe, changes: () => changes })),
        },
      ];
    }),
  );
}

function comparePlaces(a: Row, b: Row): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
}

/** Turns places of the model into lines and columns; each file is indexed once. */
export class Places {
  readonly #loaded: Pick<Loaded, 'read'>;
  readonly #lines = new Map<string, LineIndex>();

  constructor(loaded: Pick<Loaded, 'read'>) {
    this.#loaded = loaded;
  }

  stretch({ file, span }: Place): Stretch {
    const index = this.#lines.get(file) ?? new LineIndex(this.#loaded.read(file) ?? readText(file) ?? '');
    this.#lines.set(file, index);
    const start = index.positionAt(span.start);
    const end = index.positionAt(span.end);
    return {
      file: shown(file),
      line: start.line + 1,
      column: start.character + 1,
      endLine: end.line + 1,
      endColumn: end.character + 1,
    };
  }
}

/** `2 systems: 1 error, 3 warnings (1 ignored)`. */
export function summaryText({ loaded, rows, silenced }: Findings): string {
  const counts = severityOrder
    .map((severity) => [severity, rows.filter((row) => row.severity === severity).length] as const)
    .filter(([, count]) => count > 0)
    .map(([severity, count]) => (severity === 'info' ? `${count} info` : countText(count, `1 ${severity}`, `${count} ${severity}s`)));
  const systems = countText(loaded.systems.length, '1 system', `${loaded.systems.length} systems`);
  return `${systems}: ${counts.length > 0 ? counts.join(', ') : 'nothing found'}${silenced.length > 0 ? ` (${silenced.length} ignored)` : ''}`;
}

function once<T>(work: () => T): () => T {
  let done: { readonly value: T } | undefined;
  return () => {
    done ??= { value: work() };
    return done.value;
  };
}
