import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Diagnostic, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { type Opened, open } from './fixture';

const calls = '/shop/shop.calls.yaml';
const topology = '/shop/shop.topology.yaml';

const texts = {
  [topology]: `faultline: 1
system: shop
components:
  web: { kind: service, concurrency: 4 }
  db: { kind: database, availability: 99.5% }
`,
  [calls]: `faultline: 1
system: shop
calls:
  - from: web
    to: db
    operation: GET /items
journeys:
  buy: { entry: web, rate: 10/s, availability: 99.9% }
`,
};

function found(opened: Opened, path: string, code: string): Diagnostic {
  const diagnostic = opened.service
    .diagnostics(opened.linked)
    .get(path)
    ?.find((other) => other.code === code);
  assert.ok(diagnostic, `${code} in ${path}`);
  return diagnostic;
}

/** The text that a range covers. */
function textAt(opened: Opened, path: string, { start, end }: Diagnostic['range']): string {
  const document = TextDocument.create(path, 'faultline', 1, opened.workspace.text(path) ?? '');
  return document.getText({ start, end });
}

/** The file after an edit; a snippet is taken as the text that it inserts first. */
function applied(opened: Opened, path: string, edit: WorkspaceEdit | undefined): string {
  assert.ok(edit);
  const plain = edit.changes?.[`file://${path}`] ?? [];
  const others = (edit.documentChanges ?? []).flatMap((change) => ('edits' in change ? change.edits : []));
  const edits: TextEdit[] = [
    ...plain,
    ...others.map((one) => ('snippet' in one ? { range: one.range, newText: one.snippet.value.replace(/\$\{1:([^}]*)\}/, '$1') } : one)),
  ];
  return TextDocument.applyEdits(TextDocument.create(path, 'faultline', 1, opened.workspace.text(path) ?? ''), edits);
}

describe('diagnostics', () => {
  it('stand where the rule says, with code, page and related places', () => {
    const opened = open(texts);
    const finding = found(opened, calls, 'missing-timeout');
    assert.equal(textAt(opened, calls, finding.range), 'from: web');
    assert.equal(finding.severity, 2);
    assert.equal(finding.source, 'faultline');
    assert.equal(finding.codeDescription?.href, 'https://example.org/rules/missing-timeout');
    const related = finding.relatedInformation ?? [];
    assert.ok(related.some(({ location }) => location.uri === `file://${topology}` && textAt(opened, topology, location.range) === 'db'));
    assert.ok(related.some(({ location }) => location.uri === `file://${calls}` && textAt(opened, calls, location.range) === 'buy'));
  });

  it('list every file of a system, those without findings too', () => {
    const { service, linked } = open({ ...texts, '/shop/more.topology.yaml': 'faultline: 1\nsystem: shop\ncomponents: { spare: {} }\n' });
    assert.deepEqual(service.diagnostics(linked).get('/shop/more.topology.yaml'), []);
  });

  it('have the severity that is set, or none', () => {
    assert.equal(found(open(texts, new Map([['missing-timeout', 'error']])), calls, 'missing-timeout').severity, 1);
    const { service, linked } = open(texts, new Map([['missing-timeout', 'off']]));
    assert.ok((service.diagnostics(linked).get(calls) ?? []).every(({ code }) => code !== 'missing-timeout'));
  });

  it('are computed once a version', () => {
    const { service, linked, workspace } = open(texts);
    const view = service.view(linked);
    assert.equal(service.view(linked), view);
    assert.equal(view.findings, view.findings);
    assert.equal(view.figures, view.figures);
    workspace.setFile(calls, texts[calls] ?? '');
    assert.equal(workspace.systems()[0], linked);
    workspace.setFile(calls, `${texts[calls]}\n# changed\n`);
    const [next] = workspace.systems();
    assert.ok(next && next !== linked);
    service.forget();
    assert.notEqual(service.view(linked), view);
  });

  it('tag an ignore comment that silences nothing', () => {
    const text = texts[calls]?.replace('  - from: web', '  # faultline-ignore retry-without-jitter -- no reason to\n  - from: web') ?? '';
    const stale = found(open({ ...texts, [calls]: text }), calls, 'stale-suppression');
    assert.deepEqual(stale.tags, [1]);
  });
});

