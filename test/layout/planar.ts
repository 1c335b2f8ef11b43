import type { Cell, Link } from '../../src/layout/proper';
import { randomOf } from './generate';

type Layers = readonly (readonly Cell[])[];

/** Layers with the links between them, and how often lines cross. */
export interface Layered {
  readonly layers: Layers;
  readonly links: readonly Link[];
}

export function cell(index: number, layer: number, band = 0): Cell {
  return { index, layer, band, du: 100, dv: 50, v: 0, stays: undefined, node: undefined };
}

export const link = (from: Cell, to: Cell): Link => ({ edge: `${from.index} ${to.index}`, from, to, straight: 1 });

/** How often lines cross: each two are compared, as they would be drawn. */
export function crossings(layers: Layers, links: readonly Link[]): number {
  const at = new Map(layers.flatMap((layer) => layer.map((one, i) => [one, i] as const)));
  const of = (one: Cell): number => at.get(one) ?? Number.NaN;
  let sum = 0;
  for (const [i, a] of links.entries()) {
    for (const b of links.slice(i + 1)) {
      if (a.from.layer === b.from.layer && (of(a.from) - of(b.from)) * (of(a.to) - of(b.to)) < 0) sum++;
    }
  }
  return sum;
}

/** A graph of three to five layers that can be drawn without a crossing, with each layer shuffled. */
export function shuffledPlanar(seed: number): Layered {
  const random = randomOf(seed);
  const below = (count: number): number => Math.floor(random() * count);
  let index = 0;
  const layers = Array.from({ length: 3 + below(3) }, (_, layer) => Array.from({ length: 3 + below(6) }, () => cell(index++, layer)));
  const links = layers.slice(1).flatMap((next, layer) => {
    const found: Link[] = [];
    const before = layers[layer] ?? [];
    for (let i = 0, j = 0; i < before.length && j < next.length; ) {
      const [from, to] = [before[i], next[j]];
      if (from && to && random() < 0.85) found.push(link(from, to));
      if (random() < 0.5) i++;
      else j++;
    }
    return found;
  });
  const shuffled = layers.map((layer) =>
    layer
      .map((one) => ({ one, at: random() }))
      .sort((a, b) => a.at - b.at)
      .map(({ one }) => one),
  );
  return { layers: shuffled, links };
}
