/**
 * A value on its way into a YAML text, free of style. A `word` comes from a person and may need quotes; a `token`
 * is our own notation (`300ms`, `none`, `3`) and never does.
 */
export type Written =
  | { readonly kind: 'token'; readonly text: string }
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Written[] }
  | { readonly kind: 'map'; readonly entries: readonly WrittenEntry[] };

export type WrittenEntry = readonly [key: string, value: Written];

export function token(value: string | number | boolean): Written {
  return { kind: 'token', text: String(value) };
}

export function word(text: string): Written {
  return { kind: 'word', text };
}

export function words(items: readonly string[]): Written {
  return { kind: 'list', items: items.map(word) };
}

/** A mapping of the keys that have a value. */
export function mapping(entries: readonly (readonly [string, Written | undefined])[]): Written {
  return { kind: 'map', entries: entries.filter((entry): entry is WrittenEntry => entry[1] !== undefined) };
}

export function sameWritten(a: Written | undefined, b: Written | undefined): boolean {
  return a === b || (a !== undefined && b !== undefined && JSON.stringify(a) === JSON.stringify(b));
}
