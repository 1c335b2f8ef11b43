import { type Assumptions, regionAvailability, type Stated, zoneAvailability } from '../../model/defaults';
import type { System } from '../../model/system';
import { type Availability, fromDown } from '../../model/units';
import type { Point } from '../figures';

/** A variable that several components share: a region, a zone (given its region), or a shared fate. */
export interface Domain {
  readonly point: Point & { readonly kind: 'zone' | 'region' | 'sharedFate' };
  readonly availability: Stated<Availability>;
  /** The number of a zone's region, −1 where it is unknown. */
  readonly region: number;
}

/** All failure domains of a system, with their numbers. */
export interface Domains {
  readonly list: readonly Domain[];
  /** −1 where there is no such zone: a linked system has all that it mentions. */
  zone(name: string): number;
  /** The shared fates of a component. */
  fatesOf(component: string): readonly number[];
}

/** Nobody wrote how available the shared fate is: it counts as never failing, and the ledger says so. */
const unknownFate: Stated<Availability> = { value: fromDown(0), assumed: true };

type Grounds = Pick<System, 'regions' | 'zones' | 'sharedFates'>;

interface Known extends Grounds {
  readonly given: Assumptions;
  readonly domains: Domains;
}

/** By the zones. */
const known = new WeakMap<System['zones'], Known>();

/** The very same for systems that have the same regions, zones and shared fates. */
export function domainsOf(system: Grounds, given: Assumptions): Domains {
  const { regions, zones, sharedFates } = system;
  const found = known.get(zones);
  if (found && found.regions === regions && found.sharedFates === sharedFates && found.given === given) return found.domains;
  const domains = computedDomains(system, given);
  known.set(zones, { regions, zones, sharedFates, given, domains });
  return domains;
}

function computedDomains(system: Grounds, given: Assumptions): Domains {
  const list: Domain[] = [];
  const regions = new Map<string, number>();
  const zones = new Map<string, number>();
  const fates = new Map<string, number[]>();

  const regionNumber = (name: string): number => {
    let number = regions.get(name);
    if (number === undefined) {
      number = list.length;
      regions.set(name, number);
      list.push({ point: { kind: 'region', name }, availability: regionAvailability(system.regions.get(name), given), region: -1 });
    }
    return number;
  };

  for (const name of system.regions.keys()) regionNumber(name);
  for (const [name, zone] of system.zones) {
    const region = zone.region === undefined ? -1 : regionNumber(zone.region);
    zones.set(name, list.length);
    list.push({ point: { kind: 'zone', name }, availability: zoneAvailability(zone, given), region });
  }

  for (const fate of system.sharedFates.values()) {
    const number = list.length;
    const availability = fate.availability ? { value: fate.availability, assumed: false } : unknownFate;
    list.push({ point: { kind: 'sharedFate', name: fate.name }, availability, region: -1 });
    for (const component of new Set(fate.components)) {
      const known = fates.get(component);
      if (known) known.push(number);
      else fates.set(component, [number]);
    }
  }
  return { list, zone: (name) => zones.get(name) ?? -1, fatesOf: (component) => fates.get(component) ?? [] };
}
