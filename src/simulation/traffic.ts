import { assumedRateText, leftOutText, noComponentsText, noEntryText, noTrafficText, tooManyClientsText } from '../model/happenings';
import type { Journey } from '../model/journey';
import { latencyObjective } from '../model/objectives';
import type { Scenario } from '../model/scenario';
import type { System } from '../model/system';
import type { PerSecond, Seconds } from '../model/units';

/** How much one journey is used in a run. */
export interface Traffic {
  readonly journey: Journey;
  /** Requests a second that come in whatever happens; 0 where there are clients. */
  readonly rate: PerSecond;
  /** Users who each wait for their answer before they ask again; 0 where requests come at a rate. */
  readonly clients: number;
  /** Seconds; Infinity where nothing is written. */
  readonly latency: Seconds;
}

/** Taken where no journey has a rate, so that something can be seen. Requests a second. */
export const assumedRate: PerSecond = 10;

const mostClients = 200_000;

/** The journeys that are simulated, what to say about that, or why there is nothing to simulate. */
export type TrafficPlan =
  | { readonly ok: true; readonly traffic: readonly Traffic[]; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: string };

export function planTraffic(system: System, scenario: Scenario | undefined): TrafficPlan {
  const possible = [...system.journeys.values()].filter((journey) => system.components.has(journey.entry));
  if (possible.length === 0) {
    return { ok: false, reason: system.components.size === 0 ? noComponentsText() : noEntryText() };
  }
  const clientsOf = (journey: Journey) => Math.floor(scenario?.clients?.get(journey.name) ?? 0);
  const crowded = possible.find((journey) => clientsOf(journey) > mostClients);
  if (crowded) return { ok: false, reason: tooManyClientsText(clientsOf(crowded), crowded.name, mostClients) };
  const known = possible.filter((journey) => journey.rate !== undefined || clientsOf(journey) > 0);
  const used = known.length > 0 ? known : possible;
  const traffic = used.map((journey) => {
    const clients = clientsOf(journey);
    return { journey, clients, rate: clients > 0 ? 0 : (journey.rate ?? assumedRate), latency: latencyOf(system, journey) };
  });
  if (traffic.every(({ rate, clients }) => !(rate > 0) && clients === 0)) {
    return { ok: false, reason: noTrafficText() };
  }
  return { ok: true, traffic, notes: notesOn(possible, known) };
}

function notesOn(possible: readonly Journey[], known: readonly Journey[]): readonly string[] {
  const names = (journeys: readonly Journey[]) => journeys.map(({ name }) => name);
  if (known.length === 0) return [assumedRateText(assumedRate, names(possible))];
  const left = possible.filter((journey) => !known.includes(journey));
  return left.length === 0 ? [] : [leftOutText(names(left))];
}

function latencyOf(system: System, journey: Journey): Seconds {
  return latencyObjective(system, journey) ?? Number.POSITIVE_INFINITY;
}
