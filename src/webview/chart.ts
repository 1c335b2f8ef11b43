import * as l10n from '@vscode/l10n';
import uPlot from 'uplot';
import type { Seconds } from '../model/units';
import { type Charted, type ChartLine, shownSeconds, unitText } from './charted';
import { chartColours } from './colours';
import type { FaultSpan } from './player';

/** Told apart by their dashes too, not by colour alone. */
const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3]];

/** Lines over time, the stretches of faults shaded. Whoever calls it sees to it that it is not drawn too often. */
export class Plot {
  readonly #host: HTMLElement;
  #plot: uPlot | undefined;
  /** What the plot at hand was made for. */
  #made = '';
  #charted: Charted = { unit: 'percent', times: [], lines: [] };
  #spans: readonly FaultSpan[] = [];
  #time: Seconds = 0;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  show(charted: Charted, spans: readonly FaultSpan[], time: Seconds): void {
    this.#charted = charted;
    this.#spans = spans;
    this.#time = time;
    const { clientWidth: width, clientHeight: height } = this.#host;
    if (width < 40 || height < 40) return;
    const kind = JSON.stringify([charted.unit, charted.lines.map(({ name, isArea }) => [name, isArea])]);
    if (!this.#plot || kind !== this.#made) {
      this.#plot?.destroy();
      this.#made = kind;
      this.#plot = new uPlot(this.#options(width, height), this.#data(), this.#host);
      return;
    }
    if (this.#plot.width !== width || this.#plot.height !== height) this.#plot.setSize({ width, height });
    this.#plot.setData(this.#data(), true);
  }

  /** Makes the chart anew, in the colours of the theme that is in force now. */
  recolour(): void {
    this.dispose();
    this.show(this.#charted, this.#spans, this.#time);
  }

  dispose(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  #data(): uPlot.AlignedData {
    return [[...this.#charted.times], ...this.#charted.lines.map(({ values }) => [...values])];
  }

  #options(width: number, height: number): uPlot.Options {
    const { unit, lines } = this.#charted;
    const style = getComputedStyle(this.#host);
    const colour = (name: string, otherwise: string): string => style.getPropertyValue(name).trim() || otherwise;
    const text = colour('--vscode-foreground', '#888');
    const grid = { stroke: colour('--vscode-widget-border', 'rgba(128,128,128,.2)'), width: 1 };
    const axis = { stroke: text, grid, ticks: grid, font: '10px system-ui' };
    return {
      width,
      height,
      padding: [8, 12, 0, 0],
      cursor: { show: false },
      legend: { show: false },
      scales: {
        x: { time: false, range: () => [Math.max(0, this.#time - shownSeconds), Math.max(shownSeconds, this.#time)] },
        y: { range: (_plot, _least, highest) => [0, unit === 'percent' ? 100 : topOf(highest)] },
      },
      axes: [
        { ...axis, size: 24, values: (_plot, splits) => splits.map((split) => l10n.t('{0} s', split)) },
        {
          ...axis,
          size: 60,
          splits: (_plot, _axis, _least, top) => [0, top / 2, top],
          values: (_plot, splits) => splits.map((split) => unitText(unit, split)),
        },
      ],
      series: [{}, ...lines.map((line) => seriesOf(line, colour(chartColours[line.colour] ?? '', text), unit === 'percent'))],
      hooks: { drawClear: [(plot) => this.#shade(plot, colour('--vscode-charts-red', '#d33'))] },
    };
  }

  #shade({ ctx, bbox, valToPos }: uPlot, colour: string): void {
    ctx.save();
    ctx.globalAlpha = 0.14;
    ctx.fillStyle = colour;
    for (const { from, to } of this.#spans) {
      const left = Math.max(valToPos(from, 'x', true), bbox.left);
      const right = Math.min(valToPos(to ?? this.#time, 'x', true), bbox.left + bbox.width);
      if (right > left) ctx.fillRect(left, bbox.top, right - left, bbox.height);
    }
    ctx.restore();
  }
}

/** Where nothing was measured an area ends, and so does a line whose figures say nothing about what is between them. */
function seriesOf({ name, colour, isArea }: ChartLine, stroke: string, spanGaps: boolean): uPlot.Series {
  if (isArea) return { label: name, width: 0, fill: stroke, alpha: 0.3, points: { show: false } };
  return {
    label: name,
    stroke,
    width: 2,
    dash: [...(dashes[colour] ?? [])],
    points: { show: false, size: 5, fill: stroke, filter: (plot, series) => alone(plot.data[series] ?? []) },
    spanGaps,
  };
}

/** Points without a neighbour, of which no line would show anything. */
function alone(values: ArrayLike<number | null | undefined>): number[] | null {
  const found = Array.from(values).flatMap((value, i, all) =>
    typeof value === 'number' && typeof all[i - 1] !== 'number' && typeof all[i + 1] !== 'number' ? [i] : [],
  );
  return found.length > 0 ? found : null;
}

/** The end of an axis that holds a figure: 1, 2 or 5 times a power of ten, so that it changes seldom and reads well. */
function topOf(highest: number | null): number {
  if (highest === null || !(highest > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(highest));
  const factor = [1, 2, 5, 10].find((each) => each * power >= highest) ?? 10;
  return factor * power;
}
