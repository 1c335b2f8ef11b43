import * as l10n from '@vscode/l10n';
import type { Mention } from '../fragment';
import type { Resolved } from '../shared/yamlExpansion';
import { isEmpty, type YamlNode } from '../shared/yamlNodes';
import { type At, below } from './reading';
import { translated } from './translated';

export type SoundNode = Exclude<Resolved['node'], { kind: 'broken' }>;

/** The types of value of the language, by the names that the documentation uses. */
export type TypeName =
  | 'duration'
  | 'percentage'
  | 'rate'
  | 'count'
  | 'number'
  | 'word'
  | 'boolean'
  | 'date'
  | 'text'
  | 'name'
  | 'target'
  | 'bound'
  | 'list'
  | 'map'
  | 'block'
  | 'either';

/** One type of value: what it is, for completion, hovers and the reference page, and how it is read. */
export interface ValueType<T> {
  readonly name: TypeName;
  /** Completes *expected …*, in English: `a duration such as 250ms`. Shown through `translated`, as `what` and docs are. */
  readonly expects: string;
  /** Completes *… is not* and *a key of …*, in English: `a kind of component`. */
  readonly what?: string;
  /** The words that may stand here. */
  readonly words?: readonly string[];
  /** What a name here refers to. */
  readonly refers?: Mention['kind'];
  /** The type of a list's items, or of a map's values. */
  readonly item?: ValueType<unknown>;
  /** The keys of a block. */
  readonly fields?: FieldTable;
  readonly alternatives?: readonly ValueType<unknown>[];
  /** What stands here where a word such as `none` does not. */
  readonly otherwise?: ValueType<unknown>;
  /** A block may be empty: `retry:` is a retry with nothing said about it. */
  readonly empty?: T;
  /** The value, or undefined with a problem reported. */
  read(node: SoundNode, at: At): T | undefined;
}

/** One key of the language: the single source for the reader, completion, hovers, the JSON schema and the reference page. */
export interface Field<T> {
  readonly type: ValueType<T>;
  /** One or two sentences. */
  readonly doc: string;
  /** What holds when it is not written, in words. */
  readonly default?: string;
  readonly examples?: readonly string[];
  readonly required?: boolean;
}

export type Fields<T> = { readonly [K in keyof T]-?: Field<Exclude<T[K], undefined>> };
export type FieldTable = ReadonlyMap<string, Field<unknown>>;

/** Reads a value of a type: follows aliases, passes over what is broken, and says so when nothing is written. */
export function readValue<T>(type: ValueType<T>, node: YamlNode, at: At): T | undefined {
  if (node.kind === 'broken') return undefined;
  if (node.kind === 'alias') {
    const { node: target, via } = at.reading.expansion.resolve(node, at.via);
    return target.kind === 'broken' ? undefined : readValue(type, target, { ...at, via });
  }
  if (!isEmpty(node)) return type.read(node, at);
  return type.empty ?? at.reading.invalid(at.owner, l10n.t('Nothing is written here. Expected {0}.', translated(type.expects)));
}

/** What the author wrote, short enough for a message. */
export function shown(node: SoundNode): string {
  if (node.kind === 'list') return l10n.t('a list');
  if (node.kind === 'map') return l10n.t('a map');
  const text = node.text.length > 40 ? `${node.text.slice(0, 37)}…` : node.text;
  return `\`${text.replaceAll(/\s+/g, ' ')}\``;
}

/** Reports that a value is not what its type expects. */
export function mismatch(type: Pick<ValueType<unknown>, 'expects'>, node: SoundNode, at: At): undefined {
  const expects = translated(type.expects);
  return at.reading.invalid(node.span, unexpected(at.or === undefined ? expects : l10n.t('{0}, or `{1}`', expects, at.or), shown(node)));
}

/** That something else stands here than should. Both are in the user's language. */
export function unexpected(expects: string, found: string): string {
  return l10n.t('Expected {0}, not {1}.', expects, found);
}

export interface BlockOptions<T> {
  /** `a retry`. */
  readonly what: string;
  /** Completes *expected …*. */
  readonly expects: string;
  /** Looks at the whole block once its keys are read; undefined leaves it out. */
  readonly check?: (value: T, at: At) => T | undefined;
}

