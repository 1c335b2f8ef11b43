import * as l10n from '@vscode/l10n';
import { type KeyPlace, movedOrigin, movedSpan, type Origin } from '../../model/origin';
import { finish, type Steps } from '../../model/steps';
import type { Span } from '../../model/text';
import type { Element, Fragment, Include, Mention, WrittenCall } from '../fragment';
import { ignoresOf } from '../shared/ignores';
import type { ExpandedEntry } from '../shared/yamlExpansion';
import { isEmpty, type TextPart, type YamlNode } from '../shared/yamlNodes';
import { syntaxProblems, type YamlText } from '../shared/yamlText';
import { type At, Reading } from './reading';
import { includePath, schema, sections } from './schema';
import type { WrittenCalls } from './schema/call';
import { translated } from './translated';
import { readValue, type SoundNode, shown, unexpected, type ValueType } from './types';

/** Turns a parsed file into a fragment of the model. Never throws. */
export function readNative(file: string, text: string, yaml: YamlText): Fragment {
  return finish(readNativeSteps(file, text, yaml));
}

/** The same as {@link readNative} in small steps. */
export function* readNativeSteps(file: string, text: string, yaml: YamlText): Steps<Fragment> {
  const reader = new NativeReader(file, yaml);
  yield* reader.read();
  const { reading, elements, includes, system } = reader;
  if (reading.expansion.exceeded)
    reading.invalid(reading.expansion.exceeded, l10n.t('The aliases in this file stand for too many values; the rest is not read.'));
  const problems = [...syntaxProblems(file, yaml), ...reading.problems].sort((a, b) => a.place.span.start - b.place.span.start);
  return {
    format: 'native',
    files: [file],
    ...(system && { system: system.name, systemPlace: { file, span: system.span } }),
    elements,
    mentions: reading.mentions,
    includes,
    ignores: ignoresOf(file, text, yaml.root),
    problems,
    unsound: yaml.unsound,
  };
}

/** One entry stands for at most so many calls: two long lists would stand for millions. */
const mostCalls = 10_000;

/** Entries between two pauses. */
const atOnce = 64;

/** What was read of a part of a file. Weak: it lives as long as the part stays in its file. */
const parts = new WeakMap<object, ReadPart>();

interface ReadPart {
  /** As what it was read. */
  readonly type: object;
  readonly file: string;
  readonly base: number;
  readonly elements: readonly Element[];
  readonly mentions: readonly Mention[];
}

class NativeReader {
  readonly reading: Reading;
  readonly elements: Element[] = [];
  readonly includes: Include[] = [];
  system: { readonly name: string; readonly span: Span } | undefined;
  readonly #file: string;
  readonly #root: YamlNode | undefined;

  constructor(file: string, yaml: YamlText) {
    this.#file = file;
    this.#root = yaml.root;
    this.reading = new Reading(file, yaml.unsound);
  }

  *read(): Steps<void> {
    const root = this.#root;
    if (!root || root.kind === 'broken' || isEmpty(root)) return;
    if (root.kind !== 'map') {
      if (root.kind !== 'alias') this.reading.invalid(root.span, unexpected(l10n.t('keys such as `components:`'), shown(root)));
      return;
    }
    const { entries, repeated } = this.reading.expansion.entries(root);
    for (const { entry, first } of repeated) this.reading.repeatedKey(entry.key, entry.keySpan, first.keySpan);
    const written = new Set(entries.map((entry) => entry.key));
    const unwritten = [...sections.keys()].filter((key) => !written.has(key));
    for (const { key, keySpan, nameSpan, value, via } of entries) {
      if (sections.has(key)) yield* this.#section(key, this.#at(keySpan, via), value);
      // As elsewhere in YAML, `x-…` is a place for anchors.
      else if (!key.startsWith('x-')) this.reading.unknownKey(key, nameSpan, unwritten, l10n.t('an architecture file'));
    }
  }

