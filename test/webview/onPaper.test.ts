import { strict as assert } from 'node:assert';
import { mapModel } from '../../src/extension/map/model';
import { SystemView } from '../../src/language/view';
import type { OnPaper } from '../../src/layout/protocol';
import { pack } from '../../src/model/transfer';
import { verdictOnPaper } from '../../src/webview/questions/onPaper';
import { lab } from '../model/systems';
import { reviewText } from '../rules/helpers';
import { openMap } from './browser';

/** As the analysis of the lab would say if calls could not hang. */
const onPaper: OnPaper = {
  journeys: ['orders', 'pay'],
  things: [
    { kind: 'component', name: 'api', stops: ['orders', 'pay'], degrades: [] },
    { kind: 'component', name: 'db', stops: ['orders'], degrades: [] },
    { kind: 'component', name: 'payment', stops: ['pay'], degrades: [] },
  ],
};

describe('a game day on paper', function () {
  this.timeout(60_000);

  it('says what it knows, and nothing of the rest', () => {
    const part = { ...onPaper, things: [{ kind: 'zone', name: 'a', stops: ['pay'], degrades: ['orders'] } as const] };
    assert.equal(verdictOnPaper(part, { kind: 'zone', name: 'a' }, 'pay'), 'stops');
    assert.equal(verdictOnPaper(part, { kind: 'zone', name: 'a' }, 'orders'), 'degrades');
    assert.equal(verdictOnPaper(part, { kind: 'component', name: 'a' }, 'pay'), undefined);
    assert.equal(verdictOnPaper(part, { kind: 'zone', name: 'a' }, '__proto__'), undefined);
    assert.equal(verdictOnPaper(onPaper, { kind: 'component', name: 'payment' }, 'orders'), 'survives');
    assert.equal(verdictOnPaper(undefined, { kind: 'component', name: 'payment' }, 'orders'), undefined);
  });

  it('is what the shell sends with the model', () => {
    const text = `faultline: 1
components: { web: {}, db: {}, ads: {} }
calls:
  - { from: web, to: db, timeout: 1s }
  - { from: web, to: ads, timeout: 1s, circuitBreaker: { failures: 5 }, fallback: no-ads }
journeys: { shop: { entry: web } }`;
    const view = new SystemView(reviewText(text).linked, {
      uri: (path) => path,
      text: () => text,
      rulePage: () => undefined,
      severities: () => new Map(),
      today: () => '2026-01-01',
      failed: (doing, error) => assert.fail(`${doing}: ${error}`),
    });
    const model = mapModel(view, undefined);
    const without = (name: string) => verdictOnPaper(model.onPaper, { kind: 'component', name }, 'shop');
    assert.deepEqual(['web', 'db', 'ads'].map(without), ['stops', 'stops', 'degrades']);
  });

  it('stands in the table while the runs are under way, and beside what they say', async () => {
    const view = await openMap(lab());
    await view.send({ type: 'model', model: { version: 2, system: pack(lab()), marks: [], captions: [], onPaper } });
    await view.page.getByRole('tab', { name: 'Game day' }).click();
    // The table of the analysis may stand for a moment only: it is caught as it comes.
    await view.page.evaluate(() => {
      const seen = window as unknown as { paper: string | undefined };
      new MutationObserver(() => {
        seen.paper ??= document.querySelector('table.paper')?.textContent ?? undefined;
      }).observe(document.body, { childList: true, subtree: true });
    });
    await view.page.getByRole('button', { name: 'Run the game day' }).click();
    await view.page.locator('table.heat:not(.paper)').waitFor({ timeout: 50_000 });
    const paper = await view.page.evaluate(() => (window as unknown as { paper?: string }).paper);
    assert.match(paper ?? '', /payment✓ survives✕ stops/);
    const labels = await view.page
      .locator('table.heat button')
      .evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));
    // Threads hang: what the structure survives stops in the run.
    assert.ok(
      labels.some((text) => /^orders without payment: stops .* · on paper: survives$/.test(text)),
      labels.join('\n'),
    );
    assert.ok(labels.some((text) => /^pay without payment: stops/.test(text) && !text.includes('on paper')));
    await view.screenshot('game-day-paper');
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, []);
  });
});
