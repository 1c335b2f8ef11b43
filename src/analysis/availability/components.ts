import { type Assumptions, assumptionsOf, replicaAvailability, type Stated } from '../../model/defaults';
import type { System } from '../../model/system';
import type { Availability, Share } from '../../model/units';
import { derivedNeedsOf } from '../load/load';
import { domainsOf } from '../structure/domains';
import { type ReplicaGroup, replicaGroup, shapeOf, sizeOf, writtenGroup } from '../structure/replicas';
import { wiringOf } from '../structure/wiring';
import { GroupChances } from './groupchance';

/** What can be said of one component by itself, without what it calls. */
export interface ComponentFigures {
  readonly replica: Stated<Availability>;
  /** That it serves: all of it, with its zones, regions, shared fates, releases and failover. */
  readonly whole: Availability;
  /** The same if this share of its replicas' failures took all of them at once, where nobody wrote one. */
  readonly ifCommonCause?: { readonly share: Share; readonly whole: Availability };
  /** The share of the time that a bad release takes it down, which is part of the above. */
  readonly releases: Share;
  /** How many replicas have to be up, and whether that follows from the load. */
  readonly needs: number;
  readonly needsDerived: boolean;
  /** How many replicas count: one of a stateful component that does not fail over. */
  readonly counting: number;
}

/** The beta factor that is commonly taken where nothing is known. */
const usualCommonCause: Share = 0.05;

/** By a component's replicas: they, their domains and what is assumed are all that its figures rest on. */
const known = new WeakMap<ReplicaGroup, ComponentFigures>();

/** The figures of every component by name; those that only observe have one as well. */
export function componentFigures(system: System, given: Assumptions = assumptionsOf(system)): ReadonlyMap<string, ComponentFigures> {
  const wiring = wiringOf(system);
  const domains = domainsOf(system, given);
  const derivedNeeds = derivedNeedsOf(wiring, given);
  const figures = new Map<string, ComponentFigures>();
  const chances = new Map<string, Availability>();
  const chanceOf = (group: ReplicaGroup): Availability => {
    const shape = shapeOf(group);
    const known = chances.get(shape);
    if (known) return known;
    const { up, down } = new GroupChances(group, domains.list).given(() => 'open');
    chances.set(shape, { up, down });
    return { up, down };
  };
  for (const component of system.components.values()) {
    const number = wiring.numbers.get(component.name);
    const derived = component.needs !== undefined || number === undefined ? undefined : derivedNeeds[number];
    const needs = component.needs ?? derived ?? 1;
    const group = writtenGroup(component, needs, domains, given);
    const needsDerived = derived !== undefined && group.needs === derived;
    const found = known.get(group);
    if (found?.needsDerived === needsDerived) {
      figures.set(component.name, found);
      continue;
    }
    const counting = sizeOf(group);
    const isShared = component.commonCause === undefined && counting > 1;
    const shared = isShared ? replicaGroup({ ...component, commonCause: usualCommonCause }, needs, domains, given) : undefined;
    const made: ComponentFigures = {
      replica: replicaAvailability(component, given),
      whole: chanceOf(group),
      ...(shared && { ifCommonCause: { share: usualCommonCause, whole: chanceOf(shared) } }),
      releases: group.release,
      needs: group.needs,
      counting,
      needsDerived,
    };
    known.set(group, made);
    figures.set(component.name, made);
  }
  return figures;
}
