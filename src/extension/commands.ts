import * as vscode from 'vscode';
import type { OpenMapArguments, RunScenarioArguments } from '../language/host';
import { rules } from '../rules/registry';
import type { CheckPage } from './learning/checkPage';
import { type Examples, isExampleRequest } from './learning/examples';
import type { Log } from './log';
import type { MapPanels } from './map/panels';
import { commands } from './names';
import { isNewSystemRequest, type NewSystem } from './newSystem';
import { isReportRequest, type Reports } from './report/reports';
import { showRulePage } from './rulePages';
import type { Tests } from './tests/tests';

/** What leads somebody new in. */
export interface WayIn {
  readonly examples: Examples;
  readonly questions: CheckPage;
  readonly newSystem: NewSystem;
}

/** Commands say when they fail; what went wrong is in the output. */
export function registerCommands(maps: MapPanels, tests: Tests, wayIn: WayIn, reports: Reports, log: Log): vscode.Disposable {
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
    ...(
      [
        [commands.gameDay, 'game-day'],
        [commands.compare, 'compare'],
        [commands.tippingPoint, 'tipping'],
      ] as const
    ).map(([command, question]) =>
      register(command, `opening the page ${question}`, async () => {
        (await maps.show(undefined))?.ask(question);
      }),
    ),
    register(commands.runScenario, 'running a scenario', async (argument) => {
      if (isRunScenario(argument)) await tests.runScenario(argument);
      else await tests.pickAndRun();
    }),
    register(commands.explainRule, 'explaining a rule', async (argument) => {
      const rule = rules.find(({ id }) => id === argument)?.id ?? (await pickRule());
      if (rule !== undefined) await showRulePage(rule);
    }),
    register(commands.report, 'writing a report', async (argument) => {
      if (argument instanceof vscode.Uri) await reports.write({ uri: argument.toString() });
      else await reports.write(isReportRequest(argument) ? argument : {});
    }),
    register(commands.newSystem, 'making a new system', async (argument) => {
      await wayIn.newSystem.create(isNewSystemRequest(argument) ? argument : {});
    }),
    register(commands.openExample, 'opening an example', async (argument) => {
      if (isExampleRequest(argument)) await wayIn.examples.show(argument);
      else await wayIn.examples.pickAndShow();
    }),
    register(commands.checkQuestions, 'asking questions', async (argument) => {
      wayIn.questions.show(typeof argument === 'string' ? argument : undefined);
    }),
    register(commands.showOutput, 'showing the output', async () => log.show()),
  );
}

function isOpenMap(argument: unknown): argument is OpenMapArguments {
  return typeof argument === 'object' && argument !== null && 'uri' in argument && typeof argument.uri === 'string' && 'system' in argument;
}

function isRunScenario(argument: unknown): argument is RunScenarioArguments {
  if (typeof argument !== 'object' || argument === null) return false;
  return 'uri' in argument && typeof argument.uri === 'string' && 'system' in argument && 'scenario' in argument;
}

async function pickRule(): Promise<string | undefined> {
  const items = rules.map(({ id, category, summary }) => ({ label: id, description: category, detail: summary }));
  const placeHolder = vscode.l10n.t('The rule to explain');
  return (await vscode.window.showQuickPick(items, { placeHolder, matchOnDetail: true }))?.label;
}
