import { dirname } from 'node:path';
import { formatOf } from '../formats/registry';
import type { LinkedSystem } from '../workspace/linked';
import { Workspace } from '../workspace/workspace';
import { type Configured, configurationsFor } from './configuration';
import { listFolder, readText, rootOf, sortPaths, yamlFiles } from './disk';
import { type Options, UsageError } from './options';

/** Rounds of reading what files ask for; a longer chain of includes is cut off. */
const mostRounds = 20;

/** What is to be read. */
type Asked = Pick<Options, 'paths' | 'system' | 'config'>;

/** The systems under the given paths, with the files whose findings are to be printed. */
export interface Loaded {
  readonly systems: readonly LinkedSystem[];
  /** Whether a file stands under the given paths. Other files only complete the systems. */
  isAsked(file: string): boolean;
  read(file: string): string | undefined;
  readonly configured: Configured;
}

/** The same, for who changes texts and wants to know what they say then. */
export interface LoadedWorkspace extends Omit<Loaded, 'systems'> {
  /** The systems as the texts stand. */
  systems(): readonly LinkedSystem[];
  /** The files that say something about them. */
  workspaceFiles(): readonly string[];
  setText(file: string, text: string): void;
}

/** Reads the systems under the paths. A file named alone brings the rest of its system with it. Usage error when there is none. */
export function loadSystems(options: Asked): Loaded {
  const { systems, ...rest } = loadWorkspace(options);
  return { ...rest, systems: systems() };
}

/** The same as {@link loadSystems}, with texts that can be changed. Nothing is written to the disk. */
export function loadWorkspace(options: Asked): LoadedWorkspace {
  const { files, folders } = sortPaths(options.paths);
  const configured = configurationsFor({ ...options, folders: [...folders, ...files.map(dirname)] });
  const workspace = new Workspace();
  workspace.setDecisions({ starts: (path) => configured.reviews(path), settings: (folder) => configured.of(folder)?.settings });
  for (const path of new Set([...folders.flatMap(yamlFiles), ...files.flatMap(companions)])) addIfOurs(workspace, path, false);
  for (const path of files) addIfOurs(workspace, path, true);
  complete(workspace);
  const isAsked = (file: string): boolean =>
    files.includes(file) || folders.some((folder) => file.startsWith(`${folder}/`) || folder === '/');
  const systems = (): readonly LinkedSystem[] =>
    workspace
      .systems()
      .filter((linked) => linked.files.some(isAsked))
      .filter((linked) => options.system === undefined || linked.system.name === options.system);
  if (systems().length === 0)
    throw new UsageError(nothingFound(options, files.length > 0 && files.every((file) => !configured.reviews(file))));
  return {
    systems,
    isAsked,
    read: (file) => workspace.text(file),
    configured,
    workspaceFiles: () => [...new Set(systems().flatMap((linked) => linked.files))],
    setText: (file, text) => {
      workspace.setFile(file, text);
      complete(workspace);
    },
  };
}

function nothingFound(options: Asked, isExcluded: boolean): string {
  const where = options.paths.join(', ');
  if (isExcluded) return `${where}: the configuration leaves it out`;
  return options.system === undefined
    ? `${where}: no architecture found (*.faultline.yaml, *.topology.yaml, *.calls.yaml or a compose file)`
    : `${where}: no system is called ${options.system}`;
}

/** Files that may belong to the same system as this one. */
function companions(file: string): readonly string[] {
  const root = rootOf(file);
  return yamlFiles(root === dirname(file) ? dirname(file) : root);
}

/** Gives the workspace a file that is an architecture: by its name, or by its text when the user named it. */
function addIfOurs(workspace: Workspace, path: string, named: boolean): void {
  if (!named && !formatOf(path, '')) return;
  const text = readText(path);
  if (text !== undefined && formatOf(path, text)) workspace.setFile(path, text);
}

/** Fetches what the files ask for (includes, overrides, environment files) until nothing more is asked. */
function complete(workspace: Workspace): void {
  const fetched = new Set<string>();
  for (let round = 0; round < mostRounds; round++) {
    const missing = workspace.wanted().filter((path) => !fetched.has(path));
    if (missing.length === 0) return;
    for (const path of missing) {
      fetched.add(path);
      if (path.endsWith('/')) workspace.setFolder(path.slice(0, -1), listFolder(path));
      else workspace.setFile(path, readText(path));
    }
  }
}
