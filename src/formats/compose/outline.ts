import { normaliseService } from './normalise';
import { child, type Mapping, mapChild, type Node, scalarChild, scalars } from './tree';

/** What a compose file declares and what it takes for granted, to tell which files are one project. */
export interface Outline {
  readonly name?: string;
  readonly services: ReadonlySet<string>;
  /** Services that say where their container comes from. */
  readonly whole: ReadonlySet<string>;
  /** Services that are named and not declared. */
  readonly missing: ReadonlySet<string>;
  readonly networks: ReadonlySet<string>;
  /** Networks that are used and not declared. */
  readonly missingNetworks: ReadonlySet<string>;
}

const outlines = new WeakMap<Mapping, Outline | undefined>();

/** The outline of a parsed file; undefined where it has no services. */
export function outlineOf(root: Node | undefined): Outline | undefined {
  if (root?.kind !== 'map') return undefined;
  if (!outlines.has(root)) outlines.set(root, readOutline(root));
  return outlines.get(root);
}

function readOutline(root: Mapping): Outline | undefined {
  const section = mapChild(root, 'services');
  if (!section) return undefined;
  const name = scalarChild(root, 'name')?.text;
  const services = new Set(section.entries.keys());
  const networks = new Set(mapChild(root, 'networks')?.entries.keys() ?? []);
  const definitions = [...section.entries.values()].flatMap(({ value }) => (value.kind === 'map' ? [normaliseService(value)] : []));
  const used = definitions.flatMap((service) => [...(mapChild(service, 'networks')?.entries.keys() ?? [])]);
  return {
    ...(name !== undefined && { name }),
    services,
    whole: new Set([...section.entries.values()].filter(({ value }) => isWhole(value)).map(({ key }) => key)),
    missing: new Set(definitions.flatMap(references).filter((reference) => !services.has(reference))),
    networks,
    missingNetworks: new Set(used.filter((network) => network !== 'default' && !networks.has(network))),
  };
}

function isWhole(service: Node): boolean {
  if (service.kind !== 'map') return false;
  const build = child(service, 'build');
  return (
    service.entries.has('image') || service.entries.has('extends') || build?.kind === 'scalar' || child(build, 'context') !== undefined
  );
}

function references(service: Mapping): readonly string[] {
  const links = scalars(child(service, 'links')).map(({ text }) => text.split(':')[0] ?? '');
  const inside = /^service:(.+)$/.exec(scalarChild(service, 'network_mode')?.text ?? '')?.[1];
  return [...(mapChild(service, 'depends_on')?.entries.keys() ?? []), ...links, ...(inside === undefined ? [] : [inside])];
}

/** Whether a file names services or networks that it does not declare and the other one does. */
export function misses(own: Outline, other: Outline): boolean {
  return some(own.missing, (name) => other.services.has(name)) || some(own.missingNetworks, (name) => other.networks.has(name));
}

/** Whether a file cannot stand alone, and the other one has what it is missing. */
export function needs(own: Outline, other: Outline): boolean {
  return misses(own, other) || some(own.services, (name) => !own.whole.has(name) && other.services.has(name));
}

export function isDisjoint(own: Outline, other: Outline): boolean {
  return !some(own.services, (name) => other.services.has(name));
}

/** Whether at least half of a file's services are also in the other one. */
export function sharesMost(own: Outline, other: Outline): boolean {
  const shared = [...own.services].filter((name) => other.services.has(name)).length;
  return shared > 0 && shared * 2 >= own.services.size;
}

function some(names: ReadonlySet<string>, test: (name: string) => boolean): boolean {
  for (const name of names) if (test(name)) return true;
  return false;
}
