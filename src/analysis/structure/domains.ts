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
  zone(name: string): number;
  /** The shared fates of a component. */
  fatesOf(component: string): readonly number[];
}

/** Nobody wrote how available the shared fate is: it counts as never failing, and the ledger says so. */
const unknownFate: Stated<Availability> = { value: fromDown(0), assumed: true };

export function domainsOf(system: System, given: Assumptions): Domains {
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
  const zoneNumber = (name: string): number => {
    let number = zones.get(name);
    if (number === undefined) {
      const zone = system.zones.get(name);
      const region = zone?.region === undefined ? -1 : regionNumber(zone.region);
      number = list.length;
      zones.set(name, number);
      list.push({ point: { kind: 'zone', name }, availability: zoneAvailability(zone, given), region });
    }
    return number;
  };
  for (const name of system.zones.keys()) zoneNumber(name);

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
  return { list, zone: zoneNumber, fatesOf: (component) => fates.get(component) ?? [] };
}
