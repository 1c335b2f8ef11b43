import type { Element, Fragment } from '../formats/fragment';
import { readNative } from '../formats/native/read';
import { parseYaml } from '../formats/shared/yamlParse';
import type { System } from '../model/system';
import type { TextChange } from '../model/text';
import { callEntries } from './callFields';
import { componentEntries } from './componentFields';
import { applyTextChanges } from './edit';
import type { Source } from './syntax';
import { sameWritten, type Written, type WrittenEntry, word } from './written';

/** What the edits of a plan are meant to change, by name. */
export interface Targets {
  readonly system: System;
  readonly calls: ReadonlyMap<string, ReadonlyMap<string, Written>>;
  readonly components: ReadonlyMap<string, ReadonlyMap<string, Written>>;
  readonly policies: ReadonlyMap<string, ReadonlyMap<string, Written>>;
}

/**
 * Reads the edited text again and compares: what is meant to change says what it shall say, everything else says what
 * it said, and nothing new is wrong. An edit of an entry that others take over by an anchor, or that stands for
 * several calls, fails here.
 */
export function keepsTheRest(source: Source, changes: readonly TextChange[], targets: Targets): boolean {
  const { file, text, yaml } = source;
  const edited = applyTextChanges(text, changes);
  const before = fragmentOf(source);
  const after = readNative(file, edited, parseYaml(edited, yaml));
  if (hasNewProblems(before, after)) return false;
  const now = byName(after.elements);
  const wanted = wantedByName(targets);
  for (const [name, element] of byName(before.elements)) {
    const same = now.get(name);
    if (!same || !keeps(element, same, wanted.get(nameOf(element)))) return false;
  }
  return true;
}

const fragments = new WeakMap<Source, Fragment>();

function fragmentOf(source: Source): Fragment {
  const known = fragments.get(source);
  if (known) return known;
  const fragment = readNative(source.file, source.text, source.yaml);
  fragments.set(source, fragment);
  return fragment;
}

function hasNewProblems(before: Fragment, after: Fragment): boolean {
  const left = new Map<string, number>();
  for (const { rule, message } of before.problems) left.set(`${rule} ${message}`, (left.get(`${rule} ${message}`) ?? 0) + 1);
  for (const { rule, message } of after.problems) {
    const count = left.get(`${rule} ${message}`) ?? 0;
    if (count === 0) return true;
    left.set(`${rule} ${message}`, count - 1);
  }
  return false;
}

/** Elements by a name that an edit does not change; names given twice are told apart by their order. */
function byName(elements: readonly Element[]): ReadonlyMap<string, Element> {
  const names = new Map<string, Element>();
  const count = new Map<string, number>();
  for (const element of elements) {
    const name = nameOf(element);
    const n = (count.get(name) ?? 0) + 1;
    count.set(name, n);
    names.set(`${name} ${n}`, element);
  }
  return names;
}

function nameOf(element: Element): string {
  return element.kind === 'call' ? callName(element.value) : JSON.stringify([element.kind, element.name]);
}

function callName({ from, to, operation }: { readonly from: string; readonly to: string; readonly operation?: string }): string {
  return JSON.stringify(['call', from, to, operation]);
}

function wantedByName({ system, calls, components, policies }: Targets): ReadonlyMap<string, ReadonlyMap<string, Written>> {
  const wanted = new Map<string, ReadonlyMap<string, Written>>();
  for (const call of calls.size > 0 ? system.calls : []) {
    const entries = calls.get(call.id);
    if (entries) wanted.set(callName(call), entries);
  }
  for (const [name, entries] of components) wanted.set(JSON.stringify(['component', name]), entries);
  for (const [name, entries] of policies) wanted.set(JSON.stringify(['policy', name]), entries);
  return wanted;
}

/** Whether an element says what it said, but for the keys that are meant to change, and those either way. */
function keeps(before: Element, after: Element, wanted: ReadonlyMap<string, Written> | undefined): boolean {
  if (!wanted || before.kind !== after.kind) return isSame(before.value, after.value);
  const was = new Map<string, unknown>(Object.entries(before.value));
  const is = new Map<string, unknown>(Object.entries(after.value));
  const now = new Map(entriesOf(after));
  for (const key of new Set([...was.keys(), ...is.keys()])) {
    const meant = wanted.get(key);
    if (!isSame(was.get(key), is.get(key)) && !(meant && sameWritten(meant, now.get(key)))) return false;
  }
  return true;
}

function entriesOf(element: Element): readonly WrittenEntry[] {
  if (element.kind === 'component') return componentEntries(element.value);
  if (element.kind === 'policy') return callEntries(element.value);
  if (element.kind !== 'call') return [];
  const { policy } = element.value;
  return policy === undefined ? callEntries(element.value) : [...callEntries(element.value), ['policy', word(policy)]];
}

/** Whether two values of the model are the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map || b instanceof Map) return a instanceof Map && b instanceof Map && isSame([...a], [...b]);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length && keys.every((key) => Object.hasOwn(b, key) && isSame(Reflect.get(a, key), Reflect.get(b, key)))
  );
}
