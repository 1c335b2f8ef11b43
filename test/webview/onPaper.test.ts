import { strict as assert } from 'node:assert';
import { onPaperSteps } from '../../src/analysis/availability/onPaper';
import type { FromMap } from '../../src/layout/protocol';
import { finish } from '../../src/model/steps';
import { lab } from '../model/systems';
import { openMap, type Webview } from './browser';

const asked = (message: unknown): message is Extract<FromMap, { type: 'on-paper' }> => (message as FromMap).type === 'on-paper';

describe('a game day on paper, on the map', function () {
  this.timeout(90_000);
  let view: Webview;

  /** Answers what was asked of one variant, as the shell does. */
  async function answer(variant: 'written' | 'protected'): Promise<void> {
    const question = await view.received(
      (message): message is Extract<FromMap, { type: 'on-paper' }> => asked(message) && message.variant === variant,
    );
    await view.send({ type: 'on-paper', asked: question.asked, onPaper: finish(onPaperSteps(lab(), variant)) });
  }

  const labels = () => view.page.locator('table.heat button').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? ''));

  beforeEach(async () => {
    view = await openMap(lab());
    await view.page.getByRole('tab', { name: 'Game day' }).click();
  });

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('stands in the table while the runs are under way, and beside what they say', async () => {
    await answer('written');
    // The table of the analysis may stand for a moment only: it is caught as it comes.
    await view.page.evaluate(() => {
      const seen = window as unknown as { paper: string | undefined };
      new MutationObserver(() => {
        seen.paper ??= document.querySelector('table.paper')?.textContent ?? undefined;
      }).observe(document.body, { childList: true, subtree: true });
    });
    await view.page.getByRole('button', { name: 'Run the game day' }).click();
    await view.page.locator('table.heat:not(.paper)').waitFor({ timeout: 60_000 });
    const paper = await view.page.evaluate(() => (window as unknown as { paper?: string }).paper);
    assert.match(paper ?? '', /payment✕ survives; if calls hang: stops✕ stops/);
    const said = await labels();
    // Threads hang: what the structure survives stops in the run.
    assert.ok(
      said.some((text) => /^orders without payment: stops .* · on paper: survives, but calls can hang$/.test(text)),
      said.join('\n'),
    );
    assert.ok(said.some((text) => /^pay without payment: stops/.test(text) && !text.includes('on paper')));
    await view.screenshot('game-day-paper');
  });

  it('is asked of the variant at hand, and an answer about another text is dropped', async () => {
    await view.page.locator('.segment', { hasText: 'Protected' }).click();
    await answer('protected');
    const lie = finish(onPaperSteps(lab(), 'bare'));
    await view.send({ type: 'on-paper', asked: 99, onPaper: { ...lie, variant: 'protected' } });
    await view.page.getByRole('button', { name: 'Run the game day' }).click();
    await view.page.locator('table.heat:not(.paper)').waitFor({ timeout: 60_000 });
    const said = await labels();
    assert.ok(
      said.some((text) => text === 'orders without payment: survives'),
      said.join('\n'),
    );
    assert.equal(view.posted.filter(asked).length, 2, 'once for each variant');
  });
});