  *#section(key: string, at: At, value: YamlNode): Steps<void> {
    switch (key) {
      case 'faultline':
        readValue(schema.faultline.type, value, at);
        break;
      case 'system': {
        const name = readValue(schema.system.type, value, at);
        if (name !== undefined) this.system = { name, span: value.span };
        break;
      }
      case 'include':
        this.#include(value, at);
        break;
      case 'objectives': {
        const objectives = readValue(schema.objectives.type, value, at);
        if (objectives) this.elements.push({ kind: 'objectives', name: '', value: objectives, origin: this.#origin(at, at.owner, value) });
        break;
      }
      case 'components':
        yield* this.#components(value, at);
        break;
      case 'calls':
        yield* this.#calls(value, at);
        break;
      default:
        yield* this.#named(key, value, at);
    }
  }

  *#named(key: string, value: YamlNode, at: At): Steps<void> {
    const { elements } = this;
    if (key === 'regions')
      yield* this.#each(schema.regions.type, value, at, (name, read, origin) =>
        elements.push({ kind: 'region', name, value: { ...read, name }, origin }),
      );
    if (key === 'zones')
      yield* this.#each(schema.zones.type, value, at, (name, read, origin) =>
        elements.push({ kind: 'zone', name, value: { ...read, name }, origin }),
      );
    if (key === 'sharedFate') {
      yield* this.#each(schema.sharedFate.type, value, at, (name, read, origin) =>
        elements.push({ kind: 'sharedFate', name, value: { components: [], ...read, name }, origin }),
      );
    }
    if (key === 'policies')
      yield* this.#each(schema.policies.type, value, at, (name, read, origin) =>
        elements.push({ kind: 'policy', name, value: read ?? {}, origin }),
      );
    if (key === 'journeys') {
      yield* this.#each(schema.journeys.type, value, at, (name, read, origin) =>
        elements.push({ kind: 'journey', name, value: { entry: '', ...read, name, implied: false }, origin }),
      );
    }
    if (key === 'scenarios') {
      yield* this.#each(schema.scenarios.type, value, at, (name, read, origin) =>
        elements.push({ kind: 'scenario', name, value: { events: [], expect: [], ...read, name }, origin }),
      );
    }
  }

  *#components(value: YamlNode, at: At): Steps<void> {
    yield* this.#each(schema.components.type, value, at, (name, read, origin) => {
      const { dependsOn = [], ...component } = read ?? {};
      this.elements.push({ kind: 'component', name, value: { ...component, name, source: 'native' }, origin });
      for (const [index, to] of dependsOn.entries()) {
        const span = origin.keys.get(`dependsOn.${index}`)?.value ?? origin.name;
        const call: WrittenCall = { from: name, to, role: 'request', source: 'native' };
        this.elements.push({ kind: 'call', name: '', value: call, origin: { file: this.#file, name: span, entry: span, keys: new Map() } });
      }
    });
  }

  /**
   * Reads what stands in a part of its own, or takes what the same part said before, moved to where it stands now.
   * What has a problem, or touches what cannot be read, is read again.
   */
  #readOnce(type: object, part: TextPart | undefined, span: Span, read: () => void): void {
    const { reading, elements } = this;
    const known = part && parts.get(part.leaf);
    if (part && known?.type === type && known.file === this.#file && !reading.isUnsound(span)) {
      const by = part.base - known.base;
      for (const element of known.elements) elements.push(by === 0 ? element : { ...element, origin: movedOrigin(element.origin, by) });
      // No alias in a part of its own, so nothing but its place moves with it.
      for (const { kind, name, place } of known.mentions) reading.mention(kind, name, movedSpan(place.span, by), undefined);
      return;
    }
    const [element, mention, problem] = [elements.length, reading.mentions.length, reading.problems.length];
    read();
    if (!part || reading.problems.length > problem || reading.isUnsound(span)) return;
    parts.set(part.leaf, {
      type,
      file: this.#file,
      base: part.base,
      elements: elements.slice(element),
      mentions: reading.mentions.slice(mention),
    });
  }

  /** The entries of a map by name. An entry whose value is wrong is still declared. */
  *#each<T>(type: ValueType<T>, section: YamlNode, at: At, add: (name: string, read: T | undefined, origin: Origin) => void): Steps<void> {
    for (const [number, entry] of this.#entries(type, section, at).entries()) {
      if (number % atOnce === 0) yield;
      this.#readOnce(type, entry.via ? undefined : entry.part, entry.nameSpan, () => {
        const { key: name, nameSpan, value, via } = entry;
        const inner = this.#at(nameSpan, via);
        const read = readValue(type, value, inner);
        add(name, read, this.#origin(inner, nameSpan, value));
      });
    }
  }

  #entries(type: ValueType<unknown>, section: YamlNode, at: At): readonly ExpandedEntry[] {
    const { node, via } = this.reading.expansion.resolve(section, at.via);
    if (node.kind === 'broken' || isEmpty(node)) return [];
    if (node.kind !== 'map') {
      this.#unexpected(l10n.t('names, each with {0}', translated(type.expects)), node);
      return [];
    }
    const { entries, repeated } = this.reading.expansion.entries(node, via);
    for (const { entry, first } of repeated) this.reading.repeatedKey(entry.key, entry.keySpan, first.keySpan);
    const named: ExpandedEntry[] = [];
    for (const entry of entries) {
      if (entry.key.trim() === '') this.reading.invalid(entry.keySpan, l10n.t('A name is not empty.'));
      else named.push(entry);
    }
    return named;
  }

  *#calls(section: YamlNode, at: At): Steps<void> {
    const { node } = this.reading.expansion.resolve(section, at.via);
    if (node.kind === 'broken' || isEmpty(node)) return;
    if (node.kind !== 'list') {
      this.#unexpected(l10n.t('a list of calls such as `- {0}`', schema.calls.type.expects.replace(/.*`(.*)`.*/, '$1')), node);
      return;
    }
    for (const [number, item] of node.items.entries()) {
      if (number % atOnce === 0) yield;
      this.#readOnce(schema.calls.type, item.kind === 'map' ? item.part : undefined, item.span, () => this.#callItem(item, at));
    }
  }

  #callItem(item: YamlNode, at: At): void {
    const inner = this.#at(item.span, at.via);
    const head = item.kind === 'map' ? item.entries[0] : undefined;
    const name = head ? { start: head.keySpan.start, end: head.value.span.end } : item.span;
    const written = readValue(schema.calls.type, item, { ...inner, owner: name });
    if (written) this.#call(written, this.#origin(inner, name, item));
  }

  /** One entry is a call of each of its callers to each of its callees. */
  #call(written: WrittenCalls, origin: Origin): void {
    const { from: callers, to: callees, ...rest } = written;
    const pairs = callers.length * callees.length;
    const keysOf = pairs === 1 ? () => origin.keys : ownKeys(origin.keys);
    if (pairs > mostCalls)
      this.reading.invalid(origin.name, l10n.t('This stands for {0} calls; only the first {1} are read.', pairs, mostCalls));
    let left = mostCalls;
    for (const [i, from] of callers.entries()) {
      for (const [j, to] of callees.entries()) {
        if (left-- <= 0) return;
        const value: WrittenCall = { from, to, ...rest, role: 'request', source: 'native' };
        this.elements.push({ kind: 'call', name: '', value, origin: { ...origin, keys: keysOf(i, j) } });
      }
    }
  }

  #include(value: YamlNode, at: At): void {
    const paths = readValue(schema.include.type, value, at);
    for (const [index, path] of (paths ?? []).entries()) {
      const span = at.keys.get(`${index}`)?.value ?? value.span;
      if (path === '') this.reading.invalid(span, l10n.t('Expected {0}.', translated(includePath.expects)));
      else this.includes.push({ path, place: { file: this.#file, span } });
    }
  }

  #unexpected(expects: string, node: SoundNode): void {
    this.reading.invalid(node.span, unexpected(expects, shown(node)));
  }

  #at(owner: Span, via: Span | undefined): At {
    return { reading: this.reading, path: '', keys: new Map<string, KeyPlace>(), via, owner };
  }

  #origin(at: At, name: Span, value: YamlNode): Origin {
    const entry = { start: Math.min(name.start, value.span.start), end: Math.max(name.end, value.span.end) };
    return { file: this.#file, name: at.via ?? name, entry: at.via ?? entry, keys: at.keys };
  }
}

/** The places of a call that is one of several in an entry: those of its own caller and callee, without the others. */
function ownKeys(keys: Origin['keys']): (from: number, to: number) => Origin['keys'] {
  const shared = new Map([...keys].filter(([path]) => !/^(?:from|to)(?:\.|$)/.test(path)));
  return (from, to) => {
    const own = new Map<string, KeyPlace>();
    for (const [key, index] of [
      ['from', from],
      ['to', to],
    ] as const) {
      const whole = keys.get(key);
      const item = keys.get(`${key}.${index}`) ?? whole;
      if (whole && item) own.set(key, { key: whole.key, value: item.value });
    }
    for (const [path, place] of shared) own.set(path, place);
    return own;
  };
}
