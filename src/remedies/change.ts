import type { Call, CallPolicy } from '../model/call';
import type { Component } from '../model/component';
import { asWritten, unfilled, withPreset } from '../model/presets/fill';
import type { System } from '../model/system';

/**
 * One step of a remedy, as data in the model's own terms. The same step changes the model (for a figure or for
 * the protected variant of a simulation) and, in `editing/`, the text.
 */
export type Change =
  | { readonly kind: 'set-call'; readonly call: string; readonly fields: CallPolicy & { readonly required?: boolean } }
  | { readonly kind: 'set-component'; readonly component: string; readonly fields: Omit<Component, 'name'> }
  | { readonly kind: 'define-policy'; readonly name: string; readonly policy: CallPolicy }
  | { readonly kind: 'use-policy'; readonly call: string; readonly name: string };

/** Something that can be done about a finding. */
export interface Remedy {
  /** What the lightbulb shows: `Insert timeout: 300ms`. */
  readonly title: string;
  /** The title as it reads behind that of another step, where it may be one. */
  readonly clause?: string;
  readonly changes: readonly Change[];
  /** Safe remedies may be applied without asking (fix all). */
  readonly safe: boolean;
}

/** The system with the changes made. Changes of elements that do not exist change nothing. */
export function applyChanges(system: System, changes: readonly Change[]): System {
  let { calls, components, policies } = system;
  for (const change of changes) {
    switch (change.kind) {
      case 'set-call':
        calls = calls.map((call) => (call.id === change.call ? setCall(call, change.fields) : call));
        break;
      case 'use-policy': {
        const policy = policies.get(change.name) ?? {};
        calls = calls.map((call) => (call.id === change.call ? usePolicy(call, change.name, policy) : call));
        break;
      }
      case 'set-component': {
        const component = components.get(change.component);
        if (component) components = new Map(components).set(change.component, { ...component, ...change.fields });
        break;
      }
      case 'define-policy':
        policies = new Map(policies).set(change.name, change.policy);
        break;
    }
  }
  return { ...system, calls, components, policies };
}

/** As the call would be read with these keys written: what its preset gives stays a default. */
function setCall(call: Call, fields: CallPolicy): Call {
  const written = unfilled(call, fields);
  return withPreset({ ...asWritten(call), ...written, ownKeys: [...new Set([...call.ownKeys, ...policyKeysOf(written)])] });
}

/** The policy's keys laid under those that the call writes itself. */
function usePolicy(call: Call, name: string, policy: CallPolicy): Call {
  const written = asWritten(call);
  const own: CallPolicy = pick(written, call.ownKeys);
  const { timeout, deadline, retry, circuitBreaker, preset, bulkhead, fallback, idempotent, idempotencyKey, ...rest } = written;
  return withPreset({ ...rest, ...policy, ...own, policy: name });
}

export const policyKeys = [
  'timeout',
  'deadline',
  'retry',
  'circuitBreaker',
  'preset',
  'bulkhead',
  'fallback',
  'idempotent',
  'idempotencyKey',
] as const satisfies readonly (keyof CallPolicy)[];

function policyKeysOf(fields: CallPolicy): readonly (keyof CallPolicy)[] {
  return policyKeys.filter((key) => fields[key] !== undefined);
}

function pick(policy: CallPolicy, keys: readonly (keyof CallPolicy)[]): CallPolicy {
  return Object.fromEntries(keys.map((key) => [key, policy[key]]));
}
