import process from 'node:process';
import { compile } from '../../src/analysis/engine/compile';
import { cutSetsOf } from '../../src/analysis/engine/cutsets';
import { effectsOf } from '../../src/analysis/engine/failures';
import { Library } from '../../src/analysis/engine/library';
import { planOf } from '../../src/analysis/engine/plan';
import { finish } from '../../src/model/steps';
import type { FaultTree } from './read';

export interface Solved {
  readonly exact: boolean;
  readonly lower: number;
  readonly upper: number;
  /** Events that alone bring the top event about. */
  readonly orderOne: number;
  /** Minimal cut sets by order; undefined when they are more than the budget allows to count. */
  readonly counts: readonly bigint[] | undefined;
  /** Processor seconds for the probability and the events of order one, and for the cut sets. */
  readonly seconds: number;
  readonly cutSeconds: number;
}

/** Nodes of decision diagrams for one tree. */
const nodes = 6_000_000;

export function solve({ graph, root, probabilities }: FaultTree): Solved {
  const start = process.cpuUsage();
  const events = Array.from(probabilities, (_, event) => [graph.variable(event)]);
  const [single] = effectsOf(graph, [root], events);
  const plan = planOf(graph, root, probabilities.length, (event) => single?.has(event) ?? false);
  const library = new Library();
  const budget = { nodes };
  const compiled = finish(compile(plan, library, budget));
  const up = probabilities.map((q) => 1 - q);
  const upper = compiled.evaluate(probabilities, up, 'upper').down;
  const lower = compiled.exact ? upper : compiled.evaluate(probabilities, up, 'lower').down;
  const seconds = secondsSince(start);

  const cutStart = process.cpuUsage();
  const cuts = compiled.exact ? cutSetsOf(plan, library, budget, 16_000_000) : undefined;
  const counts = cuts?.completeTo === undefined ? cuts?.counts() : undefined;
  const orderOne = events.reduce((sum, _, event) => sum + (single?.has(event) ? 1 : 0), 0);
  return { exact: compiled.exact, lower, upper, orderOne, counts, seconds, cutSeconds: secondsSince(cutStart) };
}

function secondsSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}
