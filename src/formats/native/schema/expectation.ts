import * as l10n from '@vscode/l10n';
import type { KeyPlace } from '../../../model/origin';
import { type Expectation, type Measure, variants } from '../../../model/scenario';
import { notOfForm, type Read, readDuration, readShare } from '../../../model/units';
import { type At, below } from '../reading';
import { translated } from '../translated';
import { block, type Fields, mismatch, readValue, shown, unexpected, type ValueType } from '../types';
import { duration, mentionAt, nameOf, oneOf, reasonText } from '../values';

type Subject = Expectation['subject']['kind'];
type Unit = 'share' | 'duration' | 'number';

interface Bound {
  readonly comparison?: Expectation['comparison'];
  readonly bound: number;
}

/** The measures by what they are taken of, each with its unit. */
const measures: Readonly<Record<Measure, { readonly of: Subject; readonly unit: Unit; readonly doc: string; readonly example: string }>> = {
  success: { of: 'journey', unit: 'share', doc: 'The share of requests answered, degraded answers included. At least.', example: '99%' },
  degraded: { of: 'journey', unit: 'share', doc: 'The share of requests answered without a feature. At most.', example: '5%' },
  p50: { of: 'journey', unit: 'duration', doc: 'The median latency. At most.', example: '100ms' },
  p99: { of: 'journey', unit: 'duration', doc: 'The 99th percentile of latency. At most.', example: '800ms' },
  busy: { of: 'component', unit: 'share', doc: 'The share of its slots taken, as the mean of the window. At most.', example: '80%' },
  queue: { of: 'component', unit: 'number', doc: 'How many requests wait. At most.', example: '20' },
  attempts: { of: 'call', unit: 'number', doc: 'Attempts per request. At most.', example: '1.5' },
  duplicateEffects: { of: 'call', unit: 'number', doc: 'Operations that took effect more than once. At most.', example: '0' },
  breakerOpened: { of: 'call', unit: 'number', doc: 'How often its breaker opened. At most.', example: '1' },
};

const comparisons: ReadonlyMap<string, Expectation['comparison']> = new Map([
  ['<', 'below'],
  ['<=', 'at-most'],
  ['>', 'above'],
  ['>=', 'at-least'],
]);

function boundOf(measure: Measure): ValueType<Bound> {
  const { unit, example } = measures[measure];
  const type: ValueType<Bound> = {
    name: 'bound',
    expects: `${unit === 'share' ? 'a percentage' : unit === 'duration' ? 'a duration' : 'a number'} such as ${example} or "< ${example}"`,
    read(node, at) {
      if (node.kind !== 'scalar') return mismatch(type, node, at);
      const [, sign = '', rest = ''] = /^\s*([<>]=?)?\s*(.*)$/s.exec(node.text) ?? [];
      const read = readBound(unit, rest);
      if (!read.ok) {
        const instead = read.instead.map((text, index) => ({
          text: sign ? `"${sign} ${text}"` : text,
          span: node.span,
          safe: index === 0,
        }));
        const message = read.expected ? unexpected(translated(type.expects), shown(node)) : reasonText(read, node);
        return at.reading.invalid(node.span, message, instead);
      }
      const comparison = comparisons.get(sign);
      return { bound: read.value, ...(comparison && { comparison }) };
    },
  };
  return type;
}

function readBound(unit: Unit, text: string): Read<number> {
  if (unit === 'share') return readShare(text);
  if (unit === 'duration') return readDuration(text);
  return /^\d+(?:\.\d+)?$/.test(text.trim()) ? { ok: true, value: Number(text) } : notOfForm(l10n.t('a number'));
}

/** `a -> b`, with the operation behind it where the pair has several. */
const callName: ValueType<string> = {
  name: 'name',
  expects: 'a call such as `api -> db`, with its operation behind it where there are several',
  refers: 'call',
  read(node, at) {
    const match = node.kind === 'scalar' ? /^(\S.*?)\s*->\s*(\S.*)$/.exec(node.text) : undefined;
    if (!match) return mismatch(callName, node, at);
    const [, from = '', rest = ''] = match;
    const to = rest.split(/\s/, 1)[0] ?? rest;
    mentionAt('component', from, node, at, 0, from.length);
    mentionAt('component', to, node, at, match[0].length - rest.length, to.length);
    const name = `${from} -> ${rest.trimEnd()}`;
    mentionAt('call', name, node, at);
    return name;
  },
};

type RawExpectation = { readonly [M in Measure]?: Bound } & {
  readonly journey?: string;
  readonly component?: string;
  readonly call?: string;
} & Pick<Expectation, 'from' | 'to' | 'variant' | 'recoversWithin'>;

const measureNames = Object.keys(measures) as readonly Measure[];

function measureField(measure: Measure) {
  return { type: boundOf(measure), doc: measures[measure].doc, examples: [measures[measure].example] };
}

