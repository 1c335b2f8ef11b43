import type { WorkspaceEdit } from 'vscode-languageserver-types';
import type { Steps } from '../model/steps';
import { type FixableTexts, makeFixes, type ReviewedSystem } from '../rules/fixing';
import { Workspace } from '../workspace/workspace';
import { workspaceEdit } from './codeActions';
import { Pieces } from './pieces';
import { SystemView } from './view';

/**
 * Makes every change of a file that is safe to make without asking. Changes of other files are left to their own
 * saving. Undefined where there is nothing to do.
 */
export function* fixAll(view: SystemView, path: string): Steps<WorkspaceEdit | undefined> {
  const text = view.host.text(path);
  if (text === undefined) return undefined;
  const steps = yield* makeFixes(new Copy(view, path), {
    wants: ({ place }) => place.file === path,
    mayWrite: (file) => file === path,
    unsafe: false,
    failed: view.host.failed,
  });
  const pieces = new Pieces(path, text);
  for (const step of steps) {
    const changes = step.flatMap((fix) => fix.changes).sort((a, b) => b.span.start - a.span.start);
    for (const { span, text: inserted } of changes) pieces.replace(span, inserted);
  }
  return workspaceEdit(view, pieces.changes());
}

/** A system's files, to be read again with changes. Whatever is not there for the view is not there for it. */
class Copy implements FixableTexts {
  readonly #view: SystemView;
  readonly #path: string;
  readonly #workspace = new Workspace();
  #isChanged = false;

  constructor(view: SystemView, path: string) {
    this.#view = view;
    this.#path = path;
    const { settings } = view.linked.system;
    this.#workspace.setDecisions({ starts: () => true, settings: () => settings });
    for (const file of view.linked.files) this.#workspace.setFile(file, view.host.text(file));
  }

  read(file: string): string | undefined {
    return this.#workspace.text(file);
  }

  setText(file: string, text: string): void {
    this.#workspace.setFile(file, text);
    this.#isChanged = true;
  }

  /** Only the system that was asked about. */
  *review(): Steps<readonly ReviewedSystem[]> {
    const view = this.#isChanged ? this.#changed() : this.#view;
    if (!view) return [];
    yield* view.prepare();
    const { linked, figures, findings, host } = view;
    return [{ context: { linked, figures, today: host.today(), read: (file) => host.text(file) }, findings }];
  }

  #changed(): SystemView | undefined {
    for (let asked = this.#workspace.wanted(); asked.length > 0; asked = this.#workspace.wanted()) {
      for (const one of asked) {
        if (one.endsWith('/')) this.#workspace.setFolder(one, this.#namesIn(one));
        else this.#workspace.setFile(one, this.#view.host.text(one));
      }
    }
    const { host, linked } = this.#view;
    const next = this.#workspace.systemsOf(this.#path).find(({ system }) => system.name === linked.system.name);
    return (
      next &&
      new SystemView(next, {
        uri: (file) => host.uri(file),
        text: (file) => this.#workspace.text(file),
        rulePage: (rule) => host.rulePage(rule),
        severities: (folder) => host.severities(folder),
        today: () => host.today(),
        failed: (doing, error) => host.failed(doing, error),
      })
    );
  }

  /** What a folder holds, as far as the system is in it. */
  #namesIn(folder: string): readonly string[] {
    const names = new Set<string>();
    for (const file of this.#view.linked.files) {
      if (!file.startsWith(folder)) continue;
      const [name = '', ...more] = file.slice(folder.length).split('/');
      names.add(more.length > 0 ? `${name}/` : name);
    }
    return [...names].sort();
  }
}
