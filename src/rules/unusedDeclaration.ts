import * as l10n from '@vscode/l10n';
import { anchorsInUse, removeNamed } from '../editing/remove';
import { elementId, type Origin } from '../model/origin';
import type { Suggestion } from '../model/problem';
import type { TextChange } from '../model/text';
import type { LinkedSystem } from '../workspace/linked';
import type { Report, Rule, RuleContext } from './rule';

type Kind = 'policy' | 'zone' | 'region';

const sections: Readonly<Record<Kind, string>> = { policy: 'policies', zone: 'zones', region: 'regions' };

export const unusedDeclaration: Rule = {
  id: 'unused-declaration',
  category: 'Model',
  severity: 'warning',
  summary: 'A policy, zone or region that is declared and never used.',
  *check(context) {
    const { linked } = context;
    // Where a part of a file cannot be read, the use may be in it.
    if (!linked.sound) return;
    const { system } = linked;
    const used = usedNames(linked);
    for (const name of system.policies.keys()) {
      if (!used.has(`policy ${name}`)) yield* report(context, 'policy', name, messageOfPolicy(name));
    }
    for (const name of system.zones.keys()) {
      if (!used.has(`zone ${name}`)) yield* report(context, 'zone', name, l10n.t('Nothing runs in zone {0}.', name));
    }
    for (const name of system.regions.keys()) {
      if (!used.has(`region ${name}`)) yield* report(context, 'region', name, l10n.t('No zone that is used is in region {0}.', name));
    }
  },
};

/** What is used by name: a zone that is not used uses no region. */
function usedNames({ system, mentions, origins }: LinkedSystem): ReadonlySet<string> {
  const used = new Set<string>();
  const regions: (typeof mentions)[number][] = [];
  for (const mention of mentions) {
    if (mention.kind === 'region') regions.push(mention);
    else if (mention.kind === 'policy' || mention.kind === 'zone') used.add(`${mention.kind} ${mention.name}`);
  }
  for (const { policy } of system.calls) if (policy !== undefined) used.add(`policy ${policy}`);
  // Nobody knows yet what the calls will be.
  if (system.calls.length === 0) for (const name of system.policies.keys()) used.add(`policy ${name}`);
  const unusedZones = [...system.zones.keys()].filter((name) => !used.has(`zone ${name}`));
  const entries = unusedZones.flatMap((name) => origins.get(elementId('zone', name)) ?? []);
  for (const { name, place } of regions) {
    const isInUnused = entries.some(
      ({ file, entry }) => file === place.file && entry.start <= place.span.start && place.span.end <= entry.end,
    );
    if (!isInUnused) used.add(`region ${name}`);
  }
  return used;
}

function messageOfPolicy(name: string): string {
  return name === 'default'
    ? l10n.t('Every call names another policy, so nothing takes its keys from `default`.')
    : l10n.t('No call takes its keys from policy {0}.', name);
}

function removalText(kind: Kind, name: string): string {
  switch (kind) {
    case 'policy':
      return l10n.t('Remove policy {0}', name);
    case 'zone':
      return l10n.t('Remove zone {0}', name);
    case 'region':
      return l10n.t('Remove region {0}', name);
  }
}

function* report({ linked, read }: RuleContext, kind: Kind, name: string, message: string): Generator<Report> {
  const origins = linked.origins.get(elementId(kind, name)) ?? [];
  const [first] = origins;
  // What is included may be written, or changed, by somebody else.
  if (!first || (kind !== 'policy' && origins.some(({ file }) => includesOthers(read?.(file))))) return;
  // What others take over by an anchor is used.
  if (origins.some(({ file, entry }) => anchorsInUse(read?.(file) ?? '', entry))) return;
  yield {
    message,
    place: { file: first.file, span: first.name },
    subject: name,
    suggestions: read ? removal(kind, name, origins, read) : [],
  };
}

function includesOthers(text: string | undefined): boolean {
  return text !== undefined && /(?:^|[{,])[ \t]*["']?include["']?[ \t]*:/m.test(text);
}

/** Up to this many characters a file is read again at once, so that nothing is offered that cannot be done. */
const quicklyRead = 12_000;

/** The removal; from large files it is worked out when somebody asks. */
function removal(kind: Kind, name: string, origins: readonly Origin[], read: (file: string) => string | undefined): readonly Suggestion[] {
  let made: readonly TextChange[] | undefined;
  const make = (): readonly TextChange[] => {
    made ??= removals(kind, name, origins, read);
    return made;
  };
  const isQuick = origins.every(({ file }) => (read(file)?.length ?? 0) <= quicklyRead);
  if (isQuick && make().length === 0) return [];
  return [
    {
      title: removalText(kind, name),
      safe: true,
      get changes() {
        return make();
      },
    },
  ];
}

/** None where one of the files keeps it: half a removal is worse than none. */
function removals(kind: Kind, name: string, origins: readonly Origin[], read: (file: string) => string | undefined): readonly TextChange[] {
  const files = [...new Set(origins.map(({ file }) => file))];
  const changes = files.flatMap((file) => {
    const text = read(file);
    const change = text === undefined ? undefined : removeNamed(file, text, sections[kind], name);
    return change ? [change] : [];
  });
  return changes.length === files.length ? changes : [];
}
