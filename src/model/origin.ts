import type { Place, Span } from './text';

/** The kinds of thing that have a name in a system. `objectives` and `system` have an empty name. */
export type ElementKind =
  | 'system'
  | 'objectives'
  | 'region'
  | 'zone'
  | 'sharedFate'
  | 'component'
  | 'policy'
  | 'call'
  | 'journey'
  | 'scenario';

/** Names one element of a system: `component api`, `call api -> db`. */
export type ElementId = `${ElementKind} ${string}`;

export function elementId(kind: ElementKind, name = ''): ElementId {
  return `${kind} ${name}`;
}

export interface KeyPlace {
  readonly key: Span;
  /** The value; empty and just behind the colon where nothing is written. */
  readonly value: Span;
}

/**
 * Where one file says something about an element. An element declared in several files has several origins,
 * in the order in which they count.
 */
export interface Origin {
  readonly file: string;
  /** The element's own name; for a call, which has none, its first key with its value (`from: api`). */
  readonly name: Span;
  /** The whole entry, without the comment lines above it. */
  readonly entry: Span;
  /** Keys by dotted path: `timeout`, `retry.maxAttempts`, `events.0.kill`, `zones.1` (list items have value = key). */
  readonly keys: ReadonlyMap<string, KeyPlace>;
}

export type Origins = ReadonlyMap<ElementId, readonly Origin[]>;

/** The place of a key's value (of the key itself with `part` 'key'); undefined where nobody wrote it. */
export function keyPlace(origins: Origins, element: ElementId, path: string, part: keyof KeyPlace = 'value'): Place | undefined {
  for (const origin of origins.get(element) ?? []) {
    const found = origin.keys.get(path);
    if (found) return { file: origin.file, span: found[part] };
  }
  return undefined;
}

/** The place of an element's name in its first origin. */
export function namePlace(origins: Origins, element: ElementId): Place | undefined {
  const origin = origins.get(element)?.[0];
  return origin && { file: origin.file, span: origin.name };
}

/** The origin so many characters further on in the same file. The places of its keys are worked out when somebody asks for them. */
export function movedOrigin(origin: Origin, by: number): Origin {
  if (by === 0) return origin;
  return {
    file: origin.file,
    name: movedSpan(origin.name, by),
    entry: movedSpan(origin.entry, by),
    keys: new MovedKeys(origin.keys, by),
  };
}

export function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

class MovedKeys implements ReadonlyMap<string, KeyPlace> {
  readonly #keys: ReadonlyMap<string, KeyPlace>;
  readonly #by: number;

  constructor(keys: ReadonlyMap<string, KeyPlace>, by: number) {
    this.#keys = keys;
    this.#by = by;
  }

  get size(): number {
    return this.#keys.size;
  }

  has(path: string): boolean {
    return this.#keys.has(path);
  }

  get(path: string): KeyPlace | undefined {
    const place = this.#keys.get(path);
    return place && this.#moved(place);
  }

  keys(): MapIterator<string> {
    return this.#keys.keys();
  }

  *values(): MapIterator<KeyPlace> {
    for (const place of this.#keys.values()) yield this.#moved(place);
  }

  *entries(): MapIterator<[string, KeyPlace]> {
    for (const [path, place] of this.#keys) yield [path, this.#moved(place)];
  }

  [Symbol.iterator](): MapIterator<[string, KeyPlace]> {
    return this.entries();
  }

  forEach(visit: (place: KeyPlace, path: string, keys: ReadonlyMap<string, KeyPlace>) => void): void {
    for (const [path, place] of this) visit(place, path, this);
  }

  #moved({ key, value }: KeyPlace): KeyPlace {
    return { key: movedSpan(key, this.#by), value: movedSpan(value, this.#by) };
  }
}
