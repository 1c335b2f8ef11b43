import * as l10n from '@vscode/l10n';
import type { Call, CallPolicy } from '../model/call';
import type { System } from '../model/system';
import { countText } from '../model/words';
import type { Change, Remedy } from '../remedies/change';
import type { LinkedSystem } from '../workspace/linked';
import { callsOfEntry, homeOf } from './places';
import { forEntry } from './remedies';
import { inPolicyText } from './words';

type CallRemedy = (system: System, id: string) => Remedy | undefined;

/** What a remedy may change, and what decides whether it is good for a call. */
const deciding = ['timeout', 'deadline', 'retry', 'circuitBreaker'] as const satisfies readonly (keyof CallPolicy)[];

/**
 * A remedy for a call where one of its keys is written: on the call, with all calls of its entry, or in the policy that
 * it takes the key from, for all calls that use it. Where some of those write other keys themselves, what is good for one
 * need not be for another: then each of them gets its own.
 */
export function whereWritten(linked: LinkedSystem, call: Call, key: keyof CallPolicy, make: CallRemedy): readonly Remedy[] {
  const { system } = linked;
  const name = call.policy;
  const policy = name === undefined ? undefined : system.policies.get(name);
  const isShared = (other: Call) => other.policy === name && homeOf(linked, other, key).startsWith('policy ');
  if (name === undefined || policy === undefined || !isShared(call)) return forEntry(linked, call, make);
  const users = system.calls.filter(isShared);
  const named = system.calls.filter((other) => other.policy === name);
  if (named.some(({ ownKeys }) => deciding.some((own) => ownKeys.includes(own)))) return oneByOne(linked, call, users, make);
  const remedy = make(system, call.id);
  if (!remedy) return [];
  let fields: CallPolicy = {};
  for (const change of remedy.changes) if (change.kind === 'set-call') fields = { ...fields, ...withoutRequired(change.fields) };
  const uses = named.map(({ id }): Change => ({ kind: 'use-policy', call: id, name }));
  const changes: readonly Change[] = [{ kind: 'define-policy', name, policy: { ...policy, ...fields } }, ...uses];
  return [{ title: inPolicyText(remedy.title, name), changes, safe: remedy.safe }];
}

function oneByOne(linked: LinkedSystem, call: Call, users: readonly Call[], make: CallRemedy): readonly Remedy[] {
  const changes: Change[] = [];
  const done = new Set<string>();
  let title = make(linked.system, call.id)?.title;
  for (const user of users) {
    if (done.has(user.id)) continue;
    for (const { id } of callsOfEntry(linked, user)) done.add(id);
    for (const remedy of forEntry(linked, user, make)) {
      title ??= remedy.title;
      changes.push(...remedy.changes);
    }
  }
  if (title === undefined || changes.length === 0) return [];
  const many = l10n.t('{0} (on {1} calls)', title, changes.length);
  return [{ title: countText(changes.length, l10n.t('{0} (on 1 call)', title), many), changes, safe: false }];
}

function withoutRequired({ required: _, ...fields }: CallPolicy & { readonly required?: boolean }): CallPolicy {
  return fields;
}
