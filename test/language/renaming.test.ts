import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit } from 'vscode-languageserver-types';
import { isAlias, isScalar, Lexer, parseDocument, visit } from 'yaml';
import { open } from './fixture';
import { Choices, map, type Written, writeYaml } from './randomText';

const kinds = ['component', 'journey', 'scenario', 'zone', 'policy'] as const;

/** Names that may stand for one thing or for several, and the like in other words. */
const pool = [
  'web',
  'web-api',
  'db',
  'größe',
  '日本',
  'night job',
  "it's",
  'say "x"',
  '__proto__',
  'a: b',
  '12',
  '# no',
  'x😀y',
  'null',
] as const;

interface Made {
  readonly files: Readonly<Record<string, string>>;
  readonly names: Readonly<Record<(typeof kinds)[number], readonly string[]>>;
}

/** A system of two files with every kind of reference, written in any way. */
function made(tape: readonly number[]): Made {
  const choices = new Choices(tape);
  const some = (count: number): readonly [string, ...string[]] => {
    const from = choices.below(pool.length);
    const found = Array.from({ length: count }, (_, i) => pool[(from + i * (1 + choices.below(2))) % pool.length] ?? 'web');
    return [found[0] ?? 'web', ...new Set(found.slice(1))];
  };
  const components = some(4);
  const zones = some(2);
  const journeys = some(2);
  const policies = some(2);
  const scenarios = some(2);
  const one = (from: readonly [string, ...string[]]) => choices.one(from);
  const component = (name: string, i: number): readonly [string, Written] => [
    name,
    i === 0
      ? map(['replicas', map(...zones.map((zone) => [zone, '2'] as const))], ['concurrency', '8'])
      : choices.once(2)
        ? map(['kind', 'database'], ['zones', [one(zones)]])
        : map(['dependsOn', [one(components)]]),
  ];
  const call = (i: number): Written =>
    map(
      ['from', choices.once(3) ? [one(components), one(components)] : one(components)],
      ['to', one(components)],
      ['operation', `GET /${one(pool)}${i}`],
      ['policy', one(policies)],
      ['journeys', [one(journeys)]],
    );
  const duplicate = choices.once(3) ? [component(one(components), 1)] : [];
  const topology = map(
    ['faultline', '1'],
    ['system', one(pool)],
    ['zones', map(...zones.map((zone) => [zone, map()] as const))],
    ['components', map(...components.map(component), ...duplicate)],
  );
  const calls = map(
    ['faultline', '1'],
    ['system', 'S'],
    ['policies', map(...policies.map((policy) => [policy, map(['timeout', '1s'], ['description', one(pool)])] as const))],
    ['calls', Array.from({ length: 3 }, (_, i) => call(i))],
    ['components', choices.once(2) ? map([one(components), map(['description', one(pool)])]) : map()],
    ['journeys', map(...journeys.map((name) => [name, map(['entry', one(components)], ['rate', '5/s'])] as const))],
    [
      'scenarios',
      map(
        ...scenarios.map(
          (name) =>
            [
              name,
              map(
                [
                  'events',
                  [
                    map(['at', '1s'], ['kill', `${one(components)}${choices.one(['', '#1'])}`]),
                    map(['at', '2s'], ['crash', `zone ${one(zones)}`]),
                    map(['at', '3s'], ['partition', [[one(components)], [one(components)]]]),
                    map(['at', '4s'], ['load', one(journeys)], ['factor', '2']),
                  ],
                ],
                [
                  'expect',
                  [
                    map(['journey', one(journeys)], ['success', '99%']),
                    map(['component', one(components)], ['busy', '80%']),
                    map(['call', `${one(components)} -> ${one(components)}`], ['attempts', '2']),
                  ],
                ],
              ),
            ] as const,
        ),
      ),
    ],
  );
  const system = typeof topology === 'string' || !('pairs' in topology) ? '' : String(topology.pairs[1]?.[1]);
  const named = (content: Written): Written =>
    typeof content === 'string' || !('pairs' in content)
      ? content
      : { pairs: content.pairs.map(([key, value]) => [key, key === 'system' ? system : value] as const) };
  const newline = choices.one(['\n', '\r\n']);
  const write = (content: Written) => writeYaml(named(content), choices, [...pool], newline);
  return {
    files: { '/s/s.topology.yaml': write(topology), '/s/s.calls.yaml': write(calls) },
    names: { component: components, zone: zones, journey: journeys, policy: policies, scenario: scenarios },
  };
}

interface Leaf {
  /** As it stands in the text. */
  readonly source: string;
  readonly value: string;
}

