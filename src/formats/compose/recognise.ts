import { nameOf } from './paths';

const composeName = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/i;
/** Keys of other languages that have `services` too. */
const otherKeys =
  /^(?:apiVersion|faultline|kind|openapi|swagger|pipeline|steps|jobs|stages|parameters|AWSTemplateFormatVersion|asyncapi)\s*:/m;

/** Whether a file's name is one that compose files have. */
export function hasComposeName(path: string): boolean {
  return composeName.test(nameOf(path));
}

/**
 * Whether a file is a compose file: by its name, unless it is plainly of another language; else by its content, which
 * needs a top-level `services` map most of whose entries have an image or a build.
 */
export function isComposeFile(path: string, text: string): boolean {
  if (!/\.ya?ml$/i.test(path) || otherKeys.test(text)) return false;
  if (hasComposeName(path)) return true;
  const start = /^["']?services["']?\s*:[ \t]*(?:#.*)?\r?$/m.exec(text);
  if (!start) return false;
  const { entries, services } = countServices(text.slice(start.index + start[0].length));
  return services > 0 && services * 2 >= entries;
}

/** Entries one level below, and those of them that say where their container comes from. Reads lines: the text may be large. */
function countServices(text: string): { entries: number; services: number } {
  let indent = -1;
  let below = -1;
  let entries = 0;
  let services = 0;
  let counted = false;
  for (const line of text.split('\n', 20_000)) {
    const [, spaces = '', rest = ''] = /^( *)(.*)$/.exec(line.trimEnd()) ?? [];
    if (rest === '' || rest.startsWith('#')) continue;
    if (spaces.length === 0) break;
    if (indent < 0) indent = spaces.length;
    if (spaces.length === indent) {
      if (!/^["']?[\w.-]+["']?\s*:/.test(rest)) break;
      entries++;
      if (/:\s*\{[^#]*\b(?:image|build|extends)["']?\s*:/.test(rest)) services++;
      below = -1;
      counted = false;
    } else if (spaces.length > indent && !counted) {
      if (below < 0) below = spaces.length;
      if (spaces.length === below && /^["']?(?:image|build|extends)["']?\s*:/.test(rest)) {
        services++;
        counted = true;
      }
    }
  }
  return { entries, services };
}
