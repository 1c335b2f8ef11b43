import * as l10n from '@vscode/l10n';
import type { Variant } from '../model/scenario';
import type { Frame, LogLine } from '../simulation/frame';
import type { OutlineItem } from './outlineItems';
import { statesOf } from './states';
import { variantText } from './words';

/** What a variant of two that run side by side shows. */
export interface Shown<T> {
  readonly variant: Variant;
  readonly shown: T;
}

/** What happens in two runs as one log: what both say stands once, of the rest each line names its variant. */
export function toldTogether(left: Shown<readonly LogLine[]>, right: Shown<readonly LogLine[]>): readonly LogLine[] {
  const also = new Map<string, number>();
  for (const line of right.shown) also.set(keyOf(line), (also.get(keyOf(line)) ?? 0) + 1);
  const lines: LogLine[] = [];
  for (const line of left.shown) {
    const count = also.get(keyOf(line)) ?? 0;
    if (count > 0) also.set(keyOf(line), count - 1);
    lines.push(count > 0 ? line : named(left.variant, line));
  }
  // From its end: what both say of one instant twice comes first.
  const own = [...right.shown].reverse().filter((line) => {
    const count = also.get(keyOf(line)) ?? 0;
    if (count > 0) also.set(keyOf(line), count - 1);
    return count > 0;
  });
  lines.push(...own.reverse().map((line) => named(right.variant, line)));
  return lines.sort((a, b) => a.at - b.at);
}

function keyOf({ at, text }: LogLine): string {
  return `${at} ${text}`;
}

function named(variant: Variant, { at, text }: LogLine): LogLine {
  return { at, text: ofVariant(variant, text) };
}

/** What is said of one variant of two. */
export function ofVariant(variant: Variant, text: string): string {
  return l10n.t('{0}: {1}', variantText(variant), text);
}

/** What elements do in two runs, in words: once where both do the same. */
export function statesTogether(
  left: Shown<ReadonlyMap<string, string>>,
  right: Shown<ReadonlyMap<string, string>>,
): ReadonlyMap<string, string> {
  const ids = new Set([...left.shown.keys(), ...right.shown.keys()]);
  return new Map(
    [...ids].map((id) => {
      const texts = [left, right].flatMap(({ variant, shown }) => {
        const text = shown.get(id);
        return text === undefined ? [] : [{ variant, text }];
      });
      const [first, second] = texts;
      const isSame = first !== undefined && first.text === second?.text;
      return [id, isSame ? first.text : texts.map(({ variant, text }) => ofVariant(variant, text)).join('; ')];
    }),
  );
}

/** What elements do in one run or in two, in words; nothing before they have begun. */
export function statesOfAll(
  [frame, other]: readonly Frame[],
  [variant, beside]: readonly (Variant | undefined)[],
  items: readonly OutlineItem[],
): ReadonlyMap<string, string> {
  if (!frame || frame.time === 0) return new Map();
  const shown = statesOf(frame, items);
  if (!other || !variant || !beside) return shown;
  return statesTogether({ variant, shown }, { variant: beside, shown: statesOf(other, items) });
}
