// For bundles of tests and benches that use what is in this folder.
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** An esbuild plugin: this machinery knows its own place, so it is loaded from there. */
export const hostOutside = {
  name: 'host',
  setup(build) {
    build.onResolve({ filter: /\/host\/[\w-]+\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    }));
  },
};
