import type { CallPolicy, CircuitBreaker, Retry } from '../call';
import { type Preset, presetTable } from './table';

/** The keys of a policy that a preset can add, or add to. */
export type PresetKeys = Pick<CallPolicy, 'timeout' | 'deadline' | 'retry' | 'circuitBreaker'>;

/** A policy with what its preset gives, and, where that is anything, what was written before. */
export type Filled<T extends CallPolicy> = T & { readonly beforePreset?: PresetKeys };

/**
 * Lays the defaults of a policy's preset under what is written: the keys that its blocks leave out, and what the product
 * does with every call. `none` is written, so it stays.
 */
export function withPreset<T extends CallPolicy>(policy: T): Filled<T> {
  const preset = policy.preset === undefined ? undefined : presetTable[policy.preset];
  if (!preset) return policy;
  const { timeout, deadline, retry, circuitBreaker } = policy;
  const { always = {} } = preset;
  const beforePreset = compact({ timeout, deadline, retry, circuitBreaker });
  const filled = compact({
    timeout: timeout ?? always.timeout,
    deadline: deadline ?? always.deadline,
    retry: filledRetry(preset, retry ?? always.retry),
    circuitBreaker: filledBreaker(preset, circuitBreaker ?? always.circuitBreaker),
  });
  return same(beforePreset, filled) ? policy : { ...policy, ...filled, beforePreset };
}

/** The policy as somebody wrote it, without what its preset gives. */
export function asWritten<T extends Filled<CallPolicy>>(policy: T): Omit<T, 'beforePreset'> {
  const { beforePreset, ...rest } = policy;
  if (!beforePreset) return rest;
  const { timeout, deadline, retry, circuitBreaker, ...others } = rest;
  return { ...others, ...beforePreset } as Omit<T, 'beforePreset'>;
}

/** What somebody wrote for a key of a call, or of its policy. */
export function writtenValue<K extends keyof CallPolicy>(call: Filled<CallPolicy>, key: K): CallPolicy[K] {
  const { beforePreset } = call;
  return beforePreset && isPresetKey(key) ? beforePreset[key] : call[key];
}

function isPresetKey(key: keyof CallPolicy): key is keyof PresetKeys {
  return key === 'timeout' || key === 'deadline' || key === 'retry' || key === 'circuitBreaker';
}

/** What the preset of a call gives: whole keys, and of blocks that are written the keys inside that they leave out. */
export function givenByPreset({ beforePreset, ...policy }: Filled<CallPolicy>): PresetKeys {
  if (!beforePreset) return {};
  const { timeout, deadline, retry, circuitBreaker } = policy;
  return compact({
    timeout: beforePreset.timeout === undefined ? timeout : undefined,
    deadline: beforePreset.deadline === undefined ? deadline : undefined,
    retry: givenIn(retry, beforePreset.retry),
    circuitBreaker: givenIn(circuitBreaker, beforePreset.circuitBreaker),
  });
}

/** Whether a key of a call's policy, or a key inside one of its blocks, is what its preset gives. */
export function isByPreset(call: Filled<CallPolicy>, key: keyof PresetKeys, inner?: string): boolean {
  const given = givenByPreset(call)[key];
  return given !== undefined && (inner === undefined || (isBlock(given) && Object.hasOwn(given, inner)));
}

/** Of keys to be set on a call, what has to be written: not what its preset gives in any case. */
export function unfilled(call: Filled<CallPolicy>, fields: CallPolicy): CallPolicy {
  const given: Readonly<Record<string, unknown>> = { ...givenByPreset(call) };
  const before: Readonly<Record<string, unknown>> = { ...call.beforePreset };
  const written = Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
    const default_ = Object.hasOwn(given, key) ? given[key] : undefined;
    if (default_ === undefined) return [[key, value]];
    if (!isBlock(value) || !isBlock(default_)) return same(value, default_) ? [] : [[key, value]];
    const own = Object.entries(value).filter(([inner, one]) => !same(one, Reflect.get(default_, inner)));
    return own.length === 0 && before[key] === undefined ? [] : [[key, Object.fromEntries(own)]];
  });
  return Object.fromEntries(written);
}

function filledRetry(preset: Preset, retry: Retry | 'none' | undefined): Retry | 'none' | undefined {
  if (!isBlock(retry)) return retry;
  const backoff = retry.backoff ?? preset.retry?.backoff;
  const defaults: Retry = { ...preset.retry, ...(backoff === 'exponential' ? preset.exponential : undefined) };
  const base = retry.base ?? defaults.base;
  const cap = preset.capOfBase === undefined || base === undefined ? undefined : preset.capOfBase * base;
  return { ...defaults, ...(cap === undefined ? {} : { cap: Number(cap.toPrecision(12)) }), ...retry };
}

/** A window of fewer calls than the minimum asks for no more than it holds. */
function filledBreaker(preset: Preset, breaker: CircuitBreaker | 'none' | undefined): CircuitBreaker | 'none' | undefined {
  if (!isBlock(breaker)) return breaker;
  const filled: CircuitBreaker = { ...preset.circuitBreaker, ...breaker };
  const { window, minimumCalls } = filled;
  if (breaker.minimumCalls !== undefined || minimumCalls === undefined || !window || !('calls' in window)) return filled;
  return { ...filled, minimumCalls: Math.min(minimumCalls, window.calls) };
}

function givenIn<T extends object>(filled: T | 'none' | undefined, written: T | 'none' | undefined): T | undefined {
  if (!isBlock(filled) || written === 'none') return undefined;
  const missing = Object.entries(filled).filter(([key]) => written === undefined || !Object.hasOwn(written, key));
  return missing.length === 0 ? undefined : (Object.fromEntries(missing) as T);
}

function isBlock<T>(value: T): value is Extract<T, object> {
  return typeof value === 'object' && value !== null;
}

/** By their text: the blocks of a policy are plain data. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function compact(policy: { readonly [K in keyof PresetKeys]: PresetKeys[K] | undefined }): PresetKeys {
  return Object.fromEntries(Object.entries(policy).filter(([, value]) => value !== undefined));
}
