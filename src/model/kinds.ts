/** The kinds of component, in the order in which documentation lists them. */
export const kinds = [
  'client',
  'dns',
  'cdn',
  'load-balancer',
  'gateway',
  'service',
  'function',
  'worker',
  'scheduler',
  'queue',
  'cache',
  'database',
  'object-store',
  'search',
  'external',
  'deployer',
] as const;

export type Kind = (typeof kinds)[number];

const stateful: ReadonlySet<Kind> = new Set<Kind>(['queue', 'cache', 'database', 'object-store', 'search']);
const unattended: ReadonlySet<Kind> = new Set<Kind>(['worker', 'scheduler', 'deployer']);

/** Stateful kinds hold data, so that not every replica can stand in for another. */
export function isStateful(kind: Kind): boolean {
  return stateful.has(kind);
}

/** Nobody waits for a journey that starts at one of these, so latency objectives do not apply to it. */
export function isUnattended(kind: Kind): boolean {
  return unattended.has(kind);
}
