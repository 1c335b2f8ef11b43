import * as l10n from '@vscode/l10n';
import { journeysOf } from '../analysis/load/pool';
import type { Call } from '../model/call';
import { assumptionsOf, isAsync, kindOf, replicaAvailability } from '../model/defaults';
import type { Kind } from '../model/kinds';
import { availabilityObjective } from '../model/objectives';
import type { System } from '../model/system';
import type { Availability } from '../model/units';
import { availabilityText, countText, downtimeText } from '../model/words';
import type { Remedy } from '../remedies/change';
import { callOf, callsWithPolicies, isHalfWritten } from './calls';
import { componentsOf } from './known';
import { canHangOn } from './load';
import { callPlace, componentPlace, related, relatedJourneys } from './places';
import { forEntry } from './remedies';
import type { Rule, RuleContext } from './rule';
import { calleeText, journeysText, stoppedWithout } from './words';

/** What is often asked for something that a page could do without. */
const seldomEssential: ReadonlySet<Kind> = new Set<Kind>(['cache', 'search', 'external']);

export const missingFallback: Rule = {
  id: 'missing-fallback',
  category: 'Calls',
  severity: 'hint',
  summary: 'A journey that only reads from a cache, a search or a provider, stops without it, and is promised more than that can keep.',
  *check(context) {
    const { linked } = context;
    for (const call of callsWithPolicies(context)) {
      const journeys = strained(context, call);
      const place = journeys.length > 0 ? callPlace(linked, call) : undefined;
      const component = linked.system.components.get(call.to);
      const whole = componentsOf(linked.system).get(call.to)?.whole;
      if (!place || !component || !whole) continue;
      const stated = replicaAvailability(component, assumptionsOf(linked.system));
      const [names, callee] = [journeysText(linked.system, journeys), calleeText(call)];
      const many = l10n.t('{0} stop without {1}', names, callee);
      const stop = countText(journeys.length, l10n.t('{0} stops without {1}', names, callee), many);
      const down = stated.assumed ? l10n.t('{0} (assumed)', downtimeText(whole.down)) : downtimeText(whole.down);
      const promise = promiseText(linked.system, journeys);
      yield {
        message: l10n.t('{0}, which is down {1}; {2}. Could {3} do without it?', stop, down, promise, call.from),
        place,
        subject: call.id,
        related: [
          ...related([componentPlace(linked, call.to), l10n.t('{0} answers this call', call.to)]),
          ...relatedJourneys(linked, journeys, (name) => l10n.t('{0} promises more than {1} keeps', name, call.to)),
        ],
        ...(stated.assumed ? { assumed: true } : {}),
      };
    }
  },
  fixes(report, context) {
    const call = callOf(context, report);
    // While the call can hang, doing without the answer is no help.
    if (!call || canHangOn(context.linked.system, call.to)) return [];
    return forEntry(context.linked, call, (_, id) => doWithout(id, call.to));
  },
};

/** The journeys that stop without the callee, make this call, and are held to more than the callee's own availability. */
function strained(context: RuleContext, call: Call): readonly string[] {
  const { system } = context.linked;
  const callee = system.components.get(call.to);
  if (!callee || !seldomEssential.has(kindOf(callee)) || !/^(GET|HEAD)\b/.test(call.operation ?? '')) return [];
  if (call.required === false || (call.fallback !== undefined && call.fallback !== 'none')) return [];
  if (isAsync(call, system.components.get(call.from)) || isHalfWritten(context, call, 'fallback')) return [];
  const stopped = stoppedWithout(context, call.to);
  if (stopped.length === 0) return [];
  const { making } = journeysOf(system, call);
  const down = componentsOf(system).get(call.to)?.whole.down ?? 0;
  return stopped.filter((name) => {
    const journey = system.journeys.get(name);
    const objective = journey && availabilityObjective(system, journey);
    return making.has(name) && objective !== undefined && down > objective.down * (1 + 1e-9);
  });
}

/** What the strictest of the journeys is held to: `its objective of 99.95% allows 4.38 h/yr`. */
function promiseText(system: System, journeys: readonly string[]): string {
  let strictest: { readonly name: string; readonly objective: Availability } | undefined;
  for (const name of journeys) {
    const journey = system.journeys.get(name);
    const objective = journey && availabilityObjective(system, journey);
    if (objective && objective.down < (strictest?.objective.down ?? Infinity)) strictest = { name, objective };
  }
  if (!strictest) return '';
  const text = availabilityText(strictest.objective);
  const down = downtimeText(strictest.objective.down);
  return journeys.length === 1
    ? l10n.t('its objective of {0} allows {1}', text, down)
    : l10n.t('the objective of {0}, {1}, allows {2}', strictest.name, text, down);
}

function doWithout(call: string, callee: string): Remedy {
  return {
    title: l10n.t('Do without {0}: {1}', callee, 'required: false'),
    changes: [{ kind: 'set-call', call, fields: { required: false } }],
    safe: false,
  };
}
