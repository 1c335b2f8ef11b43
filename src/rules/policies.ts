import type { CallPolicy, PresetName, Retry } from '../model/call';
import { bound, maxAttempts } from '../model/defaults';
import { longestWait } from '../remedies/retries';

/** Products that end a call by themselves where nothing is written: Envoy after 15 s, Hystrix after 1 s. */
const timedByDefault: ReadonlySet<PresetName> = new Set(['envoy', 'hystrix']);

/** Products whose own default bounds the attempts where none is written. Dapr's retries without end. */
const boundedByDefault: ReadonlySet<PresetName> = new Set(['resilience4j', 'polly', 'envoy', 'istio', 'linkerd', 'aws-sdk']);

/** Products that spread their waits where nothing is written about jitter. */
const jitteredByDefault: ReadonlySet<PresetName> = new Set(['envoy', 'istio', 'grpc', 'aws-sdk', 'dapr']);

/** Nothing ends the wait for an answer. */
export function waitsWithoutEnd({ timeout, deadline, preset }: CallPolicy): boolean {
  if (preset !== undefined && timedByDefault.has(preset) && timeout === undefined && deadline === undefined) return false;
  return bound(timeout) === undefined && bound(deadline) === undefined;
}

/** A retry of which no attempt is the last. */
export function retriesWithoutEnd({ retry, preset }: CallPolicy): boolean {
  if (retry === undefined || retry === 'none' || maxAttempts({ retry }) !== Infinity) return false;
  return retry.maxAttempts !== undefined || preset === undefined || !boundedByDefault.has(preset);
}

/** The retry of a call that waits before it tries again, each time for the same length; undefined where none does. */
export function retryInStep({ retry, preset }: CallPolicy): Retry | undefined {
  if (retry === undefined || retry === 'none' || maxAttempts({ retry }) < 2) return undefined;
  if (retry.jitter !== undefined && retry.jitter !== 'none') return undefined;
  if (retry.jitter === undefined && preset !== undefined && jitteredByDefault.has(preset)) return undefined;
  return longestWait(retry, 1) > 0 ? retry : undefined;
}
