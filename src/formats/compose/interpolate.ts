import type { Node, Scalar } from './tree';

/** The value of a variable, or undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

const deepest = 8;
const longest = 100_000;
const nameFirst = /[A-Za-z_]/;
const nameRest = /[A-Za-z0-9_]/;

/**
 * Fills in variables as compose does: `$A`, `${A}`, `${A:-d}`, `${A-d}`, `${A:?e}`, `${A?e}`, `${A:+x}`, `${A+x}`
 * with nested defaults, `$$` for a dollar. What is not a variable stays as it is; an unset one is empty.
 */
export function interpolate(text: string, lookup: Lookup, depth = 0): string {
  if (!text.includes('$') || depth > deepest) return text;
  let out = '';
  let at = 0;
  while (at < text.length && out.length < longest) {
    const next = text.indexOf('$', at);
    if (next < 0) break;
    out += text.slice(at, next);
    const follows = text.charAt(next + 1);
    if (follows === '$') {
      out += '$';
      at = next + 2;
    } else if (nameFirst.test(follows)) {
      const end = nameEnd(text, next + 1);
      out += lookup(text.slice(next + 1, end)) ?? '';
      at = end;
    } else {
      const close = follows === '{' ? closingBrace(text, next + 2) : -1;
      const value = close < 0 ? undefined : expand(text.slice(next + 2, close), lookup, depth);
      out += value ?? '$';
      at = value === undefined ? next + 1 : close + 1;
    }
  }
  return out + text.slice(at);
}

/** The value of what stands between the braces; undefined when it is not a variable. */
function expand(inside: string, lookup: Lookup, depth: number): string | undefined {
  if (!nameFirst.test(inside.charAt(0))) return undefined;
  const end = nameEnd(inside, 0);
  const value = lookup(inside.slice(0, end));
  const operator = /^(?::?[-?+]|$)/.exec(inside.slice(end))?.[0];
  if (operator === undefined) return undefined;
  const other = inside.slice(end + operator.length);
  const missing = value === undefined || (operator.startsWith(':') && value === '');
  if (operator.endsWith('-')) return missing ? interpolate(other, lookup, depth + 1) : value;
  if (operator.endsWith('+')) return missing ? '' : interpolate(other, lookup, depth + 1);
  return value ?? '';
}

function nameEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && nameRest.test(text.charAt(end))) end++;
  return end;
}

function closingBrace(text: string, start: number): number {
  let open = 1;
  for (let i = start; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '{' && text.charAt(i - 1) === '$') open++;
    else if (char === '}' && --open === 0) return i;
  }
  return -1;
}

/** A tree with the variables of all its values filled in. Keys stay as they are, as compose leaves them. */
export function interpolateTree(node: Node, lookup: Lookup, done = new Map<Node, Node>()): Node {
  const before = done.get(node);
  if (before) return before;
  const result = filled(node, lookup, done);
  done.set(node, result);
  return result;
}

function filled(node: Node, lookup: Lookup, done: Map<Node, Node>): Node {
  if (node.kind === 'scalar') return filledScalar(node, lookup);
  if (node.kind === 'list') return { ...node, items: node.items.map((item) => interpolateTree(item, lookup, done)) };
  const entries = [...node.entries].map(([key, entry]) => [key, { ...entry, value: interpolateTree(entry.value, lookup, done) }] as const);
  return { ...node, entries: new Map(entries) };
}

function filledScalar(scalar: Scalar, lookup: Lookup): Scalar {
  return scalar.text.includes('$') ? { ...scalar, text: interpolate(scalar.text, lookup) } : scalar;
}
