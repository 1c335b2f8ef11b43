import * as l10n from '@vscode/l10n';
import picomatch from 'picomatch';
import { type At, Reading } from '../formats/native/reading';
import { block, type Fields, list, map, readValue, type ValueType } from '../formats/native/types';
import { availability, decimal, duration, oneOf, text } from '../formats/native/values';
import { isEmpty } from '../formats/shared/yamlNodes';
import { parseYaml } from '../formats/shared/yamlParse';
import { syntaxProblems } from '../formats/shared/yamlText';
import { assumptions } from '../model/defaults';
import { type Kind, kinds } from '../model/kinds';
import type { KeyPlace } from '../model/origin';
import type { Problem } from '../model/problem';
import type { SystemSettings } from '../model/system';
import type { Availability, Seconds } from '../model/units';
import { availabilityText } from '../model/words';
import { folderOf } from './paths';

/** The names of the configuration, the first of them first. */
export const configurationNames = ['faultline.config.yaml', 'faultline.config.yml'] as const;

export function isConfiguration(path: string): boolean {
  return configurationNames.some((name) => path === name || path.endsWith(`/${name}`));
}

/** The rules that can be configured: who reads the configuration knows more of them than this folder does. */
export interface Configurable<S extends string> {
  readonly rules: readonly { readonly id: string; readonly severity: S; readonly summary: string }[];
  readonly severities: readonly S[];
}

/** What a `faultline.config.yaml` says. What is wrong in it is left out, and is among the problems. */
export interface Configuration<S extends string> {
  readonly file: string;
  /** By rule; a rule that is not in it keeps its own. */
  readonly severities: ReadonlyMap<string, S>;
  /** What holds for the systems below it. */
  readonly settings: SystemSettings;
  /** Where its keys stand, by their dotted paths. Only those that there are. */
  readonly keys: ReadonlyMap<string, KeyPlace>;
  /** Sorted by place. */
  readonly problems: readonly Problem[];
  /** Whether a file may start a system: it is one of those included, and of none excluded. @param path absolute */
  reviews(path: string): boolean;
}

/** What is assumed where nobody wrote it, for the parts of a system that have an availability. */
type Assumed = Readonly<Partial<Record<Kind | 'zone' | 'region', Availability>>>;

interface Limits {
  readonly amplification?: number;
  readonly restoreAge?: Seconds;
}

interface Written<S extends string> {
  readonly rules?: Readonly<Record<string, S>>;
  readonly availability?: Assumed;
  readonly include?: readonly string[];
  readonly exclude?: readonly string[];
  readonly limits?: Limits;
}

const longestGlob = 500;
const mostGlobs = 200;

const glob: ValueType<string> = map(text('a glob such as "legacy/**"'), (pattern, at) => {
  const plain = pattern.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  if (plain !== '' && plain.length <= longestGlob) return plain;
  return at.reading.invalid(at.owner, plain === '' ? l10n.t('Expected a glob such as "legacy/**".') : l10n.t('This glob is too long.'));
});

const globs = map(list(glob, 'a list of globs such as ["legacy/**"]'), (patterns, at) =>
  patterns.length <= mostGlobs ? patterns : at.reading.invalid(at.owner, l10n.t('These are more than {0} globs.', mostGlobs)),
);

const assumedFields: Fields<Assumed> = (() => {
  const usual: readonly (readonly [Kind | 'zone' | 'region', Availability, string])[] = [
    ...kinds.map((kind) => [kind, assumptions.availability[kind], `one replica of a component of kind ${kind}`] as const),
    ['zone', assumptions.zone, 'a zone'],
    ['region', assumptions.region, 'a region'],
  ];
  const fields = usual.map(([key, value, what]) => {
    const percentage = availabilityText(value);
    return [
      key,
      { type: availability, doc: `The availability of ${what} where none is written.`, default: percentage, examples: [percentage] },
    ];
  });
  return Object.fromEntries(fields) as Fields<Assumed>;
})();

const limitFields: Fields<Limits> = {
  amplification: {
    type: decimal('a number such as 10', 1, true),
    doc: 'How many times its normal load retries may bring to a component that fails.',
    default: '10',
    examples: ['10'],
  },
  restoreAge: {
    type: duration('180d', 'm'),
    doc: 'How long ago a restore may have been tried.',
    default: '180d',
    examples: ['180d'],
  },
};

/** The whole configuration as one type: for the reader, completion, hovers, the JSON schema and the page about it. */
export function configurationType<S extends string>(known: Configurable<S>): ValueType<Written<S>> {
  return block(configurationFields(known), { what: 'the configuration', expects: 'keys such as `rules:`' });
}

/** The keys of {@link configurationType}. */
export function configurationFields<S extends string>({ rules, severities }: Configurable<S>): Fields<Written<S>> {
  const ruleFields = Object.fromEntries(
    rules.map(({ id, severity, summary }) => {
      const field = { type: oneOf(severities, 'a severity'), doc: summary, default: severity, examples: [severity] };
      return [id, field];
    }),
  );
  return {
    rules: {
      type: block<Readonly<Record<string, S>>>(ruleFields, {
        what: '`rules`',
        expects: 'severities by rule such as `missing-timeout: error`',
      }),
      doc: 'The severity of each rule.',
      default: 'each rule’s own',
      examples: ['{ missing-timeout: error }'],
    },
    availability: {
      type: block(assumedFields, { what: '`availability`', expects: 'percentages by kind such as `database: 99.9%`' }),
      doc: 'What is assumed where nobody wrote an availability: by kind of component, and for zones and regions.',
      examples: ['{ database: 99.9%, zone: 99.95% }'],
    },
    include: {
      type: globs,
      doc: 'Only files that match one of these start a system. Relative to the folder of this file.',
      default: 'all',
      examples: ['["services/**"]'],
    },
    exclude: {
      type: globs,
      doc: 'Files that match one of these start no system. Relative to the folder of this file.',
      default: 'none',
      examples: ['["legacy/**"]'],
    },
    limits: {
      type: block(limitFields, { what: '`limits`', expects: '`{ amplification: 10, restoreAge: 180d }`' }),
      doc: 'From when on something is too much, or too long ago.',
      examples: ['{ amplification: 10, restoreAge: 180d }'],
    },
  };
}

