import type { Call, CallPolicy } from '../model/call';
import type { System } from '../model/system';
import type { Change, Remedy } from '../remedies/change';
import type { LinkedSystem } from '../workspace/linked';
import { callsOfEntry, homeOf } from './places';

type CallRemedy = (system: System, id: string) => Remedy | undefined;

/**
 * A remedy for a call, on all calls that its entry stands for: an entry has one timeout for them all. What each call
 * needs alone may differ: the longest timeout is taken, and of the other keys only those that all of them need.
 */
export function forEntry(linked: LinkedSystem, call: Call, make: CallRemedy): readonly Remedy[] {
  const calls = callsOfEntry(linked, call);
  const made = calls.flatMap(({ id }) => make(linked.system, id) ?? []).sort((a, b) => timeoutIn(b) - timeoutIn(a));
  const [first] = made;
  if (!first || calls.length === 1) return first ? [first] : [];
  if (made.length < calls.length) return [];
  const shared = (fields: CallPolicy) =>
    Object.fromEntries(Object.entries(fields).filter(([key]) => made.every((other) => sets(other, key))));
  const changes = first.changes.map((change) => (change.kind === 'set-call' ? { ...change, fields: shared(change.fields) } : change));
  return onEntry(linked, call, [{ ...first, changes }]);
}

/** The same change to every call of an entry, and a title that says so. */
export function onEntry(linked: LinkedSystem, call: Call, remedies: readonly Remedy[]): readonly Remedy[] {
  const calls = callsOfEntry(linked, call);
  if (calls.length === 1) return remedies;
  return remedies.map(({ title, changes, safe }) => ({
    title: `${title} (${calls.length === 2 ? 'both' : `all ${calls.length}`} calls of this entry)`,
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
  const remedy = make(system, call.id);
  const retry = remedy?.changes.find((change) => change.kind === 'set-call')?.fields.retry;
  if (!remedy || retry === undefined) return [];
  const users = system.calls.filter((other) => other.policy === name && inPolicy(other));
  return [
    {
      title: `${remedy.title} (policy ${name})`,
      changes: [
        { kind: 'define-policy', name, policy: { ...policy, retry } },
        ...users.map(({ id }): Change => ({ kind: 'use-policy', call: id, name })),
      ],
      safe: remedy.safe,
    },
  ];
}
