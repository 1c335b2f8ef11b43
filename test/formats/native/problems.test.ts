import { strict as assert } from 'node:assert';
import { applied, call, component, element, elementsOf, problemsOf, read, slice } from './helpers';

describe('the reader', () => {
  it('knows an unknown key and what was probably meant', () => {
    const text = component('replcas: 2');
    assert.deepEqual(problemsOf(text), ['unknown-key at replcas: `replcas` is not a key of a component. Did you mean `replicas`?']);
    const [problem] = read(text).problems;
    assert.equal(problem?.suggestions?.[0]?.safe, true);
    assert.equal(applied(text, problem), component('replicas: 2'));
    assert.deepEqual(problemsOf(component('colour: red')), ['unknown-key at colour: `colour` is not a key of a component.']);
    assert.deepEqual(problemsOf('componets: {}\n'), [
      'unknown-key at componets: `componets` is not a key of an architecture file. Did you mean `components`?',
    ]);
    assert.deepEqual(problemsOf(call('retry: { maxAtempts: 3 }')), [
      'unknown-key at maxAtempts: `maxAtempts` is not a key of a retry. Did you mean `maxAttempts`?',
    ]);
  });

  it('does not propose a key that is there already', () => {
    assert.deepEqual(problemsOf(component('replicas: 2\nreplcas: 3')), ['unknown-key at replcas: `replcas` is not a key of a component.']);
  });

  it('keeps the quotes of a quoted key that it corrects', () => {
    const text = component('"replcas": 2');
    assert.equal(applied(text, read(text).problems[0]), component('"replicas": 2'));
  });

  it('reports a key that is given twice, at the second', () => {
    const text = component('replicas: 2\nkind: service\nreplicas: 3');
    const fragment = read(text);
    assert.deepEqual(problemsOf(text), ['duplicate-name at replicas: `replicas` is given twice here; the first one counts.']);
    const [problem] = fragment.problems;
    assert.equal(problem?.place.span.start, text.lastIndexOf('replicas'));
    assert.equal(problem?.related?.[0]?.place.span.start, text.indexOf('replicas'));
    assert.equal(element(fragment, 'component', 'api').value.replicas, 2);
  });

  it('reports a name that is declared twice, at the second', () => {
    const text = 'components:\n  api: { replicas: 2 }\n  db: {}\n  api: { replicas: 3 }\n';
    const fragment = read(text);
    assert.deepEqual(problemsOf(text), ['duplicate-name at api: `api` is given twice here; the first one counts.']);
    assert.equal(fragment.problems[0]?.place.span.start, text.lastIndexOf('api'));
    assert.deepEqual(
      elementsOf(fragment, 'component').map(({ value }) => value.replicas),
      [2, undefined],
    );
  });

  it('reads version 1 only', () => {
    assert.deepEqual(problemsOf('faultline: 2\n'), ['invalid-value at 2: Only version 1 of the format exists.']);
    assert.deepEqual(problemsOf('faultline: 1\n'), []);
    assert.deepEqual(problemsOf('components: {}\n'), []);
  });

  it('says what a section is made of', () => {
    assert.deepEqual(problemsOf('components: [api]\n'), [
      'invalid-value at [api]: Expected names, each with a component such as `{ kind: service, replicas: 2 }`, not a list.',
    ]);
    assert.deepEqual(problemsOf('calls: { from: api }\n'), [
      'invalid-value at { from: api }: Expected a list of calls such as `- { from: api, to: db, timeout: 500ms }`, not a map.',
    ]);
    assert.deepEqual(problemsOf('- a\n- b\n'), ['invalid-value at - a\n- b: Expected keys such as `components:`, not a list.']);
    assert.deepEqual(problemsOf('just words\n'), ['invalid-value at just words: Expected keys such as `components:`, not `just words`.']);
  });

  it('needs a caller and a callee', () => {
    assert.deepEqual(problemsOf('calls:\n  - from: api\n'), ['invalid-value at from: api: `to` is missing: a call needs it.']);
    assert.deepEqual(problemsOf('calls:\n  - { timeout: 1s }\n'), [
      'invalid-value at timeout: 1s: `from` is missing: a call needs it.',
      'invalid-value at timeout: 1s: `to` is missing: a call needs it.',
    ]);
    assert.deepEqual(problemsOf('calls:\n  - api\n'), [
      'invalid-value at api: Expected a call such as `{ from: api, to: db, timeout: 500ms }`, not `api`.',
    ]);
  });

  it('keeps a component whose value is wrong: its name is declared', () => {
    const fragment = read('components:\n  api: service\n  db: {}\n');
    assert.deepEqual(
      elementsOf(fragment, 'component').map(({ value }) => value),
      [
        { name: 'api', source: 'native' },
        { name: 'db', source: 'native' },
      ],
    );
    assert.equal(fragment.problems.length, 1);
  });

  it('takes empty sections and an empty file for what they are', () => {
    for (const text of [
      '',
      '\n\n',
      '# nothing\n',
      'components:\n',
      'calls:\njourneys:\n',
      'faultline: 1\ncalls: []\n',
      '---\n',
      'components: ~\n',
    ]) {
      const fragment = read(text);
      assert.deepEqual([fragment.problems, fragment.elements], [[], []], JSON.stringify(text));
    }
  });

  it('refuses names that are empty', () => {
    assert.deepEqual(problemsOf('components:\n  "": {}\n'), ['invalid-value at "": A name is not empty.']);
    assert.deepEqual(problemsOf('system: ""\n'), ['invalid-value at "": A system’s name is not empty.']);
  });

  it('lets names be any word', () => {
    const names = ['__proto__', 'constructor', 'toString', 'null', 'true', '42', 'größe', 'a b', 'zone', 'x.y'];
    const text = `components:\n${names.map((name) => `  ${name}: { replicas: 2 }\n`).join('')}calls:\n  - { from: __proto__, to: constructor }\n`;
    const fragment = read(text);
    assert.deepEqual(fragment.problems, []);
    assert.deepEqual(
      elementsOf(fragment, 'component').map(({ name, value }) => [name, value.replicas]),
      names.map((name) => [name, 2]),
    );
    assert.deepEqual(elementsOf(fragment, 'call')[0]?.value.from, '__proto__');
    assert.equal(Object.hasOwn(Object.prototype, 'replicas'), false);
    assert.deepEqual(problemsOf(component('__proto__: 1')), ['unknown-key at __proto__: `__proto__` is not a key of a component.']);
  });

  it('is not disturbed by what YAML allows', () => {
    const text =
      '%YAML 1.2\n---\n"components" : # the parts\n  ? "api"\n  : { "kind": !!str service, replicas: 2, }\n  db:\n    description: |\n      # faultline-ignore x -- in a text\n      a: b\n    owner: >-\n      one\n      two\n...\n';
    const fragment = read(text);
    assert.deepEqual(fragment.problems, []);
    assert.deepEqual(
      elementsOf(fragment, 'component').map(({ value }) => value),
      [
        { name: 'api', source: 'native', kind: 'service', replicas: 2 },
        { name: 'db', source: 'native', description: '# faultline-ignore x -- in a text\na: b', owner: 'one two' },
      ],
    );
    assert.deepEqual(fragment.ignores, []);
  });

  it('leaves room for anchors under x- keys', () => {
    assert.deepEqual(problemsOf('x-shared: &shared { replicas: 2 }\ncomponents:\n  api: *shared\n'), []);
  });
});

