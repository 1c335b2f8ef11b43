import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import type { Component } from '../model/component';
import { failoverOf, isManaged, kindOf, replicaCount, replicaZones } from '../model/defaults';
import { isStateful } from '../model/kinds';
import { keyPlace } from '../model/origin';
import type { System } from '../model/system';
import { countText } from '../model/words';
import { applyChanges, type Remedy } from '../remedies/change';
import { anotherZone, secondReplica } from '../remedies/component';
import { atOnePlace, callOf, callsWithPolicies } from './calls';
import { callPlace, componentPlace, homeOf, related } from './places';
import type { Report, Rule, RuleContext } from './rule';
import { leavesNoNewPoint } from './settle';

export const sharedFate: Rule = {
  id: 'shared-fate',
  category: 'Redundancy',
  severity: 'warning',
  summary: 'A fallback or a standby that goes down together with what it stands in for.',
  *check(context) {
    const { linked } = context;
    const together = [...callsWithPolicies(context)].filter((call) => fateOf(linked.system, call) !== undefined);
    yield* atOnePlace(
      context,
      together,
      (call) => {
        const home = homeOf(linked, call, 'fallback');
        return keyPlace(linked.origins, home, 'fallback.to') ?? keyPlace(linked.origins, home, 'fallback') ?? callPlace(linked, call);
      },
      (call, place) => ({
        message: l10n.t('{0} stands in for {1}, and {2}.', standIn(call), call.to, fateText(fateOf(linked.system, call))),
        place,
        subject: call.id,
        related: related(
          [componentPlace(linked, standIn(call)), l10n.t('{0} is the fallback', standIn(call))],
          [componentPlace(linked, call.to), l10n.t('{0} is what it stands in for', call.to)],
        ),
      }),
    );
    yield* standbys(context);
  },
  fixes(report, context) {
    const { system } = context.linked;
    const call = callOf(context, report);
    const remedy = call ? moved(system, standIn(call)) : spread(system, report.subject);
    if (!remedy) return [];
    const after = applyChanges(system, remedy.changes);
    const gone = call ? fateOf(after, call) === undefined : onlyZone(after.components.get(report.subject)) === undefined;
    // In its new zone it may stand in for somebody else.
    const isBetter = countFates(after) <= countFates(system) - (call ? 1 : 0);
    return gone && isBetter && leavesNoNewPoint(system, remedy) ? [remedy] : [];
  },
};

function standIn({ fallback }: Call): string {
  return typeof fallback === 'object' && fallback.kind === 'component' ? fallback.to : '';
}

/** What takes two components down together. */
type Fate = { readonly kind: 'same' } | { readonly kind: 'zone' | 'sharedFate'; readonly name: string };

function fateText(fate: Fate | undefined): string {
  switch (fate?.kind) {
    case 'same':
      return l10n.t('is the same: when one is down, so is the other');
    case 'zone':
      return l10n.t('both run only in {0}: when the zone goes down, neither answers', fate.name);
    case 'sharedFate':
      return l10n.t('both go down with {0}', fate.name);
    default:
      return '';
  }
}

/** What takes a callee and its fallback down together; undefined where nothing is known to. */
function fateOf(system: System, call: Call): Fate | undefined {
  const other = standIn(call);
  const [callee, fallback] = [system.components.get(call.to), system.components.get(other)];
  if (!callee || !fallback) return undefined;
  if (other === call.to) return { kind: 'same' };
  const zone = onlyZone(callee);
  if (zone !== undefined && zone === onlyZone(fallback)) return { kind: 'zone', name: zone };
  for (const fate of system.sharedFates.values()) {
    if (fate.components.includes(call.to) && fate.components.includes(other)) return { kind: 'sharedFate', name: fate.name };
  }
  return undefined;
}

function countFates(system: System): number {
  return system.calls.filter((call) => fateOf(system, call) !== undefined).length;
}

/** The one zone in which all replicas of a component are; undefined where there are several, or the zone is not known. */
function onlyZone(component: Component | undefined): string | undefined {
  if (!component || isManaged(component)) return undefined;
  const zones = new Set(replicaZones(component));
  const [zone] = zones;
  return zones.size === 1 ? zone : undefined;
}

/** Standbys in the zone of their primary. Where that zone stops a journey, it is reported as a zone. */
function* standbys({ linked, figures }: RuleContext): Generator<Report> {
  const reported = new Set(
    figures.journeys.flatMap(({ singlePoints }) => singlePoints.flatMap(({ kind, name }) => (kind === 'zone' ? name : []))),
  );
  for (const component of linked.system.components.values()) {
    const { name } = component;
    if (!isStateful(kindOf(component)) || failoverOf(component) === undefined || replicaCount(component) < 2) continue;
    const zone = onlyZone(component);
    const place = componentPlace(linked, name);
    if (zone === undefined || !place || reported.has(zone)) continue;
    const count = replicaCount(component) - 1;
    const one = l10n.t(
      'The standby of {0} is in {1}, like the primary: when the zone goes down, there is nothing to fail over to.',
      name,
      zone,
    );
    const many = l10n.t(
      'All {0} standbys of {1} are in {2}, like the primary: when the zone goes down, there is nothing to fail over to.',
      count,
      name,
      zone,
    );
    yield {
      message: countText(count, one, many),
      place,
      subject: name,
    };
  }
}

/** The fallback in a zone of its own. */
function moved(system: System, name: string): Remedy | undefined {
  const component = system.components.get(name);
  const isMovable = component !== undefined && !(component.replicas instanceof Map) && new Set(component.zones).size === 1;
  const zone = isMovable ? anotherZone(system, component) : undefined;
  if (!isMovable || zone === undefined || isManaged(component)) return undefined;
  return {
    title: l10n.t('Move {0} to {1}', name, zone),
    changes: [{ kind: 'set-component', component: name, fields: { zones: [zone] } }],
    safe: false,
  };
}

function spread(system: System, name: string): Remedy | undefined {
  return secondReplica(system, name);
}
