import type { LanguageHost } from '../../src/language/host';
import { createLanguageService, type LanguageService } from '../../src/language/service';
import { LineIndex, type Position } from '../../src/model/text';
import type { Severity } from '../../src/rules/rule';
import type { LinkedSystem } from '../../src/workspace/linked';
import { Workspace } from '../../src/workspace/workspace';

/** The only system of some texts, with the service that answers for it. */
export interface Opened {
  readonly service: LanguageService;
  readonly workspace: Workspace;
  readonly linked: LinkedSystem;
  /** The position of `|` in a text that is marked with it, looked up in the file without the mark. */
  at(path: string, marked: string): Position;
}

/** Reads texts by path as one workspace. `|` is no mark in here. @param more what the host has beside the usual */
export function open(
  texts: Readonly<Record<string, string>>,
  severities: ReadonlyMap<string, Severity> = new Map(),
  more: Partial<LanguageHost> = {},
): Opened {
  const workspace = new Workspace();
  for (const [path, text] of Object.entries(texts)) workspace.setFile(path, text);
  // Whatever else is asked for does not exist.
  for (let asked = workspace.wanted(); asked.length > 0; asked = workspace.wanted()) {
    for (const path of asked) {
      if (path.endsWith('/')) workspace.setFolder(path, []);
      else workspace.setFile(path, undefined);
    }
  }
  const host: LanguageHost = {
    uri: (path) => `file://${path}`,
    text: (path) => workspace.text(path),
    rulePage: (rule) => `https://example.org/rules/${rule}`,
    severities: () => severities,
    today: () => '2026-01-31',
    failed: (_doing, error) => {
      throw error;
    },
    openMapCommand: 'map',
    ...more,
  };
  const [linked] = workspace.systems();
  if (!linked) throw new Error('These texts are no system.');
  return {
    service: createLanguageService(host),
    workspace,
    linked,
    at(path, marked) {
      const text = workspace.text(path) ?? '';
      const [before = '', behind = ''] = marked.split('|');
      const found = text.indexOf(before + behind);
      if (found < 0) throw new Error(`${marked} is not in ${path}.`);
      return new LineIndex(text).positionAt(found + before.length);
    },
  };
}
