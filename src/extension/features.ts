import * as vscode from 'vscode';
import { inSlices } from '../language/slices';
import * as convert from './convert';
import { registerActions } from './features/actions';
import { Asking } from './features/asking';
import { registerNames } from './features/names';
import { registerStructure } from './features/structure';
import type { Log } from './log';
import { described, own } from './names';
import type { Roots } from './roots';
import { isNative } from './shown';
import type { Outcomes } from './tests/outcomes';

/** Registers what `language/` computes with the editor. */
export function registerFeatures(roots: Roots, outcomes: Outcomes, log: Log): vscode.Disposable {
  const asking = new Asking(roots, log);
  const lensesChanged = new vscode.EventEmitter<void>();
  return vscode.Disposable.from(
    lensesChanged,
    roots.onDidSettle(() => lensesChanged.fire()),
    outcomes.onDidChange(() => lensesChanged.fire()),
    registerActions(asking),
    registerNames(asking),
    registerStructure(asking),
    vscode.languages.registerHoverProvider(described, {
      provideHover: (document, position, token) =>
        asking.about('hovering', document, token, async ({ root, path, systems }) => {
          for (const linked of systems) {
            const hover = await inSlices(root.service.hoverSteps(linked, path, position), () => token.isCancellationRequested);
            if (hover?.value) return convert.hover(hover.value);
          }
          return undefined;
        }),
    }),
    vscode.languages.registerCodeLensProvider(own, {
      onDidChangeCodeLenses: lensesChanged.event,
      provideCodeLenses: (document, token) =>
        asking.prepared('writing code lenses', document, token, ({ root, path, systems }) =>
          isNative(root, path) ? systems.flatMap((linked) => root.service.codeLenses(linked, path)).map(convert.codeLens) : [],
        ),
    }),
    vscode.languages.registerCompletionItemProvider(
      own,
      {
        provideCompletionItems: (document, position, token) =>
          asking.about('completing', document, token, ({ root, path, systems }) =>
            systems
              .slice(0, isNative(root, path) ? 1 : 0)
              .flatMap((linked) => root.service.completions(linked, path, position))
              .map(convert.completionItem),
          ),
      },
      ' ',
      '[',
    ),
  );
}
