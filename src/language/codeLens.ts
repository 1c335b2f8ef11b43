import * as l10n from '@vscode/l10n';
import type { CodeLens, Command } from 'vscode-languageserver-types';
import type { JourneyFigures } from '../analysis/figures';
import { type ElementId, elementId } from '../model/origin';
import { callsByCaller, isMadeBy, journeyPath } from '../model/paths';
import type { System } from '../model/system';
import { listText } from '../model/words';
import { figureDowntime, figureText, keeps, verdictText } from './figureText';
import type { OpenMapArguments, RunScenarioArguments } from './host';
import { outcomeText } from './scenarios/texts';
import type { SystemView } from './view';

/**
 * Over each journey its figure and its path, over each component what stops without it, over each scenario the way to run
 * it and what came of that, and on the first line the way to the map.
 */
export function codeLenses(view: SystemView, path: string): readonly CodeLens[] {
  const lenses: CodeLens[] = [];
  const { host, linked } = view;
  const open = (title: string, element?: ElementId): Command => {
    const map: OpenMapArguments = { uri: host.uri(path), system: linked.system.name, ...(element ? { element } : {}) };
    return host.openMapCommand === undefined ? { title, command: '' } : { title, command: host.openMapCommand, arguments: [map] };
  };
  if (host.openMapCommand !== undefined && linked.system.components.size > 0) {
    const top = topOf(view, path);
    if (top) lenses.push({ range: top, command: open(l10n.t('Open map')) });
  }
  for (const [name, journeys] of stoppedBy(view)) {
    const element = elementId('component', name);
    const origin = linked.origins.get(element)?.find(({ file }) => file === path);
    const range = origin && view.range(path, origin.name);
    if (range) lenses.push({ range, command: open(l10n.t('stops: {0}', listText(journeys, shownStopped)), element) });
  }
  for (const journey of linked.system.journeys.values()) {
    const element = elementId('journey', journey.name);
    for (const origin of linked.origins.get(element) ?? []) {
      const range = origin.file === path ? view.range(path, origin.name) : undefined;
      if (!range) continue;
      lenses.push({ range, command: open(journeyLens(view, journey.name), element) });
      const way = pathText(linked.system, journey.name);
      if (way !== undefined) lenses.push({ range, command: open(way, element) });
      break;
    }
  }
  return [...lenses, ...scenarioLenses(view, path)];
}

/** Over a scenario `▷ run`, and what came of it: `✓ 3 of 3 hold`, `✗ browse success 71.4%, not 99%`. */
function scenarioLenses(view: SystemView, path: string): readonly CodeLens[] {
  const { host, linked } = view;
  const tests = host.scenarios;
  if (!tests) return [];
  return [...linked.system.scenarios.keys()].flatMap((scenario) => {
    const origin = linked.origins.get(elementId('scenario', scenario))?.find(({ file }) => file === path);
    const range = origin && view.range(path, origin.name);
    if (!range) return [];
    const run: RunScenarioArguments = { uri: host.uri(path), system: linked.system.name, scenario };
    const lens: CodeLens = { range, command: { title: l10n.t('▷ run'), command: tests.runCommand, arguments: [run] } };
    const known = tests.outcome(linked, scenario);
    if (!known) return [lens];
    const text = outcomeText(known.verdict);
    const title = known.isStale ? l10n.t('{0} (before the last change)', text) : text;
    return [lens, { range, command: { title, command: tests.resultsCommand } }];
  });
}

const shownStopped = 4;

/** The declared journeys that stop when a component is lost, by component. */
function stoppedBy({ figures, linked }: SystemView): ReadonlyMap<string, readonly string[]> {
  const stopped = new Map<string, readonly string[]>();
  for (const { point, stops } of figures.blast) {
    const declared = stops.filter((name) => linked.system.journeys.get(name)?.implied === false);
    if (point.kind === 'component' && declared.length > 0) stopped.set(point.name, declared);
  }
  return stopped;
}

/** Where the file names its system, or its first element where it does not. */
function topOf(view: SystemView, path: string) {
  let first: number | undefined;
  for (const [element, origins] of view.linked.origins) {
    for (const origin of origins) {
      if (origin.file !== path) continue;
      const range = element === elementId('system') ? view.range(path, origin.entry) : undefined;
      if (range) return range;
      if (first === undefined || origin.entry.start < first) first = origin.entry.start;
    }
  }
  return first === undefined ? undefined : view.range(path, { start: 0, end: 0 });
}

function journeyLens(view: SystemView, name: string): string {
  const figures = view.figures.journeys.find((other) => other.journey === name);
  if (figures) return figuresText(figures);
  return view.figures.unknown.find((other) => other.journey === name)?.reason ?? l10n.t('no figure');
}

/** `99.83% · 14.9 h/yr · objective 99.95% missed`. */
export function figuresText(figures: JourneyFigures): string {
  const { up, objective } = figures;
  const parts = [figureText(up), figureDowntime(up)];
  if (objective) parts.push(verdictText(objective, keeps(up, objective)));
  return parts.join(' · ');
}

const shownHops = 4;
const shownSiblings = 4;

/**
 * The way of a journey, one step a distance from its entry: `edge → api → db, payment`. A call without `journeys`
 * belongs to all of them, and that should be seen. What nobody waits for stands in brackets.
 */
export function pathText(system: System, name: string): string | undefined {
  const journey = system.journeys.get(name);
  if (!journey) return undefined;
  const byCaller = callsByCaller(system);
  const awaited = journeyPath(system, journey, byCaller, true).components;
  const seen = new Set([journey.entry]);
  const steps: string[] = [journey.entry];
  let level: readonly string[] = [journey.entry];
  while (level.length > 0) {
    const next: string[] = [];
    for (const from of level) {
      for (const call of byCaller.get(from) ?? []) {
        if (seen.has(call.to) || !isMadeBy(call, name) || !system.components.has(call.to)) continue;
        seen.add(call.to);
        next.push(call.to);
      }
    }
    if (next.length > 0) steps.push(levelText(next.map((to) => (awaited.has(to) ? to : `(${to})`))));
    level = next;
  }
  if (steps.length === 1) return undefined;
  return (steps.length > shownHops + 1 ? [...steps.slice(0, shownHops), '…', steps.at(-1) ?? ''] : steps).join(' → ');
}

function levelText(names: readonly string[]): string {
  return names.length > shownSiblings
    ? `${names.slice(0, shownSiblings - 1).join(', ')} +${names.length - shownSiblings + 1}`
    : names.join(', ');
}
