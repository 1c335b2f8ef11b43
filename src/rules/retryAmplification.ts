import type { Hop } from '../analysis/load/amplification';
import type { Call } from '../model/call';
import { perSystem } from '../model/perSystem';
import type { System } from '../model/system';
import type { Place } from '../model/text';
import { listText, rateText } from '../model/words';
import { applyChanges, type Change, type Remedy } from '../remedies/change';
import { addBudget } from '../remedies/layers';
import { settling } from './callFaults';
import { setForAll } from './callRule';
import { isHalfWritten, retryPlace } from './calls';
import { callPlace, componentPlace, related } from './places';
import { forRetry } from './remedies';
import { type Amplified, amplified, amplifiedIn } from './retryFaults';
import type { Report, Rule, RuleContext } from './rule';

/** As many calls of a path are named. */
const hopsNamed = 4;

export const retryAmplification: Rule = {
  id: 'retry-amplification',
  category: 'Calls',
  severity: 'warning',
  summary: 'Retries behind one another that multiply the load of a component that fails by more than ten.',
  *check(context) {
    for (const { worst, place, others } of byPlace(context)) yield report(context, worst, place, others);
  },
  fixes({ subject }, context) {
    const group = byPlace(context).find(({ worst }) => worst.component === subject);
    if (!group) return [];
    const { system } = context.linked;
    const calls = callsOf(system, group.worst.hops);
    const subjects = new Set([group.worst, ...group.others].map(({ component }) => component));
    const before = new Set(amplifiedIn(system));
    const helps = ({ changes }: Remedy) =>
      amplifiedIn(applyChanges(system, changes)).every((component) => before.has(component) && !subjects.has(component));
    const helping = (remedies: readonly (Remedy | undefined)[]) =>
      settling(
        system,
        remedies.filter((remedy) => remedy !== undefined),
        'retry-amplification',
        [],
      ).filter(helps);
    const budget = helping([budgets(context, callsOf(system, [group.worst.most])), budgets(context, calls)]).slice(0, 1);
    return [...budget, ...helping(oneLayer(context, calls))];
  },
};

interface Group {
  readonly place: Place;
  readonly worst: Amplified;
  readonly others: readonly Amplified[];
}

/** What one retry does to several components is one finding, about the one that it hits hardest. */
function byPlace(context: RuleContext): readonly Group[] {
  const groups = new Map<string, { readonly place: Place; readonly all: Amplified[] }>();
  for (const one of amplified(context.linked.system)) {
    const [call] = callsOf(context.linked.system, [one.most]);
    const place = call && retryPlace(context, call, 'maxAttempts');
    if (!place || one.hops.some((hop) => isOpen(context, hop))) continue;
    const key = `${place.span.start} ${place.span.end} ${place.file}`;
    const group = groups.get(key);
    if (group) group.all.push(one);
    else groups.set(key, { place, all: [one] });
  }
  return [...groups.values()].flatMap(({ place, all }) => {
    const [worst, ...others] = all.sort((a, b) => (a.times === b.times ? 0 : b.times - a.times));
    return worst ? [{ place, worst, others }] : [];
  });
}

/** Something of the retry cannot be read for the moment. */
function isOpen(context: RuleContext, hop: Hop): boolean {
  const [call] = callsOf(context.linked.system, [hop]);
  return !call || isHalfWritten(context, call, 'retry', 'maxAttempts') || isHalfWritten(context, call, 'retry', 'budget');
}

const byId = perSystem((system) => new Map(system.calls.map((call) => [call.id, call])));

function callsOf(system: System, hops: readonly Hop[]): readonly Call[] {
  return hops.flatMap((hop) => byId(system).get(hop.call) ?? []);
}

/** A budget on each of these retries that has none. */
function budgets({ linked }: RuleContext, calls: readonly Call[]): Remedy | undefined {
  const made = calls.flatMap((call) => forRetry(linked, call, addBudget));
  const [first] = made;
  if (!first) return undefined;
  const changes = new Map<string, Change>();
  for (const change of made.flatMap((remedy) => remedy.changes)) changes.set(`${change.kind} ${nameOf(change)}`, change);
  return {
    title: made.length === 1 ? first.title : 'Add a 10% budget to every retry on the way',
    changes: [...changes.values()],
    safe: false,
  };
}

function nameOf(change: Change): string {
  switch (change.kind) {
    case 'define-policy':
      return change.name;
    case 'set-component':
      return change.component;
    default:
      return change.call;
  }
}

/** Retries in one layer only: where requests come in, else nearest to what fails. */
function oneLayer({ linked }: RuleContext, calls: readonly Call[]): readonly Remedy[] {
  const ends = [calls[0], calls.at(-1)].filter((call) => call !== undefined);
  return [...new Set(ends)].map((kept) => ({
    title: `Retry only from ${kept.from} to ${kept.to}`,
    changes: calls.flatMap((call) =>
      call === kept ? [] : setForAll(linked, [call], { retry: 'none' }, { title: '', safe: false }).changes,
    ),
    safe: false,
  }));
}

function report(
  { linked }: RuleContext,
  { component, times, arrivals, hops }: Amplified,
  place: Place,
  others: readonly Amplified[],
): Report {
  const { system } = linked;
  const load = arrivals === undefined || times === Infinity ? '' : ` (${rateText(arrivals)} become ${rateText(arrivals * times)})`;
  const most = hops.some((hop) => hop.times === Infinity) ? 'at least' : 'up to';
  const what =
    times === Infinity ? 'its load grows without a bound' : `${most} ${Number(times.toPrecision(2))} times its load reaches it${load}`;
  const also = others.length === 0 ? '' : ` The same goes for ${listText(others.map((other) => other.component))}.`;
  return {
    message: `When ${component} fails, ${what}: ${pathText(system, hops)}.${also}`,
    place,
    subject: component,
    related: related(
      ...callsOf(system, hops)
        .slice(0, 8)
        .map((call, i) => [callPlace(linked, call), `${call.id} multiplies by ${timesText(hops[i]?.times ?? 1)}`] as const),
      [componentPlace(linked, component), `${component} gets them all`],
    ),
    assumed: [...system.journeys.values()].every(({ implied }) => implied),
  };
}

/** `edge → api 4×, api → db 4×`. */
function pathText(system: System, hops: readonly Hop[]): string {
  const shown = callsOf(system, hops).map(({ from, to }, i) => `${from} → ${to} ${timesText(hops[i]?.times ?? 1)}×`);
  return shown.length > hopsNamed ? `${shown.slice(0, hopsNamed).join(', ')} and ${shown.length - hopsNamed} more` : shown.join(', ');
}

function timesText(times: number): string {
  return times === Infinity ? '∞' : String(Number(times.toPrecision(2)));
}
