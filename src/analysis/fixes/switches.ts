import type { Assumptions } from '../../model/defaults';
import type { Steps } from '../../model/steps';
import type { System } from '../../model/system';
import { fromDown } from '../../model/units';
import type { Change } from '../../remedies/change';
import { lossSteps } from '../availability/losses';
import { type Limits, RootModels } from '../availability/models';
import { FailureGraph, type Gate } from '../engine/graph';
import { hangClosure } from '../structure/hangclosure';
import { replicaGroup } from '../structure/replicas';
import { ringsOf } from '../structure/rings';
import { eventLeaves, type Structure, structureSteps } from '../structure/structure';
import type { Wire } from '../structure/wiring';
import { WorksBuilder } from '../structure/works';
import { narrowed } from './savings';
import type { Touch } from './touch';

/** Changes of calls, as an event: while it has failed the calls are as they were, and were it never to fail they are changed. */
export interface Switch {
  /** Calls that can be done without. */
  readonly optional: ReadonlySet<string>;
  /** Calls whose wait ends. */
  readonly ended: ReadonlySet<string>;
}

/** The changes as a switch; undefined where they are anything else. */
export function switchOf(touch: Touch, changes: readonly Change[]): Switch | undefined {
  const optional = touch.madeOptionalBy(changes);
  if (optional) return { optional: idsOf(optional), ended: new Set() };
  const ended = touch.endedBy(changes);
  return ended && { optional: new Set(), ended: idsOf(ended) };
}

function idsOf(wires: readonly Wire[]): ReadonlySet<string> {
  return new Set(wires.map(({ call }) => call.id));
}

/** No reader makes such a name. */
const nameOf = (number: number): string => `\0${number}`;

/**
 * What each of several changes saves by itself, by journey: one evaluation for all of them, for the unavailability is
 * linear in the chance of each switch, and its derivative is the saving. A switch is a component that never serves, which
 * would answer instead of the optional calls' callees. NaN where this cannot tell.
 */
export function* switchGains(
  system: System,
  switches: readonly Switch[],
  touch: Touch,
  given: Assumptions,
  limits: Limits,
  only: ReadonlySet<string>,
): Steps<ReadonlyMap<string, Float64Array>> {
  const structure = yield* switchedStructure(narrowed(withSwitches(system, switches), only), switches, touch, given);
  const models = new RootModels(structure, yield* lossSteps(structure), limits);
  const gains = new Map<string, Float64Array>();
  const inRing = ringWires(structure, touch);
  const probes = switches.map((_, i) => {
    const component = structure.wiring.numbers.get(nameOf(i)) ?? -1;
    const perfect = { name: nameOf(i), availability: fromDown(0) };
    return { component, group: replicaGroup(perfect, 1, structure.domains, given) };
  });
  for (const [number, { journey }] of structure.journeys.entries()) {
    if (!only.has(journey.name)) continue;
    const model = yield* models.of(number, 'up');
    const importance = yield* model.importance(probes);
    const known = new Set(model.components);
    const found = Float64Array.from(switches, ({ ended }, i) => {
      if (!importance || [...ended].some((id) => inRing.has(id))) return Number.NaN;
      return known.has(probes[i]?.component ?? -1) ? -(importance.probes[i] ?? 0) : 0;
    });
    gains.set(journey.name, found);
  }
  return gains;
}

function withSwitches(system: System, switches: readonly Switch[]): System {
  const components = new Map(system.components);
  const byCall = new Map<string, string>();
  for (const [i, { optional }] of switches.entries()) {
    components.set(nameOf(i), { name: nameOf(i), availability: fromDown(1) });
    for (const id of optional) byCall.set(id, nameOf(i));
  }
  const calls = system.calls.map((call) => {
    const to = byCall.get(call.id);
    return to === undefined ? call : { ...call, fallback: { kind: 'component', to } as const };
  });
  return { ...system, components, calls };
}

function* switchedStructure(system: System, switches: readonly Switch[], touch: Touch, given: Assumptions): Steps<Structure> {
  const structure = yield* structureSteps(system, given);
  if (switches.every(({ ended }) => ended.size === 0)) return structure;
  const { wiring, groups } = structure;
  const graph = new FailureGraph();
  const leaves = eventLeaves(graph, groups);
  const guards = new Map<string, Gate>();
  for (const [i, { ended }] of switches.entries()) {
    for (const id of ended) guards.set(id, leaves.notServing(wiring.numbers.get(nameOf(i)) ?? -1));
  }
  const hanging = wiring.from.map((wires) => wires.filter(({ call }) => touch.canHang(call.id)));
  const guarded = (wire: Wire, event: Gate): Gate => {
    const guard = guards.get(wire.call.id);
    return guard === undefined ? event : graph.and([guard, event]);
  };
  const builder = new WorksBuilder(wiring, leaves, hangClosure(hanging, leaves, guarded));
  const journeys: Structure['journeys'][number][] = [];
  for (const { journey } of structure.journeys) {
    const up = builder.fails(wiring.numbers.get(journey.entry) ?? -1, journey, 'up');
    journeys.push({ journey, fails: { up, protected: up, fullyFeatured: up } });
    yield;
  }
  return { ...structure, graph, journeys };
}

/** Calls between components that hang on each other: ending one of the waits is more than a switch. */
function ringWires({ wiring }: Structure, touch: Touch): ReadonlySet<string> {
  const hanging = (node: number): readonly Wire[] => (wiring.from[node] ?? []).filter(({ call }) => touch.canHang(call.id));
  const callers = wiring.from.flatMap((_, node) => (hanging(node).length > 0 ? [node] : []));
  const rings = ringsOf(wiring.from.length, (node) => hanging(node).map(({ to }) => to), callers);
  return new Set(callers.flatMap((node) => hanging(node).flatMap(({ call, to }) => (rings.of[to] === rings.of[node] ? call.id : []))));
}
