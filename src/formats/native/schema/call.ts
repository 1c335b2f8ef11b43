import type { CallPolicy } from '../../../model/call';
import { block, either, type Fields, list, map } from '../types';
import { count, flag, nameOf, share, text } from '../values';
import { policyFields } from './policy';

/** One entry under `calls`, which may stand for several calls. */
export interface WrittenCalls extends CallPolicy {
  readonly from: readonly string[];
  readonly to: readonly string[];
  readonly operation?: string;
  readonly journeys?: readonly string[];
  readonly count?: number;
  readonly share?: number;
  readonly parallel?: string;
  readonly required?: boolean;
  readonly async?: boolean;
  readonly policy?: string;
}

const component = nameOf('component', 'the name of a component');
const components = either<readonly string[]>(
  { scalar: map(component, (name) => [name]), list: list(component, 'a list of components such as [web, app]') },
  'the name of a component, or a list of them',
);

export const callFields: Fields<WrittenCalls> = {
  from: { type: components, doc: 'The caller, or a list of them.', required: true, examples: ['api'] },
  to: { type: components, doc: 'The callee, or a list of them.', required: true, examples: ['db'] },
  operation: {
    type: text('an operation such as GET /orders'),
    doc: 'What is called. A leading HTTP verb tells whether it is idempotent.',
    examples: ['GET /orders', 'POST /charge'],
  },
  journeys: {
    type: list(nameOf('journey', 'the name of a journey'), 'a list of journeys such as [checkout]'),
    doc: 'The journeys that make this call.',
    default: 'all that pass the caller',
    examples: ['[checkout]'],
  },
  count: { type: count(1), doc: 'How often one request makes it.', default: '1', examples: ['3'] },
  share: {
    type: share('20%'),
    doc: 'The share of the requests that make it: a cache’s misses, or one branch of two.',
    default: '100%',
    examples: ['20%'],
  },
  parallel: {
    type: text('a word'),
    doc: 'Calls of one caller with the same word run together.',
    default: 'in sequence, as listed',
    examples: ['a'],
  },
  required: { type: flag, doc: 'Whether the caller needs it. With `false` it does without.', default: 'true', examples: ['false'] },
  async: {
    type: flag,
    doc: 'The caller does not wait for the work. To a queue, the publish itself is still a call that can fail.',
    default: 'false; true for what a queue delivers',
    examples: ['true'],
  },
  policy: {
    type: nameOf('policy', 'the name of a policy'),
    doc: 'A name under `policies` whose keys hold where the call writes none.',
    default: '`default`, where there is one',
    examples: ['careful'],
  },
  ...policyFields,
};

export const callType = block(callFields, { what: 'a call', expects: 'a call such as `{ from: api, to: db, timeout: 500ms }`' });
