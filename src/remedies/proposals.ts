import * as l10n from '@vscode/l10n';
import { maxAttempts } from '../model/defaults';
import type { System } from '../model/system';
import { listText } from '../model/words';
import { withBreakerText } from './breakers';
import { endWait, insertBreaker } from './call';
import type { Change, Remedy } from './change';
import { automaticFailover, degradeWithout, insertHealthCheck, isUnwatched, lookedAfter, secondReplica, watched } from './component';

export type ProposalKind = 'replica' | 'zone' | 'failover' | 'health-check' | 'timeout' | 'retry' | 'breaker' | 'optional';

/** A remedy that may raise an availability, as it can be listed beside others. */
export interface Proposal extends Remedy {
  readonly kind: ProposalKind;
  /** A component or, for several of them at once, their zone; for a call its id. */
  readonly subject: string;
}

/** `db: Run a second replica in us-east-1b with automatic failover`. */
export function proposalText({ kind, subject, title }: Pick<Proposal, 'kind' | 'subject' | 'title'>): string {
  return kind === 'optional' ? title : `${subject}: ${title}`;
}

/**
 * What can be done to a component itself. With `hangs`, calls to it can hang on a dead replica that nobody takes out, so
 * that replicas go with a health check.
 */
export function componentProposals(system: System, name: string, hangs: boolean): readonly Proposal[] {
  const component = system.components.get(name);
  if (!component) return [];
  const proposals: Proposal[] = [];
  const add = (kind: ProposalKind, remedy: Remedy): void => {
    proposals.push({ ...remedy, kind, subject: name });
  };
  if (hangs && isUnwatched(component)) add('health-check', insertHealthCheck([name]));
  const failover = automaticFailover(system, name);
  if (failover) add('failover', failover);
  const replica = spread(system, name, hangs);
  if (replica) {
    const sets = (key: string): boolean => replica.changes.some((change) => change.kind === 'set-component' && key in change.fields);
    const kind = sets('replicas') ? 'replica' : sets('zones') ? 'zone' : undefined;
    if (kind) add(kind, replica);
  }
  return proposals;
}

/** A second replica or a second zone, with a health check where dead replicas would hold their callers up. */
function spread(system: System, name: string, hangs: boolean): Remedy | undefined {
  const remedy = secondReplica(system, name);
  const component = system.components.get(name);
  const change = remedy?.changes[0];
  if (!remedy || !component || change?.kind !== 'set-component') return remedy;
  return hangs && isUnwatched({ ...component, ...change.fields }) ? watched(remedy) : lookedAfter(system, name, remedy);
}

/** A second zone for all of these components at once, which stand in one zone alone; undefined where one of them cannot. */
export function zoneProposal(
  system: System,
  zone: string,
  names: readonly string[],
  hangs: (name: string) => boolean,
): Proposal | undefined {
  const remedies = names.map((name) => spread(system, name, hangs(name)));
  const changes = remedies.flatMap((remedy): readonly Change[] => remedy?.changes ?? []);
  if (remedies.length < 2 || remedies.includes(undefined)) return undefined;
  return { title: l10n.t('Spread over another zone: {0}', listText(names)), changes, safe: false, kind: 'zone', subject: zone };
}

/** What ends the wait of a call. With `fills`, a timeout alone would let the calls that wait for it fill the caller's pool. */
export function waitProposal(system: System, id: string, fills: (remedy: Remedy) => boolean): Proposal | undefined {
  const remedy = endWait(system, id);
  if (!remedy) return undefined;
  const call = system.calls.find((other) => other.id === id);
  const timed = remedy.changes.some((change) => change.kind === 'set-call' && change.fields.timeout !== undefined);
  const kind = !timed && call && maxAttempts(call) === Infinity ? 'retry' : 'timeout';
  const breaker = fills(remedy) ? insertBreaker(system, id) : undefined;
  if (!breaker) return { ...remedy, kind, subject: id };
  const changes = [...remedy.changes, ...breaker.changes];
  return { title: withBreakerText(remedy.title), changes, safe: false, kind, subject: id };
}

export function breakerProposal(system: System, id: string): Proposal | undefined {
  const remedy = insertBreaker(system, id);
  return remedy && { ...remedy, kind: 'breaker', subject: id };
}

/** Calls that do without a component. */
export function optionalProposal(system: System, name: string): Proposal | undefined {
  const remedy = degradeWithout(system, name);
  return remedy && { ...remedy, kind: 'optional', subject: name };
}
