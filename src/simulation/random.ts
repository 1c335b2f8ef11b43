import { log } from './math';

const seedBytes = new Float64Array(1);
const seedWords = new Uint32Array(seedBytes.buffer);

/** Spreads every bit of a 32-bit number over all of them (the finaliser of MurmurHash3). */
function mixed(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/**
 * One stream of random numbers: xoshiro128++ (Blackman and Vigna) on 32-bit integers. Its state comes from the seed
 * of the run and the *name* of its purpose, so that a stream is the same in every variant of a system.
 */
export class Stream {
  private readonly state = new Int32Array(4);

  constructor(seed: number, purpose: string) {
    seedBytes[0] = seed;
    let h = mixed((seedWords[0] as number) ^ 0x9e3779b9) ^ mixed((seedWords[1] as number) + 0x7f4a7c15);
    for (let i = 0; i < purpose.length; i++) h = mixed(Math.imul(h, 31) + purpose.charCodeAt(i) + 0x165667b1);
    for (let i = 0; i < 4; i++) this.state[i] = mixed(h + Math.imul(i + 1, 0x9e3779b9));
    if (this.state.every((part) => part === 0)) this.state[0] = 1;
  }

  /** The next 32 bits, as a signed integer. */
  bits(): number {
    const s = this.state;
    const s0 = s[0] as number;
    const s1 = s[1] as number;
    const s2 = (s[2] as number) ^ s0;
    const s3 = (s[3] as number) ^ s1;
    const sum = (s0 + (s3 ^ s1)) | 0;
    s[1] = s1 ^ s2;
    s[0] = s0 ^ s3;
    s[2] = s2 ^ (s1 << 9);
    s[3] = (s3 << 11) | (s3 >>> 21);
    return (((sum << 7) | (sum >>> 25)) + s0) | 0;
  }

  /** Uniform in (0, 1) in steps of 2^-32: never an end, so that logarithms and quantiles of it are finite. */
  uniform(): number {
    return ((this.bits() >>> 0) + 0.5) * 2.3283064365386963e-10;
  }

  /** Exponential with mean 1. */
  exponential(): number {
    return -log(this.uniform());
  }

  /** Whether something of this probability happens. Certain things draw nothing. */
  happens(probability: number): boolean {
    if (probability >= 1) return true;
    return probability > 0 && this.uniform() < probability;
  }
}
