import * as l10n from '@vscode/l10n';
import {
  type Availability,
  type PerSecond,
  type Read,
  readAvailability,
  readDuration,
  readRate,
  readShare,
  type Seconds,
  type Share,
} from '../../model/units';
import type { Mention } from '../fragment';
import { mostSimilar } from '../shared/similar';
import { booleanOf, innerSpan } from '../shared/yamlNodes';
import type { At, Replacement } from './reading';
import { translated } from './translated';
import { mismatch, type SoundNode, shown, type TypeName, unexpected, type ValueType } from './types';

type Shape = Pick<ValueType<unknown>, 'expects'> & { readonly name: TypeName };

/** A number with a unit, read by one of the model's own readers. */
function measured<T>(shape: Shape, parse: (text: string) => Read<T>, first?: string): ValueType<T> {
  const type: ValueType<T> = {
    ...shape,
    read(node, at) {
      if (node.kind !== 'scalar') return mismatch(type, node, at);
      const read = parse(node.text);
      if (read.ok) return read.value;
      return at.reading.invalid(node.span, reasonText(read, node), offers(read.instead, node, first));
    },
  };
  return type;
}

/** What is wrong with a value; where it is not of the form that is read, with what stands there. */
export function reasonText({ reason, expected }: Extract<Read<unknown>, { readonly ok: false }>, node: SoundNode): string {
  return expected ? unexpected(reason, `\`${node.kind === 'scalar' ? node.text.slice(0, 40) : ''}\``) : reason;
}

/** The texts that would be right; only the first one is safe to take without asking. */
function offers(instead: readonly string[], node: SoundNode, first: string | undefined): readonly Replacement[] {
  const sorted =
    first === undefined ? instead : [...instead].sort((a, b) => Number(endsWithUnit(b, first)) - Number(endsWithUnit(a, first)));
  return sorted.map((text, index) => ({ text, span: innerSpan(node), safe: index === 0 }));
}

function endsWithUnit(text: string, unit: string): boolean {
  return /[a-z]+$/.exec(text)?.[0] === unit;
}

/** A length of time. `unit` is the one that people mean when they forget it. */
export function duration(example = '250ms', unit: 'ms' | 's' | 'm' = 'ms'): ValueType<Seconds> {
  return measured({ name: 'duration', expects: `a duration such as ${example}` }, readDuration, unit);
}

export const availability: ValueType<Availability> = measured(
  { name: 'percentage', expects: 'a percentage such as 99.95%' },
  readAvailability,
);

export function share(example = '20%'): ValueType<Share> {
  return measured({ name: 'percentage', expects: `a percentage such as ${example}` }, readShare);
}

export const rate: ValueType<PerSecond> = measured({ name: 'rate', expects: 'a rate such as 40/s, 1200/m or 5/h' }, readRate);

const largestCount = 1_000_000_000;

/** A whole number that is not below `least`. */
export function count(least: number, what = 'a whole number such as 3'): ValueType<number> {
  const type: ValueType<number> = {
    name: 'count',
    expects: what,
    read(node, at) {
      if (node.kind !== 'scalar' || !/^-?\d+$/.test(node.text)) return mismatch(type, node, at);
      const value = Number(node.text);
      if (value < least) return at.reading.invalid(node.span, l10n.t('This must be {0} or more, not {1}.', least, node.text));
      if (value > largestCount) return at.reading.invalid(node.span, l10n.t('This number is too large.'));
      return value;
    },
  };
  return type;
}

/** A number that may have decimals; above `least`, or equal to it where `inclusive`. */
export function decimal(expects: string, least = 0, inclusive = false): ValueType<number> {
  const type: ValueType<number> = {
    name: 'number',
    expects,
    read(node, at) {
      if (node.kind !== 'scalar' || !/^-?\d+(?:\.\d+)?$/.test(node.text)) return mismatch(type, node, at);
      const value = Number(node.text);
      if (inclusive ? value < least : value <= least) {
        const message = inclusive
          ? l10n.t('This must be {0} or more, not {1}.', least, node.text)
          : l10n.t('This must be more than {0}, not {1}.', least, node.text);
        return at.reading.invalid(node.span, message);
      }
      return value;
    },
  };
  return type;
}

/** One of several words. `what` completes *… is not*: `a kind of component`. */
export function oneOf<W extends string>(words: readonly W[], what: string): ValueType<W> {
  const type: ValueType<W> = {
    name: 'word',
    expects: `${what}: ${words.map((word) => `\`${word}\``).join(', ')}`,
    what,
    words,
    read(node, at) {
      if (node.kind !== 'scalar') return mismatch(type, node, at);
      const found = words.find((word) => word === node.text);
      if (found !== undefined) return found;
      const similar = mostSimilar(node.text, words);
      if (similar === undefined) return mismatch(type, node, at);
      const message = l10n.t('`{0}` is not {1}. Did you mean `{2}`?', node.text, translated(what), similar);
      return at.reading.invalid(node.span, message, [{ text: similar, span: innerSpan(node), safe: true }]);
    },
  };
  return type;
}

const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['false', false],
  ['no', false],
  ['off', false],
]);

export const flag: ValueType<boolean> = {
  name: 'boolean',
  expects: '`true` or `false`',
  words: ['true', 'false'],
  read(node, at) {
    const value = booleanOf(node);
    if (value !== undefined) return value;
    const meant = node.kind === 'scalar' ? truths.get(node.text.toLowerCase()) : undefined;
    const instead = meant === undefined ? [] : [{ text: String(meant), span: node.span, safe: true }];
    const found = node.kind === 'scalar' ? `\`${node.text}\`` : shown(node);
    return at.reading.invalid(node.span, unexpected(translated(flag.expects), found), instead);
  },
};

/** Any text. */
export function text(expects = 'a text'): ValueType<string> {
  const type: ValueType<string> = {
    name: 'text',
    expects,
    read: (node, at) => (node.kind === 'scalar' ? node.text.trim() : mismatch(type, node, at)),
  };
  return type;
}

const dateExpects = 'a date such as 2026-01-31';

/** A day that the calendar has, YYYY-MM-DD. */
export const date: ValueType<string> = {
  name: 'date',
  expects: dateExpects,
  read(node, at) {
    const written = node.kind === 'scalar' ? node.text : '';
    const time = /^\d{4}-\d{2}-\d{2}$/.test(written) ? Date.parse(`${written}T00:00:00Z`) : Number.NaN;
    const exists = !Number.isNaN(time) && new Date(time).toISOString().startsWith(written);
    return exists ? written : mismatch({ expects: dateExpects }, node, at);
  },
};

/** The name of something declared elsewhere; noted as a mention for the linker to look up. */
export function nameOf(kind: Mention['kind'], what: string): ValueType<string> {
  const type: ValueType<string> = {
    name: 'name',
    expects: what,
    refers: kind,
    read(node, at) {
      if (node.kind !== 'scalar' || node.text === '') return mismatch(type, node, at);
      mentionAt(kind, node.text, node, at);
      return node.text;
    },
  };
  return type;
}

/** Notes a mention of a name that takes the given part of a scalar's text (all of it where nothing is given). */
export function mentionAt(kind: Mention['kind'], name: string, node: SoundNode, at: At, from = 0, length?: number): void {
  const inner = innerSpan(node);
  const exact = node.kind === 'scalar' && inner.end - inner.start === node.text.length;
  const start = inner.start + (exact ? from : 0);
  const end = exact && length !== undefined ? start + length : inner.end;
  at.reading.mention(kind, name, { start, end }, at.via);
}
