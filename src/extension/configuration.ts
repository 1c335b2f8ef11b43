import * as vscode from 'vscode';
import { configurationCompletions } from '../language/config/completion';
import { configurationHover } from '../language/config/hover';
import { configurationActions } from '../language/configuration';
import type { LanguageHost } from '../language/host';
import type { Severity } from '../rules/rule';
import { type Configuration, configurationNames } from '../workspace/config';
import * as convert from './convert';
import type { Log } from './log';
import type { Roots } from './roots';

const configurations: vscode.DocumentSelector = { pattern: `**/{${configurationNames.join(',')}}` };

/** What can be done in a configuration: what is wrong in it is among the findings. */
export function registerConfiguration(roots: Roots, log: Log): vscode.Disposable {
  const about = <T>(
    doing: string,
    { uri }: vscode.TextDocument,
    answer: (configuration: Configuration<Severity>, host: LanguageHost) => T | undefined,
  ): T | undefined =>
    log.guard(
      `${doing} in ${uri.path}`,
      () => {
        const located = roots.locate(uri);
        const configuration = located?.root.configurations().find(({ file }) => file === located.path);
        return located && configuration && answer(configuration, located.root.host);
      },
      undefined,
    );
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(
      configurations,
      {
        provideCodeActions: (document, range, context) =>
          about('looking for corrections', document, (configuration, host) =>
            configurationActions(configuration, { start: range.start, end: range.end }, host).map((action) =>
              new convert.LazyAction({ action, edit: () => action.edit }, context.diagnostics).resolve(),
            ),
          ),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] },
    ),
    vscode.languages.registerHoverProvider(configurations, {
      provideHover: (document, position) =>
        about('hovering', document, (configuration) => {
          const found = configurationHover(configuration, document.getText(), position);
          return found && convert.hover(found);
        }),
    }),
    vscode.languages.registerCompletionItemProvider(
      configurations,
      {
        // It takes the text alone: no reason to wait until it is read.
        provideCompletionItems: (document, position) =>
          log.guard(
            'completing a configuration',
            () => configurationCompletions(document.getText(), position).map(convert.completionItem),
            undefined,
          ),
      },
      ' ',
    ),
  );
}
