import type { Files } from '../fragment';
import { folderOf, nameOf, resolvePath } from './paths';
import type { Service } from './service';
import type { Scalar } from './tree';

/** A configuration that containers see: a file of the project, or a text in the compose file itself. */
export interface Configuration {
  /** What tells it from others. */
  readonly id: string;
  readonly text: string;
  /** The scalar that holds it, where it is part of the compose file. */
  readonly content?: Scalar;
  /** The services that read it, in the order of the compose file. */
  readonly owners: readonly string[];
}

const largestFile = 200_000;
const mostFilesOfService = 60;
const deepestFolder = 3;

const readable =
  /\.(?:conf|cfg|cnf|ya?ml|json|toml|properties|ini|env|xml|config|template|tmpl|tpl|hcl|river|alloy|vcl)$|^(?:Caddyfile|\.env(?:\.\w+)?)$/i;
const neverRead =
  /^(?:package(?:-lock)?|tsconfig.*|composer|angular|nest-cli|launchSettings|.*realm.*)\.json$|lock\.|^docker-compose|^compose\.|^pom\.xml$|\.min\.|dashboard|^(?:logback|log4j2?).*\.xml$/i;
/** What an image is usually built with. */
const builtIn =
  /^(?:.*nginx.*\.conf(?:\.\w+)?|default\.conf(?:\.\w+)?|envoy[\w.-]*\.ya?ml|haproxy\.cfg|Caddyfile|traefik\.(?:ya?ml|toml)|(?:application|bootstrap)(?:-(?:docker|compose|container|prod|production|default))?\.(?:ya?ml|properties)|appsettings(?:\.(?:Docker|Production|Compose|Container))?\.json|ocelot(?:\.\w+)?\.json|config\.(?:ya?ml|json|toml)|prometheus\.ya?ml|otel[\w.-]*\.ya?ml|proxy\.conf|krakend\.json|kong\.ya?ml)$/i;
const builtInFolders = ['', 'src/main/resources', 'config', 'conf', 'nginx', 'etc'];
const configurationFolder =
  /(?:^|[/._-])(?:etc|confs?|config|configs|configuration|nginx|envoy|haproxy|traefik|provisioning|resources|settings|pipeline)(?:[/._-]|$)/i;
/** Where a configuration server keeps the files of its clients, named after them. */
const clientFolders = [
  'src/main/resources/shared',
  'src/main/resources/config',
  'src/main/resources/configurations',
  'src/main/resources/configs',
  'config-repo',
  'configs',
];

/** Every configuration that is known to belong to a service. Asks for files, and reads them as they are there. */
export function configurationsOf(services: readonly Service[], project: string, files: Files): readonly Configuration[] {
  const collector = new Collector(services, project, files);
  for (const service of services) collector.named(service);
  for (const service of services) collector.builtIn(service);
  return collector.found();
}

class Collector {
  readonly #files: Files;
  readonly #project: string;
  readonly #names: ReadonlySet<string>;
  /** How many services are built in a folder. */
  readonly #built = new Map<string, number>();
  readonly #found = new Map<string, { id: string; text: string; content?: Scalar; owners: Set<string> }>();
  #claimed: ReadonlySet<string> = new Set();
  #left = 0;

  constructor(services: readonly Service[], project: string, files: Files) {
    this.#files = files;
    this.#project = project;
    this.#names = new Set(services.map(({ name }) => name));
    for (const { build } of services) for (const folder of foldersOf(build)) this.#built.set(folder, (this.#built.get(folder) ?? 0) + 1);
  }

