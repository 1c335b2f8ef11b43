/** Space put in at a place along one axis: everything behind it moves by `by`. */
export interface Insertion {
  readonly at: number;
  readonly by: number;
}

/** How far a coordinate moves. Straight lines stay straight, so orthogonal routes stay orthogonal. */
export function moved(value: number, insertions: readonly Insertion[]): number {
  let result = value;
  for (const { at, by } of insertions) if (value > at) result += by;
  return result;
}
