import type { Call, CallPolicy } from '../model/call';
import { type ElementId, elementId, keyPlace, namePlace, type Origins } from '../model/origin';
import type { RelatedPlace } from '../model/problem';
import type { Place } from '../model/text';
import type { LinkedSystem } from '../workspace/linked';

/** Where a call stands: its first key with the value. */
export function callPlace(linked: LinkedSystem, call: Call): Place | undefined {
  return namePlace(linked.origins, elementId('call', call.id));
}

/** The element in which a key of a call is written: the call itself, or the policy that it takes the key from. */
export function homeOf(linked: LinkedSystem, call: Call, key: keyof CallPolicy): ElementId {
  const own = elementId('call', call.id);
  if (call.policy === undefined || keyPlace(linked.origins, own, key)) return own;
  return elementId('policy', call.policy);
}

/** The calls that the same entry stands for (`to: [a, b]`), this one among them. */
export function callsOfEntry(linked: LinkedSystem, call: Call): readonly Call[] {
  const origin = linked.origins.get(elementId('call', call.id))?.[0];
  if (!origin) return [call];
  return linked.system.calls.filter((other) => {
    const place = linked.origins.get(elementId('call', other.id))?.[0];
    return place?.file === origin.file && place.entry.start === origin.entry.start && place.name.start === origin.name.start;
  });
}

export function componentPlace(linked: LinkedSystem, name: string): Place | undefined {
  return namePlace(linked.origins, elementId('component', name));
}

/** A zone's or region's declaration, else the first place that mentions it. */
export function domainPlace(linked: LinkedSystem, kind: 'zone' | 'region', name: string): Place | undefined {
  return namePlace(linked.origins, elementId(kind, name)) ?? firstMention(linked, kind, name);
}

function firstMention(linked: LinkedSystem, kind: 'zone' | 'region', name: string): Place | undefined {
  let first: Place | undefined;
  for (const mention of linked.mentions) {
    if (mention.kind === kind && mention.name === name && (!first || comparePlaces(mention.place, first) < 0)) first = mention.place;
  }
  return first;
}

/** By file, then by position. */
export function comparePlaces(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.span.start - b.span.start || a.span.end - b.span.end;
}

/** Related information for what has a place. */
export function related(...places: readonly (readonly [Place | undefined, string])[]): readonly RelatedPlace[] {
  return places.flatMap(([place, message]) => (place ? [{ place, message }] : []));
}

/** At most this many related places are listed: more would bury the finding. */
const mostRelated = 8;

/** The journeys' own names, as related places. @param what what is said of each, by its name */
export function relatedJourneys(
  linked: LinkedSystem,
  journeys: readonly string[],
  what: (name: string) => string,
): readonly RelatedPlace[] {
  return related(
    ...journeys.slice(0, mostRelated).map((name) => [namePlace(linked.origins, elementId('journey', name)), what(name)] as const),
  );
}

/** Finds the element that a place stands in, by name. */
export function elementsByPlace(origins: Origins): (place: Place) => string | undefined {
  const byFile = new Map<string, { start: number; end: number; name: string }[]>();
  for (const [id, list] of origins) {
    const name = id.slice(id.indexOf(' ') + 1);
    for (const { file, entry } of name === '' ? [] : list) {
      const entries = byFile.get(file) ?? [];
      entries.push({ ...entry, name });
      byFile.set(file, entries);
    }
  }
  for (const entries of byFile.values()) entries.sort((a, b) => a.start - b.start || b.end - a.end);
  return ({ file, span }) => {
    const entries = byFile.get(file) ?? [];
    let low = 0;
    let high = entries.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((entries[middle]?.start ?? 0) <= span.start) low = middle + 1;
      else high = middle;
    }
    for (let i = low - 1; i >= Math.max(0, low - 64); i--) {
      const entry = entries[i];
      if (entry && entry.end >= span.start) return entry.name;
    }
    return undefined;
  };
}
