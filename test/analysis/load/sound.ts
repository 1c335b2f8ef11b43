import { strict as assert } from 'node:assert';
import { hopsTo } from '../../../src/analysis/load/amplification';
import { type LoadFigures, loadFigures } from '../../../src/analysis/load/figures';
import type { System } from '../../../src/model/system';

/** No figure is NaN, however deep, and paths end. */
export function sound(system: System): LoadFigures {
  const figures = loadFigures(system);
  const check = (value: unknown, where: string): void => {
    if (typeof value === 'number') assert.ok(!Number.isNaN(value), `${where} is NaN`);
    else if (typeof value === 'object' && value !== null) for (const [key, inner] of Object.entries(value)) check(inner, `${where}.${key}`);
  };
  for (const [name, { amplifiedBy, ...load }] of figures.components) {
    check(load, name);
    check(
      hopsTo(amplifiedBy).map(({ times }) => times),
      `${name}.amplifiedBy`,
    );
  }
  for (const [id, load] of figures.calls) check(load, id);
  return figures;
}

export const componentOf = (figures: LoadFigures, name: string) => {
  const load = figures.components.get(name);
  assert.ok(load, name);
  return load;
};

export const callOf = (figures: LoadFigures, edge: string) => {
  const [, load] = [...figures.calls].find(([id]) => id.startsWith(`${edge} `)) ?? [];
  assert.ok(load, edge);
  return load;
};