  found(): readonly Configuration[] {
    return [...this.#found.values()].map((found) => ({ ...found, owners: [...found.owners] }));
  }

  /** What the compose file gives to a service by name: mounts, configs, build arguments. */
  named(service: Service): void {
    this.#left = mostFilesOfService;
    for (const { path, content, target } of service.mounts) {
      if (content) this.#add(`${content.place.file}#${content.place.span.start}`, content.text, service.name, content);
      else if (path !== undefined) this.#mounted(path, target, service.name);
    }
    for (const path of filesInArguments(service)) this.#file(path, service.name);
    this.#claimed = new Set(this.#found.keys());
  }

  /** What an image is usually built with, unless it was given to another service by name. */
  builtIn(service: Service): void {
    this.#left = mostFilesOfService;
    if (filesInArguments(service).length > 0) return;
    const { build, mounts } = service;
    const source = build ? undefined : this.#sourceOf(service.name);
    const mounted = build ? [] : mounts.flatMap(({ path }) => (path === undefined ? [] : [path]));
    for (const folder of new Set([...foldersOf(build), ...(source === undefined ? [] : [source]), ...mounted]))
      this.#image(folder, service);
  }

  /** Beside a compose file with finished images, the sources of a service stand in a folder of its name. */
  #sourceOf(service: string): string | undefined {
    const folders = this.#files
      .list(this.#project)
      .filter((name) => name.endsWith('/'))
      .map((name) => name.slice(0, -1));
    const named = folders.includes(service) ? [service] : folders.filter((name) => name.endsWith(`-${service}`) && !this.#names.has(name));
    return named.length === 1 ? `${this.#project}/${named[0]}` : undefined;
  }

  #mounted(path: string, target: string, owner: string): void {
    const isNamed = readable.test(nameOf(path)) || readable.test(nameOf(target));
    if (isNamed && this.#files.read(path) !== undefined) this.#file(path, owner);
    else if (configurationFolder.test(target) || configurationFolder.test(nameOf(path))) this.#folder(path, owner, 0);
  }

  #folder(folder: string, owner: string, depth: number): void {
    for (const name of this.#files.list(folder)) {
      if (name.endsWith('/')) {
        if (depth < deepestFolder && !/^(?:node_modules|\.git|target|dist|bin|obj)\/$/.test(name))
          this.#folder(`${folder}/${name.slice(0, -1)}`, owner, depth + 1);
      } else if (readable.test(name)) {
        this.#file(`${folder}/${name}`, owner);
      }
    }
  }

  /** What an image is usually built with in a folder, or finds there when its sources are mounted. */
  #image(folder: string, service: Service): void {
    for (const below of builtInFolders) {
      const place = this.#below(folder, below);
      const names = place === undefined ? [] : this.#files.list(place).filter((name) => builtIn.test(name));
      for (const name of names) {
        const path = `${place}/${name}`;
        if (!isVariant(name, names) && !this.#claimed.has(path) && this.#isFor(name, folder, service)) this.#file(path, service.name);
      }
    }
    for (const below of clientFolders) {
      const place = this.#below(folder, below);
      for (const name of place === undefined ? [] : this.#files.list(place)) {
        const client = /^(.+)\.(?:ya?ml|properties)$/.exec(name)?.[1];
        if (client !== undefined && client !== service.name && this.#names.has(client)) this.#file(`${place}/${name}`, client);
      }
    }
  }

  /** A folder below another, when every step to it is there: nothing is asked for in vain. */
  #below(folder: string, path: string): string | undefined {
    let at = folder;
    for (const part of path === '' ? [] : path.split('/')) {
      if (!this.#files.list(at).includes(`${part}/`)) return undefined;
      at = `${at}/${part}`;
    }
    return at;
  }

  /** Where several services are built in one folder, a proxy's configuration is for the one that is that proxy. */
  #isFor(name: string, folder: string, { name: service, build, image }: Service): boolean {
    if ((this.#built.get(folder) ?? 0) <= 1) return true;
    const product = /nginx|envoy|haproxy|traefik|caddy|kong|krakend|prometheus|otel/i
      .exec(name.replace(/^(?:default|proxy)\.conf/i, 'nginx'))?.[0]
      .toLowerCase();
    const words = [service, image?.text ?? '', build?.dockerfile.split('/').slice(-2).join('/') ?? '', build?.target ?? ''];
    return product === undefined || words.some((word) => word.toLowerCase().includes(product));
  }

  #file(path: string, owner: string): void {
    if (this.#left <= 0 || neverRead.test(nameOf(path))) return;
    this.#left--;
    const text = this.#files.read(path);
    if (text !== undefined && text.length <= largestFile) this.#add(path, text, owner);
  }

  #add(id: string, text: string, owner: string, content?: Scalar): void {
    const before = this.#found.get(id);
    if (before) before.owners.add(owner);
    else this.#found.set(id, { id, text, ...(content && { content }), owners: new Set([owner]) });
  }
}

/** Build arguments that name a configuration file. */
function filesInArguments({ build }: Service): readonly string[] {
  return (build?.arguments ?? []).flatMap(({ value }) =>
    build && value.kind === 'scalar' && readable.test(nameOf(value.text)) ? [resolvePath(build.context, value.text)] : [],
  );
}

function foldersOf(build: Service['build']): ReadonlySet<string> {
  return new Set(build ? [build.context, folderOf(build.dockerfile)] : []);
}

/** `envoy-backend.yaml` beside `envoy.yaml` is for somebody who asks for it by name. */
function isVariant(name: string, names: readonly string[]): boolean {
  const [, stem = '', end = ''] = /^([A-Za-z]+)[-_.].*?(\.[A-Za-z]+)$/.exec(name) ?? [];
  return /^(?:nginx|envoy|otel|default)$/i.test(stem) && names.includes(`${stem}${end}`);
}
