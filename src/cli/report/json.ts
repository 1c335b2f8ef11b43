import { assumptionsIn } from '../../language/report/assumptions';
import type { SystemReport } from '../../language/report/report';
import { passes, type ScenarioVerdict } from '../../simulation/scenarios';
import { systemJson } from '../availability/json';

/** A system as `report --format json` prints it: all of `availability`, and what the report has beside it. */
export function reportJson({ review, files, findings, outcomes }: SystemReport): object {
  return {
    ...systemJson(review),
    files,
    findings,
    ...(outcomes.size > 0 ? { scenarios: [...outcomes].map(([name, verdict]) => scenarioJson(name, verdict)) } : {}),
    assumptions: assumptionsIn(review).map(({ subject, text, used, hoursPerYear }) => ({
      subject,
      text,
      used,
      ...(hoursPerYear === undefined ? {} : { hoursPerYear }),
    })),
  };
}

function scenarioJson(name: string, verdict: ScenarioVerdict): object {
  const passed = passes(verdict);
  if (!verdict.ok) return { name, passed, reason: verdict.reason };
  return {
    name,
    passed,
    ...(verdict.stopped === undefined ? {} : { stopped: verdict.stopped }),
    expectations: verdict.checks.map(({ text, measured, holds }) => ({ text, measured, holds })),
  };
}
