import { finish, type Steps } from '../../model/steps';
import { coneOf, effectSteps } from './failures';
import { FailureGraph, type Gate, kinds, never } from './graph';
import { modulesOf } from './modules';

/** A graph of its own for one root. */
export interface Rooted {
  readonly graph: FailureGraph;
  readonly root: Gate;
}

/**
 * The root alone, with some variables taken as working for good. Constants are propagated, gates that alone bring the
 * root down are taken out of all others, and a gate used only by one gate of the same kind is merged into it.
 */
export function reduced(graph: FailureGraph, root: Gate, works: (variable: number) => boolean): Rooted {
  return finish(reducedSteps(graph, root, works));
}

/** The same as {@link reduced} in small steps. */
export function* reducedSteps(graph: FailureGraph, root: Gate, works: (variable: number) => boolean): Steps<Rooted> {
  const kept = rewritten(graph, root, (result, gate) => {
    if (graph.kind(gate) !== kinds.variable) return undefined;
    return works(graph.value(gate)) ? never : result.variable(graph.value(gate));
  });
  yield;
  const hoisted = yield* singleGatesHoisted(kept);
  yield;
  const flat = flattened(hoisted.graph, hoisted.root);
  yield;
  return grouped(flat);
}

/** Copies what the root depends on; `replace` says what stands for a node instead of its copy. */
function rewritten(graph: FailureGraph, root: Gate, replace: (result: FailureGraph, gate: Gate) => Gate | undefined): Rooted {
  const result = new FailureGraph();
  const copy = new Int32Array(graph.size).fill(-1);
  copy[0] = 0;
  copy[1] = 1;
  const copied = (gate: Gate): Gate => {
    let known = copy[gate] as number;
    if (known === -1) {
      known = replace(result, gate) ?? result.variable(graph.value(gate));
      copy[gate] = known;
    }
    return known;
  };
  for (const gate of coneOf(graph, [root])) {
    const args = Array.from(graph.args(gate), copied);
    copy[gate] = remade(result, graph.kind(gate), graph.value(gate), args);
  }
  return { graph: result, root: copied(root) };
}

/**
 * Gates can be single points as variables can: one whose failure alone brings the root down. The root is then that it
 * fails, or that it fails while that gate does not; so wherever else the gate is used, it never fails. Far fewer
 * variables then depend on each other.
 */
function* singleGatesHoisted({ graph, root }: Rooted): Steps<Rooted> {
  if (graph.kind(root) < kinds.and) return { graph, root };
  const candidates = Array.from(coneOf(graph, [root])).filter((gate) => graph.kind(gate) !== kinds.or && gate !== root);
  const [set] = yield* effectSteps(
    graph,
    [root],
    candidates.map((gate) => [gate]),
  );
  const single = new Uint8Array(graph.size);
  candidates.forEach((gate, i) => {
    if (set?.has(i)) single[gate] = 1;
  });

  const result = new FailureGraph();
  const copy = new Int32Array(graph.size);
  copy[1] = 1;
  const parts: Gate[] = [];
  for (const gate of coneOf(graph, [root])) {
    const args = Array.from(graph.args(gate), (arg) =>
      graph.kind(arg) === kinds.variable ? result.variable(graph.value(arg)) : (copy[arg] as number),
    );
    const made = remade(result, graph.kind(gate), graph.value(gate), args);
    if (single[gate] === 1) parts.push(made);
    else copy[gate] = made;
  }
  return { graph: result, root: result.or([...parts, copy[root] as number]) };
}

function flattened(graph: FailureGraph, root: Gate): Rooted {
  const cone = coneOf(graph, [root]);
  const parents = parentsOf(graph, cone);
  const result = new FailureGraph();
  const copy = new Int32Array(graph.size);
  copy[1] = 1;
  const merged = new Map<Gate, readonly Gate[]>();
  for (const gate of cone) {
    const kind = graph.kind(gate);
    const args: Gate[] = [];
    for (const arg of graph.args(gate)) {
      const inner = kind !== kinds.atLeast && graph.kind(arg) === kind && parents[arg] === 1 ? merged.get(arg) : undefined;
      if (inner) args.push(...inner);
      else args.push(graph.kind(arg) === kinds.variable ? result.variable(graph.value(arg)) : (copy[arg] as number));
    }
    merged.set(gate, args);
    copy[gate] = remade(result, kind, graph.value(gate), args);
  }
  return { graph: result, root: graph.kind(root) === kinds.variable ? result.variable(graph.value(root)) : (copy[root] as number) };
}

/** The arguments that an AND or OR gate shares with nobody become one gate, a module, where others stand beside them. */
function grouped(rooted: Rooted): Rooted {
  const { graph, root } = rooted;
  const cone = coneOf(graph, [root]);
  const parents = parentsOf(graph, cone);
  const modules = modulesOf(graph, root);
  const isPrivate = (arg: Gate): boolean => parents[arg] === 1 && (graph.kind(arg) === kinds.variable || modules[arg] === 1);

  const result = new FailureGraph();
  const copy = new Int32Array(graph.size);
  copy[1] = 1;
  let changed = false;
  for (const gate of cone) {
    const kind = graph.kind(gate);
    const own: Gate[] = [];
    const others: Gate[] = [];
    for (const arg of graph.args(gate)) {
      const copied = graph.kind(arg) === kinds.variable ? result.variable(graph.value(arg)) : (copy[arg] as number);
      (kind !== kinds.atLeast && isPrivate(arg) ? own : others).push(copied);
    }
    if (own.length > 1 && others.length > 0) {
      others.push(remade(result, kind, 0, own));
      changed = true;
    } else others.push(...own);
    copy[gate] = remade(result, kind, graph.value(gate), others);
  }
  if (!changed) return rooted;
  return { graph: result, root: graph.kind(root) === kinds.variable ? result.variable(graph.value(root)) : (copy[root] as number) };
}

function parentsOf(graph: FailureGraph, cone: Int32Array): Int32Array {
  const parents = new Int32Array(graph.size);
  for (const gate of cone) for (const arg of graph.args(gate)) parents[arg] = (parents[arg] as number) + 1;
  return parents;
}

export function remade(graph: FailureGraph, kind: number, value: number, args: readonly Gate[]): Gate {
  if (kind === kinds.and) return graph.and(args);
  return kind === kinds.or ? graph.or(args) : graph.atLeast(value, args);
}
