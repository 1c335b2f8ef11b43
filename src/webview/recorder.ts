import type { Seconds, Share } from '../model/units';
import type { ComponentFrame, Frame, JourneySecond, LogLine, Simulation } from '../simulation/frame';

/** Samples that are kept: a chart shows a minute, and one more at each end. */
export const mostSamples = 64;

/** What charts need of one whole second of a run. Everything is in the order of a frame's lists. */
export interface Sample {
  readonly at: Seconds;
  /** Of each component's slots, those in use, and those of them that wait for what does not answer; null without a limit. */
  readonly busy: readonly (Share | null)[];
  readonly hanging: readonly (Share | null)[];
  /** Of each call, since the start. */
  readonly retries: readonly number[];
  /** Of each journey's requests of the latest second in which anybody asked, those answered by now; null before the first. */
  readonly standing: readonly (Share | null)[];
}

/** How a run stands, with everything that was noted since it was last asked. */
export interface Taken {
  readonly frame: Frame;
  readonly samples: readonly Sample[];
}

/** A run that notes how it stands at every whole second, however fast it is played: a chart has no holes then. */
export class Recorder {
  #next = 1;
  #samples: Sample[] = [];
  #width: Seconds = 1;
  /** What frames handed over that nobody was told yet. */
  #seconds = new Map<string, Map<Seconds, JourneySecond>>();
  #log: LogLine[] = [];
  /** It does not go on, whatever it is told; known once a frame has said so. */
  hasStopped = false;
  /** By journey, the latest second in which anybody asked. */
  #latest = new Map<string, JourneySecond>();

  constructor(private readonly simulation: Simulation) {}

  /** Like that of the simulation: up to a time, or until about `budget` milliseconds have passed. */
  advance(to: Seconds, budget: number): boolean {
    const end = performance.now() + budget;
    while (this.#next <= to) {
      if (!this.simulation.advance(this.#next, Math.max(end - performance.now(), 1))) return false;
      // A run that has stopped for good counts as there, but its clock stands.
      if (this.simulation.now < this.#next) return true;
      this.#sample(this.#keep(this.simulation.frame()));
      this.#next++;
      if (performance.now() > end) return this.#next > to && this.simulation.now >= to;
    }
    return this.simulation.advance(to, Math.max(end - performance.now(), 1));
  }

  /** What is to be drawn now, with everything that was noted since this was last asked. */
  take(): Taken {
    const frame = this.#keep(this.simulation.frame());
    const journeys = frame.journeys.map(({ name }) => ({ name, seconds: [...(this.#seconds.get(name)?.values() ?? [])] }));
    const taken = { frame: { ...frame, journeys, log: this.#log }, samples: this.#samples };
    this.#seconds = new Map();
    this.#log = [];
    this.#samples = [];
    return taken;
  }

  #keep(frame: Frame): Frame {
    const { bucketSeconds: width = 1 } = frame;
    // What was handed over in narrower stretches is void, and this frame has all of it.
    if (width !== this.#width) {
      this.#seconds.clear();
      this.#latest.clear();
    }
    this.#width = width;
    this.hasStopped = frame.stopped !== undefined;
    for (const { name, seconds } of frame.journeys) {
      const list = this.#seconds.get(name) ?? new Map<Seconds, JourneySecond>();
      this.#seconds.set(name, list);
      for (const second of seconds) {
        list.set(second.second, second);
        if (second.offered > 0 && second.second >= (this.#latest.get(name)?.second ?? 0)) this.#latest.set(name, second);
      }
    }
    this.#log.push(...frame.log);
    return frame;
  }

  #sample({ components, calls, journeys }: Frame): void {
    this.#samples.push({
      at: this.#next,
      busy: components.map((component) => shareOf(component, component.busy)),
      hanging: components.map((component) => shareOf(component, component.hanging)),
      retries: calls.map(({ retries }) => retries),
      standing: journeys.map(({ name }) => {
        const latest = this.#latest.get(name);
        return latest ? answeredShare(latest) : null;
      }),
    });
    if (this.#samples.length > mostSamples) this.#samples.shift();
  }
}

function shareOf({ slots }: ComponentFrame, count: number): Share | null {
  return slots > 0 && slots !== Infinity ? count / slots : null;
}

/** The share of a second's requests that succeeded, degraded ones included; what is still open counts as not succeeded. */
export function answeredShare({ offered, succeeded, degraded }: JourneySecond): Share | null {
  return offered > 0 ? (succeeded + degraded) / offered : null;
}

/** Whether requests of a second are still under way. */
export function isOpen({ offered, succeeded, degraded, failed }: JourneySecond): boolean {
  return offered > succeeded + degraded + failed;
}
