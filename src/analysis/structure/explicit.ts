import { kindOf } from '../../model/defaults';
import { finish, type Steps } from '../../model/steps';
import { FailureGraph, type Gate } from '../engine/graph';
import type { Domain } from './domains';
import { type ReplicaGroup, sizeOf } from './replicas';
import { type JourneyRoots, type Leaves, rootSteps, type Structure } from './structure';

/** An independent variable of the analysis, as a thing that fails. `replica` counts from 1. */
export type FailureEvent =
  | { readonly kind: 'replica'; readonly component: string; readonly replica: number }
  | { readonly kind: 'commonCause' | 'release' | 'switching'; readonly component: string }
  | { readonly kind: 'zone' | 'region' | 'sharedFate'; readonly name: string };

/** A system's failure graph with every replica, zone, region and shared fate a variable of its own. */
export interface Explicit {
  readonly graph: FailureGraph;
  readonly events: readonly FailureEvent[];
  /** Unavailability and availability of each event. */
  readonly down: Float64Array;
  readonly up: Float64Array;
  readonly journeys: readonly JourneyRoots[];
  /** When each component does not serve, and when it does not answer all that call it. */
  readonly notServing: readonly Gate[];
  readonly notResponsive: readonly Gate[];
  /** Events that are no part of what can fail: a client that does not is whoever asks. */
  readonly ignored: ReadonlySet<number>;
}

/** The variable of a failure domain is its number; those of the components follow. */
export function domainVariable(domain: number): number {
  return domain;
}

/** Replicas above this number, of one component, are too many to be told apart. */
export const mostReplicas = 2000;

/** Undefined when some component has too many replicas. */
export function explicitOf(structure: Structure): Explicit | undefined {
  return finish(explicitSteps(structure));
}

/** The same as {@link explicitOf} in small steps. */
export function* explicitSteps(structure: Structure): Steps<Explicit | undefined> {
  const { wiring, groups, domains, hanging } = structure;
  if (groups.some((group) => sizeOf(group) > mostReplicas)) return undefined;
  const graph = new FailureGraph();
  const events: FailureEvent[] = [];
  const down: number[] = [];
  const up: number[] = [];
  const variable = (event: FailureEvent, chance: { readonly down: number; readonly up: number }): Gate => {
    events.push(event);
    down.push(chance.down);
    up.push(chance.up);
    return graph.variable(events.length - 1);
  };
  const ignored = new Set<number>();
  const domainGates = domains.list.map(({ point: { kind, name }, availability }) => variable({ kind, name }, availability.value));
  const notServing: Gate[] = [];
  const notResponsive: Gate[] = [];
  for (const group of groups) {
    const first = events.length;
    const gates = groupGates(group, graph, domains.list, domainGates, variable);
    for (let event = first; event < events.length; event++) {
      if (kindOf(group.component) === 'client' && events[event]?.kind === 'replica' && down[event] === 0) ignored.add(event);
    }
    notServing.push(gates.notServing);
    notResponsive.push(gates.notResponsive);
  }
  const leaves: Leaves = {
    graph,
    notServing: (component) => notServing[component] ?? 0,
    notResponsive: (component) => notResponsive[component] ?? 0,
  };
  yield;
  const { journeys } = yield* rootSteps(wiring, hanging, leaves);
  return {
    graph,
    events,
    down: Float64Array.from(down),
    up: Float64Array.from(up),
    journeys,
    notServing,
    notResponsive,
    ignored,
  };
}

function groupGates(
  group: ReplicaGroup,
  graph: FailureGraph,
  domains: readonly Domain[],
  domainGates: readonly Gate[],
  variable: (event: FailureEvent, chance: { readonly down: number; readonly up: number }) => Gate,
): { notServing: Gate; notResponsive: Gate } {
  const component = group.component.name;
  const whole = group.fates.map((fate) => domainGates[fate] as Gate);
  const single = (kind: 'commonCause' | 'release' | 'switching', q: number): void => {
    if (q > 0) whole.push(variable({ kind, component }, { down: q, up: 1 - q }));
  };
  single('commonCause', group.common);
  single('release', group.release);
  single('switching', group.switching);

  const replicas = group.zones.map((zone, i) => {
    const region = domains[zone]?.region ?? -1;
    const own = variable({ kind: 'replica', component, replica: i + 1 }, group.own);
    return graph.or([own, ...(zone < 0 ? [] : [domainGates[zone] as Gate]), ...(region < 0 ? [] : [domainGates[region] as Gate])]);
  });
  const notServing = graph.or([...whole, graph.atLeast(Math.max(0, sizeOf(group) - group.needs + 1), replicas)]);
  return { notServing, notResponsive: group.unwatched ? graph.or([notServing, ...replicas]) : notServing };
}
