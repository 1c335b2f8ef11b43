/**
 * Logarithm and exponential from + − × ÷ and square roots alone. IEEE 754 says what those return
 * to the last bit; `Math.log` and its like may differ between engines, and then the same seed is another run.
 */

/** ln 2 in two parts; whole multiples of the first, up to 2^20, are exact. */
const ln2High = 0.6931471803691238;
const ln2Low = 1.9082149292705877e-10;
const stepsPerUnit = 64 / (ln2High + ln2Low);

const word = new Float64Array(1);
const halves = new Uint32Array(word.buffer);
word[0] = 1;
/** Which half of a double has the exponent. */
const high = halves[1] === 0x3ff00000 ? 1 : 0;

/** 2^(k − 1023) at k, for every exponent a double can have. */
const powers: Float64Array = (() => {
  const table = new Float64Array(2047);
  table[1023] = 1;
  for (let k = 1024; k < 2047; k++) table[k] = (table[k - 1] as number) * 2;
  for (let k = 1022; k >= 0; k--) table[k] = (table[k + 1] as number) / 2;
  return table;
})();

/** ln(1 + r) by its series; for |r| up to 1/32. */
function seriesLog1p(r: number): number {
  const s = r / (2 + r);
  const s2 = s * s;
  return 2 * s * (1 + s2 * (1 / 3 + s2 * (1 / 5 + s2 * (1 / 7 + s2 * (1 / 9 + s2 * (1 / 11))))));
}

const firstCentre = 88;
const lastCentre = 184;

/** ln(k / 128) for the centres k, summed outwards from ln 1 = 0 with compensation, so that each is good to the last bits. */
const logOfCentre: Float64Array = (() => {
  const table = new Float64Array(lastCentre + 1);
  for (const step of [1, -1]) {
    let sum = 0;
    let lost = 0;
    for (let k = 128; k + step >= firstCentre && k + step <= lastCentre; k += step) {
      const part = seriesLog1p(step / k) - lost;
      const next = sum + part;
      lost = next - sum - part;
      sum = next;
      table[k + step] = sum;
    }
  }
  return table;
})();

/** Natural logarithm; −Infinity at 0, NaN below. Relative error under 1e-15. */
export function log(x: number): number {
  if (!(x > 0)) return x === 0 ? -Infinity : Number.NaN;
  if (x === Infinity) return x;
  let exponent = 0;
  let value = x;
  if (value < 2.2250738585072014e-308) {
    value *= 18014398509481984;
    exponent = -54;
  }
  word[0] = value;
  const biased = (halves[high] as number) >>> 20;
  exponent += biased - 1023;
  let mantissa = value * (powers[2046 - biased] as number);
  if (mantissa > 1.4140625) {
    mantissa *= 0.5;
    exponent++;
  }
  const centre = (mantissa * 128 + 0.5) | 0;
  const c = centre * 0.0078125;
  const r = (mantissa - c) / c;
  const r2 = r * r;
  const tail = r2 * (-0.5 + r * (1 / 3) + r2 * (-0.25 + r * 0.2 + r2 * (-1 / 6 + r * (1 / 7) + r2 * -0.125)));
  return exponent * ln2High + ((logOfCentre[centre] as number) + (exponent * ln2Low + tail + r));
}

/** 2^(i/64), each from the square roots of 2. */
const rootsOfTwo: Float64Array = (() => {
  const table = new Float64Array(64);
  for (let i = 0; i < 64; i++) {
    let value = 1;
    let root = Math.sqrt(2);
    for (let bit = 32; bit > 0; bit >>= 1) {
      if (i & bit) value *= root;
      root = Math.sqrt(root);
    }
    table[i] = value;
  }
  return table;
})();

/** e to the x; 0 and Infinity beyond what a double holds. Relative error under 2e-15. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Infinity;
  if (x < -745.2) return 0;
  if (Number.isNaN(x)) return x;
  const n = Math.floor(x * stepsPerUnit + 0.5);
  const r = x - n * (ln2High / 64) - n * (ln2Low / 64);
  const index = n & 63;
  const power = (n - index) / 64;
  const r2 = r * r;
  const series = 1 + (r + r2 * (0.5 + r * (1 / 6) + r2 * (1 / 24 + r * (1 / 120) + r2 * (1 / 720))));
  const half = power >> 1;
  return (rootsOfTwo[index] as number) * series * (powers[half + 1023] as number) * (powers[power - half + 1023] as number);
}
