import * as l10n from '@vscode/l10n';
import type { Call, CallPolicy, Retry } from '../model/call';
import { isAsync, isDelivery, kindOf } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { isByPreset, type PresetKeys, writtenValue } from '../model/presets/fill';
import type { Place } from '../model/text';
import { countText } from '../model/words';
import { callPlace, comparePlaces, homeOf, related } from './places';
import type { Report, RuleContext } from './rule';

/**
 * The requests that somebody could give a policy. A compose file cannot say how a call is made, so nothing is concluded
 * from what it leaves out.
 */
export function* callsWithPolicies({ linked }: RuleContext): Generator<Call> {
  for (const call of linked.system.calls) {
    if (call.role === 'request' && call.source === 'native') yield call;
  }
}

/** Whether the caller holds on until the callee answers: a synchronous call, or the publish to a queue. */
export function isAwaited({ linked }: RuleContext, call: Call): boolean {
  const from = linked.system.components.get(call.from);
  const to = linked.system.components.get(call.to);
  if (!isAsync(call, from)) return true;
  return !isDelivery(call, from) && to !== undefined && kindOf(to) === 'queue';
}

/** The call that a report is about. */
export function callOf({ linked }: RuleContext, { subject }: Report): Call | undefined {
  return linked.system.calls.find((call) => call.id === subject);
}

/** Where a call's retry says what is wrong: the value of a key in it where there is one, else the key `retry`. */
export function retryPlace({ linked }: RuleContext, call: Call, key: string): Place | undefined {
  const home = homeOf(linked, call, 'retry');
  return (
    keyPlace(linked.origins, home, `retry.${key}`) ?? //
    keyPlace(linked.origins, home, 'retry', 'key') ??
    presetPlace(linked, call, 'retry') ??
    callPlace(linked, call)
  );
}

/** The preset of a call, where that gives it this key; undefined where it does not. */
export function presetPlace(linked: RuleContext['linked'], call: Call, key: keyof PresetKeys): Place | undefined {
  return isByPreset(call, key) ? keyPlace(linked.origins, homeOf(linked, call, 'preset'), 'preset') : undefined;
}

/**
 * Whether a key is written with a value that could not be read: it is reported as such, and what it says is not known
 * to be missing.
 */
export function isHalfWritten({ linked }: RuleContext, call: Call, key: keyof CallPolicy, inner?: keyof Retry): boolean {
  const value = writtenValue(call, key);
  if (value === undefined) return keyPlace(linked.origins, homeOf(linked, call, key), key) !== undefined;
  if (inner === undefined || typeof value !== 'object') return false;
  const home = homeOf(linked, call, key);
  return keyPlace(linked.origins, home, `${key}.${inner}`) !== undefined && !Object.hasOwn(value, inner);
}

/** What one written value does to several calls: the calls of a policy, or of one entry, have one finding together. */
export function* atOnePlace(
  context: RuleContext,
  calls: Iterable<Call>,
  placeOf: (call: Call) => Place | undefined,
  report: (call: Call, place: Place) => Report,
): Generator<Report> {
  const groups = new Map<string, { place: Place; calls: Call[] }>();
  for (const call of calls) {
    const place = placeOf(call);
    if (!place) continue;
    const key = `${place.span.start} ${place.span.end} ${place.file}`;
    const group = groups.get(key);
    if (group) group.calls.push(call);
    else groups.set(key, { place, calls: [call] });
  }
  for (const { place, calls: group } of groups.values()) {
    const [first, ...others] = group;
    if (!first) continue;
    const made = report(first, place);
    if (others.length === 0) yield made;
    else {
      const places = group.slice(0, 8).map((call) => [elsewhere(context, call, place), l10n.t('{0} is made this way', call.id)] as const);
      const one = l10n.t('The same goes for 1 other call made this way.');
      const many = l10n.t('The same goes for {0} other calls made this way.', others.length);
      const message = `${made.message} ${countText(others.length, one, many)}`;
      yield { ...made, message, related: [...related(...places), ...(made.related ?? [])] };
    }
  }
}

function elsewhere({ linked }: RuleContext, call: Call, place: Place): Place | undefined {
  const own = callPlace(linked, call);
  return own && comparePlaces(own, place) !== 0 ? own : undefined;
}

/** The place of a policy key that a call takes from elsewhere, for related information; undefined where it is its own. */
export function policyPlace({ linked }: RuleContext, call: Call, key: keyof CallPolicy): Place | undefined {
  const home = homeOf(linked, call, key);
  return home === elementId('call', call.id) ? undefined : keyPlace(linked.origins, home, key);
}
