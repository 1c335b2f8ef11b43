import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import { isAsync, maxAttempts } from '../model/defaults';
import type { System } from '../model/system';
import { secondsText } from '../model/words';
import type { Pill, Segment, Tone } from './graph';
import { textWidth } from './text';

export const pillHeight = 18;
export const pillFont = 10.5;
const padding = 8;
const iconSize = 11;
const gap = 4;

/** A part of a label before it has a place. */
export type Part = { readonly text: string; readonly tone?: Tone } | { readonly icon: 'breaker' | 'no-breaker' };

/**
 * What a call's label says of its policy: how long it waits, how often it tries, whether a breaker guards it.
 * Empty where the format cannot say it, and where the caller neither waits nor says anything.
 */
export function policyParts(call: Call, system: System, missing: Tone, noBreaker: boolean): readonly Part[] {
  if (call.source === 'compose' || call.role !== 'request') return [];
  const awaits = !isAsync(call, system.components.get(call.from));
  const parts: Part[] = [];
  if (typeof call.timeout === 'number') parts.push({ text: secondsText(call.timeout) });
  else if (typeof call.deadline === 'number') parts.push({ text: l10n.t('{0} in all', secondsText(call.deadline)) });
  else if (awaits) parts.push({ text: l10n.t('no timeout'), tone: missing });
  if (call.preset !== undefined) parts.push({ text: call.preset });
  const attempts = maxAttempts(call);
  if (attempts > 1) {
    parts.push({ text: attempts === Infinity ? '∞×' : `${attempts}×` });
  }
  if (call.circuitBreaker !== undefined && call.circuitBreaker !== 'none') parts.push({ icon: 'breaker' });
  else if (noBreaker) parts.push({ icon: 'no-breaker' });
  return parts;
}

/** Gives the parts their places; undefined for no parts. */
export function pillOf(parts: readonly Part[]): Pill | undefined {
  if (parts.length === 0) return undefined;
  const segments: Segment[] = [];
  let x = padding;
  for (const [i, part] of parts.entries()) {
    if (i > 0) {
      segments.push({ kind: 'dot', x: x + gap + 1 });
      x += 2 * gap + 2;
    }
    if ('icon' in part) {
      segments.push({ kind: 'icon', icon: part.icon, x });
      x += iconSize;
    } else {
      // Always as much room as in bold: a finding that comes or goes must not move anything.
      const room = textWidth(part.text, pillFont, 600);
      const tone = part.tone ?? 'none';
      const slack = tone === 'none' ? (room - textWidth(part.text, pillFont)) / 2 : 0;
      segments.push({ kind: 'text', text: part.text, x: Math.round((x + slack) * 10) / 10, tone });
      x += room;
    }
  }
  return { width: Math.ceil(x + padding), height: pillHeight, segments };
}

/** The same in words, for a screen reader and the tooltip. */
export function policyWords(call: Call, system: System): string {
  const words: string[] = [];
  const awaits = !isAsync(call, system.components.get(call.from));
  if (!awaits) words.push(l10n.t('asynchronous'));
  if (call.source === 'compose') return words.join(', ');
  if (typeof call.timeout === 'number') words.push(l10n.t('timeout {0}', secondsText(call.timeout)));
  else if (awaits && typeof call.deadline !== 'number') words.push(l10n.t('no timeout: it waits forever'));
  if (typeof call.deadline === 'number') words.push(l10n.t('deadline {0}', secondsText(call.deadline)));
  if (call.preset !== undefined) words.push(l10n.t('{0} defaults', call.preset));
  const attempts = maxAttempts(call);
  if (attempts === Infinity) words.push(l10n.t('retried without end'));
  else if (attempts > 1) words.push(l10n.t('{0} attempts', attempts));
  if (call.circuitBreaker !== undefined && call.circuitBreaker !== 'none') words.push(l10n.t('circuit breaker'));
  if (call.fallback !== undefined && call.fallback !== 'none') {
    words.push(l10n.t('fallback {0}', call.fallback.kind === 'degrade' ? call.fallback.word : call.fallback.to));
  }
  if (call.required === false) words.push(l10n.t('not required'));
  return words.join(', ');
}
