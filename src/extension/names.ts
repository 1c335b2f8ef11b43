import type * as vscode from 'vscode';
import { hasNativeName } from '../formats/native/format';

export const languageId = 'faultline';

/** The files that are searched for. Others are read when they are open, included, or shown on a map. */
export const ownFiles = '**/{*.topology,*.calls,*.faultline,faultline}.{yaml,yml}';

/** Whether a file is ours by its name alone. */
export const isOwnFile = hasNativeName;

/** The languages of documents that can describe a system. */
export const yamlLanguages: ReadonlySet<string> = new Set([languageId, 'yaml', 'dockercompose']);

/** Documents on which names, values and findings are explained; others of these languages belong to no system. */
export const described: vscode.DocumentSelector = [...yamlLanguages].map((language) => ({ language }));

/** Documents of our own format: by their language, or YAML whose name or text says so, which has to be looked at. */
export const own: vscode.DocumentSelector = [{ language: languageId }, { language: 'yaml' }];

/** Commands, views and settings, as the manifest names them. */
export const commands = {
  openMap: 'faultline.openMap',
  gameDay: 'faultline.gameDay',
  compare: 'faultline.compare',
  tippingPoint: 'faultline.tippingPoint',
  runScenario: 'faultline.runScenario',
  explainRule: 'faultline.explainRule',
  report: 'faultline.report',
  newSystem: 'faultline.newSystem',
  openExample: 'faultline.openExample',
  checkQuestions: 'faultline.checkQuestions',
  showOutput: 'faultline.showOutput',
} as const;

export const mapViewType = 'faultline.map';

/** The page of questions. */
export const checkViewType = 'faultline.check';

/** The tree of systems. */
export const systemsView = 'faultline.systems';

/** The scenarios in the view of tests. */
export const scenarioTests = 'faultline.scenarios';
