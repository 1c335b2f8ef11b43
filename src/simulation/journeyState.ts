import { Histogram } from './histogram';
import { columns } from './outcome';
import type { Stream } from './random';
import type { Request } from './records';
import type { Series } from './series';
import type { Plan } from './state';
import type { TimerList } from './timers';

/** What became of the requests that arrived in one stretch of time. */
export class Window {
  offered = 0;
  readonly ended = new Float64Array(columns);
  readonly latency = new Histogram();
  constructor(
    readonly from: number,
    readonly to: number,
  ) {}
}

export class JourneyState {
  entry: Plan | undefined = undefined;
  /** Requests a nanosecond before its load factor. */
  rate = 0;
  factor = 1;
  clients = 0;
  think = 0;
  /** What it may take; Infinity where nothing is written. */
  latency = Number.POSITIVE_INFINITY;
  lateness: TimerList<Request> | undefined = undefined;
  inFlight = 0;
  /** Whether executions are counted, to find those that happen twice. */
  tracksEffects = false;
  /** Since the start; those that have ended by column. How long the answered ones took is in the series. */
  offered = 0;
  readonly ended = new Float64Array(columns);
  answers = 0;
  answerSum = 0;
  longestAnswer = 0;
  readonly windows: Window[] = [];

  constructor(
    readonly name: string,
    readonly index: number,
    readonly arrivals: Stream,
    readonly series: Series,
  ) {}

  /** Counts a request that arrives. */
  offer(time: number): void {
    this.offered++;
    this.series.offer(time);
    if (this.windows.length > 0) this.inWindows(time, (window) => window.offered++);
  }

  /** Counts the end of a request that arrived at `time`. */
  end(time: number, column: number): void {
    const { ended } = this;
    ended[column] = (ended[column] as number) + 1;
    this.series.end(time, column);
    if (this.windows.length === 0) return;
    this.inWindows(time, (window) => {
      window.ended[column] = (window.ended[column] as number) + 1;
    });
  }

  /** Notes how long an answered request took that arrived at `time`. */
  answered(time: number, took: number): void {
    this.answers++;
    this.answerSum += took;
    if (took > this.longestAnswer) this.longestAnswer = took;
    this.series.answer(time, took);
    if (this.windows.length > 0) this.inWindows(time, (window) => window.latency.add(took));
  }

  private inWindows(time: number, change: (window: Window) => void): void {
    for (const window of this.windows) if (time >= window.from && time < window.to) change(window);
  }
}
