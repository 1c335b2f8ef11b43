const word = new Float64Array(1);
const halves = new Uint32Array(word.buffer);
word[0] = 1;
const high = halves[1] === 0x3ff00000 ? 1 : 0;

/** Each doubling of the time is cut into this many equal buckets, so that the middle of one is within 0.8%. */
export const bucketsPerOctave = 64;
/** From a nanosecond to two years. */
export const octaves = 56;
export const histogramBuckets = octaves * bucketsPerOctave;

/** The bucket of a length of time in nanoseconds: the exponent and the first six bits of the fraction of the double. */
export function bucketOf(nanoseconds: number): number {
  word[0] = Math.max(nanoseconds, 1);
  const bucket = ((halves[high] as number) >>> 14) - (1023 << 6);
  return bucket < histogramBuckets ? bucket : histogramBuckets - 1;
}

/** The middle of a bucket, in nanoseconds. */
export function middleOf(bucket: number): number {
  let scale = 1;
  for (let octave = bucket >> 6; octave > 0; octave--) scale *= 2;
  return scale * (1 + ((bucket & 63) + 0.5) / bucketsPerOctave);
}

/** How long things took, in a fixed amount of memory. Quantiles are within 1%; count, mean and largest are exact. */
export class Histogram {
  count = 0;
  private sum = 0;
  private largest = 0;
  private smallest = Number.POSITIVE_INFINITY;
  private readonly counts = new Float64Array(histogramBuckets);

  add(nanoseconds: number): void {
    this.count++;
    this.sum += nanoseconds;
    if (nanoseconds > this.largest) this.largest = nanoseconds;
    if (nanoseconds < this.smallest) this.smallest = nanoseconds;
    const bucket = bucketOf(nanoseconds);
    this.counts[bucket] = (this.counts[bucket] as number) + 1;
  }

  /** The mean in nanoseconds; NaN of nothing. */
  get mean(): number {
    return this.sum / this.count;
  }

  /** The longest in nanoseconds; 0 of nothing. */
  get max(): number {
    return this.largest;
  }

  /** The time within which this share of them was; NaN of nothing. */
  quantile(share: number): number {
    if (this.count > 0 && Math.ceil(share * this.count) >= this.count) return this.largest;
    return Math.min(Math.max(quantileOf(this.counts, share), this.smallest), this.largest);
  }
}

/** The quantile of counts by bucket, in nanoseconds; NaN of nothing. */
export function quantileOf(counts: Float64Array, share: number): number {
  let total = 0;
  for (let bucket = 0; bucket < counts.length; bucket++) total += counts[bucket] as number;
  let rank = Math.max(1, Math.ceil(share * total));
  for (let bucket = 0; bucket < counts.length; bucket++) {
    rank -= counts[bucket] as number;
    if (rank <= 0) return middleOf(bucket);
  }
  return Number.NaN;
}