describe('scenarios', () => {
  const wrap = (line: string) => `scenarios:\n  s:\n    ${line}\n`;
  const check = (line: string, marked: string, message: string) =>
    assert.deepEqual(problemsOf(wrap(line)), [`invalid-value at ${marked}: ${message}`], line);

  it('say what is wrong with an event', () => {
    check(
      'events: [{ at: 1s }]',
      '{ at: 1s }',
      'This event does nothing. Expected one of `kill`, `crash`, `restore`, `slow`, `errors`, `partition`, `load`.',
    );
    check('events: [{ kill: db }]', '{ kill: db }', '`at` is missing: an event needs it.');
    check('events: [{ at: 1s, kill: db, restore: api }]', 'restore', 'An event does one thing; `kill` is there already.');
    check('events: [{ at: 1s, slow: db }]', 'slow', '`slow` needs `factor` or `add`.');
    check('events: [{ at: 1s, errors: db }]', 'errors', '`errors` needs `share`.');
    check('events: [{ at: 1s, load: j }]', 'load', '`load` needs `factor`.');
    check('events: [{ at: 1s, kill: db, factor: 2 }]', 'factor', '`factor` says nothing about `kill`.');
    check('events: [{ at: 1s, kill: db#0 }]', 'db#0', 'Replicas are counted from 1.');
    check('events: [{ at: 1s, partition: [[a]] }]', 'partition', 'A partition has two sides, such as `[[api], [db]]`.');
    check('events: [{ at: soon, kill: db }]', 'soon', 'Expected a duration such as 250ms, 5s or 1h30m, not `soon`.');
    check('events: { at: 1s }', '{ at: 1s }', 'Expected a list of events such as `- { at: 10s, kill: db }`, not a map.');
  });

  it('say what is wrong with an expectation', () => {
    check('expect: [{ success: 99% }]', '{ success: 99% }', 'An expectation is about a `journey`, a `component` or a `call`.');
    check(
      'expect: [{ journey: j, component: c, busy: 5% }]',
      'component',
      'An expectation is about one thing; `journey` is there already.',
    );
    check('expect: [{ journey: j }]', '{ journey: j }', 'Nothing is measured here. Expected one of `success`, `degraded`, `p50`, `p99`.');
    check('expect: [{ journey: j, busy: 80% }]', 'busy', '`busy` is measured of a component, not of a journey.');
    check('expect: [{ journey: j, p99: 800 }]', '800', 'The unit is missing: 800ms, 800s or 800m?');
    check('expect: [{ journey: j, success: 99 }]', '99', 'A fraction is at most 1; write a percentage with %.');
    check('expect: [{ component: c, queue: some }]', 'some', 'Expected a number such as 20 or "< 20", not `some`.');
    check(
      'expect: [{ call: a to b, attempts: 2 }]',
      'a to b',
      'Expected a call such as `api -> db`, with its operation behind it where there are several, not `a to b`.',
    );
    check('expect: [{ journey: j, success: 9%, from: 9s, to: 3s }]', 'to', 'This ends before it starts.');
  });

  it('compare as they are written', () => {
    const text = wrap(
      'expect: [{ journey: j, success: "< 20%" }, { journey: j, p99: ">= 1s" }, { component: c, queue: "<= 4" }, { call: a -> b GET /x, attempts: "> 2" }]',
    );
    const [scenario] = elementsOf(read(text), 'scenario');
    assert.deepEqual(
      scenario?.value.expect.map(({ subject, measure, comparison, bound }) => [subject.name, measure, comparison, bound]),
      [
        ['j', 'success', 'below', 0.2],
        ['j', 'p99', 'at-least', 1],
        ['c', 'queue', 'at-most', 4],
        ['a -> b GET /x', 'attempts', 'above', 2],
      ],
    );
  });

  it('explain a comparison without quotes and put it in quotes', () => {
    for (const line of ['expect: [{ journey: j, success: > 99% }]', 'expect:\n      - journey: j\n        success: >= 99%']) {
      const text = wrap(line);
      const [problem, ...more] = read(text).problems;
      assert.deepEqual(more, []);
      assert.equal(problem?.rule, 'syntax');
      assert.match(problem?.message ?? '', /^`>=? 99%` must be in quotes: YAML takes the `>` for the start of a block of text\.$/);
      const fixed = applied(text, problem);
      assert.match(fixed, /success: ">=? 99%"/);
      assert.deepEqual(problemsOf(fixed), []);
      assert.equal(elementsOf(read(fixed), 'scenario')[0]?.value.expect[0]?.bound, 0.99);
    }
  });

  it('count events and expectations as the model does', () => {
    const text = wrap(
      'events: [{ at: x, kill: a }, { at: 2s, kill: b }]\n    expect:\n      - { journey: j }\n      - { journey: j, success: 99%, p99: 1s }',
    );
    const { value, origin } = element(read(text), 'scenario', 's');
    assert.equal(value.events.length, 1);
    assert.equal(slice(text, origin.keys.get('events.0.kill')?.value ?? { start: 0, end: 0 }), 'b');
    assert.deepEqual(
      value.expect.map(({ measure }) => measure),
      ['success', 'p99'],
    );
    assert.equal(slice(text, origin.keys.get('expect.0.success')?.value ?? { start: 0, end: 0 }), '99%');
    assert.equal(slice(text, origin.keys.get('expect.1.p99')?.value ?? { start: 0, end: 0 }), '1s');
    assert.equal(origin.keys.has('expect.1.success'), false);
  });
});
