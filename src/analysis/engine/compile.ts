import type { Steps } from '../../model/steps';
import { BoundedBlock } from './bounds';
import type { Budget } from './build';
import { type Diagram, differentiate, evaluate, roomFor } from './diagram';
import type { Library } from './library';
import type { Plan } from './plan';

/**
 * One step of an evaluation: the failure of a module from its inputs, which are independent of each other. Inputs are
 * variables, or the outputs of steps before.
 */
type Step = { readonly inputs: Int32Array; readonly output: number } & (
  | { readonly kind: 'all' | 'any' }
  | { readonly kind: 'diagram'; readonly diagram: Diagram; readonly values: Float64Array; readonly leaves: Leaves }
  | { readonly kind: 'bounds'; readonly block: BoundedBlock; readonly leaves: Leaves }
);

/** The probabilities and slopes of one diagram's leaves. */
interface Leaves {
  readonly down: Float64Array;
  readonly up: Float64Array;
  readonly slopes: Float64Array;
}

/** A probability of failure and its complement, each with its digits. */
export interface Chance {
  readonly down: number;
  readonly up: number;
}

/** Which end of the certified bounds is asked for, where a figure is not exact. */
export type Side = 'lower' | 'upper';

/**
 * A root made ready for evaluation: single points taken out, modules apart, a decision diagram for each. Evaluating it
 * again with other probabilities builds nothing.
 */
export class Compiled {
  readonly exact: boolean;
  /** The variables that the root depends on. */
  readonly variables: readonly number[];
  /** Nodes of all diagrams. */
  readonly nodes: number;
  readonly #steps: readonly Step[];
  readonly #root: Plan['top'];
  readonly #down: Float64Array;
  readonly #up: Float64Array;
  readonly #slopes: Float64Array;
  readonly #reach: Float64Array;

  constructor({ top, size, variables }: Plan, steps: readonly Step[]) {
    this.#steps = steps;
    this.#root = top;
    this.variables = variables;
    this.exact = steps.every((step) => step.kind !== 'bounds');
    const sizes = steps.map((step) => (step.kind === 'diagram' ? step.diagram.input.length : 0));
    this.nodes = sizes.reduce((sum, size) => sum + size, 0);
    this.#down = new Float64Array(Math.max(1, size));
    this.#up = new Float64Array(Math.max(1, size));
    this.#slopes = new Float64Array(Math.max(1, size));
    this.#reach = new Float64Array(sizes.reduce((a, b) => Math.max(a, b), 1));
  }

  /** The root's probability with these of the variables; where it is not exact, a lower or upper bound. */
  evaluate(down: Float64Array, up: Float64Array, side: Side = 'upper'): Chance {
    for (const variable of this.variables) {
      this.#down[variable] = down[variable] as number;
      this.#up[variable] = up[variable] as number;
    }
    for (const step of this.#steps) this.#evaluate(step, side);
    if (this.#root === 'never') return { down: 0, up: 1 };
    if (this.#root === 'always') return { down: 1, up: 0 };
    return { down: this.#down[this.#root] as number, up: this.#up[this.#root] as number };
  }

  /**
   * After {@link evaluate}: the derivative of the probability of failure in that of each variable, which is its
   * Birnbaum importance. Only where exact. The array is used again by the next call.
   */
  slopes(): Float64Array {
    const slopes = this.#slopes;
    slopes.fill(0);
    if (typeof this.#root === 'string') return slopes;
    slopes[this.#root] = 1;
    for (let i = this.#steps.length - 1; i >= 0; i--) {
      const step = this.#steps[i] as Step;
      const weight = slopes[step.output] as number;
      if (step.kind === 'diagram') {
        const { down, up, slopes: own } = step.leaves;
        own.fill(0);
        differentiate(step.diagram, down, up, step.values, weight, own, this.#reach);
        for (let leaf = 0; leaf < own.length; leaf++) {
          const input = step.inputs[leaf] as number;
          slopes[input] = (slopes[input] as number) + (own[leaf] as number);
        }
      } else if (step.kind !== 'bounds') {
        spread(step.inputs, step.kind === 'all' ? this.#down : this.#up, weight, slopes);
      }
    }
    return slopes;
  }

  #evaluate(step: Step, side: Side): void {
    const { inputs, output } = step;
    const down = this.#down;
    const up = this.#up;
    if (step.kind === 'diagram' || step.kind === 'bounds') {
      for (let leaf = 0; leaf < inputs.length; leaf++) {
        step.leaves.down[leaf] = down[inputs[leaf] as number] as number;
        step.leaves.up[leaf] = up[inputs[leaf] as number] as number;
      }
    }
    if (step.kind === 'diagram') {
      const { leaves, diagram, values } = step;
      evaluate(diagram, leaves.down, leaves.up, values);
      down[output] = values[diagram.root] as number;
      up[output] = values[diagram.root ^ 1] as number;
    } else if (step.kind === 'bounds') {
      const chance = step.block.bounds(step.leaves.down, step.leaves.up)[side];
      down[output] = chance.down;
      up[output] = chance.up;
    } else {
      // What all need (the first polarity) is a product; its complement grows by what is left of the product so far.
      const [all, any] = step.kind === 'all' ? [down, up] : [up, down];
      let product = 1;
      let rest = 0;
      for (let i = 0; i < inputs.length; i++) {
        rest += product * (any[inputs[i] as number] as number);
        product *= all[inputs[i] as number] as number;
      }
      all[output] = product;
      any[output] = rest;
    }
  }
}

/** Adds weight × the product of the others to the slope of each input. */
function spread(inputs: Int32Array, factors: Float64Array, weight: number, slopes: Float64Array): void {
  const before = new Float64Array(inputs.length);
  let product = weight;
  for (let i = 0; i < inputs.length; i++) {
    before[i] = product;
    product *= factors[inputs[i] as number] as number;
  }
  product = 1;
  for (let i = inputs.length - 1; i >= 0; i--) {
    const input = inputs[i] as number;
    slopes[input] = (slopes[input] as number) + (before[i] as number) * product;
    product *= factors[input] as number;
  }
}

/** Builds the diagrams of a plan; a module whose diagram the budget does not allow gets bounds instead. */
export function* compile(plan: Plan, library: Library, budget: Budget): Steps<Compiled> {
  const steps: Step[] = [];
  for (const module of plan.modules) {
    const { inputs, output } = module;
    if (module.kind !== 'block') {
      steps.push({ kind: module.kind, inputs, output });
      continue;
    }
    const count = inputs.length;
    const leaves = { down: new Float64Array(count), up: new Float64Array(count), slopes: new Float64Array(count) };
    const diagram = yield* library.diagramOf(module.block, budget);
    if (diagram) steps.push({ kind: 'diagram', inputs, output, diagram, values: roomFor(diagram), leaves });
    else steps.push({ kind: 'bounds', inputs, output, block: new BoundedBlock(module.block, budget), leaves });
  }
  return new Compiled(plan, steps);
}
