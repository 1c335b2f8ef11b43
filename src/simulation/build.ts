import { assumptions, replicaCount } from '../model/defaults';
import { assumedSlotsText, assumedWorkText, notDoneText, ringText, tooManyReplicasText } from '../model/happenings';
import type { System } from '../model/system';
import { variantOf } from '../remedies/variants';
import { componentState, isBoundless, mostReplicas } from './components';
import { Core, Planned, plannedId } from './core';
import { applyFault } from './faults';
import type { SimulationRequest } from './frame';
import { JourneyState } from './journeyState';
import { planArrival, startClients } from './journeys';
import { nanoseconds, toNanoseconds } from './outcome';
import { knowCalls, planJourney } from './plans';
import { Stream } from './random';
import { Series } from './series';
import { TimerList } from './timers';
import { planTraffic, type Traffic } from './traffic';

export type Built = { readonly ok: true; readonly core: Core } | { readonly ok: false; readonly reason: string };

/** Everything that a run starts with, at time 0: the state, the scenario's events and the first arrivals. */
export function build(request: SimulationRequest): Built {
  const system = variantOf(request.system, request.variant);
  const plan = planTraffic(system, request.scenario);
  if (!plan.ok) return plan;
  let replicas = 0;
  for (const component of system.components.values()) replicas += replicaCount(component);
  if (replicas > mostReplicas) return { ok: false, reason: tooManyReplicasText(replicas, mostReplicas) };
  const core = new Core();
  for (const component of system.components.values()) {
    core.addComponent(componentState(system, component, core.components.length, request.seed));
  }
  for (const fate of system.sharedFates.values()) {
    core.sharedFates.set(
      fate.name,
      fate.components.flatMap((name) => core.componentByName.get(name) ?? []),
    );
  }
  for (const note of plan.notes) core.note(note);
  addJourneys(core, system, plan.traffic, request);
  noteAssumptions(core, system);
  planEvents(core, request);
  for (const journey of core.journeys) {
    planArrival(core, journey);
    if (journey.clients > 0) core.plan(0, () => startClients(core, journey));
  }
  return { ok: true, core };
}

function addJourneys(core: Core, system: System, traffic: readonly Traffic[], { seed, scenario }: SimulationRequest): void {
  const byCaller = knowCalls(core, system, seed);
  const returning = new Set<string>();
  for (const { journey, rate, clients, latency } of traffic) {
    const index = core.journeys.length;
    const state = new JourneyState(journey.name, index, new Stream(seed, `arrivals ${journey.name}`), new Series());
    state.rate = rate / nanoseconds;
    state.clients = clients;
    state.think = toNanoseconds(scenario?.think ?? 0);
    state.latency = toNanoseconds(latency);
    if (latency < Number.POSITIVE_INFINITY)
      state.lateness = new TimerList(core.calendar, plannedId(Planned.Lateness, index), state.latency);
    core.journeys.push(state);
    const entry = core.componentByName.get(journey.entry);
    if (entry) for (const id of planJourney(system, state, entry, byCaller)) returning.add(id);
  }
  if (returning.size > 0) core.note(ringText([...returning]));
}

/** Says which numbers nobody wrote, of the components that take part. */
function noteAssumptions(core: Core, system: System): void {
  const used = new Set<string>();
  for (const { from, to } of core.calls) used.add(from.name).add(to.name);
  for (const journey of core.journeys) if (journey.entry) used.add(journey.entry.component.name);
  const components = [...system.components.values()].filter((component) => used.has(component.name) && !isBoundless(component));
  const slots = components.filter(({ concurrency }) => concurrency === undefined).map(({ name }) => name);
  const times = components.filter(({ serviceTime }) => serviceTime === undefined).map(({ name }) => name);
  if (slots.length > 0) core.note(assumedSlotsText(assumptions.concurrency, slots));
  if (times.length > 0) core.note(assumedWorkText(assumptions.serviceTime, times));
}

function planEvents(core: Core, { scenario }: SimulationRequest): void {
  for (const { at, fault } of scenario?.events ?? []) {
    core.plan(toNanoseconds(Math.max(0, at)), () => {
      const reason = applyFault(core, fault);
      if (reason !== undefined) core.note(notDoneText(reason));
    });
  }
}
