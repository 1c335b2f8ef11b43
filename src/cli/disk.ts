import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve, sep } from 'node:path';
import process from 'node:process';
import { UsageError } from './options';

/** A path as the engine names files: absolute, with forward slashes. */
export function canonical(path: string): string {
  return resolve(path).split(sep).join('/');
}

/** A path as the user would write it from where they stand. */
export function shown(file: string): string {
  const path = relative(process.cwd(), file);
  return path.startsWith('..') ? file : path.split(sep).join('/');
}

/** The text of a file, or undefined when it does not exist or cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

/** Names in a folder, those of folders with a slash behind; empty when it cannot be read. */
export function listFolder(folder: string): readonly string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  } catch {
    return [];
  }
}

const skipped: ReadonlySet<string> = new Set(['node_modules', 'vendor', 'dist', 'build', 'target']);

/** All YAML files under a folder, sorted; hidden folders and those of dependencies and build output are passed over. */
export function yamlFiles(folder: string): readonly string[] {
  const found: string[] = [];
  const folders = [folder];
  for (let here = folders.pop(); here !== undefined; here = folders.pop()) {
    for (const name of listFolder(here)) {
      if (name.endsWith('/')) {
        const plain = name.slice(0, -1);
        if (!plain.startsWith('.') && !skipped.has(plain)) folders.push(`${here}/${plain}`);
      } else if (/\.ya?ml$/i.test(name)) found.push(`${here}/${name}`);
    }
  }
  return found.sort();
}

/** Sorts the given paths into files and folders. A path that does not exist is a usage error that names it. */
export function sortPaths(paths: readonly string[]): { readonly files: readonly string[]; readonly folders: readonly string[] } {
  const files: string[] = [];
  const folders: string[] = [];
  for (const path of paths) {
    let isFolder: boolean;
    try {
      isFolder = statSync(path).isDirectory();
      if (!isFolder) readFileSync(path);
    } catch (error) {
      const missing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
      throw new UsageError(`${path}: ${missing ? 'there is no such file or folder' : 'cannot be read'}`);
    }
    (isFolder ? folders : files).push(canonical(path));
  }
  return { files, folders };
}

/** The folder whose files may belong to the same system as this file: the repository's root, else its own folder. */
export function rootOf(file: string): string {
  const own = dirname(file);
  for (let folder = own; ; folder = dirname(folder)) {
    if (listFolder(folder).some((name) => name === '.git/' || name === '.git')) return folder;
    if (folder === dirname(folder)) return own;
  }
}
