import * as l10n from '@vscode/l10n';
import { pack, unpack } from '../model/transfer';
import type { Seconds } from '../model/units';
import type { Simulation } from '../simulation/frame';
import { defaultDuration } from '../simulation/run';
import { startSimulation } from '../simulation/start';
import { variantOf } from '../simulation/variant';
import type { Action, Answer, Order } from './orders';
import { Answering } from './questions/answering';
import { Recorder } from './recorder';

/** Milliseconds of computing before the thread looks for orders again. */
const slice = 8;
/** Milliseconds between two frames at least; the dots on the lines run on in between. */
const pause = 32;
/** What is done by hand happens at whole hundredths of a second: times that can be written into a scenario. */
const perSecond = 100;

/** One run, or several in step: knows how far it is, what was done by hand, and how fast it goes. */
class Runner {
  #speed = 0;
  /** Simulated and real time at which the pace was last set. */
  #from: Seconds;
  #since = performance.now();
  #next = 0;
  /** The last frame is still on its way. */
  #waiting = false;
  /** When it was sent, and whether something has changed since. */
  #sent = -Infinity;
  #owes = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #recorders: readonly Recorder[];

  constructor(
    private readonly run: number,
    private readonly simulations: readonly Simulation[],
    private readonly actions: readonly Action[],
    private readonly catchUp: Seconds,
    private readonly end: Seconds,
  ) {
    this.#from = catchUp;
    this.#recorders = simulations.map((simulation) => new Recorder(simulation));
    this.#loop();
  }

  pace(speed: number): void {
    this.#from = Math.max(this.#now, this.catchUp);
    this.#since = performance.now();
    this.#speed = speed;
    this.#loop();
  }

  act(fault: Action['fault']): void {
    const at = Math.ceil(Math.max(...this.simulations.map(({ now }) => now)) * perSecond) / perSecond;
    while (!this.#advance(at));
    const action = { at, fault };
    const [refusal] = this.#act(fault);
    answer({ type: 'acted', run: this.run, action, ...(refusal === undefined ? {} : { refusal }) });
    this.#waiting = false;
    this.#sent = -Infinity;
    this.#loop();
  }

  drawn(): void {
    this.#waiting = false;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  /** Of several the one that is furthest behind; one that has stopped for good does not hold the others up. */
  get #now(): Seconds {
    const running = this.simulations.filter((_, i) => !this.#recorders[i]?.hasStopped);
    return Math.min(...(running.length > 0 ? running : this.simulations).map(({ now }) => now));
  }

  #act(fault: Action['fault']): readonly (string | undefined)[] {
    return this.simulations.map((simulation) => simulation.act(fault));
  }

  #loop(): void {
    clearTimeout(this.#timer);
    const elapsed = ((performance.now() - this.#since) / 1000) * this.#speed;
    const target = Math.min(this.#from + elapsed, this.end);
    const there = this.#advance(target);
    const isDue = !this.#waiting && performance.now() - this.#sent >= pause;
    const taken = isDue ? this.#recorders.map((recorder) => recorder.take()) : undefined;
    this.#owes = !isDue;
    const ended = this.#now >= this.end || this.#recorders.every(({ hasStopped }) => hasStopped);
    if (taken) {
      this.#waiting = true;
      this.#sent = performance.now();
      answer({ type: 'frame', run: this.run, taken, ended });
    }
    // Where the machine is too slow for the pace, the run goes on as fast as it can instead of jumping later.
    if (!there && this.#now > this.catchUp) {
      this.#from = this.#now;
      this.#since = performance.now();
    }
    const goesOn = !ended && (!there || this.#speed > 0);
    if (goesOn || this.#owes) this.#timer = setTimeout(() => this.#loop(), there ? pause : 0);
  }

  /** Runs for one slice, doing on the way what was once done by hand. */
  #advance(target: Seconds): boolean {
    for (;;) {
      const action = this.actions[this.#next];
      const stop = action && action.at <= target ? action.at : target;
      let isThere = true;
      for (const recorder of this.#recorders) isThere = recorder.advance(stop, slice / this.#recorders.length) && isThere;
      if (!isThere) return false;
      if (!action || action.at > target) return true;
      this.#next++;
      this.#act(action.fault);
    }
  }
}

let runner: Runner | undefined;
const questions = new Answering(answer);

function answer(message: Answer): void {
  postMessage(message);
}

function load(order: Extract<Order, { type: 'load' }>): void {
  runner?.stop();
  runner = undefined;
  const system = unpack(order.packed);
  const scenario = order.scenario === undefined ? undefined : system.scenarios.get(order.scenario);
  answer({ type: 'loaded', run: order.run, packed: order.variants.map((variant) => pack(variantOf(system, variant))) });
  const simulations: Simulation[] = [];
  for (const variant of order.variants) {
    const started = startSimulation({ system, variant, seed: order.seed, ...(scenario ? { scenario } : {}) });
    if (!started.ok) {
      answer({ type: 'refused', run: order.run, reason: started.reason });
      return;
    }
    simulations.push(started.simulation);
  }
  const end = scenario ? (scenario.duration ?? defaultDuration) : Infinity;
  runner = new Runner(order.run, simulations, order.actions, order.until, end);
}

function obey(order: Order): void {
  switch (order.type) {
    case 'words':
      l10n.config({ contents: order.contents });
      break;
    case 'load':
      load(order);
      break;
    case 'pace':
      runner?.pace(order.speed);
      break;
    case 'act':
      runner?.act(order.fault);
      break;
    case 'drawn':
      runner?.drawn();
      break;
    case 'ask':
      questions.ask(order);
      break;
    case 'stop':
      questions.stop();
      break;
  }
}

addEventListener('message', (event: MessageEvent<Order>) => obey(event.data));
