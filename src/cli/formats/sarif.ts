import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ArtifactLocation, Fix, Log, PhysicalLocation, Region, ReportingDescriptor, Result, Run, Suppression } from 'sarif';
import manifest from '../../../package.json';
import type { TextChange } from '../../model/text';
import type { Offer } from '../../rules/offers';
import { rules } from '../../rules/registry';
import type { Rule } from '../../rules/rule';
import type { Findings, Row, Stretch } from '../findings';
import type { Options } from '../options';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';

const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note', off: 'none' } as const;

/** The folder that relative addresses start from. What it is called on this machine is nobody's business. */
const root = '%SRCROOT%';

/**
 * The findings as SARIF 2.1.0. All rules are listed, so that a reader can tell a rule that found nothing from one that
 * did not run. What an ignore comment silences is there as suppressed, with its reason; with `--no-suppressions` the
 * comments are passed over, and nothing is said about suppression.
 */
export function checkSarif(found: Findings, options: Pick<Options, 'suppressions'>): string {
  const state = (suppressions: Suppression[]): Pick<Result, 'suppressions'> => (options.suppressions ? { suppressions } : {});
  const fingerprints = new Fingerprints();
  const results: Result[] = [
    ...found.rows.map((row) => ({ ...resultOf(row, found, fingerprints), ...state([]) })),
    ...found.silenced.map(({ row, reason }) => ({
      ...resultOf(row, found, fingerprints),
      ...state([{ kind: 'inSource', status: 'accepted', justification: reason }]),
    })),
  ];
  const run: Run = {
    tool: { driver: { name: 'Faultline', semanticVersion: manifest.version, version: manifest.version, rules: rules.map(descriptorOf) } },
    invocations: [{ executionSuccessful: true }],
    originalUriBaseIds: { [root]: { description: { text: 'The folder in which faultline ran.' } } },
    columnKind: 'utf16CodeUnits',
    results,
  };
  const log: Log = { version: '2.1.0', $schema: schema, runs: [run] };
  return JSON.stringify(log, null, 2);
}

function descriptorOf({ id, category, severity, summary }: Rule): ReportingDescriptor {
  const page = pageOf(id);
  return {
    id,
    name: id.replace(/(?:^|-)(.)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: plain(summary) },
    fullDescription: { text: plain(summary) },
    help: page === undefined ? { text: plain(summary) } : { text: plain(page), markdown: page },
    defaultConfiguration: { enabled: severity !== 'off', level: levels[severity] },
    properties: { category, tags: ['reliability', category.toLowerCase()] },
  };
}

/** The page of a rule, which comes with the program. */
function pageOf(id: string): string | undefined {
  try {
    return readFileSync(join(__dirname, '..', 'docs', 'rules', `${id}.md`), 'utf8');
  } catch {
    return undefined;
  }
}

/** Markdown as plain text. */
function plain(markdown: string): string {
  return markdown
    .replace(/^```.*$\n?/gm, '')
    .replace(/^#+ /gm, '')
    .replace(/\[([^\]\n]*)\]\([^)\n]*\)/g, '$1')
    .replaceAll('`', '');
}

function resultOf(row: Row, found: Findings, fingerprints: Fingerprints): Result {
  const { rule, severity, system, message, subject, related, offers } = row;
  const fixes = offers().flatMap((offer) => fixOf(offer, found) ?? []);
  return {
    ruleId: rule,
    ruleIndex: rules.findIndex(({ id }) => id === rule),
    level: levels[severity],
    message: { text: literal(message) },
    locations: [
      {
        physicalLocation: placeOf(row),
        logicalLocations: [{ name: subject, fullyQualifiedName: system === '' ? subject : `${system}/${subject}` }],
      },
    ],
    ...(related.length > 0 && {
      relatedLocations: related.map((other, i) => ({
        id: i + 1,
        physicalLocation: placeOf(other),
        message: { text: literal(other.message) },
      })),
    }),
    partialFingerprints: { 'ruleAndSubject/v1': fingerprints.of(row) },
    ...(fixes.length > 0 && { fixes }),
  };
}

/** In a message, braces hold the number of an argument: those that are meant are doubled. */
function literal(text: string): string {
  return text.replaceAll('{', '{{').replaceAll('}', '}}');
}

function placeOf(stretch: Stretch): PhysicalLocation {
  return { artifactLocation: addressOf(stretch.file), region: regionOf(stretch) };
}

function regionOf({ line, column, endLine, endColumn }: Stretch): Region {
  return { startLine: line, startColumn: column, endLine, endColumn };
}

/** Relative to where we ran, or as a whole where the file stands outside. */
function addressOf(file: string): ArtifactLocation {
  const isOutside = file.startsWith('/') || /^[A-Za-z]:/.test(file);
  if (isOutside) return { uri: pathToFileURL(file).href };
  return { uri: file.split('/').map(encodeURIComponent).join('/'), uriBaseId: root };
}

function fixOf({ title, changes }: Offer, { places }: Findings): Fix | undefined {
  const byFile = new Map<string, TextChange[]>();
  for (const change of changes() ?? []) byFile.set(change.file, [...(byFile.get(change.file) ?? []), change]);
  if (byFile.size === 0) return undefined;
  const artifactChanges = [...byFile.values()].flatMap((list) => {
    const made = list.map((change) => ({ at: places.stretch(change), text: change.text }));
    const replacements = made.map(({ at, text }) => ({ deletedRegion: regionOf(at), insertedContent: { text } }));
    return made[0] ? [{ artifactLocation: addressOf(made[0].at.file), replacements }] : [];
  });
  return { description: { text: literal(title) }, artifactChanges };
}

/** What stays the same while lines and figures move. Of several that agree, each has its number. */
class Fingerprints {
  readonly #seen = new Map<string, number>();

  of({ rule, system, subject, file }: Row): string {
    const key = JSON.stringify([rule, system, subject, file]);
    const count = (this.#seen.get(key) ?? 0) + 1;
    this.#seen.set(key, count);
    return createHash('sha256')
      .update(JSON.stringify([key, count]))
      .digest('hex');
  }
}
