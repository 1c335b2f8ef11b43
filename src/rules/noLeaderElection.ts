import * as l10n from '@vscode/l10n';
import { isManaged, kindOf, replicaCount } from '../model/defaults';
import { elementId, keyPlace } from '../model/origin';
import { applyChanges, type Remedy } from '../remedies/change';
import { isUnwatched, secondReplica, watched } from '../remedies/component';
import { overConnected } from './connections';
import { componentPlace } from './places';
import type { Rule, RuleContext } from './rule';

export const noLeaderElection: Rule = {
  id: 'no-leader-election',
  category: 'Redundancy',
  severity: 'warning',
  summary: 'A scheduler whose replicas all run every job, or that has only one replica.',
  *check(context) {
    const { linked } = context;
    const entries = new Set([...linked.system.journeys.values()].flatMap(({ entry, implied }) => (implied ? [] : [entry])));
    for (const component of linked.system.components.values()) {
      const { name } = component;
      if (kindOf(component) !== 'scheduler' || isManaged(component) || (component.source ?? 'native') !== 'native') continue;
      const place = componentPlace(linked, name);
      if (!place || isHalf(context, name)) continue;
      const count = replicaCount(component);
      if (count > 1 && component.leaderElection !== true) {
        const message =
          count === 2
            ? l10n.t('{0} has 2 replicas and no leader election: every job runs twice.', name)
            : l10n.t('{0} has {1} replicas and no leader election: every job runs {1} times.', name, count);
        yield { message, place, subject: name };
      } else if (count === 1) {
        // A journey that somebody declared stops with it: that it is a single point says it all.
        if (entries.has(name)) continue;
        yield { message: l10n.t('{0} has one replica; while it is down, no job runs.', name), place, subject: name };
      }
    }
  },
  fixes({ subject }, { linked: { system } }) {
    const component = system.components.get(subject);
    if (!component) return [];
    if (replicaCount(component) > 1) return [elect(subject)];
    const remedy = secondReplica(system, subject);
    if (!remedy) return [];
    const after = applyChanges(system, remedy.changes);
    const second = after.components.get(subject);
    // Two replicas hold twice the connections.
    if (!second || overConnected(after).length > overConnected(system).length) return [];
    return [isUnwatched(second) ? watched(remedy) : remedy];
  },
};

function elect(component: string): Remedy {
  return {
    title: l10n.t('Elect a leader'),
    changes: [{ kind: 'set-component', component, fields: { leaderElection: true } }],
    safe: false,
  };
}

/** Written with a value that cannot be read, which is reported as such. */
function isHalf({ linked }: RuleContext, name: string): boolean {
  const component = linked.system.components.get(name);
  return (['replicas', 'leaderElection'] as const).some(
    (key) => component?.[key] === undefined && keyPlace(linked.origins, elementId('component', name), key) !== undefined,
  );
}
