import { strict as assert } from 'node:assert';
import type { FromMap, Mark } from '../../src/layout/protocol';
import { pack } from '../../src/model/transfer';
import { lab } from '../model/systems';
import { openMap, type Webview } from './browser';

const marks: readonly Mark[] = [
  {
    element: 'call api -> payment',
    rule: 'missing-timeout',
    severity: 'warning',
    message: 'api waits for payment <b>without</b> a timeout',
  },
  { element: 'component payment', rule: 'single-point-of-failure', severity: 'error', message: 'pay stops whenever payment is down' },
];

const said =
  <T extends FromMap['type']>(type: T) =>
  (message: unknown): message is Extract<FromMap, { type: T }> =>
    (message as FromMap).type === type;

/** On the same element, less bad than the other one and told before it. */
const lesser: Mark = { element: 'component payment', rule: 'single-zone', severity: 'info', message: 'payment runs in one zone' };

describe('findings on the map', function () {
  this.timeout(60_000);
  let view: Webview;

  const dialog = () => view.page.getByRole('dialog', { name: 'Findings' });
  const card = (name: string) => view.page.locator(`.card[data-id="component ${name}"]`);

  /** Says what can be done, as the shell does. */
  async function answer(): Promise<void> {
    const { elements } = await view.received(said('peek'));
    const fixes = marks
      .filter(({ element }) => elements.includes(element))
      .map((mark) => ({
        ...mark,
        fixes: [
          { id: 7, title: 'Insert <timeout>: 300ms' },
          { id: 8, title: `Ignore ${mark.rule} here, with a reason`, isIgnoring: true },
        ],
      }));
    await view.send({ type: 'fixes', elements, marks: fixes });
  }

  beforeEach(async () => {
    view = await openMap(lab(), marks);
  });

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('are shown when the pointer rests on them, with what can be done, and a click does it', async () => {
    await view.page.locator('.pill').last().hover();
    await dialog().waitFor();
    await dialog().getByText('api waits for payment <b>without</b> a timeout').waitFor();
    assert.deepEqual((await view.received(said('peek'))).elements, ['call api -> payment']);
    await answer();
    await view.screenshot('peek');
    await dialog().getByRole('button', { name: 'Insert <timeout>: 300ms' }).click();
    assert.equal((await view.received(said('fix'))).id, 7);
    // The text changed, and with it the picture: the finding is gone, and so is what was shown of it.
    const mended = { ...lab(), calls: lab().calls.map((call) => ({ ...call, timeout: 0.3 })) };
    await view.send({ type: 'model', model: { version: 2, system: pack(mended), marks: marks.slice(1), captions: [] } });
    await view.page.locator('.pill-text', { hasText: '300 ms' }).first().waitFor();
    await dialog().waitFor({ state: 'detached' });
  });

  it('begin with the worst', async () => {
    await view.send({ type: 'model', model: { version: 2, system: pack(lab()), marks: [lesser, ...marks], captions: [] } });
    await card('payment').hover();
    await dialog().getByText('payment runs in one zone').waitFor();
    assert.deepEqual(
      await dialog()
        .locator('li')
        .evaluateAll((all) => all.map((one) => one.className)),
      ['error', 'info'],
    );
  });

  it('can be ignored with a reason, which the shell asks for', async () => {
    await card('payment').hover();
    await dialog().waitFor();
    await answer();
    await dialog().getByRole('button', { name: 'Ignore single-point-of-failure here, with a reason…' }).click();
    assert.equal((await view.received(said('fix'))).id, 8);
  });

  it('go away when the pointer leaves, but not for it to reach them', async () => {
    await card('payment').hover();
    await dialog().waitFor();
    await dialog().hover();
    await view.page.waitForTimeout(600);
    assert.equal(await dialog().count(), 1);
    await view.page.mouse.move(5, 300);
    await dialog().waitFor({ state: 'detached' });
  });

  it('are reached by keyboard: from the card, through them, and back', async () => {
    await card('payment').focus();
    await view.page.keyboard.press('f');
    await dialog().waitFor();
    await answer();
    await dialog().getByRole('button').first().waitFor();
    await view.page.keyboard.press('Tab');
    await view.page.keyboard.press('Enter');
    assert.equal((await view.received(said('fix'))).id, 7);
    await view.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'component payment');
  });

  it('keep the focus when a change makes the buttons go, and give it back when there is nothing left to say', async () => {
    const focused = () => view.page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? document.activeElement?.className);
    await card('payment').focus();
    await view.page.keyboard.press('f');
    await dialog().waitFor();
    await answer();
    await dialog().getByRole('button').first().waitFor();
    await view.page.keyboard.press('Tab');
    assert.equal(await view.page.evaluate(() => document.activeElement?.tagName), 'BUTTON');
    const send = (version: number, timeout: number, left: readonly Mark[]) => {
      const system = { ...lab(), calls: lab().calls.map((call) => ({ ...call, timeout })) };
      return view.send({ type: 'model', model: { version, system: pack(system), marks: left, captions: [] } });
    };
    await send(2, 0.3, marks);
    await view.page.locator('.pill-text', { hasText: '300 ms' }).first().waitFor();
    await dialog().getByText('Looking for what can be done…').waitFor();
    assert.equal(await focused(), 'peek');
    await send(3, 0.4, []);
    await dialog().waitFor({ state: 'detached' });
    assert.equal(await focused(), 'component payment');
  });

  it('are shown when the focus rests on a card, and nowhere where there are none', async () => {
    await card('db').focus();
    await view.page.waitForTimeout(700);
    assert.equal(await dialog().count(), 0);
    await card('payment').focus();
    await dialog().getByText('pay stops whenever payment is down').waitFor();
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-id')), 'component payment', 'the focus stays');
  });

  it('do not open again by themselves once they were closed, nor where a menu closes', async () => {
    await card('payment').focus();
    await dialog().waitFor();
    await view.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await view.page.keyboard.press('f');
    await dialog().waitFor();
    await view.page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'detached' });
    await view.page.waitForTimeout(900);
    assert.equal(await dialog().count(), 0, 'after Escape');
    await card('payment').click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await view.page.locator('.card.down[data-id="component payment"]').waitFor();
    await view.page.waitForTimeout(900);
    assert.equal(await dialog().count(), 0, 'after a kill');
  });

  it('do not open for what comes to lie under a pointer at rest, but once it is moved', async () => {
    const box = await card('payment').boundingBox();
    assert.ok(box);
    const at = { x: box.x + box.width / 2 - 200, y: box.y + box.height / 2 };
    await view.page.mouse.move(at.x, at.y);
    await card('db').focus();
    await view.page.keyboard.press('Shift+ArrowRight');
    const isThere = () =>
      view.page.evaluate(({ x, y }) => document.elementFromPoint(x, y)?.closest('[data-id]')?.getAttribute('data-id'), at);
    assert.equal(await isThere(), 'component payment');
    await view.page.waitForTimeout(900);
    assert.equal(await dialog().count(), 0);
    await view.page.mouse.move(at.x + 3, at.y);
    await dialog().waitFor();
  });

  it('leave the simulator free where there is room above', async () => {
    const surface = await view.page.locator('.surface').boundingBox();
    assert.ok(surface);
    // The card low on the map: moved down until it is near its end.
    await card('db').focus();
    for (let i = 0; i < 12; i++) {
      const box = await card('payment').boundingBox();
      if (box && box.y + box.height + 90 > surface.y + surface.height) break;
      await view.page.keyboard.press('ArrowUp');
    }
    await card('payment').focus();
    await dialog().waitFor();
    const shown = await dialog().boundingBox();
    assert.ok(shown && shown.y + shown.height <= surface.y + surface.height, JSON.stringify([shown, surface]));
  });

  it('are in the menu of what has some', async () => {
    await card('payment').click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Show its findings/ }).click();
    await dialog().waitFor();
    await view.page.keyboard.press('Escape');
    await card('db').click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).waitFor();
    assert.equal(await view.page.getByRole('menuitem', { name: /^Show its findings/ }).count(), 0);
  });
});
