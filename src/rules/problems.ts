import type { ProblemRule } from '../model/problem';
import { elementsByPlace } from './places';
import type { Rule, Severity } from './rule';

/** A rule that readers and the linker have checked already: it passes on the problems of its id. */
export function problemRule(id: ProblemRule, severity: Severity, summary: string): Rule {
  return {
    id,
    category: 'Model',
    severity,
    summary,
    *check({ linked }) {
      const problems = linked.problems.filter((problem) => problem.rule === id);
      if (problems.length === 0) return;
      const elementAt = elementsByPlace(linked.origins);
      for (const { message, place, suggestions, related } of problems) {
        yield {
          message,
          place,
          subject: elementAt(place) ?? linked.system.name,
          ...(suggestions ? { suggestions } : {}),
          ...(related ? { related } : {}),
        };
      }
    },
  };
}
