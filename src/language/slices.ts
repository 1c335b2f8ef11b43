/** Milliseconds of work at one go. A step takes a few itself, so that no pause of the editor reaches 50. */
const slice = 10;

/**
 * Does long work in slices, and lets everything else in the extension host go on in between. Undefined
 * when somebody no longer wants it.
 */
export async function inSlices<T>(
  work: Generator<unknown, T, undefined>,
  cancelled: () => boolean,
): Promise<{ readonly value: T } | undefined> {
  for (;;) {
    const until = performance.now() + slice;
    do {
      if (cancelled()) return undefined;
      const { done, value } = work.next();
      if (done) return { value };
    } while (performance.now() < until);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}
