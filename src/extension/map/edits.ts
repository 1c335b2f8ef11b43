import * as vscode from 'vscode';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { addScenario } from '../../editing/scenario';
import { fixesFor, type Ignoring, ignoring, workspaceEdit } from '../../language/codeActions';
import { markOf } from '../../language/pictureNotes';
import { inSlices } from '../../language/slices';
import type { FixableMark, MarkFix, Story } from '../../layout/protocol';
import type { ElementId } from '../../model/origin';
import type { LinkedSystem } from '../../workspace/linked';
import * as convert from '../convert';
import type { Root } from '../root';
import { findingsOn } from './model';

/** A change that was offered. */
interface Offered {
  readonly title: string;
  /** The edit; undefined where it turns out that it cannot be written, 'dropped' where somebody thought better of it. */
  edit(): Promise<WorkspaceEdit | 'dropped' | undefined>;
}

/** Changes of the text that are asked for on a map. All go through the editor, so that they can be undone. */
export class MapEdits {
  readonly #root: Root;
  /** What was offered last, for which text. */
  #offered: { readonly linked: LinkedSystem; readonly actions: readonly Offered[] } | undefined;
  #asked = 0;

  constructor(root: Root) {
    this.#root = root;
  }

  /** The titles of what was offered last. */
  get offered(): readonly string[] {
    return this.#offered?.actions.map(({ title }) => title) ?? [];
  }

  /** The findings on some elements with what can be done about each; undefined when somebody asked again meanwhile. */
  async fixes(linked: LinkedSystem, elements: readonly ElementId[]): Promise<readonly FixableMark[] | undefined> {
    const asked = ++this.#asked;
    this.#offered = undefined;
    const view = this.#root.service.view(linked);
    const actions: Offered[] = [];
    const marks: FixableMark[] = [];
    for (const finding of findingsOn(view, new Set(elements))) {
      const done = await inSlices(fixesFor(view, finding), () => asked !== this.#asked);
      if (!done) return undefined;
      const found = done.value.map(({ action, edit }): Offered => ({ title: action.title, edit: async () => edit() }));
      const quiet = ignoring(view, finding);
      const all = quiet ? [...found, silencing(quiet)] : found;
      const mark = markOf(view, finding);
      const fixes = all.map(
        ({ title }, i): MarkFix => ({ id: actions.length + i, title, ...(i < found.length ? {} : { isIgnoring: true }) }),
      );
      actions.push(...all);
      if (mark) marks.push({ ...mark, fixes });
    }
    this.#offered = { linked, actions };
    return marks;
  }

  /**
   * Makes one of the changes that were offered, unless the text is another one by now.
   *
   * @param now the system for the text as it stands
   */
  async apply(id: number, now: () => LinkedSystem | undefined): Promise<void> {
    const offered = this.#offered;
    const action = offered && offered.linked === now() ? offered.actions[id] : undefined;
    const edit = await action?.edit();
    if (edit === 'dropped') return;
    // While a reason was being typed, the text may have changed.
    if (edit && offered?.linked === now()) {
      await vscode.workspace.applyEdit(convert.workspaceEdit(edit));
    } else if (action && !edit) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t('This cannot be written here without changing more than it says. It is left to you.'),
      );
    } else {
      void vscode.window.showInformationMessage(vscode.l10n.t('The text has changed meanwhile. Look at the finding again.'));
    }
  }

  /** Writes what was done by hand as a scenario; returns whether there was a place for it. */
  async addScenario(name: string, { clients, ...story }: Story, linked: LinkedSystem): Promise<boolean> {
    const scenario = { ...story, name, ...(clients ? { clients: new Map(clients) } : {}) };
    const view = this.#root.service.view(linked);
    const changes = addScenario(scenario, linked, (file) => this.#root.text(file));
    const edit = changes && workspaceEdit(view, changes);
    if (edit) return vscode.workspace.applyEdit(convert.workspaceEdit(edit));
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no file of this system into which a scenario can be written.'));
    return false;
  }
}

/** Silences a finding, with the reason that is asked for. */
function silencing({ title, isAsking, edit }: Ignoring): Offered {
  return {
    title,
    edit: async () => {
      if (!isAsking) return edit('');
      const reason = await vscode.window.showInputBox({
        title,
        prompt: vscode.l10n.t('Why is this acceptable?'),
        validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Without a reason nobody will know later.') : undefined),
      });
      return reason === undefined ? 'dropped' : edit(reason);
    },
  };
}

/** Asks what the scenario shall be called; undefined when somebody thinks better of it. */
export function askForName({ system }: LinkedSystem): Thenable<string | undefined> {
  let value = 'by-hand';
  for (let i = 2; system.scenarios.has(value); i++) value = `by-hand-${i}`;
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Save as scenario'),
    prompt: vscode.l10n.t('The name of the scenario'),
    value,
    validateInput: (text) => {
      if (text.trim() === '') return vscode.l10n.t('A scenario needs a name.');
      return system.scenarios.has(text.trim()) ? vscode.l10n.t('There is a scenario of this name already.') : undefined;
    },
  });
}
