import * as l10n from '@vscode/l10n';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import type { JourneyFigures } from '../analysis/figures';
import { proposalSteps } from '../analysis/fixes/proposals';
import { shortestWaySteps, type Way } from '../analysis/fixes/shortest';
import type { Steps } from '../model/steps';
import type { Availability } from '../model/units';
import { availabilityText } from '../model/words';
import type { Change } from '../remedies/change';
import { type Proposal, proposalText } from '../remedies/proposals';
import { proposalsIn } from '../rules/remedies';
import type { OfferedAction } from './codeActions';
import { contributionText, keeps } from './figureText';
import { elementAt, keyAt, partsOf, touches } from './locate';
import { rewrite } from './lsp';
import type { SystemView } from './view';

/** What may be spent on the way to an objective each time that somebody asks, in milliseconds. */
const budget = 200;
/** Up to this many changes a title says what they are. */
const mostListed = 2;
/** How often the way is looked for again without what cannot be written. */
const mostRounds = 3;

/** Writes changes into the files; undefined where that cannot be done. */
type Write = (changes: readonly Change[]) => WorkspaceEdit | undefined;

/** A way that is being looked for: what is not ready in time goes on when somebody asks again. */
interface Quest {
  readonly steps: Steps<Way | undefined>;
  found?: { readonly way: Way | undefined };
}

const quests = new WeakMap<SystemView, Map<string, Quest>>();

/**
 * On a journey that misses its objective (its name, its entry or the objective's value): all changes of the shortest way
 * to it as one edit. @param atOnce whether files are small enough to write the edits before they are chosen
 */
export function* objectiveActions(
  view: SystemView,
  path: string,
  offset: number,
  write: Write,
  atOnce: boolean,
): Steps<readonly OfferedAction[]> {
  const deadline = performance.now() + budget;
  const offered: OfferedAction[] = [];
  for (const { journey, objective } of missedAt(view, path, offset)) {
    let way: Way | undefined;
    try {
      way = yield* wayTo(view, journey, objective, write, atOnce, deadline);
    } catch (error) {
      // It must not take away what else is offered at the same place.
      view.host.failed(`looking for the way to the objective of ${journey}`, error);
    }
    if (!way || way.fixes.length === 0) continue;
    const changes = way.fixes.flatMap((fix) => fix.changes);
    offered.push({ action: { title: titleOf(way, journey, objective), kind: rewrite }, edit: () => write(changes) });
  }
  return offered;
}

/** `Reach 99.95%: 3 changes, saves 8.2 h/yr of checkout`. */
export function titleOf({ fixes, hoursPerYear }: Way, journey: string, objective: Availability): string {
  const what = fixes.length <= mostListed ? fixes.map(proposalText).join('; ') : l10n.t('{0} changes', fixes.length);
  return l10n.t('Reach {0}: {1}, saves {2} of {3}', availabilityText(objective), what, contributionText({ hoursPerYear }), journey);
}

interface Missed {
  readonly journey: string;
  readonly objective: Availability;
}

/** The journeys that miss their objective, among those that the caret is about. */
function missedAt(view: SystemView, path: string, offset: number): readonly Missed[] {
  const { linked } = view;
  const at = elementAt(linked, path, offset);
  if (!at) return [];
  const { kind, name } = partsOf(at.element);
  const key = keyAt(at.origin, offset)?.path;
  const isMissed = ({ journey, up, objective }: JourneyFigures): readonly Missed[] =>
    objective && !keeps(up, objective) ? [{ journey, objective }] : [];
  if (kind === 'journey') {
    const isAsked = touches(at.origin.name, offset) || key === 'entry' || key === 'availability';
    return isAsked ? view.figures.journeys.filter(({ journey }) => journey === name).flatMap(isMissed) : [];
  }
  if (kind !== 'objectives' || key !== 'availability') return [];
  const inheriting = view.figures.journeys.filter(({ journey }) => linked.system.journeys.get(journey)?.availability === undefined);
  return inheriting.flatMap(isMissed);
}

function* wayTo(
  view: SystemView,
  journey: string,
  objective: Availability,
  write: Write,
  atOnce: boolean,
  deadline: number,
): Steps<Way | undefined> {
  const known = quests.get(view) ?? new Map<string, Quest>();
  quests.set(view, known);
  const quest: Quest = known.get(journey) ?? { steps: waySteps(view, journey, objective, atOnce ? write : undefined) };
  known.set(journey, quest);
  while (!quest.found && performance.now() < deadline) {
    const { done, value } = quest.steps.next();
    if (done) quest.found = { way: value };
    yield;
  }
  return quest.found?.way;
}

/** @param write where edits can be written at once, so that none is offered that cannot */
function* waySteps(view: SystemView, journey: string, objective: Availability, write?: Write): Steps<Way | undefined> {
  const { system } = view.linked;
  let proposals = proposalsIn(view, yield* proposalSteps(system));
  for (let round = 0; round < mostRounds; round++) {
    const way: Way | undefined = yield* shortestWaySteps(system, journey, objective, proposals);
    if (!way || !write) return way;
    yield;
    if (write(way.fixes.flatMap((fix) => fix.changes))) return way;
    yield;
    const isWritable = (fix: Proposal): boolean => !way.fixes.includes(fix) || write(fix.changes) !== undefined;
    const rest = proposals.filter(isWritable);
    // Each can be written, and all of them together cannot: that is rare, and not worth a search.
    if (rest.length === proposals.length) return undefined;
    proposals = rest;
  }
  return undefined;
}
