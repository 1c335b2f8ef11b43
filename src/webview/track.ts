import { type Signal, signal } from '@preact/signals';
import type { Packed } from '../model/transfer';
import type { Seconds } from '../model/units';
import type { Frame, JourneySecond, LogLine } from '../simulation/frame';
import { nothingRecorded, type Recorded, type RunSoFar } from './charted';
import { mostSamples, type Sample } from './recorder';

/** Log lines kept; older ones are dropped. */
const mostLines = 200;

/** What a run has shown so far. Of two that are played side by side each has its own. */
export class Track {
  readonly journeys: Signal<ReadonlyMap<string, readonly JourneySecond[]>> = signal(new Map());
  /** How the run stood at the last whole seconds. */
  readonly recorded: Signal<Recorded> = signal(nothingRecorded);
  readonly log: Signal<readonly LogLine[]> = signal([]);
  /** The system as the variant at hand has it; undefined while it is the one in the files. */
  readonly variantSystem: Signal<Packed | undefined> = signal(undefined);
  #seconds = new Map<string, JourneySecond[]>();
  #width: Seconds = 1;

  /** Forgets the run before. */
  begin(): void {
    this.#seconds = new Map();
    this.#width = 1;
    this.journeys.value = this.#seconds;
    this.recorded.value = nothingRecorded;
    this.log.value = [];
  }

  say(line: LogLine): void {
    this.#tell([line]);
  }

  show(frame: Frame, samples: readonly Sample[]): void {
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
    if (frame.log.length > 0) this.#tell(frame.log);
  }

  /**
   * What a chart is made from, now.
   *
   * @param closed the journeys with a fixed number of clients
   */
  soFar(time: Seconds, closed: ReadonlySet<string>): RunSoFar {
    return { time, journeys: this.journeys.value, width: this.#width, recorded: this.recorded.value, closed };
  }

  #tell(lines: readonly LogLine[]): void {
    this.log.value = [...this.log.value, ...lines].slice(-mostLines);
  }
}
