import * as l10n from '@vscode/l10n';
import type { Element } from '../formats/fragment';
import type { Origin } from '../model/origin';
import type { Problem } from '../model/problem';
import type { Place } from '../model/text';

/** What several files say about one thing, laid over one another key by key. */
export interface Merged<V extends object> {
  readonly value: V;
  /** In the order in which they count. */
  readonly origins: readonly Origin[];
}

/** One file's word about a thing. */
export interface Part<V extends object> {
  readonly value: V;
  readonly origin: Origin;
  /** Written in our own format: two such files must not contradict each other. */
  readonly native: boolean;
}

/** Which keys are the thing's identity, or bookkeeping, and never in conflict. */
const silent: ReadonlySet<string> = new Set(['name', 'source', 'implied', 'role', 'from', 'to', 'operation']);

/** What the parts are about, for messages. */
interface Thing {
  readonly kind: Element['kind'];
  readonly name: string;
}

/** Lays parts over one another: the first that writes a key has it. Native parts that disagree are reported on the later one. */
export function merge<V extends object>(parts: readonly Part<V>[], what: Thing, problems: Problem[]): Merged<V> | undefined {
  const [first, ...rest] = parts;
  if (!first) return undefined;
  if (rest.length === 0) return { value: first.value, origins: [first.origin] };
  const values = new Map<string, { readonly value: unknown; readonly part: Part<V> }>();
  for (const part of parts) {
    for (const [key, value] of Object.entries(part.value)) {
      const held = values.get(key);
      if (held === undefined || isUnwritten(held.value)) values.set(key, { value, part });
      else if (part.native && held.part.native && !silent.has(key) && !isUnwritten(value) && !isSame(held.value, value)) {
        problems.push(contradiction(what, key, part.origin, held.part.origin));
      }
    }
  }
  const value = Object.fromEntries([...values].map(([key, held]) => [key, held.value])) as V;
  return { value, origins: parts.map((part) => part.origin) };
}

/** Fields that the model always has are empty where nobody wrote them. */
function isUnwritten(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

function contradiction(what: Thing, key: string, origin: Origin, first: Origin): Problem {
  return {
    rule: 'duplicate-name',
    message: contradictionText(what, key),
    place: placeOf(origin, key),
    related: [{ place: placeOf(first, key), message: l10n.t('The first one, which counts.') }],
  };
}

function contradictionText(what: Thing, key: string): string {
  if (what.kind === 'zone' && key === 'region')
    return l10n.t('A zone is in one region, and {0} is in another one already; the first counts.', thingText(what));
  const message = l10n.t('`{0}` of {1} is given with another value already; the first counts.', key, thingText(what));
  return what.kind === 'call' ? `${message} ${l10n.t('Two calls of one pair need operations to tell them apart.')}` : message;
}

function thingText({ kind, name }: Thing): string {
  switch (kind) {
    case 'objectives':
      return l10n.t('the objectives');
    case 'region':
      return l10n.t('region `{0}`', name);
    case 'zone':
      return l10n.t('zone `{0}`', name);
    case 'sharedFate':
      return l10n.t('shared fate `{0}`', name);
    case 'component':
      return l10n.t('component `{0}`', name);
    case 'policy':
      return l10n.t('policy `{0}`', name);
    case 'call':
      return l10n.t('the call `{0}`', name);
    case 'journey':
      return l10n.t('journey `{0}`', name);
    case 'scenario':
      return l10n.t('scenario `{0}`', name);
  }
}

function placeOf(origin: Origin, key: string): Place {
  return { file: origin.file, span: origin.keys.get(key)?.value ?? origin.name };
}

/** Whether two values of the model are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map || b instanceof Map) {
    return (
      a instanceof Map && b instanceof Map && a.size === b.size && [...a].every(([key, value]) => b.has(key) && isSame(value, b.get(key)))
    );
  }
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key)))
  );
}

type ValueOf<K extends Element['kind']> = Extract<Element, { kind: K }>['value'];

/** Everything of one kind by name, in the order of first mention. */
export function mergeKind<K extends Element['kind']>(
  kind: K,
  elements: ReadonlyMap<Element['kind'], readonly { readonly element: Element; readonly native: boolean }[]>,
  problems: Problem[],
): ReadonlyMap<string, Merged<ValueOf<K>>> {
  const parts = new Map<string, Part<ValueOf<K>>[]>();
  for (const { element, native } of elements.get(kind) ?? []) {
    const part = { value: element.value as ValueOf<K>, origin: element.origin, native };
    const list = parts.get(element.name);
    if (list) list.push(part);
    else parts.set(element.name, [part]);
  }
  const merged = new Map<string, Merged<ValueOf<K>>>();
  for (const [name, list] of parts) {
    const one = merge(list, { kind, name }, problems);
    if (one) merged.set(name, one);
  }
  return merged;
}
