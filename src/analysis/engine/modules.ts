import { type FailureGraph, type Gate, kinds } from './graph';

/**
 * The gates that are modules: nothing below one is used from outside of it, so that it can be computed by itself and
 * stands for one variable above. In linear time by two depth-first passes (Dutuit, Rauzy 1996): a gate is a module when
 * everything below it is visited only between entering and first leaving it.
 */
export function modulesOf(graph: FailureGraph, root: Gate): Uint8Array {
  const first = new Int32Array(graph.size);
  const last = new Int32Array(graph.size);
  const left = new Int32Array(graph.size);
  const order: Gate[] = [];
  const path: Gate[] = [root];
  const position: number[] = [0];
  let clock = 1;
  first[root] = clock;
  last[root] = clock;

  while (path.length > 0) {
    const depth = path.length - 1;
    const gate = path[depth] as Gate;
    const args = graph.args(gate);
    const at = position[depth] as number;
    clock++;
    if (at >= args.length) {
      left[gate] = clock;
      order.push(gate);
      path.pop();
      position.pop();
      continue;
    }
    position[depth] = at + 1;
    const arg = args[at] as Gate;
    last[arg] = clock;
    if (first[arg] !== 0) continue;
    first[arg] = clock;
    if (graph.kind(arg) >= kinds.and) {
      path.push(arg);
      position.push(0);
    } else left[arg] = clock;
  }

  const earliest = new Int32Array(graph.size);
  const latest = new Int32Array(graph.size);
  const modules = new Uint8Array(graph.size);
  for (const gate of order) {
    let min = 0x7fffffff;
    let max = 0;
    for (const arg of graph.args(gate)) {
      const inner = graph.kind(arg) >= kinds.and;
      min = Math.min(min, first[arg] as number, inner ? (earliest[arg] as number) : 0x7fffffff);
      max = Math.max(max, last[arg] as number, inner ? (latest[arg] as number) : 0);
    }
    earliest[gate] = min;
    latest[gate] = max;
    if (min > (first[gate] as number) && max < (left[gate] as number)) modules[gate] = 1;
  }
  return modules;
}
