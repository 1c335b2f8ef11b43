import type { Extent, Spot } from './flow';

interface Sized {
  readonly id: string;
  readonly extent: Extent;
}

/**
 * Puts boxes into rows, in their order. Rows run along or across the flow, and are as long as what is there already,
 * or so long that the whole is about twice as wide as high.
 */
export function packed(
  boxes: readonly Sized[],
  beside: Extent,
  rows: 'along' | 'across',
  gap: number,
): { readonly spots: ReadonlyMap<string, Spot>; readonly extent: Extent } {
  const length = (extent: Extent): number => (rows === 'along' ? extent.du : extent.dv);
  const depth = (extent: Extent): number => (rows === 'along' ? extent.dv : extent.du);
  const area = boxes.reduce((sum, { extent }) => sum + (extent.du + gap) * (extent.dv + gap), 0);
  const longest = Math.max(length(beside), Math.sqrt(2 * area), ...boxes.slice(0, 1).map((box) => length(box.extent)));
  const spots = new Map<string, Spot>();
  let row = 0;
  let rowDepth = 0;
  let at = 0;
  let used = 0;
  for (const { id, extent } of boxes) {
    if (at > 0 && at + length(extent) > longest) {
      row += rowDepth + gap;
      at = 0;
      rowDepth = 0;
    }
    spots.set(id, rows === 'along' ? { u: at, v: row } : { u: row, v: at });
    used = Math.max(used, at + length(extent));
    rowDepth = Math.max(rowDepth, depth(extent));
    at += length(extent) + gap;
  }
  const whole = row + rowDepth;
  return { spots, extent: rows === 'along' ? { du: used, dv: whole } : { du: whole, dv: used } };
}
