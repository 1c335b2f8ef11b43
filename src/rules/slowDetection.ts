import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { assumptionsOf, detectionTime, failoverOf, maxAttempts, replicaCount } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { perSystem } from '../model/perSystem';
import type { Seconds } from '../model/units';
import { secondsText } from '../model/words';
import { checkMoreOften } from '../remedies/recovery';
import type { LinkedSystem } from '../workspace/linked';
import { loadOf } from './known';
import { callPlace, related, relatedJourneys } from './places';
import { aimPlace, backText, bringsNothingUp, isManual, isNoticedLate, isOurs, objectiveOf } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';

/** A caller that tries for as long as this waits for a failover; one that gives up sooner does not count on it. */
const ridesOut: Seconds = 10;

export const slowDetection: Rule = {
  id: 'slow-detection',
  category: 'Recovery',
  severity: 'warning',
  summary: 'A health check that notices a dead replica later than the recovery time objective, or its callers’ retries, allow.',
  *check(context) {
    for (const component of context.linked.system.components.values()) {
      const late = lateness(context, component);
      if (late) yield* report(context, component, late);
    }
  },
  fixes({ subject }, context) {
    const { system } = context.linked;
    const component = system.components.get(subject);
    const late = component && lateness(context, component);
    if (!late) return [];
    // The switch takes its time too, and has to fit into the same objective.
    const failover = late.call ? undefined : failoverOf(component, assumptionsOf(system));
    const within = late.limit - (failover && !isManual(component) ? failover.value : 0);
    const remedy = checkMoreOften(system, subject, within);
    return remedy && bringsNothingUp(system, subject, remedy) ? [remedy] : [];
  },
};

interface Late {
  readonly detection: Seconds;
  /** What it should not be longer than. */
  readonly limit: Seconds;
  /** The call that gives up before; absent where it is the objective. */
  readonly call?: Call;
}

/** How much too late a dead replica is noticed, by the recovery time objective first. */
function lateness(context: RuleContext, component: Component): Late | undefined {
  const { linked } = context;
  const { system } = linked;
  const detection = detectionTime(component);
  if (detection === undefined || !isOurs(component) || isHalfWritten(linked, component)) return undefined;
  const objective = objectiveOf(system, component.name, 'rto');
  if (objective && isNoticedLate(system, component)) return { detection, limit: objective.seconds };
  if (failoverOf(component, assumptionsOf(system)) === undefined) return undefined;
  return givesUpBefore(context, component.name, detection);
}

/** How many failures it takes is written, and cannot be read yet. */
function isHalfWritten({ origins }: LinkedSystem, { name, healthCheck }: Component): boolean {
  const isWritten = keyPlace(origins, elementId('component', name), 'healthCheck.unhealthyAfter') !== undefined;
  return isWritten && typeof healthCheck === 'object' && healthCheck.unhealthyAfter === undefined;
}

/** The retried call to what fails over that tries longest and still gives up before anybody notices. */
function givesUpBefore({ linked: { system } }: RuleContext, name: string, detection: Seconds): Late | undefined {
  if (detection <= ridesOut) return undefined;
  let late: Late | undefined;
  for (const call of retriedCalls(system).get(name) ?? []) {
    const worst = loadOf(system).calls.get(call.id)?.worstCase ?? Infinity;
    if (worst >= ridesOut && worst < detection * (1 - 1e-9) && worst > (late?.limit ?? 0)) late = { detection, limit: worst, call };
  }
  return late;
}

/** The calls with a retry by their callee. */
const retriedCalls = perSystem((system): ReadonlyMap<string, readonly Call[]> => {
  const calls = new Map<string, Call[]>();
  for (const call of system.calls) {
    if (call.source !== 'native' || call.role !== 'request' || maxAttempts(call) < 2) continue;
    const list = calls.get(call.to);
    if (list) list.push(call);
    else calls.set(call.to, [call]);
  }
  return calls;
});

function* report({ linked }: RuleContext, component: Component, { detection, limit, call }: Late): Generator<Report> {
  const { name, healthCheck } = component;
  const element = elementId('component', name);
  const place = keyPlace(linked.origins, element, 'healthCheck.interval') ?? keyPlace(linked.origins, element, 'healthCheck', 'key');
  if (!place || typeof healthCheck !== 'object') return;
  const failures = healthCheck.unhealthyAfter;
  const interval = secondsText(healthCheck.interval ?? 0);
  const how =
    failures === undefined
      ? l10n.t('{0} failed checks by default, one every {1}', 3, interval)
      : l10n.t('{0} failed checks, one every {1}', failures, interval);
  const journey = objectiveOf(linked.system, name, 'rto')?.journey ?? '';
  const bites = call
    ? l10n.t('{0} retries its call for {1} and gives up before anything can be switched', call.from, secondsText(limit))
    : backText(journey, limit);
  const after = secondsText(detection);
  yield {
    message:
      replicaCount(component) > 1
        ? l10n.t('A dead replica of {0} is noticed after {1} ({2}); {3}.', name, after, how, bites)
        : l10n.t('That {0} is dead is noticed after {1} ({2}); {3}.', name, after, how, bites),
    place,
    subject: name,
    related: call
      ? related([callPlace(linked, call), l10n.t('{0} gives up after {1}', call.from, secondsText(limit))])
      : [
          ...related([aimPlace(linked, 'rto'), l10n.t('The recovery time objective')]),
          ...relatedJourneys(linked, [journey], (one) => l10n.t('{0} needs {1}', one, name)),
        ],
  };
}
