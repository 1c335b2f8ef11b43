import * as vscode from 'vscode';
import type { OpenMapArguments } from '../language/host';
import { rules } from '../rules/registry';
import type { Log } from './log';
import type { MapPanels } from './map/panels';
import { commands } from './names';
import { showRulePage } from './rulePages';

/** Commands say when they fail; what went wrong is in the output. */
export function registerCommands(maps: MapPanels, log: Log): vscode.Disposable {
  const register = (command: string, doing: string, work: (argument: unknown) => PromiseLike<void>) =>
    vscode.commands.registerCommand(command, async (argument: unknown) => {
      try {
        await work(argument);
      } catch (error) {
        log.failed(doing, error);
        const show = vscode.l10n.t('Show Output');
        const answer = await vscode.window.showErrorMessage(vscode.l10n.t('Faultline could not do that. The output says why.'), show);
        if (answer === show) log.show();
      }
    });
  return vscode.Disposable.from(
    register(commands.openMap, 'opening a map', async (argument) => {
      if (isOpenMap(argument)) await maps.show(vscode.Uri.parse(argument.uri, true), argument);
      else await maps.show(argument instanceof vscode.Uri ? argument : undefined);
    }),
    register(commands.explainRule, 'explaining a rule', async (argument) => {
      const rule = rules.find(({ id }) => id === argument)?.id ?? (await pickRule());
      if (rule !== undefined) await showRulePage(rule);
    }),
    register(commands.showOutput, 'showing the output', async () => log.show()),
  );
}

function isOpenMap(argument: unknown): argument is OpenMapArguments {
  return typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string' && 'system' in argument;
}

async function pickRule(): Promise<string | undefined> {
  const items = rules.map(({ id, category, summary }) => ({ label: id, description: category, detail: summary }));
  const placeHolder = vscode.l10n.t('The rule to explain');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.label;
}
