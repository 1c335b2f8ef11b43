import type { Calendar } from './calendar';

/** Something that happens to one thing unless it is cancelled. Belongs to its owner for good and is used again. */
export class Timer<Owner> {
  previous: Timer<Owner> | undefined = undefined;
  following: Timer<Owner> | undefined = undefined;
  time = Number.NaN;
  sequence = Number.NaN;
  running = false;

  constructor(readonly owner: Owner) {}
}

/**
 * Timers that all run equally long, so the one started first ends first: a linked list, of which only the head needs
 * a place in the calendar. Nearly all timers are cancelled; here that costs a few pointers. When the head was
 * cancelled its place is kept and moved on once it comes up.
 */
export class TimerList<Owner> {
  private first: Timer<Owner> | undefined = undefined;
  private last: Timer<Owner> | undefined = undefined;
  private planned = false;
  /** The sequence under which the list stands in the calendar. */
  private due = Number.NaN;

  constructor(
    private readonly calendar: Calendar,
    private readonly id: number,
    /** How long each runs, in nanoseconds. */
    private readonly delay: number,
  ) {}

  start(timer: Timer<Owner>, now: number): void {
    timer.time = now + this.delay;
    timer.sequence = this.calendar.sequence();
    timer.running = true;
    timer.previous = this.last;
    timer.following = undefined;
    if (this.last) this.last.following = timer;
    else this.first = timer;
    this.last = timer;
    if (!this.planned) this.plan(timer);
  }

  cancel(timer: Timer<Owner>): void {
    if (timer.running) this.unlink(timer);
  }

  /** Called when the list's place in the calendar has come up: the owner whose time is over, or undefined. */
  expired(now: number): Owner | undefined {
    this.planned = false;
    const head = this.first;
    if (!head) return undefined;
    // A head that was started later than a cancelled one waits for its own place, also at the same time.
    const over = head.time <= now && head.sequence === this.due;
    if (over) this.unlink(head);
    const next = this.first;
    if (next) this.plan(next);
    return over ? head.owner : undefined;
  }

  private plan(timer: Timer<Owner>): void {
    this.planned = true;
    this.due = timer.sequence;
    this.calendar.pushAs(timer.time, timer.sequence, this.id);
  }

  private unlink(timer: Timer<Owner>): void {
    timer.running = false;
    if (timer.previous) timer.previous.following = timer.following;
    else this.first = timer.following;
    if (timer.following) timer.following.previous = timer.previous;
    else this.last = timer.previous;
    timer.previous = undefined;
    timer.following = undefined;
  }
}
