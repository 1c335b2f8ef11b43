import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Solved } from './solve';

/** What is known of a fault tree. */
export interface Expected {
  readonly probability: number | undefined;
  readonly cutSets: bigint | undefined;
  readonly orderOne: number;
  /** By order, from order one. */
  readonly byOrder: readonly bigint[];
  /** Seconds another engine took. */
  readonly seconds: number | undefined;
}

/** Reads `expected.tsv` of a folder; empty when there is none. */
export function readExpected(folder: string): ReadonlyMap<string, Expected> {
  const path = join(folder, 'expected.tsv');
  if (!existsSync(path)) return new Map();
  const [head = '', ...lines] = readFileSync(path, 'utf8').trimEnd().split('\n');
  const columns = head.split('\t');
  return new Map(
    lines.map((line) => {
      const cells = line.split('\t');
      const cell = (name: string): string => cells[columns.indexOf(name)] ?? '';
      const number = (text: string): number | undefined => (text === '' || Number.isNaN(Number(text)) ? undefined : Number(text));
      const counts = cell('cut_sets');
      const expected: Expected = {
        probability: number(cell('probability')),
        cutSets: /^\d+$/.test(counts) ? BigInt(counts) : undefined,
        orderOne: Number(cell('order_1')),
        byOrder: cell('cut_sets_by_order').split(' ').filter(Boolean).map(BigInt),
        seconds: number(cell('scram_engine_seconds')),
      };
      return [cell('model'), expected];
    }),
  );
}

/** The tolerance of a probability, relative. */
const tolerance = 1e-11;

/** What differs from what is known, in words. */
export function mismatches(result: Solved, known: Expected): readonly string[] {
  const problems: string[] = [];
  const { probability } = known;
  if (probability !== undefined) {
    const below = result.lower > probability * (1 + tolerance);
    const above = result.upper < probability * (1 - tolerance);
    if (!result.exact) problems.push('no exact probability within the budget');
    if (below || above) problems.push(`probability ${result.lower}..${result.upper}, expected ${probability}`);
  }
  if (result.orderOne !== known.orderOne) problems.push(`${result.orderOne} of order one, expected ${known.orderOne}`);
  if (known.cutSets === undefined) return problems;
  const total = result.counts?.reduce((sum, count) => sum + count, 0n);
  if (total !== known.cutSets) problems.push(`${total} cut sets, expected ${known.cutSets}`);
  const byOrder = result.counts?.slice(1).join(' ');
  if (byOrder !== known.byOrder.join(' ')) problems.push(`cut sets by order ${byOrder}, expected ${known.byOrder.join(' ')}`);
  return problems;
}
