import fc from 'fast-check';
import type { CallPolicy, CircuitBreaker, Retry } from '../../src/model/call';
import type { Change } from '../../src/remedies/change';

/** How one random file is written. */
interface Habits {
  readonly indent: number;
  readonly dashIndent: number;
  readonly padded: boolean;
  readonly eol: string;
  readonly finalBreak: boolean;
  readonly blankLines: boolean;
}

const habits: fc.Arbitrary<Habits> = fc.record({
  indent: fc.constantFrom(2, 2, 4),
  dashIndent: fc.constantFrom(0, 2),
  padded: fc.boolean(),
  eol: fc.constantFrom('\n', '\n', '\r\n'),
  finalBreak: fc.boolean(),
  blankLines: fc.boolean(),
});

type Tree = string | readonly (readonly [string, Tree])[];
interface Entry {
  readonly keys: readonly (readonly [string, Tree])[];
  readonly block: boolean;
  /** Whether mappings inside it stand on lines of their own. */
  readonly deep: boolean;
  readonly comments: readonly string[];
}

const comment = fc.constantFrom('', '', '  # a remark: { x, [y', ' # ends here', '\t# tabbed');
const retryTree = fc.subarray(
  [
    ['maxAttempts', '4'],
    ['backoff', 'exponential'],
    ['base', '100ms'],
    ['cap', '"2s"'],
    ['jitter', 'none'],
  ] as const,
  { minLength: 1 },
);
const breakerTree = fc.subarray(
  [
    ['failures', '5'],
    ['cooldown', "'30s'"],
  ] as const,
  { minLength: 1 },
);

const callKeys = fc
  .record({
    operation: fc.constantFrom(undefined, 'GET /a', '"POST /b, c"'),
    timeout: fc.constantFrom(undefined, '500ms', 'none', '"2s"', ''),
    retry: fc.option(fc.oneof(retryTree, fc.constant('none'), fc.constant('*r')), { nil: undefined }),
    circuitBreaker: fc.option(breakerTree, { nil: undefined }),
    fallback: fc.constantFrom(undefined, 'stale', '{ to: other }'),
    policy: fc.constantFrom(undefined, undefined, 'slow'),
  })
  .map((keys): [string, Tree][] =>
    Object.entries(keys).flatMap(([key, value]): [string, Tree][] => (value === undefined ? [] : [[key, value]])),
  );

const components = ['api', 'db', 'other'] as const;
const pairs = [
  ['api', 'db'],
  ['api', 'other'],
  ['db', 'other'],
  ['other', 'db'],
] as const;

/** A text of our language with calls and components written in many ways, and changes to make to it. */
export const fileWithChanges: fc.Arbitrary<{ readonly text: string; readonly changes: readonly Change[] }> = fc
  .record({
    habits,
    calls: fc.tuple(
      ...pairs.map(() =>
        fc.option(
          fc.record({
            keys: callKeys,
            shuffled: fc.boolean(),
            block: fc.boolean(),
            deep: fc.boolean(),
            comments: fc.array(comment, { maxLength: 8 }),
          }),
        ),
      ),
    ),
    components: fc.tuple(
      ...components.map(() =>
        fc.record({
          keys: fc.subarray([
            ['kind', 'service'],
            ['replicas', '1'],
            ['zones', '[a]'],
            ['owner', '"us: all"'],
          ] as const),
          block: fc.boolean(),
          comments: fc.array(comment, { maxLength: 4 }),
        }),
      ),
    ),
    policies: fc.constantFrom('none', 'block', 'flow', 'lines'),
    changes: fc.array(change(), { minLength: 1, maxLength: 3 }),
  })
  .map((shape) => ({ text: textOf(shape), changes: shape.changes }));

function change(): fc.Arbitrary<Change> {
  const call = fc.constantFrom(...pairs.map(([from, to]) => `${from} -> ${to}`));
  return fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant('set-call' as const), call, fields: callFields() }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('set-component' as const),
        component: fc.constantFrom(...components),
        fields: fc.constantFrom({ replicas: 2 }, { replicas: 2, zones: ['a', 'b'] }, { failover: { automatic: true, within: 60 } }),
      }),
    },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant('use-policy' as const), call, name: fc.constant('slow') }) },
    {
      weight: 1,
      arbitrary: fc.record({
        kind: fc.constant('define-policy' as const),
        name: fc.constantFrom('slow', 'new'),
        policy: fc.record({ timeout: fc.constant(0.3), retry: retryValue() }),
      }),
    },
  );
}

function retryValue(): fc.Arbitrary<Retry> {
  return fc.constantFrom<Retry>(
    { maxAttempts: 3, backoff: 'exponential', base: 0.05, cap: 1, jitter: 'full', budget: { share: 0.1 } },
    { maxAttempts: 4, backoff: 'exponential', base: 0.1, cap: 2, jitter: 'full' },
    { maxAttempts: 2 },
  );
}

