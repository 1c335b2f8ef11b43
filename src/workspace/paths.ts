/** Absolute paths with forward slashes. The folder of `/a` is empty. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** A path as it is meant in a folder: `.` and `..` are worked out, the root has no parent. */
export function resolvePath(folder: string, path: string): string {
  const parts: string[] = [];
  for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `/${parts.join('/')}`;
}

/** The deepest folder that all of the paths are in. */
export function commonFolder(paths: readonly string[]): string {
  const [first = '', ...rest] = paths;
  let common = folderOf(first).split('/');
  for (const path of rest) {
    const parts = folderOf(path).split('/');
    let same = 0;
    while (same < common.length && common[same] === parts[same]) same++;
    common = common.slice(0, same);
  }
  return common.join('/');
}