/**
 * Reads a configuration. Never throws.
 * @param base the folder that globs are relative to
 */
export function readConfiguration<S extends string>(
  file: string,
  written: string,
  known: Configurable<S>,
  base = folderOf(file),
): Configuration<S> {
  const yaml = parseYaml(written);
  const reading = new Reading(file, yaml.unsound);
  const start = { start: 0, end: 0 };
  const at: At = { reading, path: '', keys: new Map(), via: undefined, owner: start };
  const value = yaml.root && !isEmpty(yaml.root) ? readValue(configurationType(known), yaml.root, at) : undefined;
  const { rules = {}, availability: assumed = {}, include, exclude = [], limits = {} } = value ?? {};
  if (reading.expansion.exceeded)
    reading.invalid(reading.expansion.exceeded, l10n.t('The aliases in this file stand for too many values.'));
  const problems = [...syntaxProblems(file, yaml), ...reading.problems].sort((a, b) => a.place.span.start - b.place.span.start);
  return {
    file,
    severities: new Map(Object.entries(rules)),
    settings: settingsOf(assumed, limits),
    keys: at.keys,
    problems,
    reviews: reviewer(base, include, exclude),
  };
}

function settingsOf(assumed: Assumed, { amplification, restoreAge }: Limits): SystemSettings {
  const { zone = assumptions.zone, region = assumptions.region, ...byKind } = assumed;
  return {
    ...(Object.keys(assumed).length > 0 && {
      assumptions: { ...assumptions, zone, region, availability: { ...assumptions.availability, ...byKind } },
    }),
    ...(amplification !== undefined && { amplificationLimit: amplification }),
    ...(restoreAge !== undefined && { restoreAge }),
  };
}

function reviewer(base: string, include: readonly string[] | undefined, exclude: readonly string[]): (path: string) => boolean {
  const isIncluded = include === undefined ? () => true : matcher(include);
  const isExcluded = matcher(exclude);
  const prefix = base.endsWith('/') ? base : `${base}/`;
  return (path) => {
    // What stands elsewhere is none of its business.
    if (!path.startsWith(prefix)) return true;
    const relative = path.slice(prefix.length);
    return isIncluded(relative) && !isExcluded(relative);
  };
}

/** A glob that names a folder stands for all that is in it. */
function matcher(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns
    .flatMap((pattern) => [pattern, `${pattern}/**`])
    .map((pattern) => picomatch(pattern, { dot: true, noextglob: true, nonegate: true }));
  return (path) => tests.some((test) => test(path));
}

/** The configurations of a tree of folders: the nearest one above a file or a system is the one that counts. */
export class Configurations<S extends string> {
  readonly #known: Configurable<S>;
  readonly #read: (path: string) => string | undefined;
  readonly #isTop: (folder: string) => boolean;
  readonly #byFile = new Map<string, { readonly text: string; readonly configuration: Configuration<S> }>();
  readonly #byFolder = new Map<string, Configuration<S> | undefined>();
  readonly #reviewed = new Map<string, boolean>();

  /**
   * @param read the text of a configuration, undefined where there is none
   * @param isTop whether what stands above a folder is none of its business
   */
  constructor(known: Configurable<S>, read: (path: string) => string | undefined, isTop: (folder: string) => boolean = () => false) {
    this.#known = known;
    this.#read = read;
    this.#isTop = isTop;
  }

  /** Those that counted for something since the last {@link refresh}. */
  found(): readonly Configuration<S>[] {
    return [...new Set(this.#byFolder.values())].filter((one) => one !== undefined);
  }

  /** Looks at all texts again when next asked. */
  refresh(): void {
    this.#byFolder.clear();
    this.#reviewed.clear();
  }

  /** The configuration for what stands in a folder; undefined where there is none. */
  of(folder: string): Configuration<S> | undefined {
    if (this.#byFolder.has(folder)) return this.#byFolder.get(folder);
    const own = configurationNames.map((name) => `${folder}/${name}`).map((file) => this.at(file));
    const found = own.find((one) => one !== undefined) ?? (folder === '' || this.#isTop(folder) ? undefined : this.of(folderOf(folder)));
    this.#byFolder.set(folder, found);
    return found;
  }

  /** The configuration in a file. The same one until its text changes. */
  at(file: string): Configuration<S> | undefined {
    const written = this.#read(file);
    if (written === undefined) return undefined;
    const known = this.#byFile.get(file);
    if (known?.text === written) return known.configuration;
    const configuration = readConfiguration(file, written, this.#known);
    this.#byFile.set(file, { text: written, configuration });
    return configuration;
  }

  /** Whether a file may start a system. */
  reviews(path: string): boolean {
    const known = this.#reviewed.get(path);
    if (known !== undefined) return known;
    const reviewed = this.of(folderOf(path))?.reviews(path) ?? true;
    this.#reviewed.set(path, reviewed);
    return reviewed;
  }
}
