import type { System } from '../../src/model/system';
import { generate } from '../../test/layout/generate';
import { systemOf } from '../../test/layout/systems';

/** Systems as somebody might write them, in zones and regions, by how many components they have. */
export const inZones = {
  30: () => generate(7, { components: 30, zones: 3, regions: 1, single: 0.4 }),
  100: () => generate(7, { components: 100, zones: 6, regions: 2, single: 0.8 }),
  250: () => generate(7, { components: 250, zones: 9, regions: 3, single: 0.9 }),
  1000: () => generate(7, { components: 1000, zones: 9, regions: 3, single: 0.9 }),
} as const satisfies Record<number, () => System>;

/** One more component, called by one that is there: the last, or the one that is so many before it. */
export function withNewcomer(system: System, before = 0): System {
  const name = [...system.components.keys()].at(-1 - before) ?? '';
  const component = system.components.get(name);
  const zones = component?.zones ? { zones: component.zones } : {};
  const one = systemOf('one', { newcomer: { kind: 'service', ...zones } }, [{ from: name, to: 'newcomer', timeout: 2 }]);
  return { ...system, components: new Map([...system.components, ...one.components]), calls: [...system.calls, ...one.calls] };
}
