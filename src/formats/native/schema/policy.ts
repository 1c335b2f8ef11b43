import {
  backoffs,
  type CallPolicy,
  type CircuitBreaker,
  type Fallback,
  jitters,
  presets,
  type Retry,
  type RetryBudget,
  retryCauses,
} from '../../../model/call';
import { block, either, type Fields, list, map, orNone, orWord, type ValueType } from '../types';
import { count, decimal, duration, flag, nameOf, oneOf, share, text } from '../values';

const budget = either<RetryBudget>(
  {
    scalar: map(share('10%'), (value) => ({ share: value })),
    map: block<{ readonly tokens: number; readonly cost?: number; readonly refund?: number }>(
      {
        tokens: {
          type: decimal('a number such as 500'),
          doc: 'How many tokens there are when it is full.',
          required: true,
          examples: ['500'],
        },
        cost: { type: decimal('a number such as 5'), doc: 'What a retry takes.', default: '1', examples: ['5'] },
        refund: { type: decimal('a number such as 1', 0, true), doc: 'What a success gives back.', examples: ['1'] },
      },
      { what: 'a retry budget', expects: '`{ tokens: 500, cost: 5, refund: 1 }`' },
    ),
  },
  'a share of the calls such as 10%, or `{ tokens: 500, cost: 5, refund: 1 }`',
);

export const retryFields: Fields<Retry> = {
  maxAttempts: {
    type: orWord(count(1), 'unlimited'),
    doc: 'How often it is tried in all, the first attempt included.',
    default: 'unbounded, as a bare loop is',
    examples: ['3', 'unlimited'],
  },
  backoff: {
    type: oneOf(backoffs, 'a back-off'),
    doc: 'How the wait grows from one retry to the next.',
    default: 'none; exponential where `base` is written',
    examples: ['exponential'],
  },
  base: { type: duration('100ms'), doc: 'What the first retry waits.', default: '100ms', examples: ['100ms'] },
  factor: {
    type: decimal('a number such as 2'),
    doc: 'What an exponential wait is multiplied by each time.',
    default: '2',
    examples: ['2'],
  },
  cap: { type: duration('2s', 's'), doc: 'The longest wait.', default: 'no cap', examples: ['2s'] },
  jitter: {
    type: oneOf(jitters, 'a jitter'),
    doc: 'How waits are spread, so that clients do not come back as one wave. Proportional is ± 50%.',
    default: 'none',
    examples: ['full'],
  },
  budget: {
    type: budget,
    doc: 'Bounds the retries of all calls together: a share p adds p for each first attempt, and a retry costs 1.',
    default: 'none',
    examples: ['10%', '{ tokens: 500, cost: 5, refund: 1 }'],
  },
  on: {
    type: list(oneOf(retryCauses, 'a cause'), 'a list of causes such as [timeout, refused]'),
    doc: 'What is retried.',
    default: 'all four',
    examples: ['[timeout, refused]'],
  },
};

const window: ValueType<NonNullable<CircuitBreaker['window']>> = {
  name: 'either',
  expects: 'a duration such as 10s, or a number of calls such as 100',
  alternatives: [duration('10s', 's'), count(1)],
  read(node, at) {
    if (node.kind === 'scalar' && /^-?\d+$/.test(node.text)) {
      const calls = count(1).read(node, at);
      return calls === undefined ? undefined : { calls };
    }
    const seconds = duration('10s', 's').read(node, at);
    return seconds === undefined ? undefined : { seconds };
  },
};

export const breakerFields: Fields<CircuitBreaker> = {
  failures: { type: count(1), doc: 'It opens after so many failures in a row.', examples: ['5'] },
  errorRate: { type: share('50%'), doc: 'It opens when this share of the calls in the window failed.', examples: ['50%'] },
  window: {
    type: window,
    doc: 'The stretch over which the error rate is taken: a duration, or a number of calls.',
    examples: ['10s', '100'],
  },
  minimumCalls: { type: count(1), doc: 'Below so many calls in the window no rate is taken.', default: '20', examples: ['20'] },
  slowRate: { type: share('100%'), doc: 'It opens when this share of the calls was slow.', examples: ['100%'] },
  slowCall: { type: duration('1s', 's'), doc: 'From when on a call counts as slow.', examples: ['1s'] },
  cooldown: { type: duration('30s', 's'), doc: 'How long it stays open.', default: '30s', examples: ['30s'] },
  trialCalls: { type: count(1), doc: 'How many calls are let through when it is half-open.', default: '1', examples: ['1'] },
  counts: {
    type: oneOf(['calls', 'attempts'], 'what a breaker counts'),
    doc: 'Whether the breaker is around the retry (`calls`) or around each attempt.',
    default: 'calls',
    examples: ['attempts'],
  },
};

