import type { JourneySummary } from '../../simulation/seeds';
import type { Group, Row } from './scenarios';

/** All runs, and what the seeds of each scenario and variant say together where there are several. */
export function scenariosJson(groups: readonly Group[]): object {
  const summaries = groups.filter(({ rows }) => rows.length > 1).map(summaryJson);
  return { version: 1, runs: groups.flatMap(({ rows }) => rows.map(runJson)), ...(summaries.length > 0 ? { summaries } : {}) };
}

/** An expectation has its text instead of its parts. */
function runJson(row: Row): object {
  return { ...row, expectations: row.expectations.map(({ expectation: _, each: _each, ...checked }) => checked) };
}

function summaryJson({ system, scenario, variant, rows, summary }: Group): object {
  const { collapses } = summary;
  return {
    system,
    scenario,
    variant,
    seeds: rows.map(({ seed }) => seed),
    journeys: Object.fromEntries([...summary.journeys].map(([name, journey]) => [name, journeyJson(journey)])),
    collapses: collapses ? { ...collapses, journeys: Object.fromEntries(collapses.journeys) } : null,
  };
}

function journeyJson({ success, p99, ...totals }: JourneySummary): object {
  return { ...totals, success: success ?? null, p99: p99 ?? null };
}
