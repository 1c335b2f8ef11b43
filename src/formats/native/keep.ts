import type { KeyPlace, Origin } from '../../model/origin';
import type { Place, Span } from '../../model/text';
import type { Element, Fragment, Mention } from '../fragment';
import { joined, touches } from '../shared/spans';

/**
 * Lays what a file declared before under what it declares now, where the text has stopped being sound: a half-typed
 * quote must not make a component disappear. Kept are elements and keys that stood where the text cannot be read now,
 * unless the edit took them out. Their places move with the edit.
 */
export function keepSound(fresh: Fragment, text: string, previous: Fragment, oldText: string): Fragment {
  if (fresh.unsound.length === 0) return fresh;
  const keeper = new Keeper(fresh, editBetween(oldText, text));
  const elements = keeper.elements(previous.elements);
  const mentions = previous.mentions.flatMap((mention) => {
    const lost = keeper.lostMention(mention);
    return lost && !fresh.mentions.some((other) => other.name === lost.name && other.place.span.start === lost.place.span.start)
      ? [lost]
      : [];
  });
  const includes = previous.includes.flatMap((include) => {
    const place = keeper.lostPlace(include.place);
    return place && !fresh.includes.some((other) => other.path === include.path) ? [{ ...include, place }] : [];
  });
  const systemPlace = fresh.system === undefined && previous.systemPlace ? keeper.lostPlace(previous.systemPlace) : undefined;
  return {
    ...fresh,
    elements,
    mentions: [...fresh.mentions, ...mentions],
    includes: [...fresh.includes, ...includes],
    ...(systemPlace && previous.system !== undefined && { system: previous.system, systemPlace }),
  };
}

/** One stretch of an old text that another text took the place of. */
interface Edit {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  while (tail < shorter - start && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) tail++;
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

class Keeper {
  readonly #unsound: readonly Span[];
  readonly #edit: Edit;
  readonly #fresh: readonly Element[];
  readonly #byIdentity = new Map<string, Element>();
  readonly #taken = new Map<Element['kind'], readonly Span[]>();

  constructor(fresh: Fragment, edit: Edit) {
    this.#unsound = fresh.unsound;
    this.#edit = edit;
    this.#fresh = fresh.elements;
    const spans = new Map<Element['kind'], Span[]>();
    for (const element of fresh.elements) {
      this.#byIdentity.set(identity(element), element);
      const list = spans.get(element.kind);
      if (list) list.push(element.origin.entry);
      else spans.set(element.kind, [element.origin.entry]);
    }
    for (const [kind, list] of spans) this.#taken.set(kind, joined(list));
  }

  elements(old: readonly Element[]): readonly Element[] {
    const filled = new Map<Element, Element>();
    const kept: Element[] = [];
    for (const element of old) {
      const now = this.#byIdentity.get(identity(element));
      if (now) {
        if (touches(this.#unsound, now.origin.entry)) filled.set(now, this.#fill(filled.get(now) ?? now, element));
        continue;
      }
      const entry = this.#moved(element.origin.entry);
      if (!entry || !touches(this.#unsound, entry) || touches(this.#taken.get(element.kind) ?? [], entry)) continue;
      kept.push(withOrigin(element, this.#movedOrigin(element.origin)));
    }
    if (filled.size === 0 && kept.length === 0) return this.#fresh;
    const all = [...this.#fresh.map((element) => filled.get(element) ?? element), ...kept];
    return all.sort((a, b) => a.origin.entry.start - b.origin.entry.start);
  }

  /** Where something stood that cannot be read now; undefined where it was taken out, or where the text is sound. */
  lostPlace(place: Place): Place | undefined {
    const span = this.#moved(place.span);
    return span && touches(this.#unsound, span) ? { ...place, span } : undefined;
  }

  /** The same of a mention. One whose name was taken out where it is written is gone, too. */
  lostMention({ kind, name, place, written }: Mention): Mention | undefined {
    const lost = this.lostPlace(place);
    if (!lost || !written) return lost && { kind, name, place: lost };
    const moved = this.#moved(written);
    return moved && { kind, name, place: lost, written: moved };
  }

  /** The keys of the old element that stood on what cannot be read now, under those of the new one. */
  #fill(now: Element, old: Element): Element {
    const lost = new Map<string, KeyPlace>();
    for (const [path, place] of old.origin.keys) {
      const key = this.#moved(place.key);
      if (key && touches(this.#unsound, key) && !now.origin.keys.has(path)) lost.set(path, { key, value: this.#moved(place.value) ?? key });
    }
    const values = Object.entries(old.value).filter(([key]) => {
      const place = old.origin.keys.get(key);
      const moved = place && this.#moved(place.key);
      return moved && touches(this.#unsound, moved) && !Object.hasOwn(now.value, key);
    });
    if (lost.size === 0 && values.length === 0) return now;
    const value = { ...Object.fromEntries(values), ...now.value };
    return { ...now, value, origin: { ...now.origin, keys: new Map([...lost, ...now.origin.keys]) } } as Element;
  }

  #movedOrigin(origin: Origin): Origin {
    const place = (span: Span) => this.#moved(span) ?? { start: this.#edit.start, end: this.#edit.newEnd };
    const keys = new Map<string, KeyPlace>();
    for (const [path, { key, value }] of origin.keys) keys.set(path, { key: place(key), value: place(value) });
    return { file: origin.file, name: place(origin.name), entry: place(origin.entry), keys };
  }

  /** Where a stretch of the old text stands now; undefined where the edit took it out. */
  #moved(span: Span): Span | undefined {
    const { start, oldEnd, newEnd } = this.#edit;
    if (span.start >= start && span.end <= oldEnd && span.end > span.start) return undefined;
    const from = span.start <= start ? span.start : span.start >= oldEnd ? span.start + newEnd - oldEnd : start;
    const to = span.end <= start ? span.end : span.end >= oldEnd ? span.end + newEnd - oldEnd : newEnd;
    return { start: from, end: Math.max(from, to) };
  }
}

function identity(element: Element): string {
  if (element.kind !== 'call') return `${element.kind}\0${element.name}`;
  const { from, to, operation = '' } = element.value;
  return `call\0${from}\0${to}\0${operation}\0${element.origin.keys.has('from')}`;
}

function withOrigin(element: Element, origin: Origin): Element {
  return { ...element, origin };
}