/** What YAML's own parser makes of a text: keys and values in order, and the comments. */
function leavesOf(text: string): { readonly leaves: readonly Leaf[]; readonly comments: readonly string[]; readonly rest: number } {
  const document = parseDocument(text, { uniqueKeys: false });
  const leaves: Leaf[] = [];
  visit(document, {
    Node(_, node) {
      const [start = 0, end = 0] = node.range ?? [];
      if (isScalar(node)) leaves.push({ source: text.slice(start, end), value: String(node.value) });
      else if (isAlias(node)) leaves.push({ source: text.slice(start, end), value: `*${node.source}` });
    },
  });
  const tokens = [...new Lexer().lex(text)];
  return { leaves, comments: tokens.filter((token) => token.startsWith('#')), rest: tokens.length };
}

/** What is said of a system with a name that stands nowhere else put back to the old one. */
function saidOf(files: Made['files'], fresh: string, old: string): { readonly model: string; readonly findings: readonly string[] } {
  const { linked, service } = open(files);
  const inner = (text: string) => JSON.stringify(text).slice(1, -1);
  const back = (text: string) => text.replaceAll(fresh, old);
  const dump = JSON.stringify(linked.system, (_, value: unknown) => (value instanceof Map || value instanceof Set ? [...value] : value));
  const findings = [...service.diagnostics(linked)].flatMap(([file, list]) =>
    list.map(
      ({ code, severity, message, range }) =>
        `${file}:${range.start.line} ${code} ${severity} ${back(String(message).replace(/ Did you mean .*?\?/, ''))}`,
    ),
  );
  return { model: dump.replaceAll(inner(fresh), inner(old)), findings: findings.sort() };
}

describe('renaming in a random text', () => {
  const tape = fc.array(fc.nat(2 ** 20), { minLength: 40, maxLength: 400 });
  const fresh = fc.constantFrom('zzz', 'zz top', "z'z", 'z "z" z', 'zz: z', '# z', 'z🎉z', 'ζζζ', '*zz', 'zz, z', '[zz', '777777');

  it('changes every mention and nothing else, and leaves the findings as they were', () => {
    let done = 0;
    fc.assert(
      fc.property(tape, fresh, fc.nat(), fc.nat(), (numbers, name, which, nth) => {
        const { files, names } = made(numbers);
        const opened = open(files);
        const kind = kinds[which % kinds.length] ?? 'component';
        const old = names[kind][nth % names[kind].length] ?? '';
        const place = opened.linked.origins.get(`${kind} ${old}`)?.[0];
        assert.ok(place, JSON.stringify([kind, old]));
        const before = saidOf(files, name, old);
        const at = TextDocument.create('', '', 1, files[place.file] ?? '').positionAt(place.name?.start ?? place.entry.start);
        const edit = opened.service.rename(opened.linked, place.file, at, name);
        assert.ok(edit, `${kind} ${old}`);
        if ('refused' in edit) return;
        done++;
        const after = { ...files };
        for (const [uri, edits] of Object.entries(edit.changes ?? {})) {
          const path = uri.slice('file://'.length);
          after[path] = applied(files[path] ?? '', edits);
          compare(files[path] ?? '', after[path] ?? '', old, name);
        }
        const next = saidOf(after, name, old);
        assert.equal(next.model, before.model);
        assert.deepEqual(next.findings, before.findings);
      }),
      { numRuns: 60 },
    );
    assert.ok(done > 40, `${done} renamed`);
  }).timeout(60_000);
});

function applied(text: string, edits: readonly TextEdit[]): string {
  return TextDocument.applyEdits(TextDocument.create('', '', 1, text), [...edits]);
}

/** By the eyes of the YAML library: the same comments, and the same keys and values but for those that say the name. */
function compare(before: string, after: string, old: string, name: string): void {
  const was = leavesOf(before);
  const is = leavesOf(after);
  assert.deepEqual(is.comments, was.comments);
  assert.equal(is.leaves.length, was.leaves.length);
  for (const [i, leaf] of was.leaves.entries()) {
    const now = is.leaves[i];
    if (now?.source === leaf.source) continue;
    assert.ok(now && now.value !== leaf.value, leaf.source);
    assert.equal(now.value, said(leaf.value, old, name));
  }
}

/** What a text that names something says once that has another name. What is behind a blank after `->` is an operation. */
function said(text: string, old: string, name: string): string {
  const mapped = (part: string) => (part === old ? name : part);
  const [, from, to, operation = ''] = /^(.*) -> (\S+)(.*)$/.exec(text) ?? [];
  if (from !== undefined && to !== undefined) return `${mapped(from)} -> ${mapped(to)}${operation}`;
  if (text === `zone ${old}`) return `zone ${name}`;
  return text === `${old}#1` ? `${name}#1` : mapped(text);
}
