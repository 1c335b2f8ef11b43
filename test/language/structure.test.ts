import { strict as assert } from 'node:assert';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range, SelectionRange } from 'vscode-languageserver-types';
import { foldingRanges } from '../../src/language/folding';
import { semanticLegend } from '../../src/language/semanticTokens';
import { type Opened, open } from './fixture';

const path = '/s/s.faultline.yaml';
const other = '/s/more.faultline.yaml';

const text = `faultline: 1
system: s
# What there is.
# And why.
zones: { a: {} }
components:
  # The front.
  web:
    kind: service
    zones: [a]
    runbook: https://wiki.example.com/web#down

  "the db": {
    kind: database,
    runbook: 'http://wiki.example.com/db'
  }
policies: { careful: { timeout: 1s } }
calls:
- from: web
  to: the db
  policy: careful
- { from: web, to: the db, operation: GET /x, timeout: 500ms, retry: { maxAttempts: 2, backoff: none } }
journeys: { buy: { entry: web, availability: 99.9% } }
scenarios: { bad: { events: [{ at: 1s, kill: zone a }, { at: 2s, crash: web#1 }], expect: [{ call: web -> the db, attempts: 2 }] } }
`;

const texts = {
  [path]: text,
  [other]: 'faultline: 1\nsystem: s\ninclude: [s.faultline.yaml, gone.yaml]\ncomponents: { web: { replicas: 2 } }\n',
};

function covered(range: Range, file = text): string {
  return TextDocument.create(path, 'faultline', 1, file).getText(range);
}

function at(opened: Opened, marked: string) {
  return opened.at(path, marked);
}

describe('highlights', () => {
  it('are all mentions in the file, and the declaration is written', () => {
    const opened = open(texts);
    const found = opened.service.documentHighlights(opened.linked, path, at(opened, 'entry: w|eb'));
    assert.deepEqual(found.map(({ range, kind }) => `${covered(range)} ${range.start.line} ${kind}`).sort(), [
      'web 18 2',
      'web 21 2',
      'web 22 2',
      'web 23 2',
      'web 23 2',
      'web 7 3',
    ]);
    assert.deepEqual(opened.service.documentHighlights(opened.linked, path, at(opened, 'timeout: 5|00ms')), []);
  });
});

describe('symbols of the workspace', () => {
  it('are components, journeys, scenarios and policies, by letters in their order', () => {
    const { service, linked } = open(texts);
    const named = (query: string) =>
      service.workspaceSymbols(linked, query).map(({ name, containerName }) => `${name} in ${containerName}`);
    assert.deepEqual(named('').sort(), ['bad in s', 'buy in s', 'careful in s', 'the db in s', 'web in s']);
    assert.deepEqual(named('TDB'), ['the db in s']);
    assert.deepEqual(named('zone'), []);
    const [web] = service.workspaceSymbols(linked, 'web');
    assert.equal(web?.location.uri, `file://${other}`, 'the first file that says something about it');
  });
});

describe('folding', () => {
  const folded = (of: string) =>
    foldingRanges(of).map(({ startLine, endLine, kind }) => `${startLine}-${endLine}${kind ? ` ${kind}` : ''}`);

  it('is by entry, and comments of several lines', () => {
    assert.deepEqual(folded(text), ['2-3 comment', '5-15', '7-10', '12-14', '17-21', '18-20']);
  });

  it('leaves out empty lines and comments behind an entry, and knows every line ending', () => {
    assert.deepEqual(folded('a:\n  b: 1\n\n# c\nd:\n  e: 1\n'), ['0-1', '4-5']);
    assert.deepEqual(folded('a:\r\n  b:\r\n    c: 1\r\nd: 1'), ['0-2', '1-2']);
    assert.deepEqual(folded('a:\r  b: |\r    c\r    d\r'), ['0-3', '1-3']);
    assert.deepEqual(folded(''), []);
  });

  it('nests: no two overlap in part', () => {
    const ranges = foldingRanges(text);
    for (const a of ranges) {
      for (const b of ranges)
        assert.ok(
          a.endLine < b.startLine ||
            b.endLine < a.startLine ||
            (a.startLine <= b.startLine && b.endLine <= a.endLine) ||
            (b.startLine <= a.startLine && a.endLine <= b.endLine),
        );
    }
  });
});