describe('code actions', () => {
  it('carry what they save, and change only their lines', () => {
    const opened = open(texts);
    const { service, linked } = opened;
    const { range } = found(opened, calls, 'missing-timeout');
    const offered = service.codeActions(linked, calls, range);
    const timeout = offered.find(({ action }) => action.title.startsWith('Insert timeout: '));
    assert.ok(timeout);
    assert.equal(timeout.action.isPreferred, true);
    assert.equal(timeout.action.kind, 'quickfix');
    assert.equal(timeout.action.diagnostics?.[0]?.code, 'missing-timeout');
    // Ten requests a second that wait a second for the timeout fill the pool, so a breaker comes with it.
    const value = /^Insert timeout: (\w+), with a breaker/.exec(timeout.action.title)?.[1];
    assert.ok(value, timeout.action.title);
    const inserted = `timeout: ${value}\n    circuitBreaker: { failures: 20, cooldown: 1s, trialCalls: 1 }\n`;
    assert.equal(applied(opened, calls, timeout.edit()), texts[calls]?.replace('GET /items\n', `GET /items\n    ${inserted}`));
  });

  it('insert a retry on any call that may be repeated, inline or as a policy', () => {
    const path = '/r/r.faultline.yaml';
    const text = `faultline: 1
system: r
components: { a: {}, b: {} }
calls:
  - { from: a, to: b, operation: GET /, timeout: 1s }
  - { from: a, to: b, operation: POST /, timeout: 1s }
`;
    const opened = open({ [path]: text });
    const at = (line: number) => {
      const here = { line, character: 6 };
      return opened.service
        .codeActions(opened.linked, path, { start: here, end: here })
        .filter(({ action }) => action.kind === 'refactor.rewrite');
    };
    const [inline, named, ...more] = at(4);
    assert.ok(inline && named && more.length === 0);
    assert.equal(inline.action.title, 'Insert a retry: 3 attempts, exponential back-off, full jitter, 10% budget');
    const retry = 'retry: { maxAttempts: 3, backoff: exponential, base: 50ms, cap: 1s, jitter: full, budget: 10% }';
    assert.equal(applied(opened, path, inline.edit()), text.replace('GET /, timeout: 1s', `GET /, timeout: 1s, ${retry}`));
    assert.equal(named.action.title, 'Insert a retry with a new policy: careful');
    const policy = text
      .replace('calls:\n', `policies:\n  careful:\n    ${retry}\ncalls:\n`)
      .replace('GET /, timeout: 1s', 'GET /, policy: careful, timeout: 1s');
    assert.equal(applied(opened, path, named.edit()), policy);
    assert.deepEqual(at(5), [], 'a POST without a key must not be repeated');
  });

  it('state a saving that is the difference of two analyses', () => {
    // Two independent journeys; a hanging db takes both down, although only one needs it.
    const text = `faultline: 1
system: two
components:
  web: { kind: service, concurrency: 4, availability: 99.9% }
  db: { kind: database, availability: 99.5% }
  log: { kind: database, availability: 99.9% }
calls:
  - { from: web, to: db, journeys: [buy], timeout: 10ms, circuitBreaker: { failures: 5 } }
  - { from: web, to: log, journeys: [note] }
journeys:
  buy: { entry: web }
  note: { entry: web }
`;
    const path = '/two/two.faultline.yaml';
    const opened = open({ [path]: text });
    const { range } = found(opened, path, 'missing-timeout');
    const titles = opened.service.codeActions(opened.linked, path, range).map(({ action }) => action.title);
    // Without the hang buy loses only web and db: 8,760 × 0.999 × 0.995 × 0.001 hours less.
    const saved = (8760 * 0.999 * 0.995 * 0.001).toPrecision(3);
    assert.ok(
      titles.some((title) => title.startsWith('Insert timeout') && title.endsWith(`(saves ${saved} h/yr of buy)`)),
      titles.join('\n'),
    );
  });

  it('silence a finding with a reason to type, and the finding is gone', () => {
    const opened = open(texts);
    const { range } = found(opened, calls, 'missing-timeout');
    const ignore = opened.service.codeActions(opened.linked, calls, range).find(({ action }) => action.title.startsWith('Ignore '));
    const text = applied(opened, calls, ignore?.edit());
    assert.equal(
      text,
      texts[calls]?.replace('  - from: web', '  # faultline-ignore missing-timeout -- why this is acceptable\n  - from: web'),
    );
    const again = open({ ...texts, [calls]: text });
    assert.ok((again.service.diagnostics(again.linked).get(calls) ?? []).every(({ code }) => code !== 'missing-timeout'));
  });

  it('add a rule to a comment that is there, and keep the line breaks of the file', () => {
    const text =
      'faultline: 1\r\nsystem: x\r\ncomponents: { web: { concurrency: 2 }, db: {} }\r\ncalls:\r\n  - from: web\r\n    to: db\r\n    retry: { base: 1s }\r\njourneys: { a: { entry: web } }\r\n';
    const path = '/x/x.faultline.yaml';
    const opened = open({ [path]: text });
    const silence = (from: Opened, rule: string) => {
      const { range } = found(from, path, rule);
      const ignore = from.service.codeActions(from.linked, path, range).find(({ action }) => action.title.includes(rule));
      return applied(from, path, ignore?.edit());
    };
    const once = silence(opened, 'retry-without-jitter');
    assert.ok(once.includes('\r\n    # faultline-ignore retry-without-jitter -- why this is acceptable\r\n    retry:'), once);
    const twice = silence(open({ [path]: once }), 'unbounded-retry');
    assert.ok(twice.includes('# faultline-ignore retry-without-jitter, unbounded-retry -- why'), twice);
  });

  it('correct names', () => {
    const text = texts[calls]?.replace('to: db', 'to: bd') ?? '';
    const opened = open({ ...texts, [calls]: text });
    const { range } = found(opened, calls, 'unknown-reference');
    const [first] = opened.service.codeActions(opened.linked, calls, range);
    assert.equal(applied(opened, calls, first?.edit()), texts[calls]);
  });

  it('are found once', () => {
    const opened = open(texts);
    const { range } = found(opened, calls, 'missing-timeout');
    const ask = () => opened.service.codeActions(opened.linked, calls, range);
    assert.equal(ask()[0]?.edit(), ask()[0]?.edit());
    assert.deepEqual(
      opened.service.codeActions(opened.linked, calls, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }),
      [],
    );
    assert.deepEqual(opened.service.codeActions(opened.linked, '/none.yaml', range), []);
  });
});

