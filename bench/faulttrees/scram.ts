import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type FailureGraph, type Gate, kinds } from '../../src/analysis/engine/graph';
import type { FaultTree } from './read';

/** Whether the SCRAM fault-tree engine is installed. */
export function hasScram(): boolean {
  return spawnSync('scram', ['--version']).status === 0;
}

/**
 * Seconds that SCRAM's own clock shows for the same question (decision diagram, events of order one, probability), the
 * best of three; undefined when it fails or takes longer than the limit.
 */
export function scramSeconds(tree: FaultTree, limit = 60): number | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'scram-'));
  try {
    const input = join(folder, 'tree.xml');
    const output = join(folder, 'report.xml');
    writeFileSync(input, openPsa(tree));
    let best: number | undefined;
    for (let run = 0; run < 3; run++) {
      const args = ['--bdd', '--probability', '1', '--limit-order', '1', input, '-o', output];
      if (spawnSync('scram', args, { timeout: limit * 1000 }).status !== 0) return undefined;
      const report = readFileSync(output, 'utf8');
      const time = /<calculation-time[^>]*>\s*<products>([^<]*)<\/products>\s*<probability>([^<]*)<\/probability>/.exec(report);
      if (!time) return undefined;
      const seconds = Number(time[1]) + Number(time[2]);
      best = Math.min(best ?? seconds, seconds);
    }
    return best;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The tree in the Open-PSA model exchange format. */
function openPsa({ graph, root, events, probabilities }: FaultTree): string {
  const gates = gatesBelow(graph, root);
  const name = (node: Gate): string =>
    graph.kind(node) === kinds.variable ? `<event name="e${graph.value(node)}"/>` : `<gate name="g${node}"/>`;
  const formula = (gate: Gate): string => {
    const args = Array.from(graph.args(gate), name).join('');
    if (graph.kind(gate) === kinds.atLeast) return `<atleast min="${graph.value(gate)}">${args}</atleast>`;
    return graph.kind(gate) === kinds.and ? `<and>${args}</and>` : `<or>${args}</or>`;
  };
  return [
    '<?xml version="1.0"?><opsa-mef><define-fault-tree name="tree">',
    ...gates.map((gate) => `<define-gate name="g${gate}">${formula(gate)}</define-gate>`),
    '</define-fault-tree><model-data>',
    ...events.map((_, i) => `<define-basic-event name="e${i}"><float value="${probabilities[i]}"/></define-basic-event>`),
    '</model-data></opsa-mef>',
  ].join('\n');
}

/** The root first. */
function gatesBelow(graph: FailureGraph, root: Gate): readonly Gate[] {
  const seen = new Set<Gate>([root]);
  for (const gate of seen) for (const arg of graph.args(gate)) if (graph.kind(arg) >= kinds.and) seen.add(arg);
  return [...seen];
}