/** A map with the given keys. */
export function block<T extends object>(fields: Fields<T>, options: BlockOptions<T>): ValueType<T> {
  const table: FieldTable = new Map(Object.entries<Field<unknown>>(fields));
  const needed = [...table].filter(([, field]) => field.required).map(([key]) => key);
  const type: ValueType<T> = {
    name: 'block',
    expects: options.expects,
    what: options.what,
    fields: table,
    // Every key of a block without required ones is optional, so that the empty one is a T.
    ...(needed.length === 0 && { empty: {} as T }),
    read(node, at) {
      if (node.kind !== 'map') return mismatch(type, node, at);
      const value = new Map<string, unknown>();
      const unwritten = () => [...table.keys()].filter((key) => !node.entries.some((entry) => entry.key === key));
      const { entries, repeated, unmergeable } = at.reading.expansion.entries(node, at.via);
      for (const { entry, first } of repeated) at.reading.repeatedKey(entry.key, entry.keySpan, first.keySpan);
      for (const span of unmergeable) at.reading.invalid(span, l10n.t('Expected an alias of a map, such as `*defaults`.'));
      const written = new Set<string>();
      for (const entry of entries) {
        written.add(entry.key);
        const field = table.get(entry.key);
        if (!field) {
          at.reading.unknownKey(entry.key, entry.nameSpan, unwritten(), translated(options.what));
          continue;
        }
        const inner = below(at, entry.key, entry.keySpan, entry.via);
        at.keys.set(inner.path, entry.via ? { key: entry.via, value: entry.via } : { key: entry.keySpan, value: entry.value.span });
        const read = readValue(field.type, entry.value, inner);
        if (read !== undefined) value.set(entry.key, read);
      }
      for (const key of needed) {
        if (!written.has(key) && !at.reading.isUnsound(node.span))
          at.reading.invalid(at.owner, l10n.t('`{0}` is missing: {1} needs it.', key, translated(options.what)));
      }
      if (needed.some((key) => !value.has(key))) return undefined;
      const result = Object.fromEntries(value) as T;
      return options.check ? options.check(result, at) : result;
    },
  };
  return type;
}

/** A list of values of one type. Paths count the items that are sound, as the model does. */
export function list<T>(item: ValueType<T>, expects: string): ValueType<readonly T[]> {
  const type: ValueType<readonly T[]> = {
    name: 'list',
    expects,
    item,
    read(node, at) {
      if (node.kind !== 'list') {
        const text = node.kind === 'scalar' && node.style !== 'block' && /^[^[\]{},\n]*$/.test(node.text) ? node.text : undefined;
        const instead = text === undefined ? [] : [{ text: `[${text}]`, span: node.span, safe: true }];
        return at.reading.invalid(node.span, unexpected(translated(expects), shown(node)), instead);
      }
      const values: T[] = [];
      for (const entry of node.items) {
        const keys = new Map<string, { key: typeof entry.span; value: typeof entry.span }>();
        const inner = { ...below(at, String(values.length), entry.span, at.via), keys };
        const place = at.via ?? entry.span;
        keys.set(inner.path, { key: place, value: place });
        const value = readValue(item, entry, inner);
        if (value === undefined) continue;
        values.push(value);
        for (const [path, keyPlace] of keys) at.keys.set(path, keyPlace);
      }
      return values;
    },
  };
  return type;
}

/** A map from names to values of one type; `name` looks at each key. */
export function mapOf<T>(
  item: ValueType<T>,
  expects: string,
  refers: Mention['kind'],
  check: (value: ReadonlyMap<string, T>, at: At) => ReadonlyMap<string, T> | undefined = (value) => value,
): ValueType<ReadonlyMap<string, T>> {
  const type: ValueType<ReadonlyMap<string, T>> = {
    name: 'map',
    expects,
    item,
    refers,
    read(node, at) {
      if (node.kind !== 'map') return mismatch(type, node, at);
      const { entries, repeated } = at.reading.expansion.entries(node, at.via);
      for (const { entry, first } of repeated) at.reading.repeatedKey(entry.key, entry.keySpan, first.keySpan);
      const values = new Map<string, T>();
      for (const entry of entries) {
        const inner = below(at, entry.key, entry.keySpan, entry.via);
        at.keys.set(inner.path, entry.via ? { key: entry.via, value: entry.via } : { key: entry.keySpan, value: entry.value.span });
        at.reading.mention(refers, entry.key, entry.nameSpan, entry.via);
        const value = readValue(item, entry.value, inner);
        if (value !== undefined) values.set(entry.key, value);
      }
      return check(values, at);
    },
  };
  return type;
}

/** One type for a plain value, another for a map, a third for a list. */
export function either<T>(shapes: { scalar?: ValueType<T>; map?: ValueType<T>; list?: ValueType<T> }, expects: string): ValueType<T> {
  const alternatives = Object.values(shapes);
  const words = shapes.scalar?.words;
  const type: ValueType<T> = {
    name: 'either',
    expects,
    alternatives,
    ...(words && { words }),
    read(node, at) {
      const shape = shapes[node.kind];
      return shape ? shape.read(node, at) : mismatch(type, node, at);
    },
  };
  return type;
}

/** The type, or the word `none` as a written decision. */
export function orNone<T>(type: ValueType<T>): ValueType<T | 'none'> {
  return orWord(type, 'none');
}

/** The type, or a word instead of a value of it. */
export function orWord<T, W extends string>(type: ValueType<T>, word: W): ValueType<T | W> {
  return {
    ...type,
    expects: `${type.expects}, or \`${word}\``,
    otherwise: type,
    words: [...(type.words ?? []), word],
    read: (node, at) => (node.kind === 'scalar' && node.text === word ? word : type.read(node, { ...at, or: word })),
  };
}

/** Turns what a type reads into something else; undefined leaves it out. */
export function map<T, U>(type: ValueType<T>, turn: (value: T, at: At) => U | undefined): ValueType<U> {
  const { empty: _, ...rest } = type;
  return {
    ...rest,
    read(node, at) {
      const value = type.read(node, at);
      return value === undefined ? undefined : turn(value, at);
    },
  };
}
