import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as l10n from '@vscode/l10n';
import type { Block } from '../../src/language/report/blocks';
import { htmlPage } from '../../src/language/report/html';
import { asMarkdown } from '../../src/language/report/markdown';
import type { Outcomes } from '../../src/language/report/outcomes';
import { figureOf, pictureNames, reportDocument, reportSteps, reportTitle, type SystemReport } from '../../src/language/report/report';
import { finish } from '../../src/model/steps';
import { expectedText } from '../../src/simulation/expectations';
import { open } from './fixture';
import { languageWords, pseudoTranslation, translation, untranslated, writtenWords } from './pseudo';

type Texts = Readonly<Record<string, string>>;

const svg = '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>here</title></svg>';

function storefront(): Texts {
  const folder = 'examples/storefront';
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(names.map((name) => [`/storefront/${name}`, readFileSync(join(folder, name), 'utf8')]));
}

function reported(texts: Texts, outcomes: Outcomes = new Map()): SystemReport {
  const { service, linked } = open(texts);
  const view = service.view(linked);
  return { ...finish(reportSteps(view, outcomes, (file) => file.slice(1))), picture: figureOf(view, svg) };
}

const page = { title: 'Report', about: 'today', language: 'en' };

/** The texts of one column of the table below a heading. */
function column(blocks: readonly Block[], heading: string, index: number): readonly string[] {
  const start = blocks.findIndex((block) => block.kind === 'heading' && block.text === heading);
  assert.ok(start >= 0, heading);
  const table = blocks.slice(start).find((block) => block.kind === 'table');
  assert.ok(table, heading);
  return table.rows.map((row) => {
    const cell = row[index];
    assert.ok(cell !== undefined);
    return typeof cell === 'string' ? cell : cell.text;
  });
}

/** Fails where an element is not closed in its order. The page has no text that looks like an element. */
function assertBalanced(html: string): void {
  const empty = new Set(['meta', 'rect', 'path', 'circle']);
  const opened: string[] = [];
  for (const [, end, name = '', , own] of html.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s[^<>]*?)?)(\/?)>/g)) {
    if (end) assert.equal(opened.pop(), name);
    else if (!own && !empty.has(name)) opened.push(name);
  }
  assert.deepEqual(opened, []);
}

