import * as l10n from '@vscode/l10n';
import type { Call, CallPolicy, Retry } from '../model/call';
import { bound } from '../model/defaults';
import { keyPlace } from '../model/origin';
import type { RelatedPlace } from '../model/problem';
import type { System } from '../model/system';
import type { Place } from '../model/text';
import type { Change, Remedy } from '../remedies/change';
import type { LinkedSystem } from '../workspace/linked';
import { settling } from './callFaults';
import { atOnePlace, callsWithPolicies, isHalfWritten } from './calls';
import { callPlace, callsOfEntry, comparePlaces, homeOf } from './places';
import type { Rule, RuleContext } from './rule';
import { inPolicyText, ofEntryText } from './words';

/** A rule about one call at a time; what one written value does to several calls is one finding. */
export interface CallRule<Fault> extends Pick<Rule, 'id' | 'summary'> {
  fault(system: System, call: Call): Fault | undefined;
  /** What has to be readable, beside `timeout`, `deadline` and `retry` as a whole, before anything is concluded. */
  readonly keys?: readonly (keyof Retry)[];
  place(context: RuleContext, call: Call, fault: Fault): Place | undefined;
  message(context: RuleContext, call: Call, fault: Fault): string;
  related?(context: RuleContext, call: Call, fault: Fault): readonly RelatedPlace[];
  /** The remedies are variants of one, the best first: the first that helps is offered. */
  readonly onlyFirst?: boolean;
  /** Ways out for all the calls of one finding; those that do not help, or bring in another fault, are left out. */
  remedies(context: RuleContext, calls: readonly Call[]): readonly (Remedy | undefined)[];
}

export function callRule<Fault>(rule: CallRule<Fault>): Rule {
  const faulty = (context: RuleContext, calls: Iterable<Call>): ReadonlyMap<Call, Fault> => {
    const faults = new Map<Call, Fault>();
    for (const call of calls) {
      const fault = rule.fault(context.linked.system, call);
      // Few calls have a fault, and looking for keys in the text takes longer than looking for it.
      if (fault !== undefined && isReadable(context, call, rule.keys ?? [])) faults.set(call, fault);
    }
    return faults;
  };
  return {
    id: rule.id,
    category: 'Calls',
    severity: 'warning',
    summary: rule.summary,
    *check(context) {
      const faults = faulty(context, callsWithPolicies(context));
      const placeOf = (call: Call): Place | undefined => {
        const fault = faults.get(call);
        return fault === undefined ? undefined : rule.place(context, call, fault);
      };
      yield* atOnePlace(context, faults.keys(), placeOf, (call, place) => {
        const fault = faults.get(call);
        const related = fault === undefined ? [] : (rule.related?.(context, call, fault) ?? []);
        return {
          message: fault === undefined ? '' : rule.message(context, call, fault),
          place,
          subject: call.id,
          ...(related.length > 0 ? { related } : {}),
        };
      });
    },
    fixes(report, context) {
      const calls: Call[] = [];
      for (const [call, fault] of faulty(context, writtenWith(context, report.subject))) {
        const place = rule.place(context, call, fault);
        if (place && comparePlaces(place, report.place) === 0) calls.push(call);
      }
      if (calls.length === 0) return [];
      const remedies = rule.remedies(context, calls).filter((remedy) => remedy !== undefined);
      return settling(context.linked.system, remedies, rule.id, calls, rule.onlyFirst ? 1 : Infinity);
    },
  };
}

/** The calls that may have a value in common with a call: those of its entry, and those that use its policy. */
function writtenWith(context: RuleContext, id: string): readonly Call[] {
  const call = context.linked.system.calls.find((other) => other.id === id);
  if (!call) return [];
  const entry = new Set(callsOfEntry(context.linked, call));
  return [...callsWithPolicies(context)].filter((other) => entry.has(other) || (call.policy !== undefined && other.policy === call.policy));
}

function isReadable(context: RuleContext, call: Call, keys: readonly (keyof Retry)[]): boolean {
  return (
    !(['timeout', 'deadline', 'retry', 'idempotent', 'idempotencyKey'] as const).some((key) => isHalfWritten(context, call, key)) &&
    !keys.some((key) => isHalfWritten(context, call, 'retry', key))
  );
}

/** The value that ends an attempt of a call: its timeout, or a deadline that is shorter. */
export function limitPlace({ linked }: RuleContext, call: Call): Place | undefined {
  const timeout = bound(call.timeout) ?? Infinity;
  const key = (bound(call.deadline) ?? Infinity) < timeout ? 'deadline' : 'timeout';
  return keyPlace(linked.origins, homeOf(linked, call, key), key) ?? callPlace(linked, call);
}

/**
 * The same value of a key for several calls: in the policy that they take it from, where nobody else does; otherwise on
 * each call, and on those that share its entry.
 */
export function setForAll(linked: LinkedSystem, calls: readonly Call[], fields: CallPolicy, remedy: Omit<Remedy, 'changes'>): Remedy {
  const { system } = linked;
  const keys = Object.keys(fields).filter((key): key is keyof CallPolicy => key in fields);
  const [first] = calls;
  const policy = first?.policy === undefined ? undefined : system.policies.get(first.policy);
  const taken = (call: Call) => call.policy === first?.policy && keys.every((key) => homeOf(linked, call, key).startsWith('policy '));
  const users = policy ? system.calls.filter(taken) : [];
  if (first?.policy !== undefined && policy && users.length > 0 && users.every((user) => calls.includes(user))) {
    const name = first.policy;
    const changes: readonly Change[] = [
      { kind: 'define-policy', name, policy: { ...policy, ...fields } },
      ...users.map(({ id }): Change => ({ kind: 'use-policy', call: id, name })),
    ];
    return { ...remedy, title: inPolicyText(remedy.title, name), changes };
  }
  const all = [...new Set(calls.flatMap((call) => callsOfEntry(linked, call)))];
  const entries = new Set(all.map((call) => linked.origins.get(`call ${call.id}`)?.[0]?.entry.start)).size;
  const title = entries === 1 ? ofEntryText(remedy.title, all.length) : ofCallsText(remedy.title, all.length);
  return { ...remedy, title, changes: all.map(({ id }) => ({ kind: 'set-call', call: id, fields })) };
}

function ofCallsText(title: string, calls: number): string {
  if (calls === 1) return title;
  return calls === 2 ? l10n.t('{0} (both calls)', title) : l10n.t('{0} (all {1} calls)', title, calls);
}