describe('code lenses', () => {
  it('show figures, the way, and lead to the map', () => {
    const { service, linked } = open(texts);
    const lenses = service.codeLenses(linked, calls);
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [1, 'Open map'],
        [7, '99.4% · 52.5 h/yr · objective 99.9% missed'],
        [7, 'web → db'],
      ],
    );
    assert.deepEqual(lenses[1]?.command?.arguments, [{ uri: `file://${calls}`, system: 'shop', element: 'journey buy' }]);
    assert.deepEqual(
      service.codeLenses(linked, topology).map(({ command }) => command?.title),
      ['Open map', 'stops: buy', 'stops: buy'],
    );
  });

  it('tell apart what is awaited, and stay short', () => {
    const fan = Array.from({ length: 6 }, (_, i) => `  - { from: web, to: db${i} }`).join('\n');
    const chain = Array.from({ length: 6 }, (_, i) => `  - { from: s${i}, to: s${i + 1} }`).join('\n');
    const names = [...Array.from({ length: 6 }, (_, i) => `db${i}`), ...Array.from({ length: 7 }, (_, i) => `s${i}`)];
    const path = '/f/f.faultline.yaml';
    const { service, linked } = open({
      [path]: `faultline: 1
components:
  web: {}
  jobs: { kind: queue }
  sender: { kind: worker }
  post: {}
${names.map((name) => `  ${name}: {}`).join('\n')}
calls:
${fan}
${chain}
  - { from: post, to: jobs, async: true }
  - { from: jobs, to: sender }
journeys:
  wide: { entry: web }
  deep: { entry: s0 }
  later: { entry: post }
  alone: { entry: db0 }
`,
    });
    const titles = service.codeLenses(linked, path).map(({ command }) => command?.title ?? '');
    assert.ok(titles.includes('web → db0, db1, db2 +3'), titles.join('\n'));
    assert.ok(titles.includes('s0 → s1 → s2 → s3 → … → s6'), titles.join('\n'));
    assert.ok(titles.includes('post → (jobs) → (sender)'), titles.join('\n'));
    assert.ok(!titles.includes('db0'));
  });
});

