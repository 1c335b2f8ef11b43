import * as l10n from '@vscode/l10n';
import type { Element, Fragment } from '../formats/fragment';
import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { isManaged, replicaCount } from '../model/defaults';
import type { Journey } from '../model/journey';
import { type ElementId, elementId, type Origin } from '../model/origin';
import type { Problem } from '../model/problem';
import { finish, type Steps } from '../model/steps';
import type { Region, System, SystemSettings, Zone } from '../model/system';
import { countText } from '../model/words';
import { type CallPart, callIds, finishCall, mergeCalls } from './calls';
import { impliedJourneys } from './implied';
import type { LinkedSystem } from './linked';
import { type Merged, mergeKind } from './merge';
import { callNames, unknownReferences, unreadableNames } from './references';
import { knownScenario } from './scenarios';
import { takenOver } from './takeover';

export interface LinkOptions {
  readonly name: string;
  /** Absolute path of the folder whose files are this system. */
  readonly folder: string;
  /** The texts of the files, to tell whether a name stands in a part that cannot be read. */
  readonly textOf?: (file: string) => string | undefined;
  /** False while files are missing that are only not loaded yet: nothing is called unknown then. */
  readonly complete?: boolean;
  /** Problems of the files beyond those of their fragments. */
  readonly problems?: readonly Problem[];
  readonly settings?: SystemSettings;
  /** The same system as it was when it was linked last. */
  readonly before?: System;
}

/**
 * Links what files say into one system. Fragments of our own format come first, in the order of their paths, then the
 * others: the first that writes a key has it. Pure; never throws; what is wrong comes back as problems.
 */
export function link(fragments: readonly Fragment[], options: LinkOptions): LinkedSystem {
  return finish(linkSteps(fragments, options));
}

/** The same as {@link link} in small steps. */
export function* linkSteps(fragments: readonly Fragment[], options: LinkOptions): Steps<LinkedSystem> {
  const sorted = [...fragments].sort((a, b) => order(a) - order(b) || compare(a.files[0] ?? '', b.files[0] ?? ''));
  const linker = new Linker(sorted, options);
  const linked = yield* linker.link();
  yield;
  const system = options.before ? takenOver(options.before, linked) : linked;
  yield;
  const { problems, origins } = linker;
  const mentions = sorted.flatMap((fragment) => fragment.mentions);
  const complete = options.complete !== false;
  const mayExist = complete ? unreadableNames(sorted, options.textOf ?? (() => undefined)) : () => true;
  return {
    system,
    origins,
    files: [...new Set(sorted.flatMap((fragment) => fragment.files))].sort(compare),
    folder: options.folder,
    mentions,
    ignores: sorted.flatMap((fragment) => fragment.ignores),
    problems: [
      ...sorted.flatMap((fragment) => fragment.problems),
      ...(options.problems ?? []),
      ...problems,
      ...unknownReferences(mentions, system, origins, mayExist),
    ],
    sound: complete && sorted.every((fragment) => fragment.unsound.length === 0),
  };
}