describe('the report', () => {
  const report = reported(storefront());
  const blocks = reportDocument([report]);
  const headings = blocks.flatMap((block) => (block.kind === 'heading' && block.level < 3 ? [block.text] : []));

  it('says first how good it is and what to do, and at last what it rests on', () => {
    assert.deepEqual(headings, [
      'storefront',
      'Journeys',
      'What to do first',
      'Single points of failure',
      'Findings',
      'Each journey',
      'Blast radius',
      'Recovery',
      'Load',
      'What is assumed',
      'How to read the figures',
      'The rules that found something',
    ]);
  });

  it('has every finding at its place, the loudest first', () => {
    const { service, linked } = open(storefront());
    const { findings } = service.view(linked);
    assert.ok(findings.length > 20);
    assert.deepEqual([...column(blocks, 'Findings', 1)].sort(), findings.map(({ message }) => message).sort());
    const severities = column(blocks, 'Findings', 0);
    assert.deepEqual(
      severities,
      [...severities].sort((a, b) => ['error', 'warning', 'note', 'hint'].indexOf(a) - ['error', 'warning', 'note', 'hint'].indexOf(b)),
    );
    const texts = storefront();
    const places = column(blocks, 'Findings', 3);
    const rules = column(blocks, 'Findings', 4);
    const at = places[rules.indexOf('missing-timeout')] ?? '';
    const [file = '', line = ''] = at.split(':');
    assert.match(
      (texts[`/${file}`] ?? '')
        .split('\n')
        .slice(Number(line) - 1, Number(line) + 2)
        .join('\n'),
      /tips|card-processor/,
    );
  });

  it('lists every number that nobody wrote', () => {
    const { figures } = report.review;
    const expected = new Set(figures.journeys.flatMap(({ assumptions }) => assumptions.map(({ subject, text }) => `${subject} ${text}`)));
    const of = column(blocks, 'What is assumed', 0);
    const what = column(blocks, 'What is assumed', 1);
    const listed = new Set(of.map((subject, i) => `${subject} ${what[i]}`));
    assert.ok(expected.size > 10);
    assert.deepEqual(
      [...expected].filter((one) => !listed.has(one)),
      [],
    );
    assert.equal(listed.size, of.length, 'none twice');
    assert.ok(listed.has('night-clerk is a journey: nobody calls its entry'));
  });

  it('names each single point once, with every journey that it stops', () => {
    const points = column(blocks, 'Single points of failure', 0);
    assert.equal(new Set(points).size, points.length);
    assert.equal(column(blocks, 'Single points of failure', 1)[points.indexOf('names')], 'buy, browse and search');
    assert.equal(column(blocks, 'Single points of failure', 1)[points.indexOf('region north')], 'buy, browse, search and night-clerk');
  });

  it('ranks what to do by what it saves, and never by doing without something', () => {
    const saved = column(blocks, 'What to do first', 2).map((text) => {
      const [, amount = '', unit = ''] = /^([\d.]+) (d|h|min|s)\/yr$/.exec(text) ?? [];
      return Number(amount) * ({ d: 24, h: 1, min: 1 / 60, s: 1 / 3600 }[unit] ?? Number.NaN);
    });
    assert.ok(saved.length > 3 && saved.every((hours) => hours > 0));
    assert.deepEqual(
      saved,
      [...saved].sort((a, b) => b - a),
    );
    const optional = [...report.review.fixes.values()].flat().filter(({ fix }) => fix.kind === 'optional');
    assert.ok(optional.length > 0);
    const shown = column(blocks, 'What to do first', 0);
    for (const { fix } of optional) assert.ok(!shown.includes(fix.title), fix.title);
  });

  it('says of scenarios only what a run said', () => {
    const [expectation] = report.review.system.scenarios.get('cards-hang')?.expect ?? [];
    assert.ok(expectation);
    const text = expectedText(expectation);
    const check = { index: 0, expectation, text, measured: 0.5, holds: false };
    const ran = reported(storefront(), new Map([['cards-hang', { ok: true, checks: [check] }]]));
    assert.ok(!headings.includes('Scenarios'));
    const outcome = new Map(
      column(reportDocument([ran]), 'Scenarios', 0).map((name, i) => [
        name.split(':')[0],
        column(reportDocument([ran]), 'Scenarios', 2)[i],
      ]),
    );
    assert.match(outcome.get('cards-hang') ?? '', new RegExp(`50%, not ${text}`));
    assert.equal([...outcome.values()].filter((text) => text === 'not run').length, ran.review.system.scenarios.size - 1);
  });

  it('has a word for a system of which nothing is known', () => {
    const empty = reportDocument([reported({ '/e/e.faultline.yaml': 'faultline: 1\nsystem: empty\n' })]);
    for (const text of [asMarkdown(empty), htmlPage(empty, page)]) {
      assert.doesNotMatch(text, /NaN|undefined|Infinity|\[object/);
      assert.match(text, /Nothing: every number that a figure rests on is written/);
    }
  });
});

describe('the page of a report', () => {
  const blocks = reportDocument([reported(storefront())]);
  const html = htmlPage(blocks, page);

  it('is one file: no script, no address, no style from elsewhere', () => {
    assert.doesNotMatch(html, /<script|<link|<img|<iframe|<object|@import|url\(|\son\w+=|javascript:/i);
    const addresses = [...html.matchAll(/(?:src|href|action)="([^"]*)"/g)].map(([, address = '']) => address);
    assert.ok(addresses.length > 10);
    for (const address of addresses) assert.match(address, /^#section-\d+$/);
    assert.match(html, /default-src 'none'; style-src 'unsafe-inline'/);
    assertBalanced(html);
  });

  it('has a heading behind every link, and none that leaves out a level', () => {
    const ids = new Set([...html.matchAll(/<h\d id="([^"]+)"/g)].map(([, id]) => id));
    for (const [, target = ''] of html.matchAll(/href="#([^"]+)"/g)) assert.ok(ids.has(target), target);
    let last = 0;
    for (const [, level = ''] of html.matchAll(/<h([1-6])[ >]/g)) {
      assert.ok(Number(level) <= last + 1, `h${level} after h${last}`);
      last = Number(level);
    }
  });

  it('shows hostile names as the texts that they are, as a page and as Markdown', () => {
    const names = [
      '<img src=x onerror=alert(1)>',
      ']]></style></svg><script>alert(1)</script>',
      '__proto__',
      '" onload="x',
      '&lt;b&gt;',
      'a|b `c` [d](e)',
    ];
    const components = names.map((name) => `  ${JSON.stringify(name)}: { kind: external }\n`).join('');
    const calls = names.map((name) => `  - { from: web, to: ${JSON.stringify(name)} }\n`).join('');
    const text = `faultline: 1\nsystem: ${JSON.stringify(names[0])}\ncomponents:\n  web: {}\n${components}calls:\n${calls}journeys:\n  ${JSON.stringify(names[1])}: { entry: web, availability: 99.9% }\nscenarios:\n  ${JSON.stringify(names[2])}: { duration: 1s }\n`;
    const report = reported({ '/x/<b>.faultline.yaml': text }, new Map([['__proto__', { ok: false, reason: names[0] ?? '' }]]));
    const hostile = reportDocument([report]);
    const shown = htmlPage(hostile, { ...page, title: reportTitle([report]) });
    assert.doesNotMatch(shown, /<img|<script|<b>|\sonload="/);
    assert.equal(shown.match(/<\/style>/g)?.length, 1);
    assertBalanced(shown);
    assert.ok(shown.includes('&lt;img src=x onerror=alert(1)&gt;') && shown.includes('__proto__') && shown.includes('&amp;lt;b&amp;gt;'));
    const markdown = asMarkdown(hostile);
    assert.doesNotMatch(markdown, /(^|[^\\])<(img|script|b)\b/);
    for (const table of markdown.split('\n\n').filter((part) => part.startsWith('| '))) {
      const widths = new Set(table.split('\n').map((line) => line.replace(/\\./g, '').split('|').length));
      assert.equal(widths.size, 1, table);
    }
  });

  it('names the files of pictures so that none leads out of the folder', () => {
    const two = [...blocks, ...blocks.filter(({ kind }) => kind === 'picture').map((block) => ({ ...block }))];
    assert.deepEqual([...pictureNames(two, 'review').values()], ['review-map-1.svg', 'review-map-2.svg']);
    const names = pictureNames(blocks, 'review');
    assert.match(
      asMarkdown(blocks, (picture) => names.get(picture)),
      /!\[The architecture of storefront\]\(<review-map\.svg>\)/,
    );
    assert.doesNotMatch(asMarkdown(blocks), /!\[/);
  });
});

describe('every word of the report', () => {
  beforeEach(() => l10n.config({ contents: { ...pseudoTranslation() } }));
  afterEach(() => l10n.config({ contents: {} }));

  it('is translated', () => {
    const texts = storefront();
    const known = [languageWords(), ...Object.values(texts).map(writtenWords), ...Object.keys(texts).map(writtenWords)];
    // The rules' summaries are the manifest's.
    const blocks = reportDocument([reported(texts)]);
    const rules = blocks.findIndex((block) => block.kind === 'heading' && block.text === translation('The rules that found something'));
    assert.ok(rules > 0);
    const shown = asMarkdown(blocks.slice(0, rules)).replace(/\\/g, '');
    assert.deepEqual([...new Set(untranslated(shown, known))], []);
  });
});
