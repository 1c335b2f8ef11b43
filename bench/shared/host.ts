import type { LanguageHost } from '../../src/language/host';
import type { Workspace } from '../../src/workspace/workspace';

/** A host with nothing settled, for the texts of a workspace. What fails ends the measurement. */
export function plainHost(workspace: Workspace): LanguageHost {
  return {
    uri: (file) => `file://${file}`,
    text: (file) => workspace.text(file),
    rulePage: () => undefined,
    severities: () => new Map(),
    today: () => '2026-01-31',
    failed: (_doing, error) => {
      throw error;
    },
    openMapCommand: 'map',
  };
}
