import * as vscode from 'vscode';
import type { InlayOptions } from '../language/inlayHints';
import { type Severity, severities } from '../rules/rule';

const section = 'faultline';

/** Severities by rule that are set for a folder. What is no severity is left out: the manifest's schema says so to the user. */
export function severitiesFor(folder: vscode.Uri): ReadonlyMap<string, Severity> {
  const set = vscode.workspace.getConfiguration(section, folder).get<Readonly<Record<string, unknown>>>('rules') ?? {};
  const known = new Map<string, Severity>();
  for (const [rule, value] of Object.entries(set)) {
    const severity = severities.find((other) => other === value);
    if (severity) known.set(rule, severity);
  }
  return known;
}

/** Whether open compose files that no Faultline file includes are looked at. */
export function looksAtCompose(uri: vscode.Uri): boolean {
  return vscode.workspace.getConfiguration(section, uri).get<boolean>('compose.enable') ?? true;
}

/** Which hints are shown between the letters of a file. */
export function inlayOptions(uri: vscode.Uri): InlayOptions {
  const set = vscode.workspace.getConfiguration(section, uri);
  return {
    components: set.get<boolean>('inlayHints.components') ?? true,
    calls: set.get<boolean>('inlayHints.calls') ?? false,
  };
}

export function concernsUs(event: vscode.ConfigurationChangeEvent): boolean {
  return event.affectsConfiguration(section);
}
