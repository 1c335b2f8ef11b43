import * as l10n from '@vscode/l10n';
import type { Call } from '../model/call';
import { isAsync } from '../model/defaults';
import { elementId } from '../model/origin';
import type { System } from '../model/system';
import { callsText } from '../model/words';
import type { Edge, EdgeStyle, Pill, Tone } from './graph';
import { hintOf, type Notes, toneOf, worst } from './notes';
import { pillOf, policyParts, policyWords } from './pill';

/** More different calls of one pair than this are drawn as one line with their number. */
const linesOfAPair = 3;

interface Line {
  readonly calls: Call[];
  readonly style: EdgeStyle;
  readonly pill: Pill | undefined;
  readonly tone: Tone;
}

/**
 * The lines for the calls between two components: those that look alike share one, and of more than three
 * different ones only their number is said.
 */
export function edgesOfPair(calls: readonly Call[], system: System, notes: Notes, labels: 'all' | 'problems' | 'none'): readonly Edge[] {
  const lines = new Map<string, Line>();
  for (const call of calls) {
    const line = lineOf(call, system, notes, labels);
    const looks = JSON.stringify([line.style, line.tone, line.pill?.segments]);
    const same = lines.get(looks);
    if (same) same.calls.push(call);
    else lines.set(looks, line);
  }
  const distinct = [...lines.values()];
  if (distinct.length <= linesOfAPair) return distinct.map((line) => edgeOf(line, system, notes));
  const all = distinct.flatMap((line) => line.calls).sort((a, b) => (a.id < b.id ? -1 : 1));
  const style = distinct.some((line) => line.style === 'sync') ? 'sync' : (distinct[0]?.style ?? 'sync');
  const pill = labels === 'none' ? undefined : pillOf([{ text: callsText(all.length) }]);
  return [edgeOf({ calls: all, style, pill, tone: worst(distinct.map((line) => line.tone)) }, system, notes)];
}

function lineOf(call: Call, system: System, notes: Notes, labels: 'all' | 'problems' | 'none'): Line {
  const marks = notes.marksOf(elementId('call', call.id));
  const tone = worst(marks.map(toneOf));
  const missing = worst(marks.filter((mark) => mark.rule.includes('timeout')).map(toneOf));
  const noBreaker = marks.some((mark) => mark.rule.includes('breaker'));
  const shown = labels === 'all' || (labels === 'problems' && tone !== 'none');
  return {
    calls: [call],
    style: styleOf(call, system),
    tone,
    pill: shown ? pillOf(policyParts(call, system, missing, noBreaker)) : undefined,
  };
}

function styleOf(call: Call, system: System): EdgeStyle {
  if (call.role !== 'request') return call.role;
  return isAsync(call, system.components.get(call.from)) ? 'async' : 'sync';
}

function saidText(style: EdgeStyle, from: string, to: string): string {
  switch (style) {
    case 'sync':
    case 'async':
      return l10n.t('{0} calls {1}', from, to);
    case 'startup':
      return l10n.t('{0} starts after {1}', from, to);
    case 'telemetry':
      return l10n.t('{0} reports to {1}', from, to);
  }
}

function edgeOf(line: Line, system: System, notes: Notes): Edge {
  const [first] = line.calls;
  if (!first) throw new Error('a line without calls');
  const ids = line.calls.map((call) => call.id);
  const marks = line.calls.flatMap((call) => notes.marksOf(elementId('call', call.id)));
  const operations = line.calls.map((call) => call.operation ?? '').filter(Boolean);
  const words = line.calls.length === 1 ? policyWords(first, system) : callsText(line.calls.length);
  const said = saidText(line.style, first.from, first.to);
  const spoken = [said, operations.slice(0, 2).join(', '), words, ...marks.map((mark) => mark.message)];
  const caption = line.calls.length === 1 ? notes.captionOf(elementId('call', first.id)) : undefined;
  return {
    id: elementId('call', first.id),
    calls: ids,
    from: elementId('component', first.from),
    to: elementId('component', first.to),
    style: line.style,
    tone: line.tone,
    ...(line.pill ? { pill: line.pill } : {}),
    spoken: spoken.filter(Boolean).join(', '),
    hint: hintOf([`${first.from} → ${first.to}`, operations.slice(0, 5).join('\n'), words].filter(Boolean).join('\n'), caption, marks),
  };
}
