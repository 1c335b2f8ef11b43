import * as vscode from 'vscode';
import { configurationActions } from '../language/configuration';
import { configurationNames } from '../workspace/config';
import * as convert from './convert';
import type { Log } from './log';
import type { Roots } from './roots';

/** Offers the corrections of what is wrong in a configuration; what is wrong is among the findings. */
export function registerConfiguration(roots: Roots, log: Log): vscode.Disposable {
  return vscode.languages.registerCodeActionsProvider(
    { pattern: `**/{${configurationNames.join(',')}}` },
    {
      provideCodeActions: (document, range, context) =>
        log.guard(
          'looking for corrections of a configuration',
          () => {
            const located = roots.locate(document.uri);
            const configuration = located?.root.configurations().find(({ file }) => file === located.path);
            if (!located || !configuration) return undefined;
            const asked = { start: range.start, end: range.end };
            return configurationActions(configuration, asked, located.root.host).map((action) =>
              new convert.LazyAction({ action, edit: () => action.edit }, context.diagnostics).resolve(),
            );
          },
          undefined,
        ),
    },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
  );
}
