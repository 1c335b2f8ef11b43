import type { System } from './system';

/** A system as plain JSON, for messages between threads and windows. Maps become lists of pairs under one key. */
export type Packed = { readonly packed: string };

const mapKey = '$entries';

export function pack(system: System): Packed {
  return {
    packed: JSON.stringify(system, (_key, value: unknown) => (value instanceof Map ? { [mapKey]: [...value] } : value)),
  };
}

/** The inverse of {@link pack}. Only for text that `pack` made. */
export function unpack(packed: Packed): System {
  return JSON.parse(packed.packed, (_key, value: unknown) => {
    if (typeof value !== 'object' || value === null || !(mapKey in value)) return value;
    const entries = value[mapKey];
    return Array.isArray(entries) ? new Map(entries as [string, unknown][]) : value;
  }) as System;
}
