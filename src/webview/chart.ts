import * as l10n from '@vscode/l10n';
import uPlot from 'uplot';
import type { Seconds } from '../model/units';
import type { JourneySecond } from '../simulation/frame';
import type { FaultSpan } from './player';

/** Seconds that are seen at once; older ones move out on the left. */
const window: Seconds = 60;
/** Milliseconds between two drawings. */
const rhythm = 100;

/** The same as of the signs in the legend. */
const palette = [
  '--vscode-charts-blue',
  '--vscode-charts-yellow',
  '--vscode-charts-green',
  '--vscode-charts-purple',
  '--vscode-foreground',
];
/** Told apart by their dashes too, not by colour alone. */
const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 2], [8, 3, 2, 3], [1, 3]];

/** Success by journey over time, the stretches of faults shaded. Draws at most ten times a second. */
export class SuccessChart {
  readonly #host: HTMLElement;
  #plot: uPlot | undefined;
  #names: readonly string[] = [];
  #journeys: ReadonlyMap<string, readonly JourneySecond[]> = new Map();
  #spans: readonly FaultSpan[] = [];
  #time: Seconds = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(host: HTMLElement) {
    this.#host = host;
  }

  show(journeys: ReadonlyMap<string, readonly JourneySecond[]>, spans: readonly FaultSpan[], time: Seconds): void {
    this.#journeys = journeys;
    this.#spans = spans;
    this.#time = time;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#draw();
    }, rhythm);
  }

  /** Makes the chart anew, in the colours of the theme that is in force now. */
  recolour(): void {
    this.#plot?.destroy();
    this.#plot = undefined;
    this.#draw();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#plot?.destroy();
  }

  #draw(): void {
    const width = this.#host.clientWidth;
    const height = this.#host.clientHeight;
    if (width < 40 || height < 40) return;
    const names = [...this.#journeys.keys()].slice(0, palette.length);
    if (!this.#plot || names.join('\n') !== this.#names.join('\n')) {
      this.#plot?.destroy();
      this.#names = names;
      this.#plot = new uPlot(this.#options(width, height), this.#data(), this.#host);
      return;
    }
    if (this.#plot.width !== width || this.#plot.height !== height) this.#plot.setSize({ width, height });
    this.#plot.setData(this.#data(), true);
  }

  #data(): uPlot.AlignedData {
    const to = Math.max(this.#time, window);
    const from = Math.max(0, to - window - 1);
    const seconds: number[] = [];
    const lines: (number | null)[][] = this.#names.map(() => []);
    for (let second = Math.floor(from); second < to; second++) {
      seconds.push(second);
      for (const [i, name] of this.#names.entries()) lines[i]?.push(successOf(this.#journeys.get(name)?.[second], second, this.#time));
    }
    return [seconds, ...lines];
  }

  #options(width: number, height: number): uPlot.Options {
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
        x: { time: false, range: () => [Math.max(0, this.#time - window), Math.max(window, this.#time)] },
        y: { range: () => [0, 100] },
      },
      axes: [
        { ...axis, size: 24, values: (_plot, splits) => splits.map((split) => l10n.t('{0} s', split)) },
        { ...axis, size: 42, splits: () => [0, 50, 100], values: (_plot, splits) => splits.map((split) => `${split}%`) },
      ],
      series: [
        {},
        ...this.#names.map((name, i) => ({
          label: name,
          stroke: colour(palette[i] ?? '', text),
          width: 2,
          dash: [...(dashes[i] ?? [])],
          points: { show: false },
          spanGaps: true,
        })),
      ],
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

/**
 * The share of a second's requests that succeeded, degraded ones included, in per cent; null where nobody asked or the
 * second is not over. What is still open counts as not succeeded.
 */
function successOf(second: JourneySecond | undefined, index: number, time: Seconds): number | null {
  if (!second || second.offered === 0 || index + 1 > time) return null;
  return ((second.succeeded + second.degraded) / second.offered) * 100;
}

export const chartColours = palette;
