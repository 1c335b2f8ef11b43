import type { FaultTarget, Scenario, ScenarioEvent } from '../model/scenario';
import { readDuration, type Seconds } from '../model/units';
import { UsageError } from './options';

/** A scenario made up on the spot from `--kill NAME@10s..40s`; without `..` nothing is restored. */
export function scenarioOfKills(kills: readonly string[]): Scenario {
  const events = kills.flatMap(eventsOf).sort((a, b) => a.at - b.at);
  return { name: `kill ${kills.join(', ')}`, events, expect: [] };
}

function eventsOf(kill: string): readonly ScenarioEvent[] {
  const match = /^(.+)@([^@.]+(?:\.\d+[a-z]+)?)(?:\.\.(.+))?$/.exec(kill);
  if (!match) throw new UsageError(`--kill ${kill}: expected NAME@10s..40s`);
  const [, name = '', from = '', to] = match;
  const target = targetOf(name);
  const start = seconds('--kill', from);
  if (to === undefined) return [{ at: start, fault: { kind: 'kill', target } }];
  const end = seconds('--kill', to);
  if (end <= start) throw new UsageError(`--kill ${kill}: it ends before it begins`);
  return [
    { at: start, fault: { kind: 'kill', target } },
    { at: end, fault: { kind: 'restore', target } },
  ];
}

/** `component`, `component#2`, `zone NAME`, `region NAME` or `sharedFate NAME`. */
export function targetOf(text: string): FaultTarget {
  const [, kind, name] = /^(zone|region|sharedFate)\s+(.+)$/.exec(text) ?? [];
  if (name !== undefined && (kind === 'zone' || kind === 'region' || kind === 'sharedFate')) return { kind, name };
  const [, component, replica] = /^(.+)#([1-9]\d*)$/.exec(text) ?? [];
  return component === undefined ? { kind: 'component', name: text } : { kind: 'replica', name: component, replica: Number(replica) };
}

/** Reads a duration given on the command line. */
export function seconds(option: string, text: string): Seconds {
  const read = readDuration(text);
  if (!read.ok) throw new UsageError(`${option} ${text}: ${read.expected ? `expected ${read.reason}` : read.reason}`);
  return read.value;
}
