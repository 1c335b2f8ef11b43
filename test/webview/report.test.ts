import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { drawn } from '../../src/cli/picture';
import { htmlPage } from '../../src/language/report/html';
import { figureOf, reportDocument, reportSteps } from '../../src/language/report/report';
import { svgDocument } from '../../src/layout/drawing/svg';
import { finish } from '../../src/model/steps';
import { open } from '../language/fixture';

/** The report on the example of a shop, and of a system whose names are long and mean no good. */
async function pageOf(texts: Readonly<Record<string, string>>): Promise<string> {
  const { service, linked } = open(texts);
  const view = service.view(linked);
  const { name, graph, picture } = await drawn(view);
  const report = finish(reportSteps(view, new Map(), (file) => file.slice(1)));
  const blocks = reportDocument([{ ...report, picture: figureOf(view, svgDocument(graph, picture, name)) }]);
  return htmlPage(blocks, { title: `Report: ${name}`, about: 'today', language: 'en' });
}

function storefront(): Readonly<Record<string, string>> {
  const folder = 'examples/storefront';
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  return Object.fromEntries(names.map((name) => [`/${name}`, readFileSync(join(folder, name), 'utf8')]));
}

const long = 'x'.repeat(120);
const hostile = `faultline: 1
system: "<img src=x onerror=alert(1)>"
components:
  web: {}
  ${long}: { kind: external }
  "</style></svg><script>document.title = 'taken'</script>": {}
calls:
  - { from: web, to: ${long} }
  - { from: web, to: "</style></svg><script>document.title = 'taken'</script>" }
journeys:
  ${long}: { entry: web, availability: 99.9% }
`;

describe('the page of a report', function () {
  this.timeout(90_000);
  let browser: Browser;
  let page: Page;
  let troubles: string[];

  before(async () => {
    const { launchChromium } = await import('../host/chromium.mjs');
    browser = await launchChromium();
  });
  after(() => browser.close());

  async function show(html: string, options: { readonly colorScheme: 'light' | 'dark'; readonly width?: number }): Promise<void> {
    const { colorScheme, width = 1280 } = options;
    page = await browser.newPage({ colorScheme, viewport: { width, height: 900 } });
    troubles = [];
    page.on('console', (message) => troubles.push(message.text()));
    page.on('request', (request) => {
      if (request.url() !== 'about:blank') troubles.push(request.url());
    });
    await page.setContent(html);
  }

  afterEach(async () => {
    await page.close();
    assert.deepEqual(troubles, [], 'nothing was fetched, and no policy was broken');
  });

  /** How far the page is wider than the window, in pixels. */
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

  async function violations(): Promise<readonly string[]> {
    await page.evaluate(axe.source);
    return page.evaluate(async () => {
      const { axe: engine } = window as unknown as { axe: typeof axe };
      const result = await engine.run(document, { resultTypes: ['violations'] });
      return result.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
    });
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    it(`can be read by everybody (${colorScheme})`, async () => {
      const { screenshotFile } = await import('../host/place.mjs');
      await show(await pageOf(storefront()), { colorScheme });
      const headings = await page.locator('h1, h2, h3').allTextContents();
      for (const text of ['storefront', 'Journeys', 'What to do first', 'Findings', 'Recovery', 'Load', 'What is assumed']) {
        assert.ok(headings.includes(text), text);
      }
      assert.equal(await page.locator('figure svg .card').count(), 25);
      assert.equal(await page.locator('[tabindex="0"]:not(.scroll)').count(), 0, 'nothing pretends to be a button');
      assert.equal(await overflow(), 0);
      assert.deepEqual(await violations(), []);
      const shade = await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      assert.equal(shade, colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(22, 25, 29)');
      await page.screenshot({ path: screenshotFile(`report-${colorScheme}`) });
    });
  }

  it('is light on paper, and nothing on it is cut off', async () => {
    const { screenshotFile } = await import('../host/place.mjs');
    // What A4 leaves between its margins.
    await show(await pageOf(storefront()), { colorScheme: 'dark', width: 688 });
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor), 'rgb(255, 255, 255)');
    assert.equal(await overflow(), 0);
    const cut = await page.locator('.scroll').evaluateAll((all) => all.filter((each) => each.scrollWidth > each.clientWidth + 1).length);
    assert.equal(cut, 0);
    assert.equal(await page.locator('nav').isVisible(), false);
    await page.screenshot({ path: screenshotFile('report-print'), fullPage: true });
  });

  for (const width of [1280, 400]) {
    it(`holds names that are long or mean no good, ${width} pixels wide`, async () => {
      await show(await pageOf({ '/x.faultline.yaml': hostile }), { colorScheme: 'light', width });
      assert.equal(await page.title(), 'Report: <img src=x onerror=alert(1)>');
      assert.equal(await page.locator('script, img').count(), 0);
      assert.equal(await overflow(), 0);
      assert.deepEqual(await violations(), []);
    });
  }
});