function callFields(): fc.Arbitrary<CallPolicy & { required?: boolean }> {
  return fc
    .record({
      timeout: fc.option(fc.constantFrom(0.3, 1, 'none' as const), { nil: undefined }),
      retry: fc.option(retryValue(), { nil: undefined }),
      circuitBreaker: fc.option(fc.constantFrom<CircuitBreaker>({ failures: 5, cooldown: 30, trialCalls: 1 }), { nil: undefined }),
      required: fc.option(fc.constant(false), { nil: undefined }),
    })
    .map((fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)));
}

type Shape = {
  readonly habits: Habits;
  readonly calls: readonly ({
    keys: readonly (readonly [string, Tree])[];
    shuffled: boolean;
    block: boolean;
    deep: boolean;
    comments: readonly string[];
  } | null)[];
  readonly components: readonly { keys: readonly (readonly [string, string])[]; block: boolean; comments: readonly string[] }[];
  readonly policies: string;
};

function textOf({ habits: style, calls, components: written, policies }: Shape): string {
  const lines: string[] = [
    '# a file',
    'faultline: 1',
    'x-shared:',
    `${' '.repeat(style.indent)}retry: &r { maxAttempts: 3, base: 100ms } # shared`,
  ];
  const gap = () => style.blankLines && lines.push('');
  gap();
  lines.push('components:');
  components.forEach((name, i) => {
    const { keys = [], block = false, comments = [] } = written[i] ?? {};
    const dependsOn = calls.flatMap((call, at) => (call === null && pairs[at]?.[0] === name ? pairs[at][1] : []));
    const all: [string, Tree][] = [
      ...keys.map(([key, value]): [string, Tree] => [key, value]),
      ...(dependsOn.length > 0 ? [['dependsOn', `[${dependsOn.join(', ')}]`] as [string, Tree]] : []),
    ];
    lines.push(
      ...entryLines(style, ' '.repeat(style.indent), `${name}:`, { keys: all, block: block && all.length > 0, deep: false, comments }),
    );
  });
  if (policies !== 'none') {
    gap();
    if (policies === 'flow') lines.push('policies: { slow: { timeout: 5s } } # all');
    else {
      lines.push('policies:');
      lines.push(
        ...entryLines(style, ' '.repeat(style.indent), 'slow:', {
          keys: [
            ['timeout', '5s'],
            ['retry', '*r'],
          ],
          block: policies === 'lines',
          deep: false,
          comments: ['', '  # slow'],
        }),
      );
    }
  }
  gap();
  lines.push('# the calls');
  if (calls.some((call) => call !== null)) lines.push('calls:');
  calls.forEach((call, i) => {
    const [from, to] = pairs[i] ?? ['api', 'db'];
    if (!call) return;
    const keys: (readonly [string, Tree])[] = [['from', from], ['to', to], ...call.keys];
    const ordered = call.shuffled ? [...keys].reverse() : keys;
    const usable = policies === 'none' ? ordered.filter(([key]) => key !== 'policy') : ordered;
    lines.push(...itemLines(style, { ...call, keys: usable }));
  });
  gap();
  lines.push('journeys:', `${' '.repeat(style.indent)}go: { entry: api } # the only one`);
  return lines.join(style.eol) + (style.finalBreak ? style.eol : '');
}

function flow(style: Habits, tree: Tree): string {
  if (typeof tree === 'string') return tree;
  const pad = style.padded && tree.length > 0 ? ' ' : '';
  return `{${pad}${tree.map(([key, value]) => `${key}: ${flow(style, value)}`.trimEnd()).join(', ')}${pad}}`;
}

function blockLines(style: Habits, indent: string, { keys, deep, comments }: Entry): string[] {
  return keys.flatMap(([key, value], i) => {
    const tail = comments[i] ?? '';
    if (typeof value === 'string' || !deep) return [`${indent}${key}: ${flow(style, value)}`.trimEnd() + tail];
    const inner = indent + ' '.repeat(style.indent);
    return [`${indent}${key}:${tail}`, ...value.map(([name, text]) => `${inner}${name}: ${flow(style, text)}`)];
  });
}

function entryLines(style: Habits, indent: string, head: string, entry: Entry): string[] {
  const tail = entry.comments.at(-1) ?? '';
  if (!entry.block) return [`${indent}${head}${entry.keys.length > 0 ? ` ${flow(style, entry.keys)}` : ''}${tail}`];
  return [`${indent}${head}${tail}`, ...blockLines(style, indent + ' '.repeat(style.indent), entry)];
}

function itemLines(style: Habits, entry: Entry): string[] {
  const dash = ' '.repeat(style.dashIndent);
  if (!entry.block) return [`${dash}- ${flow(style, entry.keys)}${entry.comments.at(-1) ?? ''}`];
  const [first = '', ...rest] = blockLines(style, `${dash}  `, entry);
  return [`${dash}- ${first.trimStart()}`, ...rest];
}
