import type { Fault, FaultTarget, Scenario, ScenarioEvent } from '../model/scenario';
import type { TextChange } from '../model/text';
import { duration, optional, share } from './callFields';
import { toTextChanges } from './edit';
import type { EditedSystem } from './edits';
import { addEntry } from './sections';
import { Sources } from './sources';
import { keepsTheRest } from './verify';
import { mapping, token, type Written, word, words } from './written';

/**
 * The text edits that add a scenario behind the others of a system, in the file that has some already, else in its first
 * file of our own language; nothing else changes. What it expects is left to people and not written. Undefined where there
 * is one of that name, or no place for it.
 */
export function addScenario(
  scenario: Scenario,
  linked: EditedSystem,
  read: (file: string) => string | undefined,
): readonly TextChange[] | undefined {
  const sources = Sources.of(linked, read);
  const native = linked.files.find((file) => sources.native(file));
  const source = sources.withSection(linked.files, 'scenarios') ?? (native === undefined ? undefined : sources.native(native));
  if (!source || linked.system.scenarios.has(scenario.name)) return undefined;
  const edits = addEntry(source, 'scenarios', [scenario.name, scenarioWritten(scenario)], sources.style(source));
  const changes = edits && toTextChanges(source.file, edits);
  if (!changes) return undefined;
  const nothing = new Map<string, never>();
  const isSafe = keepsTheRest(source, changes, { system: linked.system, calls: nothing, components: nothing, policies: nothing });
  return isSafe ? changes : undefined;
}

function scenarioWritten({ description, duration: length, seed, clients, think, events }: Scenario): Written {
  return mapping([
    ['description', optional(description, word)],
    ['duration', optional(length, duration)],
    ['seed', optional(seed, token)],
    ['clients', optional(clients, (counts) => mapping([...counts].map(([name, count]) => [name, token(count)] as const)))],
    ['think', optional(think, duration)],
    ['events', { kind: 'list', items: events.map(eventWritten) }],
  ]);
}

function eventWritten({ at, fault }: ScenarioEvent): Written {
  return mapping([['at', duration(at)], ...faultEntries(fault)]);
}

function faultEntries(fault: Fault): readonly (readonly [string, Written | undefined])[] {
  switch (fault.kind) {
    case 'kill':
    case 'crash':
    case 'restore':
      return [[fault.kind, targetWritten(fault.target)]];
    case 'slow':
      return [
        ['slow', targetWritten(fault.target)],
        ['factor', optional(fault.factor, token)],
        ['add', optional(fault.add, duration)],
      ];
    case 'errors':
      return [
        ['errors', targetWritten(fault.target)],
        ['share', share(fault.share)],
      ];
    case 'partition':
      return [['partition', { kind: 'list', items: fault.sides.map(words) }]];
    case 'load':
      return [
        ['load', word(fault.journey)],
        ['factor', token(fault.factor)],
      ];
  }
}

function targetWritten(target: FaultTarget): Written {
  switch (target.kind) {
    case 'component':
      return word(target.name);
    case 'replica':
      return word(`${target.name}#${target.replica}`);
    default:
      return word(`${target.kind} ${target.name}`);
  }
}
