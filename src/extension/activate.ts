import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FromCheck, Given } from '../layout/checkProtocol';
import type { FromMap, MapModel } from '../layout/protocol';
import type { OnPaper } from '../model/onPaper';
import type { Variant } from '../model/scenario';
import { registerCommands } from './commands';
import { registerConfiguration } from './configuration';
import { Diagnostics } from './diagnostics';
import { registerFeatures } from './features';
import { CheckPage } from './learning/checkPage';
import { Examples } from './learning/examples';
import { Log } from './log';
import { MapPanels } from './map/panels';
import { NewSystem } from './newSystem';
import { Reports } from './report/reports';
import { Roots } from './roots';
import { registerRulePages } from './rulePages';
import { StatusBar } from './statusBar';
import { Outcomes } from './tests/outcomes';
import { type TestHandle, Tests } from './tests/tests';
import { SystemsTree } from './tree';

/** An open map as tests see it. */
export interface MapHandle {
  readonly title: string;
  /** Whether the page has said that it runs. */
  readonly isReady: boolean;
  readonly selected: string | null;
  readonly model: Omit<MapModel, 'version'> | undefined;
  /** The titles of the fixes that were offered last; none while they are looked for. */
  readonly offered: readonly string[];
  /** What the analysis answers when the page asks about a game day. */
  onPaper(variant: Variant): Promise<OnPaper | undefined>;
  /** As if the page had sent this message. */
  receive(message: FromMap): void;
  close(): void;
}

/** The page of questions as tests see it. */
export interface QuestionsHandle {
  /** Whether the page has said that it runs. */
  readonly isReady: boolean;
  readonly topic: string;
  readonly given: Given;
  /** As if the page had sent this message. */
  receive(message: FromCheck): void;
  close(): void;
}

/** What the extension's `activate` returns. Not a promise to other extensions: it is there for tests and measurements. */
export interface FaultlineApi {
  readonly activationMilliseconds: number;
  /** Resolves when all findings are computed and published. */
  whenIdle(): Promise<void>;
  maps(): readonly MapHandle[];
  /** The scenarios in the view of tests, with what came of them. */
  tests(): readonly TestHandle[];
  readonly questions: QuestionsHandle;
}

export function activate(extension: vscode.ExtensionContext): FaultlineApi {
  const started = performance.now();
  // The editor's own `l10n` is only for this folder; the layers below it know nothing of an editor.
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const channel = vscode.window.createOutputChannel('Faultline', { log: true });
  const log = new Log(channel);
  const outcomes = new Outcomes();
  const roots = new Roots(log, outcomes);
  const maps = new MapPanels(extension, roots, log);
  const tests = new Tests(roots, outcomes, log);
  const examples = new Examples(extension, maps, log);
  const questions = new CheckPage(extension, examples, log);
  extension.subscriptions.push(
    channel,
    roots,
    maps,
    outcomes,
    tests,
    questions,
    new Diagnostics(roots, log),
    registerFeatures(roots, outcomes, log),
    registerConfiguration(roots, log),
    registerCommands(
      maps,
      tests,
      { examples, questions, newSystem: new NewSystem(roots, examples, log) },
      new Reports(extension, roots),
      log,
    ),
    registerRulePages(extension),
    new SystemsTree(roots, log),
    new StatusBar(roots, log),
  );
  roots.start();
  const activationMilliseconds = performance.now() - started;
  log.info(`Activated in ${activationMilliseconds.toFixed(1)} ms`);
  return { activationMilliseconds, whenIdle: () => roots.whenIdle(), maps: () => maps.all(), tests: () => tests.all(), questions };
}
