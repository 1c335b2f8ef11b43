import * as l10n from '@vscode/l10n';
import { removeIgnore, removeRuleFromIgnore } from '../editing/ignore';
import type { Suggestion } from '../model/problem';
import { LineIndex } from '../model/text';
import { countText, listText } from '../model/words';
import type { LinkedSystem } from '../workspace/linked';
import { elementsByPlace } from './places';
import type { Finding, Report } from './rule';

type Ignore = LinkedSystem['ignores'][number];
type Read = (file: string) => string | undefined;

/** Which findings an ignore comment silences, and what is wrong with the comments themselves. */
export interface Suppressed {
  readonly kept: readonly Finding[];
  readonly silenced: readonly Finding[];
  readonly stale: readonly Report[];
}

/**
 * Applies the ignore comments. One without a reason, or past its date, silences nothing and is reported; so is one
 * that has nothing to silence, unless the rule is switched off or its file cannot be read as a whole for the moment.
 *
 * @param today YYYY-MM-DD
 * @param known the ids of all rules, @param active of those that are not switched off
 */
export function suppress(
  findings: readonly Finding[],
  linked: LinkedSystem,
  today: string,
  read: Read,
  known: ReadonlySet<string>,
  active: ReadonlySet<string>,
): Suppressed {
  const lines = new Lines(read);
  const byLine = new Map<string, Ignore[]>();
  for (const ignore of linked.ignores) {
    if (!isValid(ignore, today)) continue;
    const key = `${ignore.line} ${ignore.place.file}`;
    byLine.set(key, [...(byLine.get(key) ?? []), ignore]);
  }
  const used = new Map<Ignore, Set<string>>();
  const kept: Finding[] = [];
  const silenced: Finding[] = [];
  for (const finding of findings) {
    const line = byLine.size === 0 ? undefined : lines.lineOf(finding);
    const matching = (line === undefined ? [] : (byLine.get(`${line} ${finding.place.file}`) ?? [])).filter(({ rules }) =>
      rules.includes(finding.rule),
    );
    (matching.length > 0 ? silenced : kept).push(finding);
    for (const ignore of matching) used.set(ignore, (used.get(ignore) ?? new Set()).add(finding.rule));
  }
  const elementAt = linked.ignores.length === 0 ? undefined : elementsByPlace(linked.origins);
  const stale = linked.ignores.flatMap((ignore): readonly Report[] => {
    const complaint = complaintOf(ignore, { today, known, active, used: used.get(ignore) ?? new Set(), sound: linked.sound }, read);
    return complaint ? [{ ...complaint, place: ignore.place, subject: elementAt?.(ignore.place) ?? linked.system.name }] : [];
  });
  return { kept, silenced, stale };
}

function isValid({ reason, until }: Ignore, today: string): boolean {
  return reason !== '' && (until === undefined || until >= today);
}

interface Facts {
  readonly today: string;
  readonly known: ReadonlySet<string>;
  readonly active: ReadonlySet<string>;
  readonly used: ReadonlySet<string>;
  readonly sound: boolean;
}

function complaintOf(ignore: Ignore, facts: Facts, read: Read): Pick<Report, 'message' | 'suggestions'> | undefined {
  const { rules, until, reason } = ignore;
  const unknown = rules.filter((rule) => !facts.known.has(rule));
  if (rules.length === 0)
    return { message: l10n.t('This comment names no rule, so it silences nothing.'), ...removal(ignore, read, false) };
  if (unknown.length > 0) {
    const names = listText(unknown.map(code));
    const many = l10n.t('There are no rules {0}, so this silences nothing of that name.', names);
    const message = countText(unknown.length, l10n.t('There is no rule {0}, so this silences nothing of that name.', names), many);
    return { message, ...(unknown.length === rules.length ? removal(ignore, read, false) : {}) };
  }
  if (reason === '')
    return { message: l10n.t('This comment gives no reason, so it silences nothing: write ` -- ` and why it is acceptable.') };
  if (until !== undefined && until < facts.today) {
    return {
      message: l10n.t('This comment held until {0}; {1} is reported again.', until, listText(rules.map(code))),
      ...removal(ignore, read, false),
    };
  }
  if (!facts.sound) return undefined;
  const idle = rules.filter((rule) => facts.active.has(rule) && !facts.used.has(rule));
  if (idle.length === 0) return undefined;
  return {
    message: idleText(idle, idle.length === rules.length),
    ...(idle.length === rules.length ? removal(ignore, read, true) : shortening(ignore, idle, read)),
  };
}

function idleText(rules: readonly string[], canGo: boolean): string {
  const names = listText(rules.map(code));
  if (canGo) {
    const many = l10n.t('{0} have nothing to report here, so this comment can go.', names);
    return countText(rules.length, l10n.t('{0} has nothing to report here, so this comment can go.', names), many);
  }
  const many = l10n.t('{0} have nothing to report here, so this comment need not name it.', names);
  return countText(rules.length, l10n.t('{0} has nothing to report here, so this comment need not name it.', names), many);
}

function code(rule: string): string {
  return `\`${rule}\``;
}

function removal({ place }: Ignore, read: Read, safe: boolean): { readonly suggestions?: readonly Suggestion[] } {
  const text = read(place.file);
  return text === undefined ? {} : { suggestions: [{ title: l10n.t('Remove the comment'), changes: [removeIgnore(text, place)], safe }] };
}

function shortening({ place }: Ignore, rules: readonly string[], read: Read): { readonly suggestions?: readonly Suggestion[] } {
  const text = read(place.file);
  const change = text === undefined ? undefined : removeRuleFromIgnore(text, place, rules);
  return change ? { suggestions: [{ title: l10n.t('Remove {0} from the comment', listText(rules)), changes: [change], safe: true }] } : {};
}

/** Lines of findings; each file is indexed once and only where an ignore comment asks for it. */
class Lines {
  readonly #read: Read;
  readonly #indexes = new Map<string, LineIndex | undefined>();

  constructor(read: Read) {
    this.#read = read;
  }

  lineOf({ place: { file, span } }: Finding): number | undefined {
    if (!this.#indexes.has(file)) {
      const text = this.#read(file);
      this.#indexes.set(file, text === undefined ? undefined : new LineIndex(text));
    }
    return this.#indexes.get(file)?.positionAt(span.start).line;
  }
}
