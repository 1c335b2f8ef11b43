import { finish, type Steps } from '../../model/steps';
import { type FailureGraph, type Gate, kinds } from './graph';
import { modulesOf } from './modules';
import { type Block, blockOf } from './order';
import { reducedSteps } from './reduce';

/**
 * One module: its failure follows from its inputs, which are independent of each other. Inputs are variables, or the
 * outputs of modules before it. `all` and `any` need no diagram.
 */
export type Module = { readonly inputs: Int32Array; readonly output: number } & (
  | { readonly kind: 'all' | 'any' }
  | { readonly kind: 'block'; readonly block: Block }
);

/** A root taken apart, ready to be computed module by module. */
export interface Plan {
  readonly modules: readonly Module[];
  /** What tells the root's failure: a variable or an output, or that it never or always fails. */
  readonly top: number | 'never' | 'always';
  /** One more than the greatest number of a variable or output. */
  readonly size: number;
  /** The variables that the root depends on. */
  readonly variables: readonly number[];
}

/**
 * Takes the single points out, and finds the modules of what is left.
 * @param variables how many variables there are @param isSingle whether a variable alone brings the root down
 * @param isIgnored whether a variable is taken as working for good
 */
export function planOf(
  graph: FailureGraph,
  root: Gate,
  variables: number,
  isSingle: (variable: number) => boolean,
  isIgnored?: (variable: number) => boolean,
): Plan {
  return finish(planSteps(graph, root, variables, isSingle, isIgnored));
}

/** The same as {@link planOf} in small steps. */
export function* planSteps(
  graph: FailureGraph,
  root: Gate,
  variables: number,
  isSingle: (variable: number) => boolean,
  isIgnored: (variable: number) => boolean = () => false,
): Steps<Plan> {
  const singles = new Set<number>();
  const rest = yield* reducedSteps(graph, root, (variable) => {
    if (isIgnored(variable)) return true;
    if (!isSingle(variable)) return false;
    singles.add(variable);
    return true;
  });
  yield;
  const used = new Set(singles);
  const modules: Module[] = [];
  let size = variables;
  if (rest.root === 1) return { modules, top: 'always', size, variables: [] };

  const outputs = new Map<Gate, number>();
  const inputOf = (gate: Gate): number => {
    if (rest.graph.kind(gate) !== kinds.variable) return outputs.get(gate) ?? 0;
    used.add(rest.graph.value(gate));
    return rest.graph.value(gate);
  };
  const isModule = rest.root > 1 ? modulesOf(rest.graph, rest.root) : new Uint8Array(0);
  for (let gate = 2; gate <= rest.root; gate++) {
    if (isModule[gate] !== 1) continue;
    const block = blockOf(rest.graph, gate, (other) => isModule[other] === 1);
    const common = { inputs: Int32Array.from(block.leaves, inputOf), output: size };
    outputs.set(gate, size++);
    const kind = rest.graph.kind(gate);
    if (block.gates.length > 1 || kind === kinds.atLeast) modules.push({ kind: 'block', block, ...common });
    else modules.push({ kind: kind === kinds.and ? 'all' : 'any', ...common });
  }
  let top: Plan['top'] = rest.root === 0 ? 'never' : inputOf(rest.root);
  if (singles.size > 0) {
    modules.push({ kind: 'any', inputs: Int32Array.from(top === 'never' ? singles : [...singles, top]), output: size });
    top = size++;
  }
  return { modules, top, size, variables: [...used] };
}
