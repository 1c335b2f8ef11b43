import { logFullText } from '../model/happenings';
import type { LogLine } from './frame';
import { nanoseconds } from './outcome';

const mostLines = 2000;

/** What happened, in words. Bounded: a breaker that flaps for days does not fill the memory. */
export class Log {
  readonly lines: LogLine[] = [];

  add(now: number, text: string): void {
    if (this.lines.length > mostLines) return;
    this.lines.push({
      at: now / nanoseconds,
      text: this.lines.length === mostLines ? logFullText() : text,
    });
  }
}
