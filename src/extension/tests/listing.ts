import * as vscode from 'vscode';
import { elementId, type Origin } from '../../model/origin';
import { LineIndex } from '../../model/text';
import { fingerprint } from '../../simulation/scenarios';
import type { LinkedSystem } from '../../workspace/linked';
import * as convert from '../convert';
import type { Log } from '../log';
import type { Root } from '../root';
import type { Roots } from '../roots';
import { systemsInView } from '../shown';
import { scenarioId, systemId } from './outcomes';

/** A scenario among the tests. */
export interface ScenarioTest {
  readonly item: vscode.TestItem;
  readonly root: Root;
  readonly folder: string;
  readonly system: string;
  readonly scenario: string;
}

interface Listed extends ScenarioTest {
  /** All that its outcome rests on. */
  readonly basis: string;
}

/** A scenario as the texts say at this moment. */
export function linkedOf({ root, folder, system }: ScenarioTest): LinkedSystem | undefined {
  return root.systems().find((linked) => linked.folder === folder && linked.system.name === system);
}

/** Keeps the editor's tree of tests in step with the roots: system → scenario, in the order of the text. */
export class Listing implements vscode.Disposable {
  readonly #controller: vscode.TestController;
  readonly #listed = new Map<string, Listed>();
  readonly #changed = new vscode.EventEmitter<readonly ScenarioTest[]>();
  readonly #gone = new vscode.EventEmitter<string>();
  readonly #disposables: readonly vscode.Disposable[];
  /** Scenarios of which something changed that their outcome rests on, and new ones. */
  readonly onDidChange = this.#changed.event;
  /** The id of a scenario that is no longer there. */
  readonly onDidRemove = this.#gone.event;

  constructor(controller: vscode.TestController, roots: Roots, log: Log) {
    this.#controller = controller;
    this.#disposables = [
      this.#changed,
      this.#gone,
      roots.onDidSettle((root) => log.guard('listing scenarios', () => this.#update(root, systemsInView(root)), undefined)),
      roots.onDidRemove((root) => log.guard('taking scenarios off the list', () => this.#update(root, []), undefined)),
    ];
  }

  all(): readonly ScenarioTest[] {
    return [...this.#listed.values()];
  }

  get(id: string): ScenarioTest | undefined {
    return this.#listed.get(id);
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #update(root: Root, systems: readonly LinkedSystem[]): void {
    const changed: ScenarioTest[] = [];
    const before = new Set([...this.#listed].flatMap(([id, test]) => (test.root === root ? [id] : [])));
    const lines = new Map<string, LineIndex>();
    for (const linked of systems) {
      const names = [...linked.system.scenarios.keys()];
      if (names.length === 0) continue;
      const parent = this.#systemItem(root, linked, lines);
      for (const name of names) {
        const id = scenarioId(root.addresses.key, linked, name);
        before.delete(id);
        const test = this.#list(id, parent, root, linked, name, lines);
        if (test) changed.push(test);
      }
    }
    for (const id of before) this.#remove(id);
    for (const [id, { children }] of [...this.#controller.items]) if (children.size === 0) this.#controller.items.delete(id);
    if (changed.length > 0) this.#changed.fire(changed);
  }

  #systemItem(root: Root, linked: LinkedSystem, lines: Map<string, LineIndex>): vscode.TestItem {
    const id = systemId(root.addresses.key, linked);
    const named = linked.origins.get(elementId('system'))?.[0];
    const origin = named ?? firstScenario(linked);
    const uri = origin && root.addresses.uri(origin.file);
    let item = this.#controller.items.get(id);
    if (!item || item.uri?.toString() !== uri?.toString()) {
      item = this.#controller.createTestItem(id, linked.system.name, uri);
      this.#controller.items.add(item);
    }
    item.range = named && rangeOf(root, named, lines);
    return item;
  }

  /** Lists a scenario. Returns it where its outcome may be another one now. */
  #list(
    id: string,
    parent: vscode.TestItem,
    root: Root,
    linked: LinkedSystem,
    name: string,
    lines: Map<string, LineIndex>,
  ): ScenarioTest | undefined {
    const scenario = linked.system.scenarios.get(name);
    const origin = linked.origins.get(elementId('scenario', name))?.[0];
    if (!scenario || !origin) return undefined;
    const known = this.#listed.get(id);
    const uri = root.addresses.uri(origin.file);
    // The address of an item is for ever.
    const item = known && known.item.uri?.toString() === uri.toString() ? known.item : this.#controller.createTestItem(id, name, uri);
    if (parent.children.get(id) !== item) parent.children.add(item);
    item.range = rangeOf(root, origin, lines);
    item.description = scenario.expect.length === 0 ? vscode.l10n.t('expects nothing') : '';
    const basis = fingerprint(linked.system, scenario);
    if (known?.basis === basis && known.item === item && known.root === root) return undefined;
    // What came of it rests on something else.
    if (known?.item === item) this.#controller.invalidateTestResults(item);
    const test = { item, root, folder: linked.folder, system: linked.system.name, scenario: name, basis };
    this.#listed.set(id, test);
    return test;
  }

  #remove(id: string): void {
    const test = this.#listed.get(id);
    this.#listed.delete(id);
    test?.item.parent?.children.delete(id);
    this.#gone.fire(id);
  }
}

/** Where the first scenario stands, for a system that nobody named. */
function firstScenario({ origins, system }: LinkedSystem): Origin | undefined {
  for (const name of system.scenarios.keys()) {
    const origin = origins.get(elementId('scenario', name))?.[0];
    if (origin) return origin;
  }
  return undefined;
}

function rangeOf(root: Root, { file, name, entry }: Origin, known: Map<string, LineIndex>): vscode.Range {
  const lines = known.get(file) ?? new LineIndex(root.text(file) ?? '');
  known.set(file, lines);
  return convert.range({ start: lines.positionAt(name.start), end: lines.positionAt(Math.max(name.end, entry.end)) });
}
