import { computed, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import type { Fault, Scenario, Variant } from '../model/scenario';
import type { System } from '../model/system';
import type { Packed } from '../model/transfer';
import type { Seconds } from '../model/units';
import { targetText } from '../model/words';
import type { Frame, LogLine } from '../simulation/frame';
import { type ChartChoice, measures, type RunSoFar } from './charted';
import type { Action, Answer, Order } from './orders';
import type { Taken } from './recorder';
import { toldTogether } from './told';
import { Track } from './track';

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
  /** What was beside it. */
  readonly beside?: Variant;
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
  /** What is played beside it, in step and with the same faults; nothing where there is one map alone. */
  readonly beside = signal<Variant | undefined>(undefined);
  readonly left = new Track();
  readonly right = new Track();
  readonly scenario = signal<string | undefined>(undefined);
  readonly time = signal(0);
  /** The end of the scenario was reached. */
  readonly ended = signal(false);
  /** What happens, in both runs where there are two. */
  readonly log: ReadonlySignal<readonly LogLine[]> = computed(() => {
    const { variant, beside, left, right } = this;
    if (beside.value === undefined) return left.log.value;
    return toldTogether({ variant: variant.value, shown: left.log.value }, { variant: beside.value, shown: right.log.value });
  });
  /** The variants, and the systems as they have them: whatever the drawings show besides what happens. */
  readonly shownAs: ReadonlySignal<readonly unknown[]> = computed(() => {
    const { variant, beside, left, right } = this;
    return [variant.value, beside.value, left.variantSystem.value, right.variantSystem.value];
  });
  /** Why nothing can be simulated, in words. */
  readonly refusal = signal<string | undefined>(undefined);
  readonly scenarios: Signal<readonly string[]> = signal([]);
  readonly spans: Signal<readonly FaultSpan[]> = signal([]);
  /** What the chart shows. */
  readonly chart: Signal<ChartChoice> = signal({ measure: 'success' });

  /** The text changed while something was going on, and the run began again. */
  readonly renewed = signal(false);

  /** The system as it is written. */
  readonly system: Signal<System | undefined> = signal(undefined);
  /** What was done by hand, the earliest first. */
  readonly actions: Signal<readonly Action[]> = signal([]);

  /** Settled once the worker is there, or could not be started: a map has its first picture by then. */
  readonly begun: Promise<void>;

  readonly #worker: Promise<Worker>;
  /** The worker could not be started: nothing will ever run. */
  #isBroken = false;
  readonly #onFrames: (frames: readonly Frame[]) => void;
  #packed: Packed | undefined;
  #run = 0;
  /** This run was; what is told may still be of the one before, so that an edit does not make it come and go. */
  #isRefused = false;
  /** How far this run ever was: what was done by hand is a story of this length. */
  #furthest: Seconds = 0;

  /**
   * @param worker may come later: what is asked of it until then waits
   * @param onFrames told how the run stands, or both where there are two, now and then
   */
  constructor(worker: Promise<Worker>, onFrames: (frames: readonly Frame[]) => void) {
    this.#worker = worker;
    this.#onFrames = onFrames;
    this.begun = worker.then(
      (started) => started.addEventListener('message', (event: MessageEvent<Answer>) => this.#hear(event.data)),
      (error: unknown) => {
        this.#isBroken = true;
        this.#refuse(l10n.t('The simulation could not start: {0}.', error instanceof Error ? error.message : String(error)));
      },
    );
  }

  /** Takes a system; what was done by hand is forgotten, for it belonged to another text. */
  load(system: System, packed: Packed): void {
    // Said until somebody begins anew: a text changes with every key that is pressed.
    this.renewed.value ||= this.system.value !== undefined && this.time.value > 0;
    this.system.value = system;
    this.#packed = packed;
    this.actions.value = [];
    this.scenarios.value = [...system.scenarios.keys()];
    if (this.scenario.value !== undefined && !system.scenarios.has(this.scenario.value)) this.scenario.value = undefined;
    this.#start(0);
  }

  play(): void {
    if (this.#isRefused) return;
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
    this.renewed.value = false;
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
    this.#choose(variant);
    this.#start(this.time.value);
  }

  /** Plays another variant beside the one at hand, up to the same moment; undefined ends that. */
  setBeside(variant: Variant | undefined): void {
    if (variant === this.beside.value || variant === this.variant.value) return;
    this.beside.value = variant;
    this.#start(this.time.value);
  }

  /** Two maps never show the same: they change places. */
  #choose(variant: Variant): void {
    if (variant === this.beside.value) this.beside.value = this.variant.value;
    this.variant.value = variant;
  }

  setScenario(name: string | undefined): void {
    this.scenario.value = name;
    this.actions.value = [];
    this.renewed.value = false;
    this.#start(0);
  }

  /** Plays a story that was put together elsewhere, as if somebody did it by hand, from a moment on. */
  playStory(actions: readonly Action[], variant: Variant, from: Seconds): void {
    this.scenario.value = undefined;
    this.renewed.value = false;
    this.#choose(variant);
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
    if (this.#isRefused) return;
    this.#send({ type: 'act', fault });
    if (!this.playing.value) this.play();
  }

  get memory(): PlayerMemory {
    const { value: scenario } = this.scenario;
    const { value: chart } = this.chart;
    const { value: beside } = this.beside;
    return {
      variant: this.variant.value,
      speed: this.speed.value,
      chart,
      ...(beside === undefined ? {} : { beside }),
      ...(scenario === undefined ? {} : { scenario }),
    };
  }

  /** Takes up what was remembered, before the first system is loaded. */
  remember(memory: PlayerMemory): void {
    this.variant.value = memory.variant;
    this.beside.value = memory.beside;
    this.speed.value = memory.speed;
    this.scenario.value = memory.scenario;
    if (memory.chart && measures.includes(memory.chart.measure)) this.chart.value = memory.chart;
  }

  /** What a chart is made from, now. */
  soFar(track: Track): RunSoFar {
    const clients = this.#chosen()?.clients ?? new Map<string, number>();
    return track.soFar(this.time.value, new Set([...clients].filter(([, count]) => count > 0).map(([name]) => name)));
  }

  #start(until: Seconds): void {
    if (!this.#packed) return;
    this.#run++;
    for (const track of this.#tracks) track.begin();
    this.time.value = until;
    this.#furthest = until;
    this.ended.value = false;
    this.#isRefused = this.#isBroken;
    const name = this.scenario.value;
    this.#send({
      type: 'load',
      run: this.#run,
      packed: this.#packed,
      variants: this.#variants,
      seed: this.seed,
      ...(name === undefined ? {} : { scenario: name }),
      actions: this.actions.value,
      until,
    });
    this.#tellSpans();
    this.#pace();
  }

  get #variants(): readonly Variant[] {
    const { variant, beside } = this;
    return beside.value === undefined ? [variant.value] : [variant.value, beside.value];
  }

  get #tracks(): readonly Track[] {
    return this.beside.value === undefined ? [this.left] : [this.left, this.right];
  }

  #pace(): void {
    this.#send({ type: 'pace', speed: this.playing.value ? this.speed.value : 0 });
  }

  #hear(message: Answer): void {
    if (message.run !== this.#run) return;
    switch (message.type) {
      case 'loaded':
        for (const [i, variant] of this.#variants.entries()) {
          const track = this.#tracks[i];
          if (track) track.variantSystem.value = variant === 'written' ? undefined : message.packed[i];
        }
        break;
      case 'refused':
        this.#refuse(message.reason);
        break;
      case 'acted':
        // What was once done later than this moment belongs to a future that will not be.
        this.actions.value = [...this.actions.value.filter(({ at }) => at <= message.action.at), message.action];
        if (message.refusal !== undefined) for (const track of this.#tracks) track.say({ at: message.action.at, text: message.refusal });
        this.#tellSpans();
        break;
      case 'frame':
        this.refusal.value = undefined;
        this.#show(message.taken, message.ended);
        break;
    }
  }

  #show(taken: readonly Taken[], ended: boolean): void {
    this.time.value = Math.max(...taken.map(({ frame }) => frame.time));
    this.#furthest = Math.max(this.#furthest, this.time.value);
    for (const [i, { frame, samples }] of taken.entries()) this.#tracks[i]?.show(frame, samples);
    if (ended && !this.ended.value) {
      this.ended.value = true;
      this.playing.value = false;
    }
    this.#onFrames(taken.map(({ frame }) => frame));
    this.#send({ type: 'drawn' });
  }

  #tellSpans(): void {
    this.spans.value = spansOf([...(this.#chosen()?.events ?? []), ...this.actions.value]);
  }

  #refuse(reason: string): void {
    this.#isRefused = true;
    this.refusal.value = reason;
    this.playing.value = false;
  }

  #send(order: Order): void {
    // That it could not start has been said.
    this.#worker.then((worker) => worker.postMessage(order)).catch(() => undefined);
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
