import type { CallRole } from '../../model/call';
import { isStateful, type Kind } from '../../model/kinds';
import type { Files } from '../fragment';
import { configurationsOf } from './configuration';
import { environmentOf } from './environment';
import { type Evidence, evidenceOf } from './evidence';
import { runningServices } from './lifecycle';
import { namesOf } from './names';
import { ownership } from './ownership';
import { type Nature, natureOfImage, natureOfName } from './products';
import type { Project } from './project';
import type { Service } from './service';
import { confirmed, listedTogether, numberedSiblings } from './siblings';

/** A component of the system: one service, or several that are its replicas. */
export interface Part extends Nature {
  readonly name: string;
  readonly members: readonly Service[];
  readonly cluster: boolean;
}

/** One dependency between two parts, with the evidence that shows it best. */
export interface Dependency {
  readonly from: string;
  readonly to: string;
  readonly role: CallRole;
  readonly evidence: Evidence;
}

export interface ComposeSystem {
  readonly parts: readonly Part[];
  readonly dependencies: readonly Dependency[];
}

/** What the services of a project are and how they depend on each other. */
export function systemOf(project: Project, all: readonly Service[], files: Files): ComposeSystem {
  const running = runningServices(all, project);
  const names = namesOf(running);
  const services = running.filter(({ name }) => names.resolve(name, name) === name);
  const environments = new Map(running.map((service) => [service.name, environmentOf(service, project, files)]));
  const natures = new Map(running.map((service) => [service.name, natureOf(service)]));
  const kindOf = (name: string): Kind | undefined => natures.get(name)?.kind;
  const numbered = numberedSiblings(services, environments, kindOf);
  const numberedIn = new Map(numbered.flatMap((group) => group.members.map(({ name }) => [name, group.name] as const)));
  const evidence = evidenceOf({
    services: running,
    environments,
    configurations: configurationsOf(running, project.folder, files),
    names,
    isOwn: ownership(running, environments),
    isStore: (name) => isStateful(kindOf(name) ?? 'service'),
    groupOf: (name) => numberedIn.get(name) ?? name,
  });
  const groups = confirmed([...numbered, ...listedTogether(services, environments, evidence, kindOf)], evidence, kindOf);
  const parts = withTelemetry(partsOf(services, groups, withProxies(natures, evidence)), evidence);
  return { parts, dependencies: dependenciesOf(parts, evidence) };
}

/** By the image, or the one that it is built from; where that is private or says nothing, by the service's name. */
function natureOf({ image, dockerfile, name }: Service): Nature {
  return (
    (image && natureOfImage(image.text)) ??
    (dockerfile?.base === undefined ? undefined : natureOfImage(dockerfile.base)) ??
    natureOfName(name) ??
    {}
  );
}

/** A service of unknown kind that passes requests on by the configuration of a proxy is a gateway. */
function withProxies(natures: ReadonlyMap<string, Nature>, evidence: readonly Evidence[]): ReadonlyMap<string, Nature> {
  const found = new Map(natures);
  for (const { from, proxied, role } of evidence) {
    const nature = natures.get(from);
    if (proxied === true && role === 'request' && nature && nature.kind === undefined && !nature.telemetry)
      found.set(from, { ...nature, kind: 'gateway' });
  }
  return found;
}

function partsOf(
  services: readonly Service[],
  groups: readonly { name: string; members: readonly Service[]; cluster: boolean }[],
  natures: ReadonlyMap<string, Nature>,
): readonly Part[] {
  const groupOf = new Map(groups.flatMap((group) => group.members.map(({ name }) => [name, group] as const)));
  const parts = new Map<string, Part>();
  for (const service of services) {
    const group = groupOf.get(service.name) ?? { name: service.name, members: [service], cluster: false };
    if (!parts.has(group.name)) parts.set(group.name, { ...natures.get(service.name), ...group });
  }
  return [...parts.values()];
}

/**
 * What only observes: known products; a page that only polls others' health; and stores that nobody but those uses.
 * In a project that is nothing but telemetry, its backends are what it is for and are not set apart.
 */
function withTelemetry(parts: readonly Part[], evidence: readonly Evidence[]): readonly Part[] {
  const partOf = partByService(parts);
  const isStore = ({ kind }: Part): boolean => isStateful(kind ?? 'service');
  const isSubject = parts.every((part) => part.telemetry !== undefined || isStore(part) || part.kind === 'client');
  const observing = new Map(
    parts.flatMap(({ name, telemetry }) => (telemetry === 'observer' || (telemetry && !isSubject) ? [[name, telemetry] as const] : [])),
  );
  const outgoing = byPart(evidence, ({ from }) => partOf.get(from));
  const incoming = byPart(evidence, ({ to }) => partOf.get(to));
  for (const part of parts) {
    const own = outgoing.get(part.name) ?? [];
    const polled = own.filter(({ role, to }) => role === 'telemetry' && !observing.has(partOf.get(to) ?? ''));
    if (new Set(polled.map(({ to }) => to)).size >= 2 && own.every(({ role }) => role !== 'request')) observing.set(part.name, 'observer');
  }
  for (const part of parts.filter(isStore)) {
    const users = (incoming.get(part.name) ?? []).map(({ from }) => partOf.get(from) ?? '').filter((user) => user !== part.name);
    if (users.length > 0 && users.every((user) => observing.has(user))) observing.set(part.name, 'backend');
  }
  return parts.map(({ telemetry: _known, ...part }) => {
    const telemetry = observing.get(part.name);
    return telemetry === undefined ? part : { ...part, telemetry };
  });
}

function byPart(evidence: readonly Evidence[], partOf: (item: Evidence) => string | undefined): ReadonlyMap<string, readonly Evidence[]> {
  const found = new Map<string, Evidence[]>();
  for (const item of evidence) {
    const part = partOf(item) ?? '';
    const list = found.get(part);
    if (list) list.push(item);
    else found.set(part, [item]);
  }
  return found;
}

function partByService(parts: readonly Part[]): ReadonlyMap<string, string> {
  return new Map(parts.flatMap((part) => part.members.map(({ name }) => [name, part.name] as const)));
}

const rank: Readonly<Record<CallRole, number>> = { request: 2, telemetry: 1, startup: 0 };

function dependenciesOf(parts: readonly Part[], evidence: readonly Evidence[]): readonly Dependency[] {
  const partOf = partByService(parts);
  const observing = new Set(parts.filter(({ telemetry }) => telemetry !== undefined).map(({ name }) => name));
  const found = new Map<string, Dependency>();
  for (const item of evidence) {
    const from = partOf.get(item.from);
    const to = partOf.get(item.to);
    if (from === undefined || to === undefined || from === to) continue;
    const role = observing.has(from) || observing.has(to) ? 'telemetry' : item.role;
    const key = JSON.stringify([from, to]);
    const before = found.get(key);
    if (!before || rank[role] > rank[before.role]) found.set(key, { from, to, role, evidence: item });
  }
  return [...found.values()];
}
