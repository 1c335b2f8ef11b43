import type { YamlNode } from '../formats/shared/yamlNodes';
import type { Call, CallPolicy } from '../model/call';
import { elementId, type Origin, type Origins } from '../model/origin';
import { asWritten, unfilled, withPreset } from '../model/presets/fill';
import type { System } from '../model/system';
import type { TextChange } from '../model/text';
import type { Change } from '../remedies/change';
import { callEntries, callOrder } from './callFields';
import { componentEntries, componentOrder } from './componentFields';
import { type Edit, toTextChanges } from './edit';
import { fillValue, overrideAlias, setKeys, type Wanted } from './mapping';
import { addCalls, addEntry } from './sections';
import { type Slot, Sources } from './sources';
import type { Source } from './syntax';
import { keepsTheRest } from './verify';
import { sameWritten, type Written, type WrittenEntry, word } from './written';

/** What has to be known of a linked system to write into its files. */
export interface EditedSystem {
  readonly system: System;
  readonly origins: Origins;
  readonly files: readonly string[];
}

/**
 * The text edits that make `changes` in the files of a system, and nothing else: no other byte changes, and nothing
 * else comes to mean something else. Undefined where there is no text of our own language to write them into (a call
 * that only a compose file states), or where they cannot be written without changing more than they say (one of
 * several calls of an entry, a value that others take over by an anchor). Empty where the text says it all already.
 */
export function editsFor(
  changes: readonly Change[],
  linked: EditedSystem,
  read: (file: string) => string | undefined,
): readonly TextChange[] | undefined {
  const plan = new Plan(linked, read);
  for (const change of changes) plan.add(change);
  return plan.finish();
}

/** Keys to set in one place of one file. */
interface Task {
  readonly slot: Slot;
  readonly entries: Map<string, Written>;
  readonly current: ReadonlyMap<string, Written>;
  readonly order: readonly string[];
}

class Plan {
  readonly #linked: EditedSystem;
  readonly #sources: Sources;
  readonly #calls = new Map<string, Map<string, Written>>();
  readonly #components = new Map<string, Map<string, Written>>();
  readonly #policies = new Map<string, Map<string, Written>>();
  readonly #tasks = new Map<YamlNode, Task>();
  readonly #newCalls = new Map<Source, (readonly WrittenEntry[])[]>();
  readonly #edits = new Map<Source, Edit[]>();
  #impossible = false;

  constructor(linked: EditedSystem, read: (file: string) => string | undefined) {
    this.#linked = linked;
    this.#sources = Sources.of(linked, read);
  }

