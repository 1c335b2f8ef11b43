import type { CallRole } from '../../model/call';
import type { Place } from '../../model/text';
import { hostsInCommand } from './command';
import { type ConfiguredHost, hostsInConfiguration } from './configScan';
import type { Configuration } from './configuration';
import type { Variable } from './environment';
import { hostsIn } from './hosts';
import type { Lookup } from './interpolate';
import { meaningOf } from './keys';
import { exposed } from './labels';
import type { Names } from './names';
import type { Service } from './service';
import { wordPlace } from './tree';

/** One place that shows that a service depends on another. */
export interface Evidence {
  readonly from: string;
  readonly to: string;
  readonly role: CallRole;
  readonly place: Place;
  /** Where several hosts of one value or block are named, they have the same unit: they are alternatives. */
  readonly unit: string;
  /** From one value of the compose file, in which several hosts are a list. */
  readonly listed?: boolean;
  /** From the configuration of a proxy. */
  readonly proxied?: boolean;
}

export interface EvidenceInput {
  readonly services: readonly Service[];
  readonly environments: ReadonlyMap<string, ReadonlyMap<string, Variable>>;
  readonly configurations: readonly Configuration[];
  readonly names: Names;
  /** Whether a variable is meant for this service, and not only there because several share a file. */
  isOwn(service: string, variable: Variable): boolean;
  /** Whether a service keeps state, by name. */
  isStore(service: string): boolean;
  /** What services that share a configuration are counted by: replicas are one. */
  groupOf(service: string): string;
}

const proxyFile =
  /(?:nginx|envoy|haproxy|traefik|ocelot|krakend)[^/]*$|(?:^|\/)(?:Caddyfile|default\.conf)[^/]*$|\/nginx\/[^/]*\.conf[^/]*$/i;

/** A configuration that more services than this read says nothing about any one of them. */
export const mostOwners = 3;

/** More than this no project of people has. */
const mostEvidence = 20_000;

/** Everything that shows a dependency, the strongest kind of evidence first. */
export function evidenceOf(input: EvidenceInput): readonly Evidence[] {
  const found: Evidence[] = [];
  const add = (more: readonly Evidence[]): void => {
    for (const evidence of more.slice(0, mostEvidence - found.length)) found.push(evidence);
  };
  for (const service of input.services) add(fromEnvironment(service, input));
  for (const service of input.services) add(fromCommand(service, input));
  for (const configuration of input.configurations) add(fromConfiguration(configuration, input));
  add(
    exposed(input.services, input.environments).map(({ from, to, place }) => ({
      from,
      to,
      place,
      role: 'request',
      unit: `${from} labels`,
    })),
  );
  for (const service of input.services) add(fromStartOrder(service, input));
  return found.flatMap((evidence) => {
    // What is said about a sidecar is said about the service in whose network it runs.
    const from = input.names.resolve(evidence.from, evidence.from) ?? evidence.from;
    return from === evidence.to ? [] : [{ ...evidence, from }];
  });
}

function fromEnvironment(service: Service, input: EvidenceInput): readonly Evidence[] {
  const found: Evidence[] = [];
  for (const variable of input.environments.get(service.name)?.values() ?? []) {
    if (!input.isOwn(service.name, variable)) continue;
    const { key, value } = variable;
    const { observes, startsWith } = meaningOf(key);
    const role = observes ? 'telemetry' : startsWith ? 'startup' : 'request';
    for (const host of hostsIn(value.text, key)) {
      const to = input.names.resolve(host, service.name);
      if (to !== undefined) found.push({ from: service.name, to, role, place: value.place, unit: `${service.name} ${key}`, listed: true });
    }
  }
  return found;
}

function fromCommand(service: Service, { environments, names }: EvidenceInput): readonly Evidence[] {
  return hostsInCommand(service.command, variableOf(service.name, environments)).flatMap(({ host, scalar, waits }): Evidence[] => {
    const to = names.resolve(host, service.name);
    const place = wordPlace(scalar, host);
    return to === undefined
      ? []
      : [{ from: service.name, to, role: waits ? 'startup' : 'request', place, unit: `${service.name} command` }];
  });
}

function fromConfiguration(configuration: Configuration, input: EvidenceInput): readonly Evidence[] {
  const { owners, text, id, content } = configuration;
  const proxied = proxyFile.test(id);
  const groups = new Set(owners.map((owner) => input.groupOf(owner)));
  const first = owners[0];
  if (first === undefined) return [];
  const place = ({ host, start, end }: ConfiguredHost): Place => (content ? wordPlace(content, host) : { file: id, span: { start, end } });
  if (groups.size > mostOwners) {
    return hostsInConfiguration(text, () => undefined).flatMap((mention): Evidence[] => {
      const to = input.names.resolve(mention.host, first);
      const from = to === undefined || !input.isStore(to) ? undefined : ownerByPrefix(to, owners);
      return to === undefined || from === undefined
        ? []
        : [{ from, to, role: 'request', place: place(mention), unit: `${id} ${mention.block}` }];
    });
  }
  return owners.flatMap((from) =>
    hostsInConfiguration(text, variableOf(from, input.environments)).flatMap((mention): Evidence[] => {
      const to = input.names.resolve(mention.host, from);
      return to === undefined
        ? []
        : [{ from, to, role: mention.role, place: place(mention), proxied, unit: `${from} ${id} ${mention.block}` }];
    }),
  );
}

/** In a configuration that many share, a store belongs to the service whose name it begins with: `user-timeline-db` to `user-timeline-service`. */
function ownerByPrefix(store: string, owners: readonly string[]): string | undefined {
  let best: string | undefined;
  let longest = 0;
  for (const owner of owners) {
    const stem = stemOfService(owner);
    if (stem.length > longest && new RegExp(`^${escaped(stem)}[-_.]`, 'i').test(store)) {
      best = owner;
      longest = stem.length;
    }
  }
  return best;
}

/** A service's name without what says that it is one. */
export function stemOfService(name: string): string {
  return name.replace(/[-_.]?(?:service|svc|api|server|app)$/i, '');
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function variableOf(service: string, environments: EvidenceInput['environments']): Lookup {
  const environment = environments.get(service);
  return (name) => environment?.get(name)?.value.text;
}

function fromStartOrder(service: Service, { names }: EvidenceInput): readonly Evidence[] {
  const references = [...service.startsAfter, ...service.links.map(({ to }) => to)];
  return references.flatMap(({ name, place }): Evidence[] => {
    const to = names.resolve(name, service.name);
    return to === undefined ? [] : [{ from: service.name, to, role: 'startup', place, unit: `${service.name} start` }];
  });
}
