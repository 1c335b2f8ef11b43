import * as l10n from '@vscode/l10n';
import { type Rings, ringsOf } from '../analysis/structure/rings';
import { madeBy, type Wire, type Wiring, wiringOf } from '../analysis/structure/wiring';
import type { Journey } from '../model/journey';
import { countText } from '../model/words';
import { callPlace, related, relatedJourneys } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { journeysText, stoppedWithout } from './words';

/** Members of a ring that are named; of longer ones the first. */
const mostNamed = 6;
const mostRelated = 8;

export const dependencyCycle: Rule = {
  id: 'dependency-cycle',
  category: 'Model',
  severity: 'warning',
  summary: 'Components that wait for each other in a ring of required calls.',
  *check(context) {
    const wiring = wiringOf(context.linked.system);
    const needed = wiring.from.map((wires) => wires.filter(isNeeded));
    const seen = new Set<string>();
    for (const ring of rings(needed)) {
      // Calls that only some journeys make are a ring only where one journey makes them all.
      const isForAll = ring.every((member) => (needed[member] ?? []).every(({ call }) => call.journeys === undefined));
      const journeys = isForAll ? [undefined] : [...context.linked.system.journeys.values()];
      for (const journey of journeys) {
        for (const wires of ringsWithin(needed, ring, journey)) {
          const key = wires.map(({ call }) => call.id).join('\n');
          if (seen.has(key)) continue;
          seen.add(key);
          yield* report(context, wiring, wires);
        }
      }
    }
  },
};

/** A call that its caller waits for and cannot do without. What another format says about the order of starts is none. */
function isNeeded({ call, from, to, optional, awaited, publish, fallback }: Wire): boolean {
  return call.source === 'native' && awaited && !publish && !optional && from !== to && (fallback < 0 || fallback === to);
}

function rings(needed: readonly (readonly Wire[])[]): readonly (readonly number[])[] {
  const found: Rings = ringsOf(needed.length, (node) => (needed[node] ?? []).map(({ to }) => to), needed.keys());
  return found.members.filter((members) => members.length > 1);
}

/** The shortest ring through the first call of each group of components that a journey leads in a ring. */
function* ringsWithin(
  needed: readonly (readonly Wire[])[],
  members: readonly number[],
  journey: Journey | undefined,
): Generator<readonly Wire[]> {
  const place = new Map([...members].sort((a, b) => a - b).map((member, i) => [member, i]));
  const nodes = [...place.keys()];
  const wires = nodes.map((node) => {
    const own = (needed[node] ?? []).filter(({ to }) => place.has(to));
    return journey ? madeBy(own, journey) : own;
  });
  const { of, members: groups } = ringsOf(nodes.length, (i) => (wires[i] ?? []).map(({ to }) => place.get(to) ?? i), nodes.keys());
  for (const [ring, group] of groups.entries()) {
    if (group.length < 2) continue;
    const inside = (wire: Wire) => of[place.get(wire.to) ?? -1] === ring;
    const first = wires[Math.min(...group)]?.find(inside);
    const back = first && shortest(first.to, first.from, (node) => (wires[place.get(node) ?? -1] ?? []).filter(inside));
    if (first && back) yield [first, ...back];
  }
}

/** The fewest calls from one component to another, breadth first. */
function shortest(from: number, to: number, next: (node: number) => readonly Wire[]): readonly Wire[] | undefined {
  const by = new Map<number, Wire | undefined>([[from, undefined]]);
  for (const node of by.keys()) {
    if (node === to) break;
    for (const wire of next(node)) if (!by.has(wire.to)) by.set(wire.to, wire);
  }
  if (!by.has(to)) return undefined;
  const path: Wire[] = [];
  for (let wire = by.get(to); wire !== undefined; wire = by.get(wire.from)) path.push(wire);
  return path.reverse();
}

function* report(context: RuleContext, { names }: Wiring, wires: readonly Wire[]): Generator<Report> {
  const { linked } = context;
  const [first] = wires;
  const place = first && callPlace(linked, first.call);
  if (!first || !place) return;
  const start = names[first.from] ?? '';
  const journeys = stoppedWithout(context, start).filter((journey) => linked.system.journeys.get(journey)?.implied === false);
  const what = l10n.t(
    '{0} is a ring of required calls: one slow member holds up all of them, and none comes back before the others do',
    ringText(wires.map(({ from }) => names[from] ?? '')),
  );
  yield {
    message: journeys.length === 0 ? l10n.t('{0}.', what) : throughText(what, journeysText(linked.system, journeys), journeys.length),
    place,
    subject: first.call.id,
    related: [
      ...related(
        ...wires.slice(1, mostRelated).map(({ call }) => [callPlace(linked, call), l10n.t('{0} goes on with it', call.id)] as const),
      ),
      ...relatedJourneys(linked, journeys, (name) => l10n.t('{0} goes through the ring', name)),
    ],
  };
}

function throughText(what: string, names: string, count: number): string {
  return countText(count, l10n.t('{0}; {1} goes through it.', what, names), l10n.t('{0}; {1} go through it.', what, names));
}

/** `a → b → a` */
function ringText(members: readonly string[]): string {
  const shown = members.length > mostNamed ? [...members.slice(0, mostNamed - 1), '…'] : members;
  return [...shown, members[0] ?? ''].join(' → ');
}