describe('selection', () => {
  const grown = (marked: string): readonly string[] => {
    const opened = open(texts);
    const [first] = opened.service.selectionRanges(opened.linked, path, [at(opened, marked)]);
    const steps: string[] = [];
    for (let here: SelectionRange | undefined = first; here; here = here.parent) steps.push(covered(here.range));
    return steps;
  };

  it('grows from the value to its entry, the list and the file', () => {
    const steps = grown('maxAttempts: |2,');
    assert.deepEqual(steps.slice(0, 4), [
      '2',
      'maxAttempts: 2',
      '{ maxAttempts: 2, backoff: none }',
      'retry: { maxAttempts: 2, backoff: none }',
    ]);
    assert.ok(steps[4]?.startsWith('{ from: web') && steps[4].endsWith('} }'));
    assert.ok(steps.at(-2)?.startsWith('faultline: 1') && steps.at(-1) === text);
    assert.ok(steps.some((step) => step.startsWith('calls:') && step.endsWith('none } }')));
  });

  it('grows from a name without its quotes', () => {
    const steps = grown('"the| db": {');
    assert.deepEqual(steps.slice(0, 2), ['the db', '"the db"']);
    assert.ok(steps[2]?.endsWith("db'\n  }"), steps[2]);
  });

  it('is the file where there is nothing', () => {
    const opened = open(texts);
    const [end] = opened.service.selectionRanges(opened.linked, path, [{ line: 11, character: 0 }]);
    assert.ok(end);
    assert.deepEqual(opened.service.selectionRanges(opened.linked, path, []), []);
  });
});

describe('semantic colours', () => {
  it('tell what each name names, and where it is declared', () => {
    const { service, linked } = open(texts);
    const { data } = service.semanticTokens(linked, path);
    const document = TextDocument.create(path, 'faultline', 1, text);
    const found: string[] = [];
    let line = 0;
    let character = 0;
    for (let i = 0; i < data.length; i += 5) {
      const [down = 0, right = 0, length = 0, type = 0, modifiers = 0] = data.slice(i, i + 5);
      character = down > 0 ? right : character + right;
      line += down;
      const word = document.getText({ start: { line, character }, end: { line, character: character + length } });
      found.push(`${word} ${semanticLegend.tokenTypes[type]}${modifiers === 1 ? '!' : ''}`);
    }
    assert.deepEqual(found, [
      'a namespace!',
      'web class!',
      'a namespace',
      'the db class!',
      'careful interface!',
      'web class',
      'the db class',
      'careful interface',
      'web class',
      'the db class',
      'buy event!',
      'web class',
      'bad function!',
      'a namespace',
      'web class',
      'web class',
      'the class',
    ]);
  });
});

describe('links', () => {
  it('lead to runbooks and to included files that are there', () => {
    const { service, linked } = open(texts);
    assert.deepEqual(
      service.documentLinks(linked, path).map(({ range, target }) => [covered(range), target]),
      [
        ['https://wiki.example.com/web#down', 'https://wiki.example.com/web#down'],
        ['http://wiki.example.com/db', 'http://wiki.example.com/db'],
      ],
    );
    assert.deepEqual(
      service.documentLinks(linked, other).map(({ target }) => target),
      [`file://${path}`],
    );
  });

  it('are only those that a browser opens', () => {
    const odd = text
      .replace('https://wiki.example.com/web#down', 'command:workbench.action.quit')
      .replace("'http://wiki.example.com/db'", '"see the wiki"');
    const { service, linked } = open({ [path]: odd });
    assert.deepEqual(service.documentLinks(linked, path), []);
  });
});

describe('inlay hints', () => {
  const everything = { start: { line: 0, character: 0 }, end: { line: 1000, character: 0 } };

  it('show what a component makes together, and how long a call takes at worst', () => {
    const { service, linked } = open({ [path]: text.replace('kind: service', 'kind: service\n    replicas: 2\n    availability: 99%') });
    const shown = (components: boolean, calls: boolean) =>
      service.inlayHints(linked, path, everything, { components, calls }).map(({ position, label }) => `${position.line} ${String(label)}`);
    // Two replicas of 99%, both in one zone of 99.95%: 0.9995 × (1 − 0.01²) = 0.99940.
    assert.equal(shown(true, false)[0], '7 99.94%');
    assert.equal(shown(true, false).length, 2);
    // One second by the policy; two attempts of half a second, at once after one another.
    assert.deepEqual(shown(false, true), ['21 ≤ 1 s', '23 ≤ 1 s']);
    assert.deepEqual(shown(false, false), []);
    assert.deepEqual(
      service.inlayHints(
        linked,
        path,
        { start: { line: 0, character: 0 }, end: { line: 3, character: 0 } },
        { components: true, calls: true },
      ),
      [],
    );
  });

  it('say where nothing bounds a call', () => {
    const { service, linked } = open({ [path]: text.replace(', timeout: 500ms', '') });
    const hints = service.inlayHints(linked, path, everything, { components: false, calls: true });
    assert.deepEqual(
      hints.map(({ label }) => label),
      ['≤ 1 s', 'no limit'],
    );
  });
});

describe('code lenses over components', () => {
  it('name the declared journeys that stop without it', () => {
    const { service, linked } = open({ [path]: text });
    const titles = service.codeLenses(linked, path).map(({ range, command }) => `${range.start.line} ${command?.title}`);
    assert.ok(titles.includes('7 stops: buy'), titles.join('\n'));
    const implied = open({ [path]: text.replace(/journeys: .*\n/, '') });
    assert.ok(implied.service.codeLenses(implied.linked, path).every(({ command }) => !command?.title.startsWith('stops')));
  });
});
