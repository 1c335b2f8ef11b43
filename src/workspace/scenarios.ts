import type { KeyPlace, Origin } from '../model/origin';
import type { Expectation, Fault, Scenario } from '../model/scenario';
import type { System } from '../model/system';
import type { Merged } from './merge';

/** A scenario without what names something that does not exist; the paths in its origins count what is left. */
export function knownScenario({ value, origins }: Merged<Scenario>, system: System, calls: ReadonlySet<string>): Merged<Scenario> {
  const events = kept(value.events, (event) => isKnownFault(event.fault, system));
  const expect = kept(value.expect, (expectation) => isKnownSubject(expectation, system, calls));
  const clients = value.clients && new Map([...value.clients].filter(([journey]) => system.journeys.has(journey)));
  if (events.length === value.events.length && expect.length === value.expect.length && clients?.size === value.clients?.size) {
    return { value, origins };
  }
  const renumbered = origins.map((origin) => renumber(renumber(origin, 'events', events), 'expect', expect));
  return {
    value: { ...value, ...(clients && { clients }), events: pick(value.events, events), expect: pick(value.expect, expect) },
    origins: renumbered,
  };
}

/** The indices of the items to keep. */
function kept<T>(items: readonly T[], isKept: (item: T) => boolean): readonly number[] {
  return items.flatMap((item, index) => (isKept(item) ? [index] : []));
}

function pick<T>(items: readonly T[], indices: readonly number[]): readonly T[] {
  const wanted = new Set(indices);
  return items.filter((_, index) => wanted.has(index));
}

function renumber(origin: Origin, list: string, indices: readonly number[]): Origin {
  const numbers = new Map(indices.map((from, to) => [String(from), String(to)]));
  const keys = new Map<string, KeyPlace>();
  for (const [path, place] of origin.keys) {
    const [first, index, ...rest] = path.split('.');
    if (first !== list || index === undefined) keys.set(path, place);
    else {
      const number = numbers.get(index);
      if (number !== undefined) keys.set([list, number, ...rest].join('.'), place);
    }
  }
  return { ...origin, keys };
}

function isKnownFault(fault: Fault, system: System): boolean {
  if (fault.kind === 'load') return system.journeys.has(fault.journey);
  if (fault.kind === 'partition') return fault.sides.flat().every((name) => system.components.has(name));
  const { kind, name } = fault.target;
  switch (kind) {
    case 'zone':
      return system.zones.has(name);
    case 'region':
      return system.regions.has(name);
    case 'sharedFate':
      return system.sharedFates.has(name);
    default:
      return system.components.has(name);
  }
}

function isKnownSubject({ subject }: Expectation, system: System, calls: ReadonlySet<string>): boolean {
  if (subject.kind === 'journey') return system.journeys.has(subject.name);
  return subject.kind === 'component' ? system.components.has(subject.name) : calls.has(subject.name);
}
