import type { Fault } from '../model/scenario';
import type { Seconds } from '../model/units';
import { build } from './build';
import type { Core } from './core';
import { runUntil, settle } from './engine';
import { applyFault } from './faults';
import type { Frame, Simulation, SimulationRequest, Started } from './frame';
import { nanoseconds, toNanoseconds } from './outcome';
import { Picture } from './picture';

/** Starts an interactive simulation, at time 0. The same request and the same faults by hand give the same run. */
export function startSimulation(request: SimulationRequest): Started {
  const built = build(request);
  return built.ok ? { ok: true, simulation: new Playing(built.core) } : built;
}

class Playing implements Simulation {
  readonly #picture: Picture;

  constructor(private readonly core: Core) {
    this.#picture = new Picture(core);
  }

  get now(): Seconds {
    return this.core.now / nanoseconds;
  }

  advance(to: Seconds, budget?: number): boolean {
    return runUntil(this.core, toNanoseconds(to), withBudget(budget));
  }

  act(fault: Fault): string | undefined {
    settle(this.core);
    return applyFault(this.core, fault);
  }

  frame(): Frame {
    return this.#picture.take();
  }
}

/** Says no once about this many milliseconds have passed. */
export function withBudget(milliseconds: number | undefined): () => boolean {
  if (milliseconds === undefined) return () => true;
  const end = performance.now() + milliseconds;
  return () => performance.now() < end;
}
