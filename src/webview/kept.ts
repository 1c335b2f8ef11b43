import type { GraphOptions } from '../layout/graph';

/** Options as an editor keeps them, which writes them as JSON: a set would come back empty. */
export type KeptOptions = Omit<GraphOptions, 'collapsed'> & { readonly collapsed?: readonly string[] };

export function keptOptions({ collapsed, ...rest }: GraphOptions): KeptOptions {
  return collapsed ? { ...rest, collapsed: [...collapsed] } : rest;
}

export function optionsFrom({ collapsed, ...rest }: KeptOptions): GraphOptions {
  return Array.isArray(collapsed) ? { ...rest, collapsed: new Set(collapsed) } : rest;
}
