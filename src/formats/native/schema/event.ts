import * as l10n from '@vscode/l10n';
import type { Fault, FaultTarget, ScenarioEvent } from '../../../model/scenario';
import { block, list, map, mismatch, type ValueType } from '../types';
import { decimal, duration, mentionAt, nameOf, share } from '../values';

/** A component, `component#2`, `zone NAME`, `region NAME` or `sharedFate NAME`. */
export const target: ValueType<FaultTarget> = {
  name: 'target',
  expects: 'a component, `component#2`, `zone NAME`, `region NAME` or `sharedFate NAME`',
  refers: 'component',
  read(node, at) {
    if (node.kind !== 'scalar' || node.text === '') return mismatch(target, node, at);
    const place = /^(zone|region|sharedFate)\s+(\S.*)$/.exec(node.text);
    if (place) {
      const [, kind, name = ''] = place;
      if (kind !== 'zone' && kind !== 'region' && kind !== 'sharedFate') return undefined;
      mentionAt(kind, name, node, at, node.text.length - name.length, name.length);
      return { kind, name };
    }
    const [, name = node.text, number] = /^(.+)#(\d+)$/.exec(node.text) ?? [];
    mentionAt('component', name, node, at, 0, name.length);
    if (number === undefined) return { kind: 'component', name };
    const replica = Number(number);
    if (replica < 1) return at.reading.invalid(node.span, l10n.t('Replicas are counted from 1.'));
    return { kind: 'replica', name, replica };
  },
};

const component = nameOf('component', 'the name of a component');
const side = list(component, 'a list of components such as [api, db]');
const sides: ValueType<readonly [readonly string[], readonly string[]]> = map(
  list(side, 'two lists of components such as [[api], [db]]'),
  (value, at) => {
    const [one, other, ...more] = value;
    if (one && other && more.length === 0) return [one, other] as const;
    return at.reading.invalid(at.owner, l10n.t('A partition has two sides, such as `[[api], [db]]`.'));
  },
);

interface RawEvent {
  readonly at: number;
  readonly kill?: FaultTarget;
  readonly crash?: FaultTarget;
  readonly restore?: FaultTarget;
  readonly slow?: FaultTarget;
  readonly errors?: FaultTarget;
  readonly partition?: readonly [readonly string[], readonly string[]];
  readonly load?: string;
  readonly factor?: number;
  readonly add?: number;
  readonly share?: number;
}

const actions = ['kill', 'crash', 'restore', 'slow', 'errors', 'partition', 'load'] as const;

const rawEvent = block<RawEvent>(
  {
    at: { type: duration('10s', 's'), doc: 'When it happens, from the start of the run.', required: true, examples: ['10s'] },
    kill: { type: target, doc: 'It stops answering: calls to it hang.', examples: ['db', 'api#2', 'zone us-east-1a'] },
    crash: { type: target, doc: 'It refuses at once.', examples: ['db'] },
    restore: { type: target, doc: 'It works again.', examples: ['db'] },
    slow: { type: target, doc: 'Its own work takes `factor` times as long, or `add` longer.', examples: ['db'] },
    errors: { type: target, doc: 'A `share` of its requests fails.', examples: ['payment'] },
    partition: { type: sides, doc: 'The two sides no longer reach each other.', examples: ['[[api], [db]]'] },
    load: { type: nameOf('journey', 'the name of a journey'), doc: 'The journey’s rate is multiplied by `factor`.', examples: ['browse'] },
    factor: { type: decimal('a number such as 5'), doc: 'How many times as slow, or as much load.', examples: ['5'] },
    add: { type: duration('200ms'), doc: 'What is added to every request’s own work.', examples: ['200ms'] },
    share: { type: share('20%'), doc: 'The share of the requests that fail.', examples: ['20%'] },
  },
  { what: 'an event', expects: 'an event such as `{ at: 10s, kill: db }`' },
);

/** What may be said beside an action, and whether it must. */
const details: Readonly<Record<(typeof actions)[number], readonly ('factor' | 'add' | 'share')[]>> = {
  kill: [],
  crash: [],
  restore: [],
  slow: ['factor', 'add'],
  errors: ['share'],
  partition: [],
  load: ['factor'],
};

export const eventType: ValueType<ScenarioEvent> = map(rawEvent, (raw, at) => {
  const place = (key: string) => at.keys.get(`${at.path}.${key}`);
  const written = actions.filter((action) => place(action) !== undefined);
  const [action, second] = written;
  if (action === undefined)
    return at.reading.invalid(
      at.owner,
      l10n.t('This event does nothing. Expected one of {0}.', actions.map((word) => `\`${word}\``).join(', ')),
    );
  if (second !== undefined)
    return at.reading.invalid(place(second)?.key ?? at.owner, l10n.t('An event does one thing; `{0}` is there already.', action));
  for (const key of ['factor', 'add', 'share'] as const) {
    if (place(key) && !details[action].includes(key))
      return at.reading.invalid(place(key)?.key ?? at.owner, l10n.t('`{0}` says nothing about `{1}`.', key, action));
  }
  if (details[action].length > 0 && !details[action].some((key) => place(key) !== undefined)) {
    const [one = '', other] = details[action];
    const message =
      other === undefined ? l10n.t('`{0}` needs `{1}`.', action, one) : l10n.t('`{0}` needs `{1}` or `{2}`.', action, one, other);
    return at.reading.invalid(place(action)?.key ?? at.owner, message);
  }
  const fault = faultOf(raw);
  return fault && { at: raw.at, fault };
});

function faultOf(raw: RawEvent): Fault | undefined {
  const { kill, crash, restore, slow, errors, partition, load, factor, add, share: part } = raw;
  if (kill) return { kind: 'kill', target: kill };
  if (crash) return { kind: 'crash', target: crash };
  if (restore) return { kind: 'restore', target: restore };
  if (slow && (factor !== undefined || add !== undefined)) {
    return { kind: 'slow', target: slow, ...(factor !== undefined && { factor }), ...(add !== undefined && { add }) };
  }
  if (errors && part !== undefined) return { kind: 'errors', target: errors, share: part };
  if (partition) return { kind: 'partition', sides: partition };
  return load !== undefined && factor !== undefined ? { kind: 'load', journey: load, factor } : undefined;
}
