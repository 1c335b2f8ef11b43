import * as l10n from '@vscode/l10n';
import { type Assumptions, assumptionsOf } from '../../model/defaults';
import type { Journey } from '../../model/journey';
import { finish, type Steps } from '../../model/steps';
import type { System } from '../../model/system';
import { FailureGraph, type Gate } from '../engine/graph';
import { derivedNeedsOf } from '../load/load';
import { type Domains, domainsOf } from './domains';
import { isGroundOf } from './ground';
import { hangClosure } from './hangclosure';
import { hangReasons } from './hanging';
import { type ReplicaGroup, writtenGroup } from './replicas';
import { type Wiring, wiringOf } from './wiring';
import { WorksBuilder } from './works';

/** The three readings of "works": if failures hang, if no call can hang, and with every call counted as needed. */
export const modes = ['up', 'protected', 'fullyFeatured'] as const;
export type Mode = (typeof modes)[number];

export interface JourneyRoots {
  readonly journey: Journey;
  /** When the journey fails, by reading. */
  readonly fails: Readonly<Record<Mode, Gate>>;
}

/**
 * When each journey of a system fails, as gates over two events a component: variable 2c is *not serving*, 2c + 1 is
 * *serving, but a replica that nobody takes out is dead*. Both depend on the component's own variables and on the
 * failure domains it shares, which `groups` and `domains` describe.
 */
export interface Structure {
  readonly wiring: Wiring;
  readonly domains: Domains;
  readonly groups: readonly ReplicaGroup[];
  /** The calls that can hang, by their numbers over all callers. */
  readonly hanging: Uint8Array;
  readonly graph: FailureGraph;
  readonly journeys: readonly JourneyRoots[];
  readonly unknown: readonly { readonly journey: string; readonly reason: string }[];
}

/** The events of components: when one does not serve, and when one does not answer all that call it. */
export interface Leaves {
  readonly graph: FailureGraph;
  notServing(component: number): Gate;
  notResponsive(component: number): Gate;
}

export function structureOf(system: System, given: Assumptions = assumptionsOf(system)): Structure {
  return finish(structureSteps(system, given));
}

/**
 * The same as {@link structureOf} in small steps.
 *
 * @param before of the same system a moment ago: its graph is taken over where nothing that it rests on has changed
 */
export function* structureSteps(system: System, given: Assumptions, before?: Structure): Steps<Structure> {
  const wiring = wiringOf(system);
  yield;
  const domains = domainsOf(system, given);
  const needs = derivedNeedsOf(wiring, given);
  yield;
  const groups = groupsOf(wiring, needs, domains, given);
  yield;
  const hanging = Uint8Array.from(hangReasons(wiring, given), (reason) => (reason === undefined ? 0 : 1));
  const ground = { wiring, domains, groups, hanging };
  if (before && isGroundOf(ground, before)) {
    const { graph, journeys, unknown } = before;
    return { ...ground, graph, journeys, unknown };
  }
  const graph = new FailureGraph();
  const leaves = eventLeaves(graph, groups);
  return { ...ground, graph, ...(yield* rootSteps(wiring, hanging, leaves)) };
}

function groupsOf(wiring: Wiring, derived: readonly (number | undefined)[], domains: Domains, given: Assumptions): readonly ReplicaGroup[] {
  return wiring.names.flatMap((name, number) => {
    const component = wiring.system.components.get(name);
    if (!component) return [];
    const needs = component.needs ?? derived[number] ?? 1;
    return [writtenGroup(component, needs, domains, given)];
  });
}

export function eventLeaves(graph: FailureGraph, groups: readonly ReplicaGroup[]): Leaves {
  return {
    graph,
    notServing: (component) => graph.variable(2 * component),
    notResponsive: (component) =>
      groups[component]?.unwatched
        ? graph.or([graph.variable(2 * component), graph.variable(2 * component + 1)])
        : graph.variable(2 * component),
  };
}

type Roots = Pick<Structure, 'journeys' | 'unknown'>;

/** The journeys' roots over any leaves: the events of components, or their replicas and zones one by one. */
export function* rootSteps(wiring: Wiring, hanging: Structure['hanging'], leaves: Leaves): Steps<Roots> {
  let number = 0;
  const hangs = hangClosure(
    wiring.from.map((wires) => wires.filter(() => hanging[number++] === 1)),
    leaves,
  );
  const builder = new WorksBuilder(wiring, leaves, hangs);
  yield;
  const journeys: JourneyRoots[] = [];
  const unknown: { journey: string; reason: string }[] = [];
  for (const journey of wiring.system.journeys.values()) {
    const entry = wiring.numbers.get(journey.entry);
    if (entry === undefined) {
      unknown.push({ journey: journey.name, reason: unknownReason(wiring.system, journey) });
      continue;
    }
    const up = builder.fails(entry, journey, 'up');
    yield;
    const safe = builder.fails(entry, journey, 'protected');
    yield;
    const fullyFeatured = builder.fails(entry, journey, 'fullyFeatured');
    yield;
    journeys.push({ journey, fails: { up, protected: safe, fullyFeatured } });
  }
  return { journeys, unknown };
}

function unknownReason(system: System, journey: Journey): string {
  if (system.components.size === 0) return l10n.t('the system has no components yet');
  if (system.components.has(journey.entry)) return l10n.t('its entry {0} only observes; no request passes it', journey.entry);
  if (journey.entry === '') return l10n.t('it has no entry');
  return l10n.t('its entry {0} is not a component of the system', journey.entry);
}
