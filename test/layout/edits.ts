import type { Picture } from '../../src/layout/picture';
import { shiftBetween } from '../../src/layout/shift';
import type { Call } from '../../src/model/call';
import type { System } from '../../src/model/system';
import type { Wishes } from './generate';
import { systemOf } from './systems';

/** Farther than this, in pixels, a card has moved; nearer, an eye still finds it. */
const near = 60;

/** The share of cards that stand elsewhere, after the whole was moved as most of it moved. */
export function movedShare(before: Picture, after: Picture, counts: (id: string) => boolean = () => true): number {
  const shift = shiftBetween(before, after);
  const places = new Map(after.cards.map((card) => [card.id, card]));
  const both = before.cards.filter((card) => places.has(card.id) && counts(card.id));
  const far = both.filter((card) => {
    const now = places.get(card.id);
    return now && Math.hypot(now.x - card.x - shift.x, now.y - card.y - shift.y) > near;
  });
  return both.length === 0 ? 0 : far.length / both.length;
}

/** One thing that somebody does to a system while a picture of it is seen. */
export interface Edit {
  readonly name: string;
  readonly of: (system: System, random: () => number) => System;
}

function pick<T>(list: readonly T[], random: () => number): T | undefined {
  return list[Math.floor(random() * list.length)];
}

export function withCall(system: System, from: string, to: string, more: Partial<Call> = { timeout: 2 }): System {
  const call: Call = { id: `${from} -> ${to} added`, from, to, ownKeys: [], role: 'request', source: 'native', ...more };
  return { ...system, calls: [...system.calls, call] };
}

/** One more component, in the zones of the other. */
function withNewcomer(system: System, beside: string | undefined): System {
  const zones = system.components.get(beside ?? '')?.zones;
  const { components } = systemOf('one', { newcomer: { kind: 'service', ...(zones ? { zones } : {}) } }, []);
  return { ...system, components: new Map([...system.components, ...components]) };
}

function without(system: System, name: string): System {
  const components = new Map(system.components);
  components.delete(name);
  return { ...system, components, calls: system.calls.filter(({ from, to }) => from !== name && to !== name) };
}

function withOther(system: System, random: () => number, change: (call: Call) => Call): System {
  const at = Math.floor(random() * system.calls.length);
  return { ...system, calls: system.calls.map((call, i) => (i === at ? change(call) : call)) };
}

/** What comes and goes, one thing at a time. */
export const edits: readonly Edit[] = [
  {
    name: 'a component is added that another calls',
    of: (system, random) => {
      const caller = pick([...system.components.keys()], random) ?? '';
      return withCall(withNewcomer(system, caller), caller, 'newcomer');
    },
  },
  {
    name: 'a component is added that calls another',
    of: (system, random) => {
      const callee = pick([...system.components.keys()], random) ?? '';
      return withCall(withNewcomer(system, callee), 'newcomer', callee);
    },
  },
  {
    name: 'a component is added between two others',
    of: (system, random) => {
      const names = [...system.components.keys()];
      const [caller = '', callee = ''] = [pick(names, random), pick(names, random)];
      return withCall(withCall(withNewcomer(system, caller), caller, 'newcomer'), 'newcomer', callee);
    },
  },
  {
    name: 'a component is added that nothing calls',
    of: (system, random) => withNewcomer(system, pick([...system.components.keys()], random)),
  },
  {
    name: 'a component is removed',
    of: (system, random) => without(system, pick([...system.components.keys()], random) ?? ''),
  },
  {
    name: 'a call is added',
    of: (system, random) => {
      const names = [...system.components.keys()];
      return withCall(system, pick(names, random) ?? '', pick(names, random) ?? '');
    },
  },
  {
    name: 'a call is removed',
    of: (system, random) => {
      const gone = pick(system.calls, random);
      return { ...system, calls: system.calls.filter((call) => call !== gone) };
    },
  },
  {
    name: 'the policy of a call changes',
    of: (system, random) =>
      withOther(system, random, (call) => ({ ...call, timeout: 0.25, retry: { maxAttempts: 4 }, circuitBreaker: { failures: 5 } })),
  },
  {
    name: 'a value of a call changes',
    of: (system, random) => withOther(system, random, (call) => (call.timeout === undefined ? call : { ...call, timeout: 1.2 })),
  },
];

/** Which pictures an edit is tried on. */
export interface Setting {
  readonly wishes: Wishes;
  readonly labels: 'all' | 'none';
}

export const settings: readonly Setting[] = [14, 40, 100].flatMap((components) =>
  [0, components > 50 ? 6 : 3].flatMap((zones) =>
    (['all', 'none'] as const).map(
      (labels): Setting => ({ wishes: { components, zones, regions: Math.min(zones, components > 50 ? 2 : 1), single: 0.7 }, labels }),
    ),
  ),
);

export function textOf({ wishes, labels }: Setting): string {
  return `${wishes.components} components, ${wishes.zones > 0 ? `${wishes.zones} zones` : 'no zones'}, ${labels === 'all' ? 'labels' : 'no labels'}`;
}
