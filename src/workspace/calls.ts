import type { WrittenCall } from '../formats/fragment';
import { policyKeys } from '../formats/native/schema/policy';
import type { Call, CallPolicy } from '../model/call';
import type { Origin } from '../model/origin';
import { withPreset } from '../model/presets/fill';
import type { Problem } from '../model/problem';
import { type Merged, merge, type Part } from './merge';

/** A call as one file writes it. */
export interface CallPart extends Part<WrittenCall> {
  /** Its file includes others: without an operation it is laid over every call of its pair. */
  readonly overlays: boolean;
  /** The how-manieth call of the system's files it is. */
  readonly at: number;
}

interface Pair {
  readonly named: Map<string, CallPart[]>;
  readonly overlays: CallPart[];
  /** What `dependsOn` says, or an edge of another format: nothing that a written call does not say better. */
  readonly bare: CallPart[];
}

/** What files say about calls, put together and in the order in which they are written. They have no ids yet. */
export function mergeCalls(parts: readonly CallPart[], problems: Problem[]): readonly Merged<WrittenCall>[] {
  const pairs = new Map<string, CallPart | Pair>();
  for (const part of parts) {
    const key = `${part.value.from}\0${part.value.to}`;
    const known = pairs.get(key);
    // Nearly every pair has one call.
    if (!known) pairs.set(key, part);
    else if ('value' in known) pairs.set(key, addTo(addTo({ named: new Map(), overlays: [], bare: [] }, known), part));
    else addTo(known, part);
  }
  const merged: { readonly at: number; readonly call: Merged<WrittenCall> }[] = [];
  for (const pair of pairs.values()) {
    if ('value' in pair) merged.push({ at: pair.at, call: { value: pair.value, origins: [pair.origin] } });
    else for (const call of callsOf(pair, problems)) merged.push({ at: call.first.at, call: call.merged });
  }
  return merged.sort((a, b) => a.at - b.at).map(({ call }) => call);
}

function addTo(pair: Pair, part: CallPart): Pair {
  const { operation = '' } = part.value;
  if (part.overlays && part.value.operation === undefined) pair.overlays.push(part);
  else if (isBare(part)) pair.bare.push(part);
  else {
    const list = pair.named.get(operation);
    if (list) list.push(part);
    else pair.named.set(operation, [part]);
  }
  return pair;
}

function isBare(part: CallPart): boolean {
  return part.native ? !part.origin.keys.has('from') : part.value.operation === undefined;
}

function callsOf(pair: Pair, problems: Problem[]): readonly { readonly merged: Merged<WrittenCall>; readonly first: CallPart }[] {
  const { named, overlays, bare } = pair;
  const overlay = mergeParts(overlays, problems);
  if (named.size === 0) {
    // A request says more than start-up order, and that more than telemetry.
    const requests = bare.filter((part) => part.value.role === 'request');
    const under = requests.length > 0 ? requests : bare;
    const [first = under[0]] = overlays;
    if (!first) return [];
    const merged = mergeParts([...(overlay ? [overlay] : []), ...under], []);
    return merged ? [{ merged: { value: merged.value, origins: originsOf([...overlays, ...under]) }, first }] : [];
  }
  return [...named].flatMap(([operation, parts]) => {
    const written = mergeParts(
      parts.filter((part) => part.native),
      problems,
    );
    const foreign = parts.filter((part) => !part.native);
    // What an edge without operation says belongs to the call without operation, where there is one.
    const under = operation === '' ? [...foreign, ...bare.filter((part) => !part.native)] : foreign;
    const merged = mergeParts([...(written ? [written] : []), ...(overlay ? [overlay] : []), ...under], []);
    const [first] = parts;
    if (!merged || !first) return [];
    const origins = originsOf([...parts.filter((part) => part.native), ...overlays, ...under]);
    return [{ merged: { value: { ...merged.value, ...(operation !== '' && { operation }) }, origins }, first }];
  });
}

function originsOf(parts: readonly CallPart[]): readonly Origin[] {
  return parts.map((part) => part.origin);
}

function mergeParts(parts: readonly CallPart[], problems: Problem[]): CallPart | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const { from, to, operation } = first.value;
  const merged = merge(parts, { kind: 'call', name: `${from} -> ${to}${operation === undefined ? '' : ` ${operation}`}` }, problems);
  return merged && { ...first, value: merged.value };
}

/** The name of each call: `from -> to`, with the operation behind it where the pair has several; always unique. */
export function callIds(calls: readonly Merged<WrittenCall>[]): readonly string[] {
  const sizes = new Map<string, number>();
  const pairOf = ({ value }: Merged<WrittenCall>) => `${value.from}\0${value.to}`;
  for (const call of calls) sizes.set(pairOf(call), (sizes.get(pairOf(call)) ?? 0) + 1);
  const taken = new Set<string>();
  return calls.map((call) => {
    const { from, to, operation } = call.value;
    const several = (sizes.get(pairOf(call)) ?? 0) > 1;
    const id = unique(`${from} -> ${to}${several && operation !== undefined ? ` ${operation}` : ''}`, taken);
    taken.add(id);
    return id;
  });
}

/** The name, with a number behind it where it is taken. */
export function unique(name: string, taken: { has(name: string): boolean }): string {
  let result = name;
  for (let n = 2; taken.has(result); n++) result = `${name} (${n})`;
  return result;
}

/** Of a call as written: while it, its name and its policy are the same, what comes of it is the same object. */
const finished = new WeakMap<WrittenCall, { readonly id: string; readonly policy: CallPolicy | undefined; readonly call: Call }>();

/** The call with its name, its policy's keys under its own, and under both what its preset gives. */
export function finishCall(id: string, written: WrittenCall, policies: ReadonlyMap<string, CallPolicy>): Call {
  const name = written.policy ?? (written.role === 'request' ? 'default' : undefined);
  const policy = name === undefined ? undefined : policies.get(name);
  const known = finished.get(written);
  if (known?.id === id && known.policy === policy) return known.call;
  const { policy: _, ...own } = written;
  const ownKeys = policyKeys.filter((key) => own[key] !== undefined);
  const call = withPreset(
    name === undefined || policy === undefined ? { id, ...own, ownKeys } : { id, ...policy, ...own, policy: name, ownKeys },
  );
  finished.set(written, { id, policy, call });
  return call;
}
