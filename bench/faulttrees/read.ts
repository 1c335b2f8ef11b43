import { FailureGraph, type Gate } from '../../src/analysis/engine/graph';

/** A fault tree as a failure graph over its events, numbered in the order in which they are written. */
export interface FaultTree {
  readonly name: string;
  readonly events: readonly string[];
  /** Probability of each event. */
  readonly probabilities: Float64Array;
  readonly graph: FailureGraph;
  readonly root: Gate;
}

type Written = readonly [string, ...unknown[]];

/** Reads `{name, top, events: {event: p}, gates: {gate: [op, args] or ["atleast", k, args]}}`; a string says what is wrong. */
export function readFaultTree(text: string): FaultTree | string {
  const json = JSON.parse(text) as { name?: unknown; top?: unknown; events?: Record<string, number>; gates?: Record<string, Written> };
  const events = Object.entries(json.events ?? {});
  const gates = new Map(Object.entries(json.gates ?? {}));
  const numbers = new Map(events.map(([name], i) => [name, i]));
  const graph = new FailureGraph();
  const made = new Map<string, Gate>();
  const open = new Set<string>();
  const top = String(json.top ?? '');
  const path = [top];
  for (let name = path[path.length - 1]; name !== undefined; name = path[path.length - 1]) {
    const gate = gates.get(name);
    const event = numbers.get(name);
    if (made.has(name)) path.pop();
    else if (gate === undefined) {
      if (event === undefined) return `${name} is neither a gate nor an event`;
      made.set(name, graph.variable(event));
      path.pop();
    } else {
      const [op] = gate;
      const [k, args] = op === 'atleast' ? [Number(gate[1]), gate[2] as string[]] : [0, gate[1] as string[]];
      const missing = args.filter((arg) => !made.has(arg));
      if (missing.length > 0) {
        if (open.has(name)) return `${name} depends on itself`;
        open.add(name);
        path.push(...missing.reverse());
        continue;
      }
      const inputs = args.map((arg) => made.get(arg) ?? 0);
      if (op === 'and') made.set(name, graph.and(inputs));
      else if (op === 'or') made.set(name, graph.or(inputs));
      else if (op === 'atleast') made.set(name, graph.atLeast(k, inputs));
      else return `not coherent: ${name} is ${op}`;
      path.pop();
    }
  }
  return {
    name: String(json.name ?? ''),
    events: events.map(([name]) => name),
    probabilities: Float64Array.from(events, ([, p]) => p),
    graph,
    root: made.get(top) ?? 0,
  };
}
