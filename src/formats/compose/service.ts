import type { Place } from '../../model/text';
import { readDuration, type Seconds } from '../../model/units';
import type { Files } from '../fragment';
import { type Dockerfile, readDockerfile } from './dockerfile';
import { resolvePath } from './paths';
import type { DeclaredService, Project } from './project';
import { child, type Entry, type Mapping, mapChild, type Node, type Scalar, scalarChild, scalars, wordPlace } from './tree';

/** A name that a service mentions, and where. */
export interface Reference {
  readonly name: string;
  readonly place: Place;
}

/** A dependency of start order. */
export interface StartsAfter extends Reference {
  readonly condition: string;
  readonly required: boolean;
}

/** A file or folder of the project that a container sees, or a text that the compose file itself holds. */
export interface Mount {
  readonly path?: string;
  readonly content?: Scalar;
  readonly target: string;
}

export interface Build {
  readonly context: string;
  readonly dockerfile: string;
  readonly target?: string;
  readonly arguments: readonly Entry[];
  /** Written out, to tell whether two services are built alike. */
  readonly text: string;
}

export interface HealthTest {
  readonly interval?: Seconds;
  readonly timeout?: Seconds;
  readonly retries?: number;
  readonly disabled: boolean;
}

/** What is looked at in a service. Keys are kept as nodes where their places are needed. */
export interface Service {
  readonly name: string;
  readonly declared: DeclaredService;
  readonly image?: Scalar;
  readonly build?: Build;
  readonly command: readonly Scalar[];
  readonly startsAfter: readonly StartsAfter[];
  readonly links: readonly { readonly to: Reference; readonly alias?: string }[];
  /** Container name, network aliases and fixed addresses. */
  readonly aliases: readonly string[];
  readonly mounts: readonly Mount[];
  readonly labels: readonly Entry[];
  readonly healthcheck?: HealthTest;
  /** Undefined where nobody wrote a number. */
  readonly replicas?: number;
  readonly global: boolean;
  readonly profiles: readonly string[];
  /** `network_mode: service:x` or `container:x`. */
  readonly inside?: Reference;
  readonly restart?: string;
  readonly published: boolean;
  /** What its Dockerfile says, where that is there. */
  readonly dockerfile?: Dockerfile;
}

/** Reads one service. Never fails: what is not as expected is taken as not written. */
export function readService(declared: DeclaredService, project: Project, files: Files): Service {
  const { node } = declared;
  const deploy = child(node, 'deploy');
  const image = scalarChild(node, 'image');
  const build = readBuild(node, project);
  const recipe = build && files.read(build.dockerfile);
  const dockerfile = build && recipe !== undefined ? readDockerfile(build.dockerfile, recipe, build.target) : undefined;
  const healthcheck = readHealthTest(child(node, 'healthcheck')) ?? dockerfile?.healthcheck;
  const replicas = count(scalarChild(deploy, 'replicas') ?? scalarChild(node, 'scale'));
  const inside = readInside(scalarChild(node, 'network_mode'));
  const restart = scalarChild(node, 'restart')?.text;
  return {
    name: declared.name,
    declared,
    ...(image && { image }),
    ...(build && { build }),
    command: [...scalars(child(node, 'entrypoint')), ...scalars(child(node, 'command'))],
    startsAfter: readStartsAfter(node),
    links: [...scalars(child(node, 'links')), ...scalars(child(node, 'external_links'))].map(readLink),
    aliases: readAliases(node),
    mounts: [...readVolumes(node, project), ...readConfigs(node, project)],
    labels: [...(mapChild(node, 'labels')?.entries.values() ?? []), ...(mapChild(deploy, 'labels')?.entries.values() ?? [])],
    ...(healthcheck && { healthcheck }),
    ...(dockerfile && { dockerfile }),
    ...(replicas !== undefined && { replicas }),
    global: scalarChild(deploy, 'mode')?.text === 'global',
    profiles: scalars(child(node, 'profiles')).map((profile) => profile.text),
    ...(inside && { inside }),
    ...(restart !== undefined && { restart }),
    published: hasItems(child(node, 'ports')) || hasItems(child(node, 'expose')),
  };
}

function hasItems(node: Node | undefined): boolean {
  return node?.kind === 'list' && node.items.length > 0;
}

function count(scalar: Scalar | undefined): number | undefined {
  return scalar && /^\d{1,6}$/.test(scalar.text) ? Number(scalar.text) : undefined;
}