const fields: Fields<RawExpectation> = {
  journey: { type: nameOf('journey', 'the name of a journey'), doc: 'The journey that is measured.', examples: ['checkout'] },
  component: { type: nameOf('component', 'the name of a component'), doc: 'The component that is measured.', examples: ['api'] },
  call: { type: callName, doc: 'The call that is measured.', examples: ['api -> db'] },
  success: measureField('success'),
  degraded: measureField('degraded'),
  p50: measureField('p50'),
  p99: measureField('p99'),
  busy: measureField('busy'),
  queue: measureField('queue'),
  attempts: measureField('attempts'),
  duplicateEffects: measureField('duplicateEffects'),
  breakerOpened: measureField('breakerOpened'),
  from: { type: duration('10s', 's'), doc: 'The start of the stretch that counts.', default: '0s', examples: ['10s'] },
  to: { type: duration('40s', 's'), doc: 'The end of the stretch that counts.', default: 'the end of the run', examples: ['40s'] },
  variant: {
    type: oneOf(variants, 'a variant'),
    doc: 'The variant of the system that is run.',
    default: 'written',
    examples: ['protected'],
  },
  recoversWithin: {
    type: duration('30s', 's'),
    doc: 'How soon after the last event it must hold again.',
    examples: ['30s'],
  },
};

const rawExpectation = block(fields, { what: 'an expectation', expects: 'an expectation such as `{ journey: browse, success: 99% }`' });

/** The expectations of a scenario. An entry with two measures is two of them; paths count them as the model does. */
export const expectations: ValueType<readonly Expectation[]> = {
  name: 'list',
  expects: 'a list of expectations such as `- { journey: browse, success: 99% }`',
  item: rawExpectation,
  read(node, at) {
    if (node.kind !== 'list') return mismatch(expectations, node, at);
    const result: Expectation[] = [];
    for (const item of node.items) {
      const keys = new Map<string, KeyPlace>();
      const inner: At = { ...below(at, '', item.span, at.via), path: '', keys };
      const raw = readValue(rawExpectation, item, inner);
      if (!raw) continue;
      for (const { expectation, measure } of expectationsOf(raw, inner)) {
        const path = `${at.path}.${result.length}`;
        const place = at.via ?? item.span;
        at.keys.set(path, { key: place, value: place });
        for (const [key, keyPlace] of keys) {
          if (key === measure || !(key in measures)) at.keys.set(`${path}.${key}`, keyPlace);
        }
        result.push(expectation);
      }
    }
    return result;
  },
};

function foreignText(measure: Measure, kind: Subject): string {
  const of = subjectText(measures[measure].of);
  return l10n.t('`{0}` is measured of {1}, not of {2}.', measure, of, subjectText(kind));
}

function subjectText(kind: Subject): string {
  switch (kind) {
    case 'journey':
      return l10n.t('a journey');
    case 'component':
      return l10n.t('a component');
    case 'call':
      return l10n.t('a call');
  }
}

function expectationsOf(raw: RawExpectation, at: At): readonly { readonly expectation: Expectation; readonly measure: Measure }[] {
  const subjects = (['journey', 'component', 'call'] as const).filter((kind) => at.keys.has(kind));
  const [kind, second] = subjects;
  const fail = (key: string | undefined, message: string): readonly [] => {
    at.reading.invalid((key === undefined ? undefined : at.keys.get(key)?.key) ?? at.owner, message);
    return [];
  };
  if (kind === undefined) return fail(undefined, l10n.t('An expectation is about a `journey`, a `component` or a `call`.'));
  if (second !== undefined) return fail(second, l10n.t('An expectation is about one thing; `{0}` is there already.', kind));
  const written = measureNames.filter((measure) => at.keys.has(measure));
  const possible = measureNames.filter((measure) => measures[measure].of === kind);
  if (written.length === 0)
    return fail(undefined, l10n.t('Nothing is measured here. Expected one of {0}.', possible.map((word) => `\`${word}\``).join(', ')));
  const foreign = written.find((measure) => measures[measure].of !== kind);
  if (foreign) return fail(foreign, foreignText(foreign, kind));
  const { from, to, variant, recoversWithin } = raw;
  const name = raw[kind];
  if (name === undefined) return [];
  if (from !== undefined && to !== undefined && to <= from) return fail('to', l10n.t('This ends before it starts.'));
  const shared = {
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
    ...(variant !== undefined && { variant }),
    ...(recoversWithin !== undefined && { recoversWithin }),
  };
  return written.flatMap((measure) => {
    const value = raw[measure];
    if (!value) return [];
    const comparison = value.comparison ?? (measure === 'success' ? 'at-least' : 'at-most');
    return [{ measure, expectation: { subject: { kind, name }, measure, comparison, bound: value.bound, ...shared } }];
  });
}
