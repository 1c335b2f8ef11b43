import type { Call } from '../model/call';
import { isAsync, isDelivery, isIdempotent, kindOf } from '../model/defaults';
import { isMadeBy } from '../model/paths';
import type { System } from '../model/system';
import { Breaker } from './breaker';
import type { Core } from './core';
import type { JourneyState } from './journeyState';
import { Stream } from './random';
import { Feed } from './records';
import { type CallRules, callRules, fallbackRules } from './rules';
import { CallerSide, CallState, type ComponentState, type Link, Plan } from './state';

/** A call of the model with what the engine made of it. */
export interface KnownCall {
  readonly call: Call;
  readonly state: CallState;
  /** The call to the component that answers instead. */
  readonly fallback: CallState | undefined;
  readonly feed: Feed | undefined;
}

/** More copies of one call for one request are not told apart from a slip of the keyboard. */
const mostCopies = 10_000;

/** Makes the calls of the system known to the engine: by caller, in the order in which they are written. */
export function knowCalls(core: Core, system: System, seed: number): ReadonlyMap<string, readonly KnownCall[]> {
  const byCaller = new Map<string, KnownCall[]>();
  for (const call of system.calls) {
    const from = core.componentByName.get(call.from);
    const to = core.componentByName.get(call.to);
    if (call.role !== 'request' || !from || !to) continue;
    const rules = callRules(call);
    const state = addCall(core, call.id, from, to, rules, seed);
    const known = { call, state, fallback: fallbackCall(core, call, from, rules, seed), feed: feedOf(system, call, state) };
    const list = byCaller.get(call.from);
    if (list) list.push(known);
    else byCaller.set(call.from, [known]);
  }
  return byCaller;
}

function addCall(core: Core, id: string, from: ComponentState, to: ComponentState, rules: CallRules, seed: number): CallState {
  const state = new CallState(id, from, to, rules, new Stream(seed, `jitter ${id}`), new Stream(seed, `share ${id}`));
  for (const replica of from.replicas) {
    const side = new CallerSide(state, replica, rules.breaker && new Breaker(rules.breaker));
    side.tokens = rules.retry.budget?.capacity ?? 0;
    state.sides.push(side);
  }
  core.addCall(state);
  return state;
}

function fallbackCall(core: Core, call: Call, from: ComponentState, rules: CallRules, seed: number): CallState | undefined {
  const { fallback } = call;
  if (fallback === undefined || fallback === 'none' || fallback.kind !== 'component') return undefined;
  const to = core.componentByName.get(fallback.to);
  return to && addCall(core, `${call.id} fallback ${fallback.to}`, from, to, fallbackRules(rules), seed);
}

function feedOf(system: System, call: Call, state: CallState): Feed | undefined {
  if (!isDelivery(call, system.components.get(call.from))) return undefined;
  const feed = new Feed(state.from, state);
  state.to.feeds.push(feed);
  return feed;
}

/**
 * What a journey does at each component that it passes, from its entry. A call that comes back to where the request
 * came from would go round for ever; it is left out. Returns the ids of those calls.
 */
export function planJourney(
  system: System,
  journey: JourneyState,
  entry: ComponentState,
  byCaller: ReadonlyMap<string, readonly KnownCall[]>,
): readonly string[] {
  const made = new Map<ComponentState, readonly KnownCall[]>();
  const callsOf = (component: ComponentState): readonly KnownCall[] => {
    const found = made.get(component) ?? (byCaller.get(component.name) ?? []).filter(({ call }) => isMadeBy(call, journey.name));
    made.set(component, found);
    return found;
  };
  const { order, returning } = explore(entry, callsOf);
  const plans = new Map(order.map((component) => [component, new Plan(journey, component)]));
  // Callees come before callers in this order, so that each plan is complete when another points to it.
  for (const component of order) {
    const plan = plans.get(component);
    if (plan) fill(plan, callsOf(component), plans, returning, system);
  }
  journey.entry = plans.get(entry);
  const links = [...plans.values()].flatMap((plan) => [...plan.deliveries, ...plan.steps.flatMap((step) => step.links)]);
  journey.tracksEffects = links.some((link) => link.isUnsafe) && links.some((link) => link.feed || link.call.rules.retry.attempts > 1);
  return [...returning].map((state) => state.id);
}

/** Depth first from the entry: components with callees before callers, and the calls that close a ring. */
function explore(entry: ComponentState, callsOf: (component: ComponentState) => readonly KnownCall[]) {
  const order: ComponentState[] = [];
  const returning = new Set<CallState>();
  const open = new Set<ComponentState>([entry]);
  const done = new Set<ComponentState>();
  const stack = [{ component: entry, edges: edgesOf(entry, callsOf), next: 0 }];
  for (let top = stack.at(-1); top; top = stack.at(-1)) {
    const edge = top.edges[top.next++];
    if (!edge) {
      stack.pop();
      open.delete(top.component);
      done.add(top.component);
      order.push(top.component);
    } else if (open.has(edge.to)) returning.add(edge);
    else if (!done.has(edge.to)) {
      open.add(edge.to);
      stack.push({ component: edge.to, edges: edgesOf(edge.to, callsOf), next: 0 });
    }
  }
  return { order, returning };
}

function edgesOf(component: ComponentState, callsOf: (component: ComponentState) => readonly KnownCall[]): readonly CallState[] {
  return callsOf(component).flatMap(({ state, fallback }) => (fallback ? [state, fallback] : [state]));
}

function fill(
  plan: Plan,
  calls: readonly KnownCall[],
  plans: ReadonlyMap<ComponentState, Plan>,
  returning: ReadonlySet<CallState>,
  system: System,
): void {
  const groups = new Map<string, Link[]>();
  for (const known of calls) {
    const link = linkOf(known, plans, returning, system);
    if (!link) continue;
    const word = known.call.parallel;
    const group = word === undefined ? undefined : groups.get(word);
    if (known.feed) plan.deliveries.push(link);
    else if (group) group.push(link);
    else {
      const links = [link];
      plan.steps.push({ links, together: word !== undefined });
      if (word !== undefined) groups.set(word, links);
    }
  }
}

function linkOf(
  { call, state, fallback, feed }: KnownCall,
  plans: ReadonlyMap<ComponentState, Plan>,
  returning: ReadonlySet<CallState>,
  system: System,
): Link | undefined {
  const plan = plans.get(state.to);
  if (!plan || returning.has(state)) return undefined;
  const from = system.components.get(call.from);
  const to = system.components.get(call.to);
  const isPublish = to !== undefined && kindOf(to) === 'queue';
  const degrades = call.fallback !== undefined && call.fallback !== 'none' && call.fallback.kind === 'degrade';
  const link: Link = {
    call: state,
    plan,
    count: Math.min(Math.max(0, call.count ?? 1), mostCopies),
    share: call.share ?? 1,
    awaited: isPublish || !isAsync(call, from),
    optional: call.required === false,
    degrades,
    fallback: undefined,
    isUnsafe: isIdempotent(call) === false,
    isKeyed: call.idempotencyKey !== undefined,
    feed,
  };
  const instead = fallback && !returning.has(fallback) ? plans.get(fallback.to) : undefined;
  return fallback && instead ? { ...link, fallback: { ...link, call: fallback, plan: instead, degrades: false } } : link;
}
