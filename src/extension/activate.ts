import * as l10n from '@vscode/l10n';
import * as vscode from 'vscode';
import type { FromMap, MapModel } from '../layout/protocol';
import { registerCommands } from './commands';
import { registerConfiguration } from './configuration';
import { Diagnostics } from './diagnostics';
import { registerFeatures } from './features';
import { Log } from './log';
import { MapPanels } from './map/panels';
import { Roots } from './roots';
import { registerRulePages } from './rulePages';
import { StatusBar } from './statusBar';
import { SystemsTree } from './tree';

/** An open map as tests see it. */
export interface MapHandle {
  readonly title: string;
  /** Whether the page has said that it runs. */
  readonly isReady: boolean;
  readonly selected: string | null;
  readonly model: Omit<MapModel, 'version'> | undefined;
  /** As if the page had sent this message. */
  receive(message: FromMap): void;
  close(): void;
}

/** What the extension's `activate` returns. Not a promise to other extensions: it is there for tests and measurements. */
export interface FaultlineApi {
  readonly activationMilliseconds: number;
  /** Resolves when all findings are computed and published. */
  whenIdle(): Promise<void>;
  maps(): readonly MapHandle[];
}

export function activate(extension: vscode.ExtensionContext): FaultlineApi {
  const started = performance.now();
  // The editor's own `l10n` is only for this folder; the layers below it know nothing of an editor.
  if (vscode.l10n.bundle) l10n.config({ contents: vscode.l10n.bundle });
  const channel = vscode.window.createOutputChannel('Faultline', { log: true });
  const log = new Log(channel);
  const roots = new Roots(log);
  const maps = new MapPanels(extension, roots, log);
  extension.subscriptions.push(
    channel,
    roots,
    maps,
    new Diagnostics(roots, log),
    registerFeatures(roots, log),
    registerConfiguration(roots, log),
    registerCommands(maps, log),
    registerRulePages(extension),
    new SystemsTree(roots, log),
    new StatusBar(roots, log),
  );
  roots.start();
  const activationMilliseconds = performance.now() - started;
  log.info(`Activated in ${activationMilliseconds.toFixed(1)} ms`);
  return { activationMilliseconds, whenIdle: () => roots.whenIdle(), maps: () => maps.all() };
}
