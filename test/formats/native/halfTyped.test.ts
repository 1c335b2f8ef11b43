import { strict as assert } from 'node:assert';
import { element, elementsOf, problemsOf, problemText, read, slice } from './helpers';

const text = `faultline: 1
system: shop
components:
  api:
    kind: service
    replicas: 3
    description: the front
  db: { kind: database, replicas: 2 }
  cache:
    kind: cache
calls:
  - from: api
    to: db
    timeout: 500ms
  - { from: api, to: cache, timeout: 1s }
journeys:
  browse: { entry: api, rate: 10/s }
`;
const sound = read(text);

/** What is there after an edit, on first sight and for somebody who saw the text before. */
function edit(from: string, to: string) {
  const edited = text.replace(from, to);
  assert.notEqual(edited, text);
  const cold = read(edited);
  const warm = read(edited, sound);
  const names = (fragment: typeof cold) => ({
    components: elementsOf(fragment, 'component').map(({ name }) => name),
    calls: elementsOf(fragment, 'call').map(({ value }) => `${value.from} -> ${value.to}`),
    journeys: elementsOf(fragment, 'journey').map(({ name }) => name),
  });
  return { edited, cold, warm, names, problems: cold.problems.map((problem) => problemText(edited, problem)) };
}

const all = { components: ['api', 'db', 'cache'], calls: ['api -> db', 'api -> cache'], journeys: ['browse'] };

