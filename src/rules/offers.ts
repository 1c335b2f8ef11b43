import { editsFor } from '../editing/edits';
import type { TextChange } from '../model/text';
import { rules } from './registry';
import type { Finding, RuleContext } from './rule';

/** One thing that can be done about a finding. */
export interface Offer {
  readonly title: string;
  /** Safe ones may be applied without asking. */
  readonly safe: boolean;
  /** The change of the text; undefined where it cannot be written without changing more than it says. */
  changes(): readonly TextChange[] | undefined;
}

/** What can be done about a finding, the best first: corrections of the text, then remedies. Much may have to be computed for it. */
export function offersFor(finding: Finding, context: RuleContext): readonly Offer[] {
  const { linked, read = () => undefined } = context;
  const corrections = (finding.suggestions ?? []).map((suggestion): Offer => {
    const { title, safe } = suggestion;
    // Some are worked out only when somebody asks for the changes.
    return { title, safe, changes: () => suggestion.changes };
  });
  const remedies = rules.find((rule) => rule.id === finding.rule)?.fixes?.(finding, context) ?? [];
  return [
    ...corrections,
    ...remedies.map(({ title, safe, changes }): Offer => ({ title, safe, changes: () => editsFor(changes, linked, read) })),
  ];
}
