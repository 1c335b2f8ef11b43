import * as l10n from '@vscode/l10n';
import type { Fragment, Mention } from '../formats/fragment';
import { mostSimilar } from '../formats/shared/similar';
import { elementId, namePlace, type Origins } from '../model/origin';
import type { Problem } from '../model/problem';
import type { System } from '../model/system';

/** So many different names get a did-you-mean; past that something else is wrong, and each costs a look at all names. */
const mostSuggestions = 100;

/** The mentions of names that nobody declares. `mayExist` mutes names that a part which cannot be read may declare. */
export function unknownReferences(
  mentions: readonly Mention[],
  system: System,
  origins: Origins,
  mayExist: (name: string) => boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  const similar = new Map<string, string | undefined>();
  const known = knownNames(system);
  for (const mention of mentions) {
    const { kind, name, place, written = place.span } = mention;
    const names = known(kind);
    if (!names || names.has(name) || mayExist(name)) continue;
    if (kind === 'call' && !hasBothEnds(name, system)) continue;
    const key = `${kind} ${name}`;
    if (!similar.has(key)) similar.set(key, similar.size < mostSuggestions ? mostSimilar(name, names) : undefined);
    const instead = similar.get(key);
    const declared = instead === undefined || kind === 'call' ? undefined : namePlace(origins, elementId(kind, instead));
    problems.push({
      rule: 'unknown-reference',
      message: instead === undefined ? noneText(kind, name) : `${noneText(kind, name)} ${l10n.t('Did you mean `{0}`?', instead)}`,
      place,
      ...(instead !== undefined &&
        isPlain(instead) && {
          suggestions: [
            { title: l10n.t('Replace with `{0}`', instead), safe: true, changes: [{ file: place.file, span: written, text: instead }] },
          ],
        }),
      ...(declared && instead !== undefined && { related: [{ place: declared, message: l10n.t('`{0}` is declared here.', instead) }] }),
    });
  }
  return problems;
}

function noneText(kind: Mention['kind'], name: string): string {
  switch (kind) {
    case 'component':
      return l10n.t('There is no component `{0}`.', name);
    case 'zone':
      return l10n.t('There is no zone `{0}`.', name);
    case 'region':
      return l10n.t('There is no region `{0}`.', name);
    case 'sharedFate':
      return l10n.t('There is no shared fate `{0}`.', name);
    case 'policy':
      return l10n.t('There is no policy `{0}`.', name);
    case 'journey':
      return l10n.t('There is no journey `{0}`.', name);
    case 'call':
      return l10n.t('There is no call `{0}`.', name);
  }
}

/** The declared names of each kind. Zones and regions exist by being mentioned. */
function knownNames(system: System): (kind: Mention['kind']) => ReadonlySet<string> | undefined {
  const sets = new Map<Mention['kind'], ReadonlySet<string>>();
  const collect = (kind: Mention['kind']): ReadonlySet<string> => {
    switch (kind) {
      case 'component':
        return new Set(system.components.keys());
      case 'sharedFate':
        return new Set(system.sharedFates.keys());
      case 'policy':
        return new Set(system.policies.keys());
      case 'journey':
        return new Set(system.journeys.keys());
      default:
        return callNames(system);
    }
  };
  return (kind) => {
    if (kind === 'zone' || kind === 'region') return undefined;
    const found = sets.get(kind) ?? collect(kind);
    sets.set(kind, found);
    return found;
  };
}

/** A call to or from something unknown has its problem at that name already. */
function hasBothEnds(call: string, system: System): boolean {
  const [from = '', to = ''] = call.split(' -> ');
  return system.components.has(from) && (system.components.has(to) || system.components.has(to.split(' ')[0] ?? ''));
}

/** A call may be named by its pair alone, too: that means all calls of the pair. */
export function callNames(system: System): ReadonlySet<string> {
  return new Set(system.calls.flatMap((call) => [call.id, `${call.from} -> ${call.to}`]));
}

/** Whether a name may stand in YAML without quotes. */
function isPlain(name: string): boolean {
  return /^[\w./][\w./ >-]*$/.test(name) && !/[\s:]$/.test(name);
}

const longestSearched = 100_000;

/** Whether a name may be declared in a part of a file that cannot be read now: it stands there as text. */
export function unreadableNames(fragments: readonly Fragment[], textOf: (file: string) => string | undefined): (name: string) => boolean {
  const parts: string[] = [];
  let unknown = false;
  for (const { files, unsound } of fragments) {
    if (unsound.length === 0) continue;
    const text = textOf(files[0] ?? '');
    if (text === undefined) unknown = true;
    else parts.push(...unsound.map(({ start, end }) => text.slice(start, end)));
  }
  if (parts.length === 0 && !unknown) return () => false;
  const all = parts.join('\n');
  // Every name is looked for in all of it: in a long stretch that would take too long, and much may be declared there.
  return unknown || all.length > longestSearched ? () => true : (name) => all.includes(name);
}