const fallback = either<Fallback>(
  {
    scalar: map(text('a word such as `cached`'), (word) => ({ kind: 'degrade', word })),
    map: map(
      block<{ readonly to: string }>(
        {
          to: {
            type: nameOf('component', 'the name of a component'),
            doc: 'The component that answers instead.',
            required: true,
            examples: ['cache'],
          },
        },
        { what: 'a fallback', expects: '`{ to: other }`' },
      ),
      ({ to }) => ({ kind: 'component', to }),
    ),
  },
  'a word such as `cached`, or `{ to: other }`',
);

export const policyFields: Fields<CallPolicy> = {
  timeout: {
    type: orNone(duration('500ms')),
    doc: 'How long one attempt may take.',
    default: 'missing: it waits forever',
    examples: ['500ms', 'none'],
  },
  deadline: {
    type: orNone(duration('2s')),
    doc: 'How long the call may take with all its attempts and waits.',
    default: 'none',
    examples: ['2s'],
  },
  retry: {
    type: orNone(
      block(retryFields, { what: 'a retry', expects: 'a retry such as `{ maxAttempts: 3, backoff: exponential, jitter: full }`' }),
    ),
    doc: 'What failed is tried again. Without `maxAttempts` there is no bound.',
    default: 'one attempt',
    examples: ['{ maxAttempts: 3, backoff: exponential, base: 100ms, cap: 2s, jitter: full, budget: 10% }'],
  },
  circuitBreaker: {
    type: orNone(
      block(breakerFields, { what: 'a circuit breaker', expects: 'a circuit breaker such as `{ failures: 5, cooldown: 30s }`' }),
    ),
    doc: 'Calls to what keeps failing are refused at once for a while.',
    default: 'none',
    examples: ['{ failures: 5, cooldown: 30s }', '{ errorRate: 50%, window: 10s, minimumCalls: 20 }'],
  },
  preset: {
    type: oneOf(presets, 'a library with a preset'),
    doc: 'A library whose own defaults hold for the keys not written in the blocks that are, and for what it does with every call.',
    default: 'none',
    examples: ['resilience4j'],
  },
  bulkhead: {
    type: orNone(
      block<{ readonly concurrency: number }>(
        {
          concurrency: {
            type: count(1),
            doc: 'How much of the caller’s pool this call may hold.',
            required: true,
            examples: ['4'],
          },
        },
        { what: 'a bulkhead', expects: '`{ concurrency: 4 }`' },
      ),
    ),
    doc: 'Bounds how much of the caller’s pool this call may hold.',
    default: 'none',
    examples: ['{ concurrency: 4 }'],
  },
  fallback: {
    type: orNone(fallback),
    doc: 'What the caller does when the call fails: a word for a degraded answer, or another component that answers instead.',
    default: 'none',
    examples: ['cached', '{ to: replica }'],
  },
  idempotent: {
    type: flag,
    doc: 'Whether the operation may be repeated without a second effect.',
    default: 'from the verb: GET, HEAD, OPTIONS, PUT and DELETE may, POST and PATCH may not',
    examples: ['true'],
  },
  idempotencyKey: {
    type: text('the name of a header or field'),
    doc: 'The header or field by which the callee recognises a repeated request.',
    examples: ['Idempotency-Key'],
  },
};

/** The keys of a policy, in the order in which they are documented. */
export const policyKeys = Object.keys(policyFields) as readonly (keyof CallPolicy)[];

export const policyType = block(policyFields, {
  what: 'a policy',
  expects: 'a policy such as `{ timeout: 500ms, retry: { maxAttempts: 3 } }`',
});
