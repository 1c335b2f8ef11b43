import type { GraphOptions } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { Transform } from './panZoom';
import type { PlayerMemory } from './player';
import type { Tab } from './tab';

/** Options as an editor keeps them, which writes them as JSON: a set would come back empty. */
export type KeptOptions = Omit<GraphOptions, 'collapsed'> & { readonly collapsed?: readonly string[] };

export function keptOptions({ collapsed, ...rest }: GraphOptions): KeptOptions {
  return collapsed ? { ...rest, collapsed: [...collapsed] } : rest;
}

export function optionsFrom({ collapsed, ...rest }: KeptOptions): GraphOptions {
  return Array.isArray(collapsed) ? { ...rest, collapsed: new Set(collapsed) } : rest;
}

/** What is kept while the page is hidden, so that it comes back without a layout. */
export interface Memory {
  readonly version: 1;
  readonly picture?: Picture;
  readonly at?: Transform;
  readonly options: KeptOptions;
  readonly player: PlayerMemory;
  /** Whether what the signs mean is shown; it is where this is absent. */
  readonly legend?: boolean;
  /** Those after which a fresh layout would look different, since the last one. */
  readonly edits?: number;
  /** What is looked at under the map; a run where this is absent. */
  readonly tab?: Tab;
}
