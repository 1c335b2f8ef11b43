// Solves fault trees with the product's own engine: node dist/bench/faulttrees.js DIR
// One line a file, tab-separated: name, probability or lower..upper, cut sets, of order one, seconds, megabytes.
// Where expected.tsv is in the folder the figures are compared with it, and a mismatch makes the exit status 1.
// Where SCRAM is installed it solves the same trees in the same run, and its times are summed up beside ours.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { type Expected, mismatches, readExpected } from './faulttrees/expected';
import { type FaultTree, readFaultTree } from './faulttrees/read';
import { hasScram, scramSeconds } from './faulttrees/scram';
import { solve } from './faulttrees/solve';

const [folder = '.'] = process.argv.slice(2);
const expected = readExpected(folder);
const scram = hasScram();
let wrong = 0;
let ours = 0;
let theirs = 0;
for (const file of readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .sort()) {
  const tree = readFaultTree(readFileSync(join(folder, file), 'utf8'));
  if (typeof tree === 'string') process.stdout.write(`${file.replace(/\.json$/, '')}\t${tree}\n`);
  else report(tree, expected.get(tree.name));
}
if (theirs > 0)
  process.stderr.write(
    `probability and order one, best of three, all exact trees: ours ${ours.toFixed(2)} s, SCRAM ${theirs.toFixed(2)} s\n`,
  );
process.exitCode = wrong > 0 ? 1 : 0;

function report(tree: FaultTree, known: Expected | undefined): void {
  const result = solve(tree);
  const { lower, upper, counts, cutSeconds, seconds } = result;
  const total = counts?.reduce((sum, count) => sum + count, 0n);
  process.stdout.write(
    `${[
      tree.name,
      result.exact ? print(upper) : `${print(lower)}..${print(upper)}`,
      total ?? 'too many to count within the budget',
      result.orderOne,
      (seconds + cutSeconds).toFixed(3),
      (process.memoryUsage().rss / 1e6).toFixed(0),
    ].join('\t')}\n`,
  );
  if (scram && result.exact) {
    // Both the best of three; ours includes nothing that was kept from before.
    const best = Math.min(seconds, solve(tree).seconds, solve(tree).seconds);
    const other = scramSeconds(tree);
    if (other !== undefined) {
      ours += best;
      theirs += other;
    }
  }
  if (!known) return;
  for (const problem of mismatches(result, known)) {
    wrong++;
    process.stderr.write(`${tree.name}: ${problem}\n`);
  }
}

function print(probability: number): string {
  return probability.toPrecision(15);
}
