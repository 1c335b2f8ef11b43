import { review } from '../../src/cli/review';
import { loadSystems } from '../../src/cli/systems';
import type { Finding } from '../../src/rules/rule';

/** What the rules say of all systems of a folder. */
export interface CorpusFindings {
  readonly systems: number;
  /** By `severity rule`, the most frequent first. */
  readonly counts: readonly (readonly [string, number])[];
  /** Errors and warnings: each has to be one that its maintainer would accept. */
  readonly loud: readonly Finding[];
}

/** Reviews every system below a folder as the command line does. */
export function findingsIn(folder: string): CorpusFindings {
  const loaded = loadSystems({ paths: [folder] });
  const counts = new Map<string, number>();
  const loud: Finding[] = [];
  for (const linked of loaded.systems) {
    for (const finding of review(linked, loaded).findings) {
      const key = `${finding.severity} ${finding.rule}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (finding.severity === 'error' || finding.severity === 'warning') loud.push(finding);
    }
  }
  return { systems: loaded.systems.length, counts: [...counts].sort(([, a], [, b]) => b - a), loud };
}
