/** What a proxy asks of a cluster that no request waits for. */
export type SideRole = 'telemetry' | 'startup';

/**
 * Where Envoy names such clusters: a copy of a request is sent and forgotten, a report of the load only observes, and
 * what it was configured with it keeps when the server of the configuration is gone.
 */
const sections: ReadonlyMap<string, SideRole> = new Map([
  ['request_mirror_policies', 'telemetry'],
  ['load_stats_config', 'telemetry'],
  ['ads_config', 'startup'],
]);

const keyLine = /^(\s*(?:-\s+)?)["']?([a-z_]+)["']?\s*:\s*["']?([\w.-]*)/;

/** The clusters of an Envoy configuration that no request waits for, by name. One that requests are routed to as well is none. */
export function sideClusters(lines: readonly string[]): ReadonlyMap<string, SideRole> {
  const roles = new Map<string, SideRole>();
  const routed = new Set<string>();
  let section: { readonly role: SideRole; readonly indent: number } | undefined;
  for (const line of lines) {
    const [, lead = '', key = '', value = ''] = keyLine.exec(line) ?? [];
    if (key === '') continue;
    const isItem = lead.includes('-');
    const indent = line.search(/\S/);
    if (section && (indent < section.indent || (indent === section.indent && !isItem))) section = undefined;
    const role = sections.get(key);
    if (role) section = { role, indent };
    else if (value === '') continue;
    else if (section && (key === 'cluster' || key === 'cluster_name')) roles.set(value, section.role);
    else if (key === 'cluster') routed.add(value);
  }
  for (const name of routed) roles.delete(name);
  return roles;
}

/** The cluster that a line begins to describe, where it does. */
export function clusterNamed(line: string): string | undefined {
  return /^\s*(?:-\s+)?["']?(?:name|cluster_name)["']?\s*:\s*["']?([\w.-]+)/.exec(line)?.[1];
}
