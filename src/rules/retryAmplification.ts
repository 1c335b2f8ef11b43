import * as l10n from '@vscode/l10n';
import type { Hop } from '../analysis/load/amplification';
import type { Call } from '../model/call';
import { perSystem } from '../model/perSystem';
import type { System } from '../model/system';
import type { Place } from '../model/text';
import { printShare, type Share } from '../model/units';
import { rateText } from '../model/words';
import { applyChanges, type Change, type Remedy } from '../remedies/change';
import { addBudget } from '../remedies/layers';
import { leastBudget } from '../remedies/numbers';
import { settling } from './callFaults';
import { setForAll } from './callRule';
import { isHalfWritten, retryPlace } from './calls';
import { callPlace, componentPlace, related } from './places';
import { forRetry } from './remedies';
import { type Amplified, amplified, amplifiedIn } from './retryFaults';
import type { Report, Rule, RuleContext } from './rule';
import { sameText } from './words';

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
    const most = callsOf(system, [group.worst.most]);
    // What suits one call alone may still be too much behind the retries of others.
    const budget = helping([budgets(context, most), budgets(context, most, leastBudget), budgets(context, calls, leastBudget)]).slice(0, 1);
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

/**
 * A budget on each of these retries that has none.
 *
 * @param share that which suits each of them where nothing is said
 */
function budgets({ linked }: RuleContext, calls: readonly Call[], share?: Share): Remedy | undefined {
  const made = calls.flatMap((call) => forRetry(linked, call, (system, id) => addBudget(system, id, share)));
  const [first] = made;
  if (!first) return undefined;
  const changes = new Map<string, Change>();
  for (const change of made.flatMap((remedy) => remedy.changes)) changes.set(`${change.kind} ${nameOf(change)}`, change);
  return {
    title: made.length === 1 ? first.title : l10n.t('Add a budget of {0} to every retry on the way', printShare(share ?? leastBudget)),
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
    title: l10n.t('Retry only from {0} to {1}', kept.from, kept.to),
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
  const first = l10n.t('When {0} fails, {1}: {2}.', component, loadText(times, arrivals, hops), pathText(system, hops));
  return {
    message: others.length === 0 ? first : `${first} ${sameText(others.map((other) => other.component))}`,
    place,
    subject: component,
    related: related(
      ...callsOf(system, hops)
        .slice(0, 8)
        .map((call, i) => [callPlace(linked, call), l10n.t('{0} multiplies by {1}', call.id, timesText(hops[i]?.times ?? 1))] as const),
      [componentPlace(linked, component), l10n.t('{0} gets them all', component)],
    ),
    assumed: [...system.journeys.values()].every(({ implied }) => implied),
  };
}

function loadText(times: number, arrivals: number | undefined, hops: readonly Hop[]): string {
  if (times === Infinity) return l10n.t('its load grows without a bound');
  const count = Number(times.toPrecision(2));
  const what = hops.some((hop) => hop.times === Infinity)
    ? l10n.t('at least {0} times its load reaches it', count)
    : l10n.t('up to {0} times its load reaches it', count);
  return arrivals === undefined ? what : l10n.t('{0} ({1} become {2})', what, rateText(arrivals), rateText(arrivals * times));
}

/** `edge → api 4×, api → db 4×`. */
function pathText(system: System, hops: readonly Hop[]): string {
  const shown = callsOf(system, hops).map(({ from, to }, i) => `${from} → ${to} ${timesText(hops[i]?.times ?? 1)}×`);
  if (shown.length <= hopsNamed) return shown.join(', ');
  return l10n.t('{0} and {1} more', shown.slice(0, hopsNamed).join(', '), shown.length - hopsNamed);
}

function timesText(times: number): string {
  return times === Infinity ? '∞' : String(Number(times.toPrecision(2)));
}
