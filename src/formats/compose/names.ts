import type { Service } from './service';

/** Finds the service that a host name stands for. */
export interface Names {
  /** As `from` sees it: its own links have names of their own. */
  resolve(host: string, from: string): string | undefined;
}

/**
 * Service keys, container names, network aliases and fixed addresses are names on the network; `hostname` is not. A service that runs
 * inside another's network is that other.
 */
export function namesOf(services: readonly Service[]): Names {
  const byHost = new Map<string, string>();
  for (const { name } of services) byHost.set(name.toLowerCase(), name);
  for (const { name, aliases } of services) {
    for (const alias of aliases) if (!byHost.has(alias.toLowerCase())) byHost.set(alias.toLowerCase(), name);
  }
  const links = new Map<string, string>();
  for (const { name, links: own } of services) {
    for (const { to, alias } of own) if (alias !== undefined) links.set(`${name} ${alias.toLowerCase()}`, to.name);
  }
  const hosts = new Map<string, string>();
  for (const { name, inside } of services) {
    const host = inside && byHost.get(inside.name.toLowerCase());
    if (host !== undefined && host !== name) hosts.set(name, host);
  }
  const settled = (name: string): string => {
    let at = name;
    for (let i = 0; i < 10; i++) at = hosts.get(at) ?? at;
    return at;
  };
  return {
    resolve(host, from) {
      // In a swarm, `tasks.name` are all replicas of a service.
      const bare = host
        .toLowerCase()
        .replace(/^tasks\./, '')
        .replace(/\.$/, '');
      const found = byHost.get(links.get(`${from} ${bare}`)?.toLowerCase() ?? bare);
      return found === undefined ? undefined : settled(found);
    },
  };
}