function readBuild(node: Mapping, project: Project): Build | undefined {
  const build = mapChild(node, 'build');
  if (!build) return undefined;
  const context = scalarChild(build, 'context');
  const home = project.folderFor(context?.place.file ?? build.place.file);
  const folder = context && isRemote(context.text) ? undefined : resolvePath(home, context?.text ?? '.');
  if (folder === undefined) return undefined;
  const file = scalarChild(build, 'dockerfile')?.text ?? 'Dockerfile';
  const args = [...(mapChild(build, 'args')?.entries.values() ?? [])];
  const values = args.map(({ key, value }) => `${key}=${value.kind === 'scalar' ? value.text : ''}`);
  const dockerfile = resolvePath(folder, file);
  const target = scalarChild(build, 'target')?.text;
  const text = [folder, dockerfile, target, ...values].join(' ');
  return { context: folder, dockerfile, ...(target !== undefined && { target }), arguments: args, text };
}

function isRemote(context: string): boolean {
  return /^(?:[a-z+]+:\/\/|git@|github\.com\/)/i.test(context);
}

function readStartsAfter(node: Mapping): readonly StartsAfter[] {
  return [...(mapChild(node, 'depends_on')?.entries.values() ?? [])].map(({ key, keyPlace, value }) => ({
    name: key,
    place: keyPlace,
    condition: scalarChild(value, 'condition')?.text ?? 'service_started',
    required: scalarChild(value, 'required')?.text !== 'false',
  }));
}

function readLink(link: Scalar): { to: Reference; alias?: string } {
  const [name = '', alias] = link.text.split(':');
  return { to: { name, place: link.place }, ...(alias !== undefined && alias !== '' && { alias }) };
}

function readAliases(node: Mapping): readonly string[] {
  const container = scalarChild(node, 'container_name');
  const networks = [...(mapChild(node, 'networks')?.entries.values() ?? [])];
  const names = networks.flatMap(({ value }) => {
    const address = scalarChild(value, 'ipv4_address');
    return [...scalars(child(value, 'aliases')), ...(address ? [address] : [])].map(({ text }) => text);
  });
  return [...(container ? [container.text] : []), ...names];
}

function readVolumes(node: Mapping, project: Project): readonly Mount[] {
  const volumes = child(node, 'volumes');
  if (volumes?.kind !== 'list') return [];
  return volumes.items.flatMap((item): Mount[] => {
    if (item.kind === 'scalar') {
      const [source = '', target = ''] = item.text.split(':');
      return isRelative(source) ? [{ path: resolvePath(project.folderFor(item.place.file), source), target }] : [];
    }
    const target = scalarChild(item, 'target')?.text ?? '';
    const content = scalarChild(item, 'content');
    if (content) return [{ content, target }];
    const source = scalarChild(item, 'source');
    return source && isRelative(source.text) ? [{ path: resolvePath(project.folderFor(source.place.file), source.text), target }] : [];
  });
}

/** Beside the project, and not somewhere on the host or a named volume. */
function isRelative(source: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(source);
}

function readConfigs(node: Mapping, project: Project): readonly Mount[] {
  const configs = child(node, 'configs');
  if (configs?.kind !== 'list') return [];
  return configs.items.flatMap((item): Mount[] => {
    const name = item.kind === 'scalar' ? item.text : scalarChild(item, 'source')?.text;
    const config = name === undefined ? undefined : project.configs.get(name);
    const target = scalarChild(item, 'target')?.text ?? name ?? '';
    const content = scalarChild(config, 'content');
    if (content) return [{ content, target }];
    const file = scalarChild(config, 'file');
    return file ? [{ path: resolvePath(project.folderFor(file.place.file), file.text), target }] : [];
  });
}

function readHealthTest(node: Node | undefined): HealthTest | undefined {
  if (node?.kind !== 'map') return undefined;
  const test = child(node, 'test');
  const first = scalars(test)[0]?.text;
  const disabled = scalarChild(node, 'disable')?.text === 'true' || first === 'NONE';
  const interval = duration(scalarChild(node, 'interval'));
  const timeout = duration(scalarChild(node, 'timeout'));
  const retries = count(scalarChild(node, 'retries'));
  return {
    ...(interval !== undefined && { interval }),
    ...(timeout !== undefined && { timeout }),
    ...(retries !== undefined && { retries }),
    disabled,
  };
}

function duration(scalar: Scalar | undefined): Seconds | undefined {
  const read = scalar && readDuration(scalar.text);
  return read?.ok ? read.value : undefined;
}

function readInside(mode: Scalar | undefined): Reference | undefined {
  const name = /^(?:service|container):(.+)$/.exec(mode?.text ?? '')?.[1];
  return mode && name !== undefined ? { name, place: wordPlace(mode, name) } : undefined;
}
