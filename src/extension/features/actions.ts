import * as vscode from 'vscode';
import type { OfferedAction } from '../../language/codeActions';
import { inSlices } from '../../language/slices';
import * as convert from '../convert';
import { described } from '../names';
import { isNative } from '../shown';
import type { Asking } from './asking';

const fixAllKind = vscode.CodeActionKind.SourceFixAll.append('faultline');

/** What can be done about findings: one by one, or all that is safe at once. */
export function registerActions(asking: Asking): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.languages.registerCodeActionsProvider(
      described,
      {
        provideCodeActions: (document, range, context, token) =>
          asking.about('looking for fixes', document, token, async ({ root, path, systems }) => {
            const offered: OfferedAction[] = [];
            for (const linked of systems) {
              const found = await inSlices(root.service.codeActionSteps(linked, path, range), () => token.isCancellationRequested);
              offered.push(...(found?.value ?? []));
            }
            return offered
              .map((one) => new convert.LazyAction(one, context.diagnostics))
              .filter(({ kind }) => !context.only || (kind !== undefined && context.only.contains(kind)));
          }),
        resolveCodeAction: (action: convert.LazyAction) =>
          asking.log.guard(
            `writing "${action.title}"`,
            () => {
              if (!action.resolve().edit)
                void vscode.window.showInformationMessage(
                  vscode.l10n.t('This cannot be written here without changing more than it says. It is left to you.'),
                );
              return action;
            },
            action,
          ),
      },
      { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, vscode.CodeActionKind.RefactorRewrite] },
    ),
    vscode.languages.registerCodeActionsProvider(
      described,
      {
        provideCodeActions: (document, _range, { only }, token) =>
          // Nobody asks for it by the way: reading the file again after every change takes a while.
          !only?.contains(fixAllKind)
            ? undefined
            : asking.about('fixing all', document, token, async ({ root, path, systems }) => {
                for (const linked of isNative(root, path) ? systems : []) {
                  const found = await inSlices(root.service.fixAllSteps(linked, path), () => token.isCancellationRequested);
                  if (!found?.value) continue;
                  const action = new vscode.CodeAction(vscode.l10n.t('Fix all that is safe to fix'), fixAllKind);
                  action.edit = convert.workspaceEdit(found.value);
                  return [action];
                }
                return undefined;
              }),
      },
      { providedCodeActionKinds: [fixAllKind] },
    ),
  );
}
