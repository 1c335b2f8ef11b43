import type { Call, CallPolicy } from '../model/call';
import { elementId, keyPlace } from '../model/origin';
import type { System } from '../model/system';
import type { Share } from '../model/units';
import { budgetShare } from '../remedies/budgets';
import type { Change, Remedy } from '../remedies/change';
import type { Proposal } from '../remedies/proposals';
import type { LinkedSystem } from '../workspace/linked';
import { isHalfWritten } from './calls';
import { callsOfEntry, homeOf } from './places';
import type { RuleContext } from './rule';
import { inPolicyText, ofEntryText } from './words';

type CallRemedy = (system: System, id: string) => Remedy | undefined;

/**
 * A remedy for a call, on all calls that its entry stands for: an entry has one timeout for them all. What each call
 * needs alone may differ: the longest timeout and the least budget are taken, and of the other keys only those that all of
 * them need.
 */
export function forEntry(linked: LinkedSystem, call: Call, make: CallRemedy): readonly Remedy[] {
  const calls = callsOfEntry(linked, call);
  const made = calls
    .flatMap(({ id }) => make(linked.system, id) ?? [])
    .sort((a, b) => timeoutIn(b) - timeoutIn(a) || compare(budgetIn(a), budgetIn(b)));
  const [first] = made;
  if (!first || calls.length === 1) return first ? [first] : [];
  if (made.length < calls.length) return [];
  const shared = (fields: CallPolicy) =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => made.every((other) => sets(other, key))));
  const least = Math.min(...made.map(budgetIn));
  const changes = first.changes.map((change) =>
    change.kind === 'set-call' ? { ...change, fields: heldTo(shared(change.fields), least) } : change,
  );
  return onEntry(linked, call, [{ ...first, changes }]);
}

/** The same change to every call of an entry, and a title that says so. */
export function onEntry(linked: LinkedSystem, call: Call, remedies: readonly Remedy[]): readonly Remedy[] {
  const calls = callsOfEntry(linked, call);
  if (calls.length === 1) return remedies;
  return remedies.map(({ title, changes, safe }) => ({
    title: ofEntryText(title, calls.length),
    changes: changes.flatMap((change): readonly Change[] =>
      change.kind === 'set-call' || change.kind === 'use-policy' ? calls.map(({ id }) => ({ ...change, call: id })) : [change],
    ),
    safe,
  }));
}

function timeoutIn({ changes }: Remedy): number {
  const timeouts = changes.map((change) => {
    if (change.kind === 'set-call') return change.fields.timeout;
    return change.kind === 'define-policy' ? change.policy.timeout : undefined;
  });
  return Math.max(0, ...timeouts.filter((timeout) => typeof timeout === 'number'));
}

/** The share that the retries of a remedy are held to; `Infinity` where it says nothing of one. */
function budgetIn({ changes }: Remedy): Share {
  const budgets = changes.map((change) => {
    const retry = change.kind === 'set-call' ? change.fields.retry : change.kind === 'define-policy' ? change.policy.retry : undefined;
    return retry === undefined || retry === 'none' ? undefined : budgetShare(retry);
  });
  return Math.min(...budgets.filter((share) => share !== undefined));
}

function compare(a: number, b: number): number {
  return a === b ? 0 : a - b;
}

/** A call's keys with a retry that has no larger share as its budget. */
function heldTo(fields: CallPolicy, share: Share): CallPolicy {
  const { retry } = fields;
  if (retry === undefined || retry === 'none' || (budgetShare(retry) ?? 0) <= share) return fields;
  return { ...fields, retry: { ...retry, budget: { share } } };
}

function sets({ changes }: Remedy, key: string): boolean {
  return changes.some((change) => change.kind === 'set-call' && key in change.fields);
}

/** A remedy of a call's retry where the retry is written: on the call, or in the policy for all calls that use it. */
export function forRetry(linked: LinkedSystem, call: Call, make: CallRemedy): readonly Remedy[] {
  const { system } = linked;
  const inPolicy = (other: Call) => homeOf(linked, other, 'retry').startsWith('policy ');
  const name = call.policy;
  const policy = name === undefined ? undefined : system.policies.get(name);
  if (name === undefined || policy === undefined || !inPolicy(call)) return forEntry(linked, call, make);
  const users = system.calls.filter((other) => other.policy === name && inPolicy(other));
  // The policy has one budget for all of them: the least that suits one.
  const made = users.flatMap(({ id }) => make(system, id) ?? []).sort((a, b) => compare(budgetIn(a), budgetIn(b)));
  const [remedy] = made;
  const retry = remedy?.changes.find((change) => change.kind === 'set-call')?.fields.retry;
  if (!remedy || retry === undefined) return [];
  return [
    {
      title: inPolicyText(remedy.title, name),
      changes: [
        { kind: 'define-policy', name, policy: { ...policy, retry } },
        ...users.map(({ id }): Change => ({ kind: 'use-policy', call: id, name })),
      ],
      safe: remedy.safe,
    },
  ];
}

/**
 * The proposals as they can be written: of what is written with a value that could not be read none, and for calls of one
 * entry, which has one timeout for them all, one proposal with the longest.
 */
export function proposalsIn(context: RuleContext, proposals: readonly Proposal[]): readonly Proposal[] {
  const { linked } = context;
  const calls = new Map(linked.system.calls.map((call) => [call.id, call]));
  const made = new Map<string, Proposal>();
  const rest = proposals.flatMap((proposal): readonly Proposal[] => {
    const { kind, subject } = proposal;
    const isAboutCall = kind === 'timeout' || kind === 'retry' || kind === 'breaker';
    const call = isAboutCall ? calls.get(subject) : undefined;
    if (!call) return readable(context, proposal) ? [proposal] : [];
    if ((['timeout', 'deadline', 'retry', 'circuitBreaker'] as const).some((key) => isHalfWritten(context, call, key))) return [];
    const origin = linked.origins.get(elementId('call', call.id))?.[0];
    const key = `${kind} ${origin?.entry.start} ${origin?.name.start} ${origin?.file}`;
    const known = made.get(key);
    if (!origin) return [proposal];
    if (!known || timeoutIn(proposal) > timeoutIn(known)) made.set(key, proposal);
    return [];
  });
  const ofEntries = [...made.values()].flatMap((proposal) => {
    const call = calls.get(proposal.subject);
    return call ? onEntry(linked, call, [proposal]).map((remedy): Proposal => ({ ...proposal, ...remedy })) : [];
  });
  return [...rest, ...ofEntries];
}

/** Whether nothing that a proposal writes into a component stands there already, with a value that could not be read. */
function readable({ linked }: RuleContext, { changes }: Proposal): boolean {
  return changes.every((change) => {
    if (change.kind !== 'set-component') return true;
    const component = linked.system.components.get(change.component);
    const isHalf = (key: string): boolean =>
      component !== undefined &&
      !Object.hasOwn(component, key) &&
      keyPlace(linked.origins, elementId('component', change.component), key) !== undefined;
    return !Object.keys(change.fields).some(isHalf);
  });
}
