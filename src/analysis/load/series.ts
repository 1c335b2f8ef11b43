import type { Wire } from '../structure/wiring';

/** A ring of calls with more members than this has no figures, so that the work is bounded. */
export const mostMembers = 64;

/** How often one request may come back to where it was, in all: a gain of 1 − 10⁻⁶ round a ring counts as no bound. */
const mostReturns = 1e6;

/**
 * What goes round in a ring of calls, added up: I + A + A² + …, which is (I − A)⁻¹, where A_ij ≥ 0 is what one request
 * at member i brings to member j, and the sum what it brings there in all. Row by row, in a new array.
 *
 * By elimination of one member after the other (Gauss–Jordan, in the order given). All numbers are added and
 * multiplied, none is negative; the only difference is 1 − a_kk, where a_kk is what comes back to member k through
 * those before it. The series converges exactly where all those differences are positive (A. Berman and R. J. Plemmons,
 * Nonnegative Matrices in the Mathematical Sciences, 1979: I − A is a nonsingular M-matrix).
 *
 * @returns undefined where the sum has no bound, or the ring is too large
 */
export function seriesOf(gains: Float64Array, size: number): Float64Array | undefined {
  if (size > mostMembers) return undefined;
  const a = gains.slice();
  for (let k = 0; k < size; k++) {
    const row = k * size;
    const returns = 1 / (1 - (a[row + k] as number));
    if (!(returns > 0 && returns <= mostReturns)) return undefined;
    a[row + k] = 1;
    for (let j = 0; j < size; j++) a[row + j] = (a[row + j] as number) * returns;
    for (let i = 0; i < size; i++) {
      const brings = a[i * size + k] as number;
      if (i === k || brings === 0) continue;
      a[i * size + k] = 0;
      for (let j = 0; j < size; j++) {
        const on = a[row + j] as number;
        if (on !== 0) a[i * size + j] = (a[i * size + j] as number) + brings * on;
      }
    }
  }
  for (let k = 0; k < size; k++) if (!((a[k * size + k] as number) <= mostReturns)) return undefined;
  return a.every(Number.isFinite) ? a : undefined;
}

/**
 * What one request at each member of a ring brings to each other one by its calls, row by row.
 *
 * @param indexOf the member that a call goes to; any other number for none
 * @param times what one request at the caller brings by a call
 * @returns undefined where there are too many members to tell what goes round
 */
export function gainsOf(
  calls: readonly (readonly Wire[])[],
  indexOf: (wire: Wire) => number,
  times: (wire: Wire) => number,
): Float64Array | undefined {
  const size = calls.length;
  if (size > mostMembers) return undefined;
  const gains = new Float64Array(size * size);
  calls.forEach((wires, from) => {
    for (const wire of wires) {
      const to = indexOf(wire);
      if (to >= 0 && to < size) gains[from * size + to] = (gains[from * size + to] as number) + times(wire);
    }
  });
  return gains;
}

/** What comes to each member when `at` of each comes from outside: at × series. Undefined where it is not finite. */
export function broughtBy(at: Float64Array, series: Float64Array): Float64Array | undefined {
  const size = at.length;
  const sum = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    const from = at[i] as number;
    if (from === 0) continue;
    for (let j = 0; j < size; j++) sum[j] = (sum[j] as number) + from * (series[i * size + j] as number);
  }
  return sum.every(Number.isFinite) ? sum : undefined;
}

/** What one request at each member takes in all when it takes `each` at each: series × each. Undefined where it is not finite. */
export function takenBy(series: Float64Array, each: Float64Array): Float64Array | undefined {
  const size = each.length;
  const sum = new Float64Array(size);
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) sum[i] = (sum[i] as number) + (series[i * size + j] as number) * (each[j] as number);
  }
  return sum.every(Number.isFinite) ? sum : undefined;
}
