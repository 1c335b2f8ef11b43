import { strict as assert } from 'node:assert';
import { analyse } from '../../src/analysis/analyse';
import { applyTextChanges } from '../../src/editing/edit';
import { editsFor } from '../../src/editing/edits';
import { LineIndex, type TextChange } from '../../src/model/text';
import type { Remedy } from '../../src/remedies/change';
import { type CheckResult, check } from '../../src/rules/check';
import { rules } from '../../src/rules/registry';
import type { Finding, RuleContext, RuleSettings } from '../../src/rules/rule';
import { Workspace } from '../../src/workspace/workspace';

export type Texts = ReadonlyMap<string, string>;

export interface Review extends RuleContext, CheckResult {
  readonly texts: Texts;
}

export const today = '2026-06-15';

/** Everything from text to findings, as the editor and the command line do it. */
export function review(texts: Texts, settings: RuleSettings = new Map(), day = today): Review {
  const workspace = new Workspace();
  for (const [path, text] of texts) workspace.setFile(path, text);
  for (let wanted = workspace.wanted(); wanted.length > 0; wanted = workspace.wanted()) {
    for (const path of wanted) {
      if (path.endsWith('/')) workspace.setFolder(path, []);
      else workspace.setFile(path, undefined);
    }
  }
  const [linked] = workspace.systems();
  assert.ok(linked, 'there is no system');
  const figures = analyse(linked.system);
  return { texts, linked, figures, ...check(linked, figures, settings, day, (path) => workspace.text(path)) };
}

export const file = '/shop/shop.faultline.yaml';

export function reviewText(text: string, settings?: RuleSettings): Review {
  return review(new Map([[file, text]]), settings);
}

/** The remedies that a finding offers. */
export function remediesOf(context: Review, finding: Finding): readonly Remedy[] {
  return rules.find(({ id }) => id === finding.rule)?.fixes?.(finding, context) ?? [];
}

/** The texts after a remedy, or undefined where it cannot be written. */
export function applied(context: Review, remedy: Remedy): Texts | undefined {
  const changes = editsFor(remedy.changes, context.linked, (path) => context.texts.get(path));
  return changes && changed(context.texts, changes);
}

export function changed(texts: Texts, changes: readonly TextChange[]): Texts {
  return new Map(
    [...texts].map(([path, text]) => [
      path,
      applyTextChanges(
        text,
        changes.filter((change) => change.file === path),
      ),
    ]),
  );
}

/** `12:5-12:14`, lines and columns from 1, the end exclusive. */
export function rangeText(text: string, { place: { span } }: Finding): string {
  const lines = new LineIndex(text);
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(span.end);
  return `${start.line + 1}:${start.character + 1}-${end.line + 1}:${end.character + 1}`;
}
