import { bucketOf, bucketsPerOctave, histogramBuckets, octaves, quantileOf } from './histogram';
import { columns, nanoseconds } from './outcome';

/** At most so many stretches of time; when they are full, neighbours are joined and each covers twice as much. */
export const mostBuckets = 3600;

const scratch = new Float64Array(histogramBuckets);

/**
 * One journey over time, by the stretch in which a request *arrived*: how many were offered, how they ended, and how
 * long the answered ones took. Stretches are a second at first.
 */
export class Series {
  /** Nanoseconds that one bucket covers. */
  width = nanoseconds;
  /** Buckets in use. */
  length = 0;
  private offeredCounts = new Float64Array(64);
  private endedCounts = new Float64Array(64 * columns);
  private pageOf = new Int32Array(64 * octaves).fill(-1);
  private pages = new Uint32Array(256 * bucketsPerOctave);
  private pageCount = 0;
  private readonly freePages: number[] = [];
  private touched = new Uint8Array(64);
  private last = -1;
  private lastFrom = Number.NaN;
  private lastTo = Number.NaN;
  private touchedList: number[] = [];

  offer(time: number): void {
    const at = this.at(time);
    this.offeredCounts[at] = (this.offeredCounts[at] as number) + 1;
    this.touch(at);
  }

  /** Counts the end of a request that arrived at `time`. */
  end(time: number, column: number): void {
    const at = this.at(time);
    const cell = at * columns + column;
    this.endedCounts[cell] = (this.endedCounts[cell] as number) + 1;
    this.touch(at);
  }

  /** Notes how long an answered request took. */
  answer(time: number, duration: number): void {
    const bucket = bucketOf(duration);
    const cell = this.at(time) * octaves + (bucket >> 6);
    let page = this.pageOf[cell] as number;
    if (page < 0) {
      page = this.newPage();
      this.pageOf[cell] = page;
    }
    const entry = page * bucketsPerOctave + (bucket & 63);
    this.pages[entry] = (this.pages[entry] as number) + 1;
  }

  offeredAt(bucket: number): number {
    return bucket < this.length ? (this.offeredCounts[bucket] as number) : 0;
  }

  endedAt(bucket: number, column: number): number {
    return bucket < this.length ? (this.endedCounts[bucket * columns + column] as number) : 0;
  }

  /** Adds how long the answered requests of one bucket took to counts by histogram bucket. */
  addTo(counts: Float64Array, bucket: number): void {
    if (bucket >= this.length) return;
    for (let octave = 0; octave < octaves; octave++) {
      const page = this.pageOf[bucket * octaves + octave] as number;
      if (page < 0) continue;
      for (let sub = 0; sub < bucketsPerOctave; sub++) {
        const at = octave * bucketsPerOctave + sub;
        counts[at] = (counts[at] as number) + (this.pages[page * bucketsPerOctave + sub] as number);
      }
    }
  }

  /** How long all answered requests took, as counts by histogram bucket. */
  durations(): Float64Array {
    const counts = new Float64Array(histogramBuckets);
    for (let bucket = 0; bucket < this.length; bucket++) this.addTo(counts, bucket);
    return counts;
  }

  /** The time within which this share of the answered requests of one bucket were answered; NaN when there is none. */
  quantile(bucket: number, share: number): number {
    scratch.fill(0);
    this.addTo(scratch, bucket);
    return quantileOf(scratch, share);
  }

  /** The buckets that changed since this was last asked, in order. */
  changes(): readonly number[] {
    const list = this.touchedList.sort((a, b) => a - b);
    for (const at of list) this.touched[at] = 0;
    this.touchedList = [];
    return list;
  }

  private at(time: number): number {
    // Nearly always the same bucket as the last time.
    if (time >= this.lastFrom && time < this.lastTo) return this.last;
    const at = this.find(time);
    this.last = at;
    this.lastFrom = at * this.width;
    this.lastTo = this.lastFrom + this.width;
    return at;
  }

  private find(time: number): number {
    let at = Math.floor(time / this.width);
    while (at >= mostBuckets) {
      this.halve();
      at = Math.floor(time / this.width);
    }
    if (at >= this.length) {
      while (at >= this.offeredCounts.length) this.grow();
      this.length = at + 1;
    }
    return at;
  }

  private touch(at: number): void {
    if (this.touched[at] === 1) return;
    this.touched[at] = 1;
    this.touchedList.push(at);
  }

  private grow(): void {
    const capacity = Math.min(this.offeredCounts.length * 2, mostBuckets);
    const offered = new Float64Array(capacity);
    offered.set(this.offeredCounts);
    this.offeredCounts = offered;
    const ended = new Float64Array(capacity * columns);
    ended.set(this.endedCounts);
    this.endedCounts = ended;
    const pageOf = new Int32Array(capacity * octaves).fill(-1);
    pageOf.set(this.pageOf);
    this.pageOf = pageOf;
    const touched = new Uint8Array(capacity);
    touched.set(this.touched);
    this.touched = touched;
  }

  private newPage(): number {
    const free = this.freePages.pop();
    if (free !== undefined) return free;
    if ((this.pageCount + 1) * bucketsPerOctave > this.pages.length) {
      const pages = new Uint32Array(this.pages.length * 2);
      pages.set(this.pages);
      this.pages = pages;
    }
    return this.pageCount++;
  }

  /** Joins every two neighbours. */
  private halve(): void {
    const { offeredCounts, endedCounts } = this;
    const half = Math.ceil(this.length / 2);
    for (let at = 0; at < half; at++) {
      const [left, right] = [2 * at, 2 * at + 1];
      offeredCounts[at] = this.offeredAt(left) + this.offeredAt(right);
      for (let column = 0; column < columns; column++) {
        endedCounts[at * columns + column] = this.endedAt(left, column) + this.endedAt(right, column);
      }
      for (let octave = 0; octave < octaves; octave++) this.joinPages(at, left, right, octave);
      this.touch(at);
    }
    offeredCounts.fill(0, half);
    endedCounts.fill(0, half * columns);
    this.pageOf.fill(-1, half * octaves);
    this.touchedList = this.touchedList.filter((at) => at < half);
    this.touched.fill(0, half);
    this.length = half;
    this.width *= 2;
  }

  private joinPages(at: number, left: number, right: number, octave: number): void {
    const a = this.pageOf[left * octaves + octave] as number;
    const b = right < this.length ? (this.pageOf[right * octaves + octave] as number) : -1;
    if (a >= 0 && b >= 0) {
      for (let sub = 0; sub < bucketsPerOctave; sub++) {
        const entry = a * bucketsPerOctave + sub;
        const other = b * bucketsPerOctave + sub;
        this.pages[entry] = (this.pages[entry] as number) + (this.pages[other] as number);
        this.pages[other] = 0;
      }
      this.freePages.push(b);
    }
    this.pageOf[at * octaves + octave] = a >= 0 ? a : b;
  }
}
