import type { System } from './system';

/** Remembers what was computed of a system: systems never change, and several rules and hovers ask for the same. */
export function perSystem<T>(compute: (system: System) => T): (system: System) => T {
  const known = new WeakMap<System, { readonly value: T }>();
  return (system) => {
    const found = known.get(system) ?? { value: compute(system) };
    known.set(system, found);
    return found.value;
  };
}
