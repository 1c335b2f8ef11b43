import { type Signal, signal } from '@preact/signals';
import type { Fault, FaultTarget, Scenario, Variant } from '../model/scenario';
import type { System } from '../model/system';
import type { Packed } from '../model/transfer';
import type { Seconds } from '../model/units';
import type { Frame, JourneySecond, LogLine } from '../simulation/frame';
import { type ChartChoice, measures, nothingRecorded, type Recorded, type RunSoFar } from './charted';
import type { Action, Answer, Order } from './orders';
import { mostSamples, type Sample } from './recorder';

/** Log lines kept; older ones are dropped. */
const mostLines = 200;

/** A story goes on for this long after the last thing that happens in it. */
const quietEnd: Seconds = 10;

export const speeds = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20] as const;

/** A stretch of time in which something was out of order. */
export interface FaultSpan {
  readonly label: string;
  readonly from: Seconds;
  /** Absent while it lasts. */
  readonly to?: Seconds;
}

/** What the map shows again after it was hidden. */
export interface PlayerMemory {
  readonly variant: Variant;
  readonly speed: number;
  readonly scenario?: string;
  readonly chart?: ChartChoice;
}

/**
 * The simulation's remote control: starts runs in the worker, keeps what was done by hand, and plays it again
 * when the variant changes or somebody goes back, so that what is compared is the same story.
 */
export class Player {
  readonly playing = signal(false);
  readonly speed = signal(1);
  readonly variant = signal<Variant>('written');
  readonly scenario = signal<string | undefined>(undefined);
  readonly time = signal(0);
  /** The end of the scenario was reached. */
  readonly ended = signal(false);
  readonly log: Signal<readonly LogLine[]> = signal([]);
  /** Why nothing can be simulated, in words. */
  readonly refusal = signal<string | undefined>(undefined);
  readonly scenarios: Signal<readonly string[]> = signal([]);
  readonly journeys: Signal<ReadonlyMap<string, readonly JourneySecond[]>> = signal(new Map());
  readonly spans: Signal<readonly FaultSpan[]> = signal([]);
  /** How the run stood at the last whole seconds. */
  readonly recorded: Signal<Recorded> = signal(nothingRecorded);
  /** What the chart shows. */
  readonly chart: Signal<ChartChoice> = signal({ measure: 'success' });
  /** The system as the variant at hand has it; undefined while it is the one in the files. */
  readonly variantSystem: Signal<Packed | undefined> = signal(undefined);

  /** The system as it is written. */
  readonly system: Signal<System | undefined> = signal(undefined);
  /** What was done by hand, the earliest first. */
  readonly actions: Signal<readonly Action[]> = signal([]);

  readonly #worker: Worker;
  readonly #onFrame: (frame: Frame) => void;
  #packed: Packed | undefined;
  #run = 0;
  /** How far this run ever was: what was done by hand is a story of this length. */
  #furthest: Seconds = 0;
  #seconds = new Map<string, JourneySecond[]>();
  #width: Seconds = 1;

