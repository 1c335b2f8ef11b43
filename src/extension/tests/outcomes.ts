import * as vscode from 'vscode';
import type { KnownOutcome } from '../../language/host';
import { fingerprint, type ScenarioVerdict } from '../../simulation/scenarios';
import type { LinkedSystem } from '../../workspace/linked';

/** The editor's command that shows what tests printed. */
export const showResults = 'workbench.panel.testResults.view.focus';

/** The name under which a system of a root is among the tests. */
export function systemId(root: string, { folder, system }: LinkedSystem): string {
  return JSON.stringify([root, folder, system.name]);
}

/** The same for one of its scenarios. */
export function scenarioId(root: string, { folder, system }: LinkedSystem, scenario: string): string {
  return JSON.stringify([root, folder, system.name, scenario]);
}

interface Ran {
  readonly verdict: ScenarioVerdict;
  /** What it rests on. */
  readonly basis: string;
}

/** What came of each scenario when it ran last, for as long as the window is open. */
export class Outcomes implements vscode.Disposable {
  readonly #ran = new Map<string, Ran>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;

  set(id: string, verdict: ScenarioVerdict, basis: string): void {
    this.#ran.set(id, { verdict, basis });
    this.#changed.fire();
  }

  forget(id: string): void {
    this.#ran.delete(id);
  }

  known(root: string, linked: LinkedSystem, name: string): KnownOutcome | undefined {
    const ran = this.#ran.get(scenarioId(root, linked, name));
    const scenario = linked.system.scenarios.get(name);
    return ran && scenario && { verdict: ran.verdict, isStale: ran.basis !== fingerprint(linked.system, scenario) };
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
