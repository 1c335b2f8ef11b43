import {
  type Assumptions,
  assumptionsOf,
  concurrencyOf,
  failoverOf,
  isDelivery,
  isManaged,
  kindOf,
  replicaCount,
  servingReplicas,
} from '../../model/defaults';
import { isStateful, type Kind } from '../../model/kinds';
import { finish, type Steps } from '../../model/steps';
import type { System } from '../../model/system';
import { applyChanges, type Remedy } from '../../remedies/change';
import { breakerProposal, componentProposals, optionalProposal, type Proposal, waitProposal, zoneProposal } from '../../remedies/proposals';
import { worstCaseTime } from '../../remedies/retries';
import { lossEffects } from '../availability/losses';
import { busySlots, decidingLoads, derivedNeeds, type Loads } from '../load/load';
import { type HangReason, hangReason } from '../structure/hanging';
import { structureSteps } from '../structure/structure';
import type { Wire, Wiring } from '../structure/wiring';

/** Whoever only passes requests on cannot do without what is behind. */
const passing: ReadonlySet<Kind> = new Set<Kind>(['client', 'dns', 'cdn', 'load-balancer']);

/** What a provider, or another format, says is not changed here. */
interface Context {
  readonly system: System;
  readonly wiring: Wiring;
  readonly loads: Loads;
  readonly hanging: ReadonlyMap<Wire, HangReason>;
  readonly hangTargets: ReadonlySet<number>;
}

/**
 * Everything that a quick fix could offer to raise an availability, one remedy each. What a component of another format
 * is, and how its calls are made, is changed there; of what others run, only whether it is needed; of clients nothing.
 * What a proposal saves is another question, see {@link rankedFixes}; some save nothing by themselves.
 */
export function proposalsFor(system: System, given: Assumptions = assumptionsOf(system)): readonly Proposal[] {
  return finish(proposalSteps(system, given));
}

/** The same as {@link proposalsFor} in small steps. */
export function* proposalSteps(system: System, given: Assumptions = assumptionsOf(system)): Steps<readonly Proposal[]> {
  const structure = yield* structureSteps(system, given);
  const { wiring } = structure;
  const loads = decidingLoads(wiring, given);
  yield;
  const hanging = new Map<Wire, HangReason>();
  for (const wire of wiring.from.flat()) {
    const reason = hangReason(wire, wiring, loads);
    if (reason !== undefined) hanging.set(wire, reason);
  }
  const context: Context = { system, wiring, loads, hanging, hangTargets: new Set([...hanging.keys()].map(({ to }) => to)) };
  yield;
  const passed = passedBy(wiring);
  const proposals: Proposal[] = [];
  for (const number of passed) {
    proposals.push(...ofComponent(context, number));
    for (const wire of wiring.from[number] ?? []) proposals.push(...ofCall(context, wire));
    yield;
  }
  proposals.push(...ofZones(context, structure));
  const entries = new Set([...system.journeys.values()].map(({ entry }) => entry));
  const callers = callersOf(wiring);
  for (const number of passed) {
    proposals.push(...without(context, number, entries, callers[number] ?? []));
    yield;
  }
  return proposals;
}

/** The components that some journey passes, in the order of the file. */
function passedBy(wiring: Wiring): readonly number[] {
  const passed = new Set<number>();
  for (const { entry } of wiring.system.journeys.values()) {
    const number = wiring.numbers.get(entry);
    if (number !== undefined) passed.add(number);
  }
  for (const number of passed) {
    for (const { to, fallback } of wiring.from[number] ?? []) {
      passed.add(to);
      if (fallback >= 0) passed.add(fallback);
    }
  }
  return [...passed].sort((a, b) => a - b);
}

function isOurs(system: System, name: string): boolean {
  const component = system.components.get(name);
  if (!component || isManaged(component) || kindOf(component) === 'client') return false;
  return component.source === undefined || component.source === 'native';
}

function ofComponent(context: Context, number: number): readonly Proposal[] {
  const { system, wiring, hangTargets } = context;
  const name = wiring.names[number] ?? '';
  if (!isOurs(system, name)) return [];
  return componentProposals(system, name, hangTargets.has(number)).filter((proposal) => hasSpare(context, number, proposal));
}

