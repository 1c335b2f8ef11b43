import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Files } from '../../src/formats/fragment';

/** The files of this machine, each read once. */
export function diskFiles(): Files {
  const texts = new Map<string, string | undefined>();
  const folders = new Map<string, readonly string[]>();
  return {
    read: (path) => remembered(texts, path, () => (statSync(path).isFile() ? readFileSync(path, 'utf8') : undefined), undefined),
    list: (folder) =>
      remembered(
        folders,
        folder,
        () => readdirSync(folder, { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)),
        [],
      ),
  };
}

function remembered<T>(known: Map<string, T>, path: string, get: () => T, otherwise: T): T {
  if (!known.has(path)) {
    try {
      known.set(path, get());
    } catch {
      known.set(path, otherwise);
    }
  }
  return known.get(path) ?? otherwise;
}

/** Every file below a folder whose name ends in one of these, sorted. */
export function filesBelow(folder: string, endings: RegExp): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => endings.test(path) && statSync(path).isFile())
    .sort();
}