function order(fragment: Fragment): number {
  return fragment.format === 'native' ? 0 : 1;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

class Linker {
  readonly problems: Problem[] = [];
  readonly origins = new Map<ElementId, readonly Origin[]>();
  readonly #elements = new Map<Element['kind'], { readonly element: Element; readonly native: boolean }[]>();
  readonly #calls: CallPart[] = [];

  constructor(
    readonly fragments: readonly Fragment[],
    readonly options: LinkOptions,
  ) {
    for (const { format, includes, elements } of fragments) {
      const native = format === 'native';
      const overlays = native && includes.length > 0;
      for (const element of elements) {
        if (element.kind === 'call') {
          const { value, origin } = element;
          this.#calls.push({ value, origin, native, at: this.#calls.length, overlays: overlays && origin.keys.has('from') });
          continue;
        }
        const list = this.#elements.get(element.kind);
        if (list) list.push({ element, native });
        else this.#elements.set(element.kind, [{ element, native }]);
      }
    }
  }

  *link(): Steps<System> {
    yield;
    const components = this.#components();
    yield;
    const zones = this.#merged('zone');
    const regions = this.#merged('region');
    this.#addMentioned(components, zones, regions);
    yield;
    const policies = this.#merged('policy');
    const declared = this.#merged('journey');
    const sharedFates = new Map(
      [...this.#merged('sharedFate')].map(([name, fate]) => [
        name,
        { ...fate, components: fate.components.filter((one) => components.has(one)) },
      ]),
    );
    this.#systemOrigin();
    const calls = yield* this.#linkCalls(components, policies);
    yield;
    let system: System = {
      name: this.options.name,
      objectives: this.#merged('objectives').get('') ?? {},
      regions,
      zones,
      sharedFates,
      components,
      policies,
      calls,
      journeys: this.#journeys(declared, components),
      scenarios: new Map(),
      ...(this.options.settings && { settings: this.options.settings }),
    };
    const implied = impliedJourneys(system, declared.size > 0);
    yield;
    if (implied.length > 0)
      system = { ...system, journeys: new Map([...system.journeys, ...implied.map((journey) => [journey.name, journey] as const)]) };
    const linked = { ...system, calls: calls.map((call) => onKnownJourneys(call, system)) };
    return { ...linked, scenarios: this.#scenarios(linked) };
  }

  /** Everything of one kind by name, with its origins noted. */
  #merged<K extends Exclude<Element['kind'], 'call' | 'scenario'>>(kind: K) {
    const result = new Map<string, ReturnType<typeof mergeKind<K>> extends ReadonlyMap<string, Merged<infer V>> ? V : never>();
    for (const [name, { value, origins }] of mergeKind(kind, this.#elements, this.problems)) {
      result.set(name, value);
      this.origins.set(elementId(kind, name), origins);
    }
    return result;
  }

  #components(): ReadonlyMap<string, Component> {
    const components = new Map<string, Component>();
    const foreign = new Map<string, Component>();
    for (const { element, native } of this.#elements.get('component') ?? []) {
      if (!native && element.kind === 'component' && !foreign.has(element.name)) foreign.set(element.name, element.value);
    }
    for (const [name, component] of this.#merged('component')) {
      // What another format declares stays what that format can say, whatever is laid over it.
      const source = foreign.get(name)?.source;
      components.set(name, this.#withPossibleNeeds(source ? { ...component, source } : component));
    }
    return components;
  }

  /** More replicas needed than there are is a mistake in one of the two numbers. */
  #withPossibleNeeds(component: Component): Component {
    if (component.needs === undefined || isManaged(component) || component.needs <= replicaCount(component)) return component;
    const { needs, ...rest } = component;
    const origins = this.origins.get(elementId('component', component.name)) ?? [];
    const isWritten = origins.some((origin) => origin.keys.has('replicas'));
    if (isWritten && component.replicas === undefined) return rest;
    const origin = origins.find((one) => one.keys.has('needs')) ?? origins[0];
    const replicas = origins.find((one) => one.keys.has('replicas'));
    const span = replicas?.keys.get('replicas')?.value;
    if (origin) {
      this.problems.push({
        rule: 'invalid-value',
        message: tooFewText(component, needs, isWritten),
        place: { file: origin.file, span: origin.keys.get('needs')?.value ?? origin.name },
        ...(replicas && span && { related: [{ place: { file: replicas.file, span }, message: l10n.t('The replicas.') }] }),
      });
    }
    return rest;
  }

  /** Zones and regions that are only mentioned exist, with nothing said about them. */
  #addMentioned(components: ReadonlyMap<string, Component>, zones: Map<string, Zone>, regions: Map<string, Region>): void {
    const addZone = (name: string) => zones.has(name) || zones.set(name, { name });
    const addRegion = (name: string | undefined) => name === undefined || regions.has(name) || regions.set(name, { name });
    for (const { zones: written = [], replicas, backup, recovery } of components.values()) {
      written.forEach(addZone);
      if (replicas instanceof Map) for (const name of replicas.keys()) addZone(String(name));
      if (backup !== 'none') addRegion(backup?.region);
      if (recovery !== 'none') addRegion(recovery?.region);
    }
    for (const zone of zones.values()) addRegion(zone.region);
    for (const { mentions } of this.fragments) {
      for (const { kind, name } of mentions) {
        if (kind === 'zone') addZone(name);
        if (kind === 'region') addRegion(name);
      }
    }
  }

  *#linkCalls(components: ReadonlyMap<string, Component>, policies: System['policies']): Steps<readonly Call[]> {
    const merged = mergeCalls(this.#calls, this.problems).filter(({ value }) => components.has(value.from) && components.has(value.to));
    yield;
    const ids = callIds(merged);
    yield;
    return merged.map(({ value, origins }, index) => {
      const id = ids[index] ?? '';
      this.origins.set(elementId('call', id), origins);
      const call = finishCall(id, value, policies);
      const isUnknown = typeof call.fallback === 'object' && call.fallback.kind === 'component' && !components.has(call.fallback.to);
      return isUnknown ? withoutFallback(call) : call;
    });
  }

  #journeys(declared: ReadonlyMap<string, Journey>, components: ReadonlyMap<string, Component>): ReadonlyMap<string, Journey> {
    const journeys = new Map<string, Journey>();
    for (const [name, journey] of declared) {
      if (components.has(journey.entry)) journeys.set(name, journey);
      else if (journey.entry === '') this.#noEntry(name);
    }
    return journeys;
  }

  #noEntry(name: string): void {
    const origins = this.origins.get(elementId('journey', name)) ?? [];
    const [origin] = origins;
    // An entry that is written and wrong is reported already.
    if (!origin || origins.some((one) => one.keys.has('entry'))) return;
    const fragment = this.fragments.find(({ files }) => files.includes(origin.file));
    if (fragment?.unsound.some(({ start, end }) => start < origin.entry.end && origin.entry.start < end)) return;
    const message = l10n.t('`entry` is missing: a journey starts at a component.');
    this.problems.push({ rule: 'invalid-value', message, place: { file: origin.file, span: origin.name } });
  }

  #scenarios(system: System): System['scenarios'] {
    const scenarios = new Map<string, System['scenarios'] extends ReadonlyMap<string, infer S> ? S : never>();
    if (!this.#elements.has('scenario')) return scenarios;
    const calls = callNames(system);
    for (const [name, merged] of mergeKind('scenario', this.#elements, this.problems)) {
      const { value, origins } = knownScenario(merged, system, calls);
      scenarios.set(name, value);
      this.origins.set(elementId('scenario', name), origins);
    }
    return scenarios;
  }

  #systemOrigin(): void {
    const origins: Origin[] = [];
    for (const { systemPlace } of this.fragments) {
      if (!systemPlace) continue;
      const { file, span } = systemPlace;
      origins.push({ file, name: span, entry: span, keys: new Map([['system', { key: span, value: span }]]) });
    }
    if (origins.length > 0) this.origins.set(elementId('system'), origins);
  }
}

function withoutFallback({ fallback, ...call }: Call): Call {
  return { ...call, ownKeys: call.ownKeys.filter((key) => key !== 'fallback') };
}

function tooFewText(component: Component, needs: number, isWritten: boolean): string {
  const name = component.name;
  if (!isWritten) return l10n.t('`{0}` needs {1} replicas, and none are written, so there is only 1.', name, needs);
  const count = replicaCount(component);
  const many = l10n.t('`{0}` needs {1} replicas, and there are only {2}.', name, needs, count);
  return countText(count, l10n.t('`{0}` needs {1} replicas, and there is only 1.', name, needs), many);
}

function onKnownJourneys(call: Call, system: System): Call {
  if (call.journeys === undefined || call.journeys.every((name) => system.journeys.has(name))) return call;
  return { ...call, journeys: call.journeys.filter((name) => system.journeys.has(name)) };
}
