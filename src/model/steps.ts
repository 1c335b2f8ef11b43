/**
 * Work that can be put down and taken up again: it yields every few milliseconds, so that an editor can do something
 * else meanwhile, or drop it.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
