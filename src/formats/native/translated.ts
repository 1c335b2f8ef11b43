import { t } from '@vscode/l10n';

/**
 * A text of the language's own table in the user's language. The table itself is in English: the reference page and the
 * JSON schema are made from it. Its texts are in the bundle beside those that the sources hand to `l10n.t`.
 */
export function translated(text: string): string {
  return t(text);
}
