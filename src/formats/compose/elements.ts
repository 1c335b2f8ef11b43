import type { Component, HealthCheck } from '../../model/component';
import type { KeyPlace, Origin } from '../../model/origin';
import type { Place } from '../../model/text';
import type { Element, Mention } from '../fragment';
import { repositoryOf } from './products';
import type { Service } from './service';
import type { ComposeSystem, Dependency, Part } from './system';
import { child, type Entry, type Node } from './tree';

/** What compose takes where a health check does not say. Seconds; from the reference of the Dockerfile's HEALTHCHECK. */
const healthDefaults = { interval: 30, timeout: 30, unhealthyAfter: 3 };

/** Stores that need a majority of their members. */
const quorum = /(?:^|\/)(?:(?:cp-|docker-)?zookeeper|etcd|consul)$/;

/** The elements of a compose system with their origins. */
export function elementsOf(system: ComposeSystem): readonly Element[] {
  const kinds = new Map(system.parts.map(({ name, kind }) => [name, kind]));
  return [...system.parts.flatMap(componentElements), ...system.dependencies.map((dependency) => callElement(dependency, kinds))];
}

/** `depends_on` entries, as places that use a component's name. */
export function mentionsOf(system: ComposeSystem): readonly Mention[] {
  const names = new Set(system.parts.map(({ name }) => name));
  return system.parts.flatMap(({ members }) =>
    members.flatMap(({ startsAfter }) =>
      startsAfter.filter(({ name }) => names.has(name)).map(({ name, place }): Mention => ({ kind: 'component', name, place })),
    ),
  );
}

/** The first declaration carries what is known; every other one (another file's, another replica's) adds its place. */
function componentElements(part: Part): readonly Element[] {
  const origins = part.members.flatMap(originsOf);
  const whole = componentOf(part);
  return origins.map((origin, i) => ({
    kind: 'component',
    name: part.name,
    value: i === 0 ? whole : { name: part.name, source: 'compose' },
    origin,
  }));
}

function componentOf(part: Part): Component {
  const { members, kind, telemetry, name } = part;
  const first = members[0];
  const written = members.some(({ replicas }) => replicas !== undefined);
  const replicas = members.reduce((sum, member) => sum + (member.replicas ?? 1), 0);
  const needsMajority = first?.image !== undefined && quorum.test(repositoryOf(first.image.text)) && replicas > 2;
  const healthCheck = healthCheckOf(members);
  return {
    name,
    ...(kind && { kind }),
    // A global service has a replica on every node, and the cluster replaces it: nothing is said about how many.
    ...(members.some(({ global }) => global) && { managed: true }),
    ...((written || members.length > 1) && { replicas }),
    ...(needsMajority && { needs: Math.floor(replicas / 2) + 1 }),
    ...(part.cluster && !needsMajority && { failover: { automatic: true } }),
    ...(healthCheck && { healthCheck }),
    ...(telemetry && { telemetry: true }),
    source: 'compose',
  };
}

function healthCheckOf(members: readonly Service[]): HealthCheck | 'none' | undefined {
  const test = members.find(({ healthcheck }) => healthcheck)?.healthcheck;
  if (!test) return undefined;
  if (test.disabled) return 'none';
  return {
    interval: test.interval ?? healthDefaults.interval,
    timeout: test.timeout ?? healthDefaults.timeout,
    unhealthyAfter: test.retries ?? healthDefaults.unhealthyAfter,
  };
}

/** Paths of the compose file by the key of the model that they stand for. */
const keyPaths: readonly (readonly [string, readonly string[]])[] = [
  ['replicas', ['deploy', 'replicas']],
  ['replicas', ['scale']],
  ['healthCheck', ['healthcheck']],
  ['healthCheck.interval', ['healthcheck', 'interval']],
  ['healthCheck.timeout', ['healthcheck', 'timeout']],
  ['healthCheck.unhealthyAfter', ['healthcheck', 'retries']],
];

function originsOf(service: Service): readonly Origin[] {
  const { declarations, node } = service.declared;
  const keys = keyPaths.flatMap(([key, path]): (readonly [string, KeyPlace & { file: string }])[] => {
    const entry = entryAt(node, path);
    return entry ? [[key, { file: entry.keyPlace.file, key: entry.keyPlace.span, value: entry.value.place.span }]] : [];
  });
  return declarations.map(({ name, entry }) => ({
    file: name.file,
    name: name.span,
    entry,
    keys: new Map(
      keys.filter(([, place]) => place.file === name.file).map(([key, place]) => [key, { key: place.key, value: place.value }]),
    ),
  }));
}

function entryAt(node: Node, path: readonly string[]): Entry | undefined {
  let at: Node | undefined = node;
  for (const key of path.slice(0, -1)) at = child(at, key);
  return at?.kind === 'map' ? at.entries.get(path.at(-1) ?? '') : undefined;
}

/**
 * A call to a broker is asynchronous: its caller waits for the broker to take the message and not for the work. Who
 * consumes is not in a compose file, so a consumer too is drawn as calling the broker, which it needs as much. What
 * a broker itself calls (a coordinator, a store) is a plain call and no delivery.
 */
function callElement({ from, to, role, evidence }: Dependency, kinds: ReadonlyMap<string, Component['kind']>): Element {
  const { place } = evidence;
  const isRequest = role === 'request';
  const async = isRequest && kinds.get(from) === 'queue' ? { async: false } : isRequest && kinds.get(to) === 'queue' ? { async: true } : {};
  return { kind: 'call', name: '', value: { from, to, role, source: 'compose', ...async }, origin: callOrigin(place) };
}

function callOrigin({ file, span }: Place): Origin {
  return { file, name: span, entry: span, keys: new Map([['to', { key: span, value: span }]]) };
}