  add(change: Change): void {
    switch (change.kind) {
      case 'set-call':
        into(this.#calls, change.call, callEntries(this.#unfilled(change.call, change.fields)));
        break;
      case 'use-policy': {
        const call = this.#call(change.call);
        if (!this.#linked.system.policies.has(change.name) && !this.#policies.has(change.name)) this.#impossible = true;
        else if (call && call.policy !== change.name) into(this.#calls, change.call, [['policy', word(change.name)]]);
        break;
      }
      case 'set-component':
        into(this.#components, change.component, componentEntries(change.fields));
        break;
      case 'define-policy':
        into(
          this.#policies,
          change.name,
          callEntries(unfilled(withPreset(this.#linked.system.policies.get(change.name) ?? {}), change.policy)),
        );
        break;
    }
  }

  finish(): readonly TextChange[] | undefined {
    const planned =
      !this.#impossible &&
      [...this.#calls].every(([id, entries]) => this.#planCall(id, entries)) &&
      [...this.#components].every(([name, entries]) => this.#planComponent(name, entries)) &&
      [...this.#policies].every(([name, entries]) => this.#planPolicy(name, entries)) &&
      [...this.#tasks.values()].every((task) => this.#perform(task)) &&
      [...this.#newCalls].every(([source, calls]) => this.#push(source, addCalls(source, calls, this.#sources.style(source))));
    if (!planned) return undefined;
    const all: TextChange[] = [];
    for (const [source, edits] of this.#edits) {
      const made = toTextChanges(source.file, edits);
      if (!made || !keepsTheRest(source, made, this.#targets())) return undefined;
      all.push(...made);
    }
    return all;
  }

  #targets() {
    return { calls: this.#calls, components: this.#components, policies: this.#policies, system: this.#linked.system };
  }

  /** A preset's defaults are not written: they hold without it. */
  #unfilled(id: string, fields: CallPolicy): CallPolicy {
    const call = this.#call(id);
    return call ? unfilled(call, fields) : fields;
  }

  #call(id: string): Call | undefined {
    return this.#linked.system.calls.find((call) => call.id === id);
  }

  #planCall(id: string, entries: ReadonlyMap<string, Written>): boolean {
    const call = this.#call(id);
    if (!call) return true;
    const current = new Map(callEntries(asWritten(call)));
    if (call.policy !== undefined) current.set('policy', word(call.policy));
    const wanted = changed(entries, current);
    if (wanted.length === 0) return true;
    const slots = this.#slots(elementId('call', id), (origin) => this.#sources.call(origin));
    if (slots.length === 0) return this.#planNewCall(call, wanted);
    return wanted.every((entry) => this.#set(slots, entry, current, callOrder));
  }

  /** What `dependsOn` says has no keys: an entry of its own takes its place. */
  #planNewCall(call: Call, wanted: readonly WrittenEntry[]): boolean {
    const origin = this.#linked.origins.get(elementId('call', call.id))?.find(({ file }) => this.#sources.native(file));
    if (!origin || call.source !== 'native') return false;
    const source = this.#sources.withSection([origin.file, ...this.#linked.files], 'calls') ?? this.#sources.native(origin.file);
    const ends: readonly WrittenEntry[] = [
      ['from', word(call.from)],
      ['to', word(call.to)],
      ...(call.operation === undefined ? [] : ([['operation', word(call.operation)]] as const)),
    ];
    if (!source) return false;
    const known = this.#newCalls.get(source) ?? [];
    this.#newCalls.set(source, [...known, [...ends, ...inOrder(wanted, callOrder)]]);
    return true;
  }

  #planComponent(name: string, entries: ReadonlyMap<string, Written>): boolean {
    const component = this.#linked.system.components.get(name);
    if (!component) return true;
    const current = new Map(componentEntries(component));
    const wanted = changed(entries, current);
    const slots = this.#slots(elementId('component', name), ({ file }) => this.#sources.named(file, 'components', name));
    return wanted.every((entry) => this.#set(slots, entry, current, componentOrder));
  }

  #planPolicy(name: string, entries: ReadonlyMap<string, Written>): boolean {
    const current = new Map(callEntries(this.#linked.system.policies.get(name) ?? {}));
    const slots = this.#slots(elementId('policy', name), ({ file }) => this.#sources.named(file, 'policies', name));
    if (slots.length === 0) {
      const source = this.#homeOfPolicies(name);
      return this.#push(
        source,
        source && addEntry(source, 'policies', [name, { kind: 'map', entries: [...entries] }], this.#sources.style(source)),
      );
    }
    return changed(entries, current).every((entry) => this.#set(slots, entry, current, callOrder));
  }

  /** Where a new policy belongs: with the other policies, the nearest first; else in the file of the first call that uses it. */
  #homeOfPolicies(name: string): Source | undefined {
    const users = [...this.#calls].filter(([, entries]) => sameWritten(entries.get('policy'), word(name))).map(([id]) => id);
    const files = users.flatMap((id) => (this.#linked.origins.get(elementId('call', id)) ?? []).map(({ file }) => file));
    const near = [...files, ...this.#linked.files];
    const native = near.find((file) => this.#sources.native(file));
    return this.#sources.withSection(near, 'policies') ?? (native === undefined ? undefined : this.#sources.native(native));
  }

  #slots(element: ReturnType<typeof elementId>, locate: (origin: Origin) => Slot | undefined): readonly Located[] {
    return (this.#linked.origins.get(element) ?? []).flatMap((origin) => {
      const slot = locate(origin);
      return slot ? [{ slot, origin }] : [];
    });
  }

  /** Notes one key to set; false where there is no place for it, or something else is to be written there already. */
  #set(slots: readonly Located[], [key, value]: WrittenEntry, current: ReadonlyMap<string, Written>, order: readonly string[]): boolean {
    const slot = slotFor(slots, key);
    if (!slot) return false;
    const task = this.#tasks.get(slot.node) ?? { slot, entries: new Map<string, Written>(), current, order };
    const there = task.entries.get(key);
    task.entries.set(key, value);
    this.#tasks.set(slot.node, task);
    return there === undefined || sameWritten(there, value);
  }

  #perform(task: Task): boolean {
    const { slot, current, order } = task;
    const { source, node, holder } = slot;
    const wanted: Wanted = { entries: inOrder([...task.entries], order), current, order };
    const style = this.#sources.style(source);
    if (node.kind === 'map') return this.#push(source, setKeys(source, node, wanted, style));
    if (node.kind === 'alias') return this.#push(source, overrideAlias(node, wanted.entries, style));
    if (!holder || node.kind !== 'scalar' || node.span.end > node.span.start) return false;
    const neighbours = holder.section.entries.flatMap(({ value }) =>
      value.kind === 'map' && value.entries.length > 0 ? [value.flow] : [],
    );
    const blocks = neighbours.filter((flow) => !flow).length > neighbours.length / 2;
    const value: Written = { kind: 'map', entries: wanted.entries };
    return this.#push(source, [fillValue(source, holder.section, holder.entry, value, { ...style, blocks })]);
  }

  #push(source: Source | undefined, edits: readonly Edit[] | undefined): boolean {
    if (!source || !edits) return false;
    const known = this.#edits.get(source);
    if (known) known.push(...edits);
    else this.#edits.set(source, [...edits]);
    return true;
  }
}

interface Located {
  readonly slot: Slot;
  readonly origin: Origin;
}

/** Where a key stands already, else the first place that says something about the element. */
function slotFor(slots: readonly Located[], key: string): Slot | undefined {
  return (slots.find(({ origin }) => origin.keys.has(key)) ?? slots[0])?.slot;
}

function into(targets: Map<string, Map<string, Written>>, name: string, entries: readonly WrittenEntry[]): void {
  const known = targets.get(name);
  if (!known) targets.set(name, new Map(entries));
  else for (const [key, value] of entries) known.set(key, value);
}

function changed(entries: ReadonlyMap<string, Written>, current: ReadonlyMap<string, Written>): readonly WrittenEntry[] {
  return [...entries].filter(([key, value]) => !sameWritten(current.get(key), value));
}

function inOrder(entries: readonly WrittenEntry[], order: readonly string[]): readonly WrittenEntry[] {
  return [...entries].sort(([a], [b]) => order.indexOf(a) - order.indexOf(b));
}