/** Whether a component has a replica to spare afterwards: a load that needs both replicas is worse off with a second one. */
function hasSpare({ wiring, loads, system }: Context, number: number, { changes }: Remedy): boolean {
  const name = wiring.names[number] ?? '';
  const now = system.components.get(name);
  if (!now) return false;
  const changed = applyChanges({ ...system, components: new Map([[name, now]]), calls: [] }, changes);
  const component = changed.components.get(name) ?? now;
  if (isStateful(kindOf(component)) && failoverOf(component) === undefined) return false;
  return replicaCount(component) > (component.needs ?? derivedNeeds({ ...wiring, system: changed }, loads, number) ?? 1);
}

function ofCall(context: Context, wire: Wire): readonly Proposal[] {
  const { system, hanging } = context;
  const { call } = wire;
  const reason = hanging.get(wire);
  const caller = system.components.get(call.from);
  if (reason === undefined || call.source !== 'native' || !caller || isDelivery(call, caller)) return [];
  // Whoever is asking waits as long as it likes, and nobody configures it here.
  if (kindOf(caller) === 'client' || kindOf(caller) === 'dns') return [];
  const fills = (remedy: Remedy): boolean => fillsPool(context, wire, remedy);
  const proposal = reason === 'waits forever' ? waitProposal(system, call.id, fills) : breakerProposal(system, call.id);
  return proposal ? [proposal] : [];
}

/** Whether a call that no longer waits for ever still fills its caller's pool. */
function fillsPool({ system, loads }: Context, { call, from, to }: Wire, { changes }: Remedy): boolean {
  const caller = system.components.get(call.from);
  const concurrency = caller && concurrencyOf(caller);
  if (!caller || concurrency === undefined || concurrency === Infinity) return false;
  if (call.circuitBreaker !== undefined && call.circuitBreaker !== 'none') return false;
  const [changed = call] = applyChanges({ ...system, calls: [call] }, changes).calls;
  const busy = busySlots(loads, from, to, (other) => {
    const stuck = worstCaseTime(other.call.id === call.id ? changed : other.call);
    return stuck === Infinity ? 0 : stuck; // another call that waits for ever is another proposal
  });
  return busy !== undefined && busy >= concurrency * servingReplicas(caller) * (1 - 1e-12);
}

/** The zones whose loss stops a journey by several components: none of them helps alone, all of them together do. */
function ofZones(context: Context, structure: Parameters<typeof lossEffects>[0]): readonly Proposal[] {
  const { system, wiring, hangTargets } = context;
  const { losses, journeys } = lossEffects(structure);
  return structure.domains.list.flatMap(({ point }, domain) => {
    if (point.kind !== 'zone') return [];
    const needing = new Set<number>();
    for (const { up } of journeys) {
      if (!up.has(losses.firstDomain + domain)) continue;
      for (const variable of losses.variables[losses.firstDomain + domain] ?? []) {
        if ((variable & 1) === 0 && up.has(variable >> 1)) needing.add(variable >> 1);
      }
    }
    const names = [...needing].sort((a, b) => a - b).map((number) => wiring.names[number] ?? '');
    if (!names.every((name) => isOurs(system, name))) return [];
    const proposal = zoneProposal(system, point.name, names, (name) => hangTargets.has(wiring.numbers.get(name) ?? -1));
    return proposal && [...needing].every((number) => hasSpare(context, number, proposal)) ? [proposal] : [];
  });
}

function callersOf(wiring: Wiring): readonly (readonly Wire[])[] {
  const callers: Wire[][] = wiring.names.map(() => []);
  for (const wire of wiring.from.flat()) callers[wire.to]?.push(wire);
  return callers;
}

/** Where that is enough: not while calls to it can hang, nor where a journey starts. */
function without(context: Context, number: number, entries: ReadonlySet<string>, calls: readonly Wire[]): readonly Proposal[] {
  const { system, wiring, hangTargets } = context;
  const name = wiring.names[number] ?? '';
  if (entries.has(name) || hangTargets.has(number) || calls.length === 0) return [];
  if (calls.some(({ call }) => call.source !== 'native')) return [];
  if (calls.some(({ call, optional }) => !optional && passing.has(kindOf(system.components.get(call.from) ?? { name: '' })))) return [];
  const proposal = optionalProposal(system, name);
  return proposal ? [proposal] : [];
}
