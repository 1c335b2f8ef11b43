import process from 'node:process';

/** Milliseconds between two drawings. */
const pause = 100;
const width = 30;

/** A progress bar on standard error, on a terminal only. Standard output is for results. */
export class Progress {
  readonly #shown = process.stderr.isTTY === true;
  #next = 0;
  #drawn = false;
  readonly #interrupted = (): void => {
    this.clear();
    process.exit(130);
  };

  /** `done` may have a fraction: of the runs that are under way. */
  update(done: number, of: number): void {
    const now = performance.now();
    if (!this.#shown || now < this.#next) return;
    if (!this.#drawn) process.once('SIGINT', this.#interrupted);
    this.#next = now + pause;
    this.#drawn = true;
    process.stderr.write(`\r${progressText(done, of)}`);
  }

  clear(): void {
    if (!this.#drawn) return;
    process.off('SIGINT', this.#interrupted);
    process.stderr.write('\r\u001b[K');
    this.#drawn = false;
  }
}

/** `[#####     ] 3 of 20 runs`. */
export function progressText(done: number, of: number): string {
  const share = of > 0 ? Math.min(1, done / of) : 0;
  return `[${'#'.repeat(Math.floor(share * width)).padEnd(width)}] ${Math.floor(done)} of ${of} runs`;
}
