import picomatch from 'picomatch';
import type { Files, Include } from '../formats/fragment';
import { folderOf, nameOf, resolvePath } from './paths';

/** What an entry under `include` stands for. */
export type Included =
  /** These files, as far as they are loaded. */
  | { readonly kind: 'files'; readonly paths: readonly string[]; readonly exact: boolean }
  /** There is nothing of that name. */
  | { readonly kind: 'missing' };

const longestPath = 1000;
const mostFolders = 500;
const mostFiles = 1000;
const passedOver: ReadonlySet<string> = new Set(['node_modules/', '.git/']);

/** Finds what an include names. Whatever has to be looked at is asked for through `files`. */
export function resolveInclude(include: Include, files: Files, isListed: (folder: string) => boolean): Included {
  if (include.path.length > longestPath) return { kind: 'missing' };
  const folder = folderOf(include.place.file);
  const { base, glob, isGlob } = picomatch.scan(include.path);
  if (isGlob) return { kind: 'files', paths: matching(resolvePath(folder, base), glob, files), exact: false };
  const path = resolvePath(folder, include.path);
  if (!include.path.endsWith('/') && path !== '/' && files.read(path) !== undefined) return { kind: 'files', paths: [path], exact: true };
  const parent = folderOf(path);
  const beside = files.list(parent);
  if (isListed(path) || beside.includes(`${nameOf(path)}/`) || path === '/')
    return { kind: 'files', paths: yamlIn(path === '/' ? '' : path, files), exact: false };
  const isGone = isListed(parent) && !beside.includes(nameOf(path));
  return isGone ? { kind: 'missing' } : { kind: 'files', paths: [], exact: false };
}

function yamlIn(folder: string, files: Files): readonly string[] {
  const names = files.list(folder).filter((name) => /\.ya?ml$/i.test(name));
  return names.slice(0, mostFiles).map((name) => `${folder}/${name}`);
}

/** The YAML files below a folder that a pattern matches. */
function matching(base: string, glob: string, files: Files): readonly string[] {
  const root = base === '/' ? '' : base;
  const isMatch = picomatch(glob, { noextglob: true });
  const isDeep = glob.includes('/') || glob.includes('**');
  const found: string[] = [];
  const folders = [''];
  for (let seen = 0; folders.length > 0 && seen < mostFolders && found.length < mostFiles; seen++) {
    const here = folders.pop() ?? '';
    for (const name of files.list(`${root}${here === '' ? '' : `/${here}`}`)) {
      const path = here === '' ? name : `${here}/${name}`;
      if (!name.endsWith('/')) {
        if (/\.ya?ml$/i.test(name) && isMatch(path)) found.push(`${root}/${path}`);
      } else if (isDeep && !passedOver.has(name)) {
        folders.push(path.slice(0, -1));
      }
    }
  }
  return found.sort().slice(0, mostFiles);
}