  constructor(worker: Worker, onFrame: (frame: Frame) => void) {
    this.#worker = worker;
    this.#onFrame = onFrame;
    worker.addEventListener('message', (event: MessageEvent<Answer>) => this.#hear(event.data));
  }

  /** Takes a system; what was done by hand is forgotten, for it belonged to another text. */
  load(system: System, packed: Packed): void {
    this.system.value = system;
    this.#packed = packed;
    this.actions.value = [];
    this.scenarios.value = [...system.scenarios.keys()];
    if (this.scenario.value !== undefined && !system.scenarios.has(this.scenario.value)) this.scenario.value = undefined;
    this.#start(0);
  }

  play(): void {
    if (this.refusal.value !== undefined) return;
    if (this.ended.value) this.restart();
    this.playing.value = true;
    this.#pace();
  }

  pause(): void {
    this.playing.value = false;
    this.#pace();
  }

  toggle(): void {
    if (this.playing.value) this.pause();
    else this.play();
  }

  /** From the beginning, without what was done by hand. */
  restart(): void {
    this.actions.value = [];
    this.#start(0);
  }

  /** To another moment, by playing everything again up to there. */
  seek(to: Seconds): void {
    this.#start(Math.max(0, to));
  }

  setSpeed(speed: number): void {
    this.speed.value = speed;
    this.#pace();
  }

  /** The same traffic and the same faults, up to the same moment, with other protection. */
  setVariant(variant: Variant): void {
    if (variant === this.variant.value) return;
    this.variant.value = variant;
    this.#start(this.time.value);
  }

  setScenario(name: string | undefined): void {
    this.scenario.value = name;
    this.actions.value = [];
    this.#start(0);
  }

  /** Plays a story that was put together elsewhere, as if somebody did it by hand, from a moment on. */
  playStory(actions: readonly Action[], variant: Variant, from: Seconds): void {
    this.scenario.value = undefined;
    this.variant.value = variant;
    this.actions.value = actions;
    this.#start(from);
    this.play();
  }

  /** What is being played as a scenario: the one that was chosen with what was done by hand; undefined where nothing happens. */
  story(name: string): Scenario | undefined {
    const chosen = this.#chosen();
    const events = [...(chosen?.events ?? []), ...this.actions.value].sort((a, b) => a.at - b.at);
    if (events.length === 0) return undefined;
    const last = Math.max(chosen?.duration ?? 0, this.#furthest, (events.at(-1)?.at ?? 0) + quietEnd);
    return {
      name,
      duration: chosen?.duration ?? Math.ceil(last),
      seed: this.seed,
      ...(chosen?.clients ? { clients: chosen.clients } : {}),
      ...(chosen?.think === undefined ? {} : { think: chosen.think }),
      events,
      expect: [],
    };
  }

  get packed(): Packed | undefined {
    return this.#packed;
  }

  get seed(): number {
    return this.#chosen()?.seed ?? 1;
  }

  #chosen(): Scenario | undefined {
    const name = this.scenario.value;
    return name === undefined ? undefined : this.system.value?.scenarios.get(name);
  }

  /** Causes a fault by hand, now. Starts playing, for its effects are what somebody wants to see. */
  act(fault: Fault): void {
    if (this.refusal.value !== undefined) return;
    this.#send({ type: 'act', fault });
    if (!this.playing.value) this.play();
  }

  get memory(): PlayerMemory {
    const { value: scenario } = this.scenario;
    const { value: chart } = this.chart;
    return { variant: this.variant.value, speed: this.speed.value, chart, ...(scenario === undefined ? {} : { scenario }) };
  }

  /** Takes up what was remembered, before the first system is loaded. */
  remember(memory: PlayerMemory): void {
    this.variant.value = memory.variant;
    this.speed.value = memory.speed;
    this.scenario.value = memory.scenario;
    if (memory.chart && measures.includes(memory.chart.measure)) this.chart.value = memory.chart;
  }

  /** What a chart is made from, now. */
  get soFar(): RunSoFar {
    const clients = this.#chosen()?.clients ?? new Map<string, number>();
    return {
      time: this.time.value,
      journeys: this.journeys.value,
      width: this.#width,
      recorded: this.recorded.value,
      closed: new Set([...clients].filter(([, count]) => count > 0).map(([name]) => name)),
    };
  }

  #start(until: Seconds): void {
    if (!this.#packed) return;
    this.#run++;
    this.#seconds = new Map();
    this.#width = 1;
    this.journeys.value = this.#seconds;
    this.recorded.value = nothingRecorded;
    this.log.value = [];
    this.time.value = until;
    this.#furthest = until;
    this.ended.value = false;
    this.refusal.value = undefined;
    const name = this.scenario.value;
    this.#send({
      type: 'load',
      run: this.#run,
      packed: this.#packed,
      variant: this.variant.value,
      seed: this.seed,
      ...(name === undefined ? {} : { scenario: name }),
      actions: this.actions.value,
      until,
    });
    this.#tellSpans();
    this.#pace();
  }

  #pace(): void {
    this.#send({ type: 'pace', speed: this.playing.value ? this.speed.value : 0 });
  }

  #hear(message: Answer): void {
    if (message.run !== this.#run) return;
    switch (message.type) {
      case 'loaded':
        this.variantSystem.value = this.variant.value === 'written' ? undefined : message.packed;
        break;
      case 'refused':
        this.refusal.value = message.reason;
        this.playing.value = false;
        break;
      case 'acted':
        // What was once done later than this moment belongs to a future that will not be.
        this.actions.value = [...this.actions.value.filter(({ at }) => at <= message.action.at), message.action];
        if (message.refusal !== undefined) this.log.value = [...this.log.value, { at: message.action.at, text: message.refusal }];
        this.#tellSpans();
        break;
      case 'frame':
        this.#show(message.frame, message.samples, message.ended);
        break;
    }
  }

  #show(frame: Frame, samples: readonly Sample[], ended: boolean): void {
    this.time.value = frame.time;
    this.#furthest = Math.max(this.#furthest, frame.time);
    const width = frame.bucketSeconds ?? 1;
    if (width !== this.#width) this.#seconds = new Map();
    this.#width = width;
    for (const { name, seconds } of frame.journeys) {
      const list = this.#seconds.get(name) ?? [];
      this.#seconds.set(name, list);
      for (const second of seconds) list[Math.round(second.second / width)] = second;
    }
    if (frame.journeys.length > 0) this.journeys.value = new Map(this.#seconds);
    if (samples.length > 0) {
      this.recorded.value = {
        components: frame.components.map(({ name }) => name),
        calls: frame.calls.map(({ id }) => id),
        journeys: frame.journeys.map(({ name }) => name),
        samples: [...this.recorded.value.samples, ...samples].slice(-mostSamples),
      };
    }
    if (frame.log.length > 0) this.log.value = [...this.log.value, ...frame.log].slice(-mostLines);
    if (ended && !this.ended.value) {
      this.ended.value = true;
      this.playing.value = false;
    }
    this.#onFrame(frame);
    this.#send({ type: 'drawn' });
  }

  #tellSpans(): void {
    this.spans.value = spansOf([...(this.#chosen()?.events ?? []), ...this.actions.value]);
  }

  #send(order: Order): void {
    this.#worker.postMessage(order);
  }
}

/** The stretches between a fault and the repair of its target. */
export function spansOf(actions: readonly Action[]): readonly FaultSpan[] {
  const spans: FaultSpan[] = [];
  const open = new Map<string, number>();
  for (const { at, fault } of [...actions].sort((a, b) => a.at - b.at)) {
    if (!('target' in fault)) continue;
    const key = targetText(fault.target);
    const index = open.get(key);
    const span = index === undefined ? undefined : spans[index];
    if (fault.kind === 'restore') {
      if (index !== undefined && span) spans[index] = { ...span, to: at };
      open.delete(key);
    } else if (index === undefined) {
      open.set(key, spans.length);
      spans.push({ label: `${key}: ${fault.kind}`, from: at });
    }
  }
  return spans;
}

function targetText(target: FaultTarget): string {
  if (target.kind === 'component') return target.name;
  return target.kind === 'replica' ? `${target.name}#${target.replica}` : `${target.kind} ${target.name}`;
}
