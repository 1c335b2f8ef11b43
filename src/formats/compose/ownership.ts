import type { Variable } from './environment';
import { mostOwners, stemOfService } from './evidence';
import { natureOfImage } from './products';
import type { Service } from './service';
import type { Node } from './tree';

/**
 * Whether a variable is meant for a service. Those in `environment` are. Of an `env_file`, one that the definition of
 * another service fills in by `${NAME}` is meant for that one; of a file that many read, only those whose names begin
 * with the service's; and none for a proxy, which calls what its configuration names.
 */
export function ownership(
  services: readonly Service[],
  environments: ReadonlyMap<string, ReadonlyMap<string, Variable>>,
): (service: string, variable: Variable) => boolean {
  const readers = new Map<string, Set<string>>();
  const users = new Map<string, Set<string>>();
  for (const service of services) {
    const made = service.image?.text ?? service.build?.text ?? service.name;
    for (const { file } of environments.get(service.name)?.values() ?? []) if (file !== undefined) add(readers, file, made);
    for (const name of variablesIn(service.declared.node)) add(users, name, service.name);
  }
  const proxies = new Set(services.filter(({ image }) => image !== undefined && isProxy(image.text)).map(({ name }) => name));
  return (service, { key, file }) => {
    if (file === undefined) return true;
    if (proxies.has(service)) return false;
    const usedBy = users.get(key);
    if (usedBy && !usedBy.has(service)) return false;
    if ((readers.get(file)?.size ?? 0) <= mostOwners) return true;
    const stem = stemOfService(service)
      .replace(/[^A-Za-z0-9]+/g, '_')
      .toUpperCase();
    return key.toUpperCase().startsWith(`${stem}_`);
  };
}

function isProxy(image: string): boolean {
  const kind = natureOfImage(image)?.kind;
  return kind === 'gateway' || kind === 'load-balancer';
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const before = map.get(key);
  if (before) before.add(value);
  else map.set(key, new Set([value]));
}

/** The variables that a definition fills in, as they stand in the file. */
function variablesIn(node: Node, found = new Set<string>(), seen = new Set<Node>()): ReadonlySet<string> {
  if (seen.has(node)) return found;
  seen.add(node);
  if (node.kind === 'scalar')
    for (const [, name = ''] of node.source.text.slice(0, 5_000).matchAll(/\$\{?([A-Za-z_]\w*)/g)) found.add(name);
  else if (node.kind === 'list') for (const item of node.items) variablesIn(item, found, seen);
  else for (const { value } of node.entries.values()) variablesIn(value, found, seen);
  return found;
}