describe('half-typed text', () => {
  it('costs only the value in which a quote is open', () => {
    const { edited, cold, warm, names, problems } = edit('kind: service', 'kind: "service');
    assert.deepEqual(problems, ['syntax at "service: This quote is never closed.']);
    assert.deepEqual(names(cold), all);
    assert.deepEqual(element(cold, 'component', 'api').value, { replicas: 3, description: 'the front', name: 'api', source: 'native' });
    assert.deepEqual(element(warm, 'component', 'api').value, {
      kind: 'service',
      replicas: 3,
      description: 'the front',
      name: 'api',
      source: 'native',
    });
    assert.deepEqual(
      cold.unsound.map((span) => slice(edited, span)),
      ['    kind: "service\n'],
    );
  });

  it('keeps a call whose one line is broken', () => {
    const { edited, cold, warm, names, problems } = edit('to: cache, timeout', 'to: "cache, timeout');
    assert.deepEqual(problems, ['syntax at "cache, timeout: 1s }: This quote is never closed.']);
    assert.deepEqual(names(cold), { ...all, calls: ['api -> db'] });
    assert.deepEqual(names(warm), all);
    const kept = elementsOf(warm, 'call')[1];
    assert.equal(kept?.value.timeout, 1);
    assert.equal(slice(edited, kept?.origin.name ?? { start: 0, end: 0 }), 'from: api');
    assert.equal(slice(edited, kept?.origin.keys.get('timeout')?.key ?? { start: 0, end: 0 }), 'timeout');
  });

  it('keeps an entry whose name is being retyped', () => {
    const { cold, warm, names } = edit('  cache:\n', '  cach\n');
    assert.deepEqual(names(cold).components, ['api', 'db']);
    assert.deepEqual(names(warm).components, ['api', 'db', 'cache']);
    assert.equal(element(warm, 'component', 'cache').value.kind, 'cache');
  });

  it('does not keep what was taken out', () => {
    const { warm, names } = edit('  db: { kind: database, replicas: 2 }\n  cache:\n    kind: cache', '  cache:\n    kind: "cache');
    assert.deepEqual(names(warm).components, ['api', 'cache']);
    const without = edit('    replicas: 3\n    description: the front', '    description: "the front');
    assert.equal(element(without.warm, 'component', 'api').value.replicas, undefined);
    assert.equal(element(without.warm, 'component', 'api').value.description, undefined);
  });

  it('does not keep what was renamed', () => {
    const { warm, names } = edit('  db: { kind: database, replicas: 2 }', '  db2: { kind: database, replicas: "2 }');
    assert.deepEqual(names(warm).components, ['api', 'db2', 'cache']);
  });

  it('keeps what was sound through several edits', () => {
    let previous = sound;
    for (const typed of ['"', '"c', '"ca', '"cac', '"cach']) previous = read(text.replace('to: cache', `to: ${typed}`), previous);
    assert.deepEqual(
      elementsOf(previous, 'call').map(({ value }) => value.to),
      ['db', 'cache'],
    );
    const done = read(text.replace('to: cache', 'to: "cache"'), previous);
    assert.deepEqual(done.unsound, []);
    assert.deepEqual(
      elementsOf(done, 'call').map(({ value }) => value),
      elementsOf(sound, 'call').map(({ value }) => value),
    );
  });

  it('takes over what stands in entries that stayed as they were, wherever they stand now', () => {
    const known = new Map(elementsOf(sound, 'component').map((one) => [one.name, one]));
    const edited = read(text.replace('replicas: 3', 'replicas: 30'), sound);
    const same: string[] = [];
    for (const one of elementsOf(edited, 'component')) {
      const before = known.get(one.name);
      if (one.value !== before?.value) continue;
      same.push(one.name);
      const { start, end } = one.origin.name;
      assert.equal(edited.files[0] && text.replace('replicas: 3', 'replicas: 30').slice(start, end), one.name);
      assert.deepEqual([...one.origin.keys.keys()], [...before.origin.keys.keys()]);
      assert.equal(one.origin.keys.size, before.origin.keys.size);
      one.origin.keys.forEach((place, path) => {
        assert.deepEqual(one.origin.keys.get(path), place);
      });
    }
    assert.ok(same.length > 0 && same.length === known.size - 1, same.join());
  });

  it('keeps the system’s name', () => {
    const { warm, cold } = edit('system: shop', 'system: "shop');
    assert.equal(cold.system, undefined);
    assert.equal(warm.system, 'shop');
  });

  it('costs one line where a tab indents it', () => {
    const { cold, warm, names, problems } = edit('    replicas: 3', '\treplicas: 3');
    assert.deepEqual(problems, ['syntax at \t: A tab indents this line; YAML takes only spaces.']);
    assert.deepEqual(names(cold), all);
    assert.equal(element(cold, 'component', 'api').value.description, 'the front');
    assert.equal(element(warm, 'component', 'api').value.replicas, 3);
  });

  it('reads the first side of a merge conflict', () => {
    const { cold, names, problems } = edit(
      '  db: { kind: database, replicas: 2 }\n',
      '<<<<<<< HEAD\n  db: { kind: database, replicas: 2 }\n=======\n  db: { kind: database, replicas: 4 }\n  extra: {}\n>>>>>>> theirs\n',
    );
    assert.deepEqual(problems, ['syntax at <<<<<<< HEAD: A merge conflict is not resolved here; only its first side is read.']);
    assert.deepEqual(names(cold), all);
    assert.equal(element(cold, 'component', 'db').value.replicas, 2);
    assert.equal(cold.unsound.length, 1);
  });

  it('says in words what is wrong, at the exact place', () => {
    const cases: readonly (readonly [from: string, to: string, problem: string])[] = [
      ['    replicas: 3', '    repl', 'syntax at repl: Expected a key with a colon behind it, such as `name: value`.'],
      ['    replicas: 3', '    replicas:3', 'syntax at replicas:3: A space is missing behind the colon.'],
      [
        '    replicas: 3',
        '      replicas: 3',
        'syntax at replicas: 3: This line does not line up with what stands above it: it is indented too far, or not far enough.',
      ],
      ['kind: service', 'kind: http: x', 'syntax at http: x: A value with a colon and a space in it must be in quotes.'],
      ['kind: service', 'kind: @service', 'syntax at @service: A value cannot start with `@`: put it in quotes.'],
      [
        'kind: service',
        'kind: "a\\qb"',
        'syntax at \\q: This is not an escape sequence. In single quotes a backslash is just a backslash.',
      ],
      ['kind: service', "kind: 'service", "syntax at 'service: This quote is never closed."],
      ['replicas: 2 }', 'replicas: 2', 'syntax at {: This `{` is never closed: a `}` is missing.'],
      ['rate: 10/s }', 'rate: 10/s ]', 'syntax at {: This `{` is never closed: a `}` is missing.'],
      ['kind: service', 'kind: &a &b service', 'syntax at &b: A value has at most one anchor.'],
      ['kind: service', 'kind: *nobody', 'syntax at *nobody: No anchor `&nobody` stands above this.'],
      ['calls:', '---\ncalls:', 'syntax at ---: A second document starts here; only the first one of a file is read.'],
      ['    kind: service', '    [a, b]: service', 'syntax at [a, b]: A key must be a word, not a map, a list or an alias.'],
    ];
    for (const [from, to, problem] of cases) assert.deepEqual(edit(from, to).problems, [problem], to);
  });

  it('leaves the other entries alone, whatever is wrong with one', () => {
    for (const broken of [
      'kind: "x',
      'kind: [x',
      'kind: {x',
      'kind: > 5',
      "kind: 'x",
      'kind',
      'kind:x',
      ': x',
      '- x',
      '\tkind: x',
      '}',
      '%',
      '&',
      '*',
      '? x',
      '@',
    ]) {
      const { cold, names } = edit('kind: service', broken);
      assert.deepEqual(names(cold), all, broken);
      assert.ok(cold.unsound.length > 0 || cold.problems.length > 0, broken);
    }
  });

  it('offers the colon, the space and the quotes that are missing', () => {
    const fixes: readonly (readonly [string, string])[] = [
      ['replicas:3', 'replicas: 3'],
      ['owner: a: b', 'owner: "a: b"'],
    ];
    for (const [wrong, right] of fixes) {
      const edited = text.replace('replicas: 3', wrong);
      const change = read(edited).problems[0]?.suggestions?.[0]?.changes[0];
      assert.ok(change, wrong);
      const fixed = edited.slice(0, change.span.start) + change.text + edited.slice(change.span.end);
      assert.equal(fixed, text.replace('replicas: 3', right));
      assert.deepEqual(problemsOf(fixed), []);
    }
  });

  it('offers spaces for all the tabs of an entry', () => {
    const tabbed = text.replace('    replicas: 3\n    description: the front', '\t\treplicas: 3\n\t\tdescription: the front');
    const changes = [...(read(tabbed).problems[0]?.suggestions?.[0]?.changes ?? [])].sort((a, b) => b.span.start - a.span.start);
    const fixed = changes.reduce(
      (result, { span, text: instead }) => result.slice(0, span.start) + instead + result.slice(span.end),
      tabbed,
    );
    assert.equal(fixed, text);
  });

  it('mutes everything else that it would say about what does not parse', () => {
    const { problems } = edit('{ from: api, to: cache, timeout: 1s }', '{ from: api, tmeout: 5, to: "cache }');
    assert.deepEqual(problems, ['syntax at "cache }: This quote is never closed.']);
  });
});
