/** When a circuit breaker trips and how it comes back. Times in nanoseconds. */
export interface BreakerRules {
  /** Failures in a row; Infinity where that is not what trips it. */
  readonly failures: number;
  /** Shares of failed and of slow calls in the window; Infinity where they do not trip it. */
  readonly errorRate: number;
  readonly slowRate: number;
  /** A call that takes longer is slow. */
  readonly slowCall: number;
  readonly minimumCalls: number;
  /** One of them is 0: the window is a length of time or a number of calls. */
  readonly windowTime: number;
  readonly windowCalls: number;
  readonly cooldown: number;
  readonly trialCalls: number;
}

export enum BreakerPhase {
  Closed,
  HalfOpen,
  Open,
}

/** A window of time is kept as this many slices, of which the oldest is dropped as a whole. */
const slices = 50;

/** One circuit breaker: closed, open for the cool-down, half-open for trial calls, then closed or open again. */
export class Breaker {
  phase = BreakerPhase.Closed;
  /** Changes with every change of phase: results of calls let through in an earlier one do not count. */
  generation = 0;
  /** How often it has opened. */
  opened = 0;
  /** How often it has opened since it was last closed, and when it did so first. */
  openings = 0;
  openSince = Number.NaN;
  /** When it lets trial calls through. */
  openUntil = Number.NaN;
  private inRow = 0;
  private trials = 0;
  private trialsEnded = 0;
  private trialsFailed = 0;
  private trialsSlow = 0;
  private calls = 0;
  private failed = 0;
  private slow = 0;
  private slice = 0;
  /** By slice of time, or by call: how many, how many failed, how many were slow. */
  private readonly ring: Float64Array;
  private readonly size: number;

  constructor(readonly rules: BreakerRules) {
    this.size = rules.windowCalls > 0 ? rules.windowCalls : slices;
    const counts = rules.errorRate <= 1 || rules.slowRate <= 1;
    this.ring = new Float64Array(counts ? this.size * 3 : 0);
  }

  /** Whether a call may be made now. Turns an open breaker half-open when its cool-down is over. */
  admits(now: number): boolean {
    if (this.phase === BreakerPhase.Closed) return true;
    if (this.phase === BreakerPhase.Open) {
      if (now < this.openUntil) return false;
      this.enter(BreakerPhase.HalfOpen);
    }
    if (this.trials >= this.rules.trialCalls) return false;
    this.trials++;
    return true;
  }

  /** Notes how a call ended that was let through in this generation. Returns whether the phase changed. */
  record(now: number, generation: number, failed: boolean, duration: number): boolean {
    if (generation !== this.generation) return false;
    const slow = duration > this.rules.slowCall;
    if (this.phase === BreakerPhase.HalfOpen) return this.recordTrial(now, failed, slow);
    this.inRow = failed ? this.inRow + 1 : 0;
    if (this.ring.length > 0) this.count(now, failed, slow);
    if (!this.trips()) return false;
    this.open(now);
    return true;
  }

  /** As new, as after a restart of its process. */
  reset(): void {
    this.enter(BreakerPhase.Closed);
  }

  private recordTrial(now: number, failed: boolean, slow: boolean): boolean {
    this.trialsEnded++;
    if (failed) this.trialsFailed++;
    if (slow) this.trialsSlow++;
    const { rules } = this;
    if (failed && rules.failures !== Number.POSITIVE_INFINITY) {
      this.open(now);
      return true;
    }
    if (this.trialsEnded < rules.trialCalls) return false;
    const bad = this.trialsFailed >= rules.errorRate * this.trialsEnded || this.trialsSlow >= rules.slowRate * this.trialsEnded;
    if (bad) this.open(now);
    else this.enter(BreakerPhase.Closed);
    return true;
  }

  private trips(): boolean {
    const { rules, calls } = this;
    if (this.inRow >= rules.failures) return true;
    if (calls === 0 || calls < rules.minimumCalls) return false;
    return this.failed >= rules.errorRate * calls || this.slow >= rules.slowRate * calls;
  }

  private open(now: number): void {
    if (this.phase === BreakerPhase.Closed) {
      this.openings = 0;
      this.openSince = now;
    }
    this.openings++;
    this.enter(BreakerPhase.Open);
    this.openUntil = now + this.rules.cooldown;
    this.opened++;
  }

  private enter(phase: BreakerPhase): void {
    this.phase = phase;
    this.generation++;
    this.inRow = 0;
    this.trials = 0;
    this.trialsEnded = 0;
    this.trialsFailed = 0;
    this.trialsSlow = 0;
    this.calls = 0;
    this.failed = 0;
    this.slow = 0;
    this.slice = 0;
    this.ring.fill(0);
  }

  private count(now: number, failed: boolean, slow: boolean): void {
    const byCall = this.rules.windowCalls > 0;
    const slice = byCall ? this.slice + 1 : Math.floor(now / (this.rules.windowTime / slices));
    this.forget(slice);
    const at = (slice % this.size) * 3;
    const { ring } = this;
    ring[at] = (ring[at] as number) + 1;
    this.calls++;
    if (failed) {
      ring[at + 1] = (ring[at + 1] as number) + 1;
      this.failed++;
    }
    if (slow) {
      ring[at + 2] = (ring[at + 2] as number) + 1;
      this.slow++;
    }
  }

  /** Drops what has left the window by the time of this slice. */
  private forget(slice: number): void {
    const { ring, size } = this;
    const steps = Math.min(slice - this.slice, size);
    for (let step = 0; step < steps; step++) {
      const at = ((slice - step) % size) * 3;
      this.calls -= ring[at] as number;
      this.failed -= ring[at + 1] as number;
      this.slow -= ring[at + 2] as number;
      ring.fill(0, at, at + 3);
    }
    this.slice = slice;
  }
}
