/** Records that are used again: the ones made so far, and which of them are free. */
export class Pool<T> {
  readonly all: T[] = [];
  /** A stack that is never cut, so that its memory is not given back and asked for again. */
  private readonly free: T[] = [];
  private freeCount = 0;

  /** Those in use. */
  get live(): number {
    return this.all.length - this.freeCount;
  }

  /** A free record, if there is one. */
  reuse(): T | undefined {
    return this.freeCount > 0 ? this.free[--this.freeCount] : undefined;
  }

  /** Adds a new one, in use. Its number is how many there were before. */
  add(record: T): T {
    this.all.push(record);
    return record;
  }

  release(record: T): void {
    this.free[this.freeCount++] = record;
  }
}