describe('names', () => {
  it('are found where they are declared and used, across files', () => {
    const opened = open(texts);
    const { service, linked } = opened;
    const show = (locations: readonly { uri: string; range: Diagnostic['range'] }[]) =>
      locations.map(({ uri, range }) => `${uri.slice('file:///shop/'.length)} ${range.start.line}`).sort();
    const used = opened.at(calls, 'to: d|b');
    assert.deepEqual(show(service.definition(linked, calls, used)), ['shop.topology.yaml 4']);
    assert.deepEqual(show(service.references(linked, calls, used, true)), ['shop.calls.yaml 4', 'shop.topology.yaml 4']);
    assert.deepEqual(show(service.references(linked, calls, used, false)), ['shop.calls.yaml 4']);
    assert.deepEqual(show(service.references(linked, topology, opened.at(topology, 'w|eb:'), false)), [
      'shop.calls.yaml 3',
      'shop.calls.yaml 7',
    ]);
    assert.deepEqual(service.definition(linked, calls, opened.at(calls, 'opera|tion')), []);
  });

  it('are harmless, whatever they are', () => {
    const path = '/p/p.faultline.yaml';
    const opened = open({
      [path]:
        'faultline: 1\ncomponents:\n  __proto__: {}\n  constructor: {}\ncalls:\n  - { from: __proto__, to: constructor }\njourneys:\n  toString: { entry: __proto__ }\n',
    });
    const { service, linked } = opened;
    assert.equal(service.definition(linked, path, opened.at(path, 'from: __pro|to__')).length, 1);
    assert.ok(service.hover(linked, path, opened.at(path, 'to: con|structor')));
    assert.ok(service.diagnostics(linked).get(path));
  });
});

describe('the outline', () => {
  it('has every element of the file in its order', () => {
    const { service, linked } = open(texts);
    assert.deepEqual(
      service.documentSymbols(linked, topology).map(({ name, detail }) => `${name} ${detail}`),
      ['shop system', 'web service', 'db database'],
    );
    assert.deepEqual(
      service.documentSymbols(linked, calls).map(({ name }) => name),
      ['shop', 'web -> db', 'buy'],
    );
  });
});

describe('completion', () => {
  const path = '/c/c.faultline.yaml';
  const complete = (marked: string): readonly string[] => {
    const opened = open({ [path]: marked.replace('|', '') });
    return opened.service.completions(opened.linked, path, opened.at(path, marked)).map(({ label }) => label);
  };
  const start = 'faultline: 1\ncomponents:\n  web: { kind: service }\n  data-base: { kind: database }\nzones: { north: {} }\n';

  it('offers the keys that are not there yet', () => {
    const keys = complete(`${start}calls:\n  - from: web\n    |\n`);
    assert.ok(keys.includes('timeout') && keys.includes('to') && keys.includes('circuitBreaker'));
    assert.ok(!keys.includes('from') && !keys.includes('kind'));
    assert.ok(complete(`${start}calls:\n  - { from: web, to: data-base, retry: { j| } }\n`).includes('jitter'));
    assert.ok(complete(`${start}|`).includes('journeys'));
    assert.ok(!complete(`${start}|`).includes('components'));
  });

  it('offers words and names', () => {
    assert.deepEqual(complete(`${start}calls:\n  - { from: web, to: | }\n`).slice(0, 2), ['web', 'data-base']);
    assert.ok(complete(`${start}calls:\n  - from: web\n    retry:\n      jitter: |\n`).includes('decorrelated'));
    assert.ok(complete(`${start}journeys:\n  buy:\n    entry: |\n`).includes('web'));
    assert.ok(complete('faultline: 1\nzones: { north: {} }\ncomponents:\n  web: { zones: [|] }\n').includes('north'));
    assert.ok(complete(`${start}calls:\n  - { from: web, to: data-base, timeout: | }\n`).includes('none'));
  });

  it('offers nothing in a comment', () => {
    assert.deepEqual(complete(`${start}# some |words\n`), []);
  });
});
