import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import type { System } from '../../src/model/system';
import { lab } from '../model/systems';
import { openMap, type Webview } from './browser';

describe('the map in another language', function () {
  this.timeout(90_000);
  let view: Webview;

  /** Opens a map with every word of the bundle between marks. */
  async function open(system: System): Promise<void> {
    const bundle = JSON.parse(readFileSync('media/l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
    view = await openMap(system, [], { words: Object.fromEntries(Object.entries(bundle).map(([key, text]) => [key, `«${text}»`])) });
    // A worker that is late speaks the language nevertheless.
    await view.page.getByRole('button', { name: '«Play»' }).waitFor();
  }

  const texts = (selector: string) => view.page.locator(selector).allTextContents();

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('says on the cards and beside them what happens', async () => {
    await open(lab());
    await view.page.locator('.segment', { hasText: 'Protected' }).click();
    await view.page.getByLabel('«Speed»').selectOption('5');
    await view.page.locator('.card[data-id="component payment"]').click({ button: 'right' });
    assert.deepEqual(
      (await texts('[role=menuitem]')).filter((text) => !text.includes('«')),
      [],
    );
    await view.page.getByRole('menuitem').first().click();
    await view.page.locator('.card.down[data-id="component payment"]').waitFor();
    await view.page.getByRole('log').getByText('the breaker opens for').first().waitFor({ state: 'attached' });
    await view.page.getByRole('log').getByText('stops answering').first().waitFor({ state: 'attached' });
    const said = await texts('.log li span');
    assert.ok(said.length >= 3, said.join('\n'));
    assert.deepEqual(
      said.filter((text) => !text.startsWith('«')),
      [],
    );
    assert.equal(await view.page.locator('.card[data-id="component payment"] .state').textContent(), '«down»');
    assert.deepEqual(
      (await texts('.card .meta')).filter((text) => !text.includes('«')),
      [],
    );
    assert.match((await view.page.locator('svg.stage').getAttribute('aria-label')) ?? '', /^«/);
  });

  it('says why nothing can be simulated, and what cannot be done', async () => {
    await open({ ...lab(), journeys: new Map() });
    await view.page.locator('.refusal').getByText('«There is nothing to simulate: no journey leads into the system').waitFor();
  });

  it('names each of two variants', async () => {
    await open(lab());
    await view.page.getByLabel('«What is played beside it»').selectOption({ label: '«Protected»' });
    await view.page.getByRole('region', { name: '«Map, «Protected»»' }).locator('.card').first().waitFor();
    await view.page.getByLabel('«Speed»').selectOption('5');
    await view.page.locator('.card[data-id="component payment"]').first().click({ button: 'right' });
    await view.page.getByRole('menuitem').first().click();
    await view.page.getByRole('log').getByText('««Protected»: «').first().waitFor({ state: 'attached' });
    assert.deepEqual(
      (await texts('.log li span')).filter((text) => !text.startsWith('«')),
      [],
    );
  });
});
