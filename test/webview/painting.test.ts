import { strict as assert } from 'node:assert';
import type { Caption, Mark } from '../../src/layout/protocol';
import { pack } from '../../src/model/transfer';
import { lab } from '../model/systems';
import { openMap, type Webview } from './browser';

/** What the shell says of everything's availability. */
function captions(text: string): readonly Caption[] {
  return [...lab().components.keys()].map((name) => ({ element: `component ${name}` as const, text, detail: `${name} reaches ${text}` }));
}

const mark: Mark = {
  element: 'component db',
  rule: 'single-point-of-failure',
  severity: 'warning',
  message: 'orders stops whenever db is down',
};

describe('a drawing whose words change', function () {
  this.timeout(60_000);
  let view: Webview;
  let version = 1;

  const card = (name: string) => view.page.locator(`.card[data-id="component ${name}"]`);
  const meta = (name: string) => card(name).locator('.meta');
  const send = (text: string, marks: readonly Mark[] = []) =>
    view.send({ type: 'model', model: { version: ++version, system: pack(lab()), marks, captions: captions(text) } });

  /** Marks the elements that are there, to tell them from others that take their place. */
  const tagged = () =>
    view.page.locator('.card').evaluateAll((all) => {
      for (const one of all) (one as unknown as { tag: boolean }).tag = true;
    });
  const kept = () => view.page.locator('.card').evaluateAll((all) => all.filter((one) => (one as unknown as { tag?: boolean }).tag).length);
  const waitFor = (text: string) =>
    view.page.waitForFunction((wanted) => document.querySelector('.card .meta')?.textContent?.includes(wanted) === true, text);

  beforeEach(async () => {
    version = 1;
    view = await openMap(lab());
  });
  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('says the new ones, in what is shown, in tooltips and to screen readers, with the same elements', async () => {
    await send('11.1%');
    await waitFor('11.1%');
    await tagged();
    await card('db').focus();
    await send('22.2%');
    await waitFor('22.2%');
    assert.equal(await kept(), 3);
    for (const name of ['api', 'db', 'payment']) {
      assert.match((await meta(name).textContent()) ?? '', /22\.2%/);
      assert.match((await card(name).locator(':scope > title').textContent()) ?? '', /reaches 22\.2%/);
      assert.doesNotMatch((await card(name).getAttribute('aria-label')) ?? '', /11\.1%/);
    }
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'component db');
  });

  it('is drawn anew where there is more to it than words, and has its tooltips back once a finding is gone', async () => {
    await send('11.1%');
    await waitFor('11.1%');
    await tagged();
    await send('22.2%', [mark]);
    await card('db').getByText('SPOF').waitFor();
    assert.equal(await kept(), 0);
    assert.equal(await card('db').locator(':scope > title').count(), 0, 'its findings are shown instead');
    await tagged();
    await send('33.3%', [{ ...mark, message: 'orders stops' }]);
    await waitFor('33.3%');
    assert.equal(await kept(), 3);
    assert.equal(await card('db').locator(':scope > title').count(), 0);
    await send('44.4%');
    await waitFor('44.4%');
    assert.match((await card('db').locator(':scope > title').textContent()) ?? '', /reaches 44\.4%/);
  });

  it('goes on showing a run, and says the new words when it is at rest again', async () => {
    await send('11.1%');
    await waitFor('11.1%');
    await card('payment').click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await view.page.locator('.card.down[data-id="component payment"]').waitFor();
    await view.page.getByRole('button', { name: 'Pause' }).click();
    await view.page.waitForFunction(() =>
      /busy|hang/.test(document.querySelector('.card[data-id="component api"] .meta')?.textContent ?? ''),
    );
    await tagged();
    await send('22.2%');
    await view.page.waitForFunction(() =>
      /reaches 22\.2%/.test(document.querySelector('.card[data-id="component api"] > title')?.textContent ?? ''),
    );
    assert.equal(await kept(), 3);
    assert.match((await meta('api').textContent()) ?? '', /busy|hang/);
    assert.equal(await view.page.locator('.card.down[data-id="component payment"]').count(), 1);
    await view.page.getByRole('button', { name: 'Restart' }).click();
    await view.page.waitForFunction(() => /22\.2%/.test(document.querySelector('.card[data-id="component api"] .meta')?.textContent ?? ''));
  });
});
