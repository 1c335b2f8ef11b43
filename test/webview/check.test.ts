import { strict as assert } from 'node:assert';
import { topics } from '../../src/extension/learning/topics';
import type { CheckTopic, FromCheck, Given } from '../../src/layout/checkProtocol';
import { openWebview, type Theme, type Webview, type WebviewOptions } from './browser';

/** The questions as the shell sends them. */
const lesson: readonly CheckTopic[] = topics().map((topic) => ({
  ...topic,
  questions: topic.questions.map(({ leads, ...question }) => ({
    ...question,
    links: leads.map((lead) => ('rule' in lead ? `The rule ${lead.rule}` : `The example ${lead.example}`)),
  })),
}));

const isMessage = (message: unknown): message is FromCheck => typeof message === 'object' && message !== null && 'type' in message;

describe('the page of questions', function () {
  this.timeout(60_000);
  let view: Webview;

  async function open(options: WebviewOptions = {}, topic = 'nines', given: Given = []): Promise<void> {
    view = await openWebview({ ...options, show: 'check' });
    await view.received((message): message is FromCheck => isMessage(message) && message.type === 'ready');
    await view.send({ type: 'lesson', topics: lesson, given, topic });
    await view.page.getByRole('heading', { level: 1 }).waitFor();
  }

  const first = () => view.page.getByRole('group').first();
  const form = () => view.page.locator('form').first();
  const posted = () => view.posted.slice(1);

  /** The place of an answer to the first question of the first topic. */
  const place = (right: boolean) => lesson[0]?.questions[0]?.answers.findIndex((answer) => answer.right === right) ?? -1;
  const textAt = (i: number) => lesson[0]?.questions[0]?.answers[i]?.text ?? '';
  const saidAt = (i: number) => lesson[0]?.questions[0]?.answers[i]?.says ?? '';

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  for (const theme of ['dark', 'light', 'hc-dark', 'hc-light'] as const satisfies readonly Theme[]) {
    it(`asks the questions of one topic, beside all topics (${theme})`, async () => {
      await open({ theme }, 'nines', [
        ['five-in-a-row', place(true)],
        ['better-one', 1],
      ]);
      assert.equal(await view.page.getByRole('group').count(), lesson[0]?.questions.length);
      const named = view.page.getByRole('navigation').getByRole('button');
      assert.equal(await named.count(), lesson.length);
      assert.match((await view.page.locator('[aria-current=page]').textContent()) ?? '', /^Nines multiply\s*1 of 4 right$/);
      assert.deepEqual(await view.page.locator('.said strong').allTextContents(), ['✓ Right.', '✗ Not that one.']);
      await view.screenshot(`check-${theme}`);
    });
  }

  it('says at once why an answer is wrong, and which is right only to whoever finds it', async () => {
    await open();
    const check = form().getByRole('button', { name: 'Check' });
    assert.equal(await check.isDisabled(), true);
    await first()
      .getByRole('radio', { name: textAt(place(false)) })
      .check();
    assert.equal(await form().getByRole('status').textContent(), '');
    await check.click();
    const said = (await form().getByRole('status').textContent()) ?? '';
    assert.ok(said.includes('Not that one.') && said.includes(saidAt(place(false))) && !said.includes(saidAt(place(true))), said);
    await first()
      .getByRole('radio', { name: textAt(place(true)) })
      .check();
    await check.click();
    await form().getByRole('status').getByText('Right.').waitFor();
    assert.deepEqual(posted(), [
      { type: 'answer', question: 'five-in-a-row', answer: place(false) },
      { type: 'answer', question: 'five-in-a-row', answer: place(true) },
    ]);
    assert.match((await view.page.locator('[aria-current=page]').textContent()) ?? '', /1 of 4 right/);
    await view.page.getByText('1 of 4 right in this topic').waitFor();
  });

  it('works by keyboard alone', async () => {
    await open();
    await first().getByRole('radio').first().focus();
    await view.page.keyboard.press('Space');
    // The arrows pass over the answers and give none.
    for (let i = 0; i < place(true); i++) await view.page.keyboard.press('ArrowDown');
    assert.deepEqual(posted(), []);
    await view.page.keyboard.press('Enter');
    await form().getByRole('status').getByText('Right.').waitFor();
    await view.page.keyboard.press('Tab');
    assert.equal(await view.page.evaluate(() => document.activeElement?.textContent), 'Check');
    await view.page.keyboard.press('Tab');
    await view.page.keyboard.press('Enter');
    await view.received((message): message is object => JSON.stringify(message) === '{"type":"open","question":"five-in-a-row","link":0}');
  });

  it('goes from topic to topic and begins each at its head', async () => {
    await open();
    await view.page.getByRole('button', { name: /^Next: / }).click();
    const second = lesson[1]?.title ?? '';
    await view.page.getByRole('heading', { level: 1, name: second }).waitFor();
    await view.page.waitForFunction(() => document.activeElement?.tagName === 'H1');
    await view.received((message): message is object => JSON.stringify(message) === '{"type":"topic","topic":"single-points"}');
    await view.send({ type: 'topic', topic: 'regions' });
    await view.page.getByRole('heading', { level: 1, name: lesson.at(-1)?.title ?? '' }).waitFor();
    assert.equal(await view.page.getByRole('button', { name: /^Next: / }).count(), 0);
    await view.page.getByRole('navigation').getByRole('button', { name: 'Idempotency' }).click();
    await view.page.getByRole('heading', { level: 1, name: 'Idempotency' }).waitFor();
    await view.send({ type: 'topic', topic: 'no such' });
    await view.page.getByText('The questions are on their way.').waitFor();
  });

  it('shows what was answered before, and forgets a topic when asked to', async () => {
    await open({}, 'nines', [
      ['five-in-a-row', place(true)],
      ['two-of-it', 0],
    ]);
    assert.equal(
      await first()
        .getByRole('radio', { name: textAt(place(true)) })
        .isChecked(),
      true,
    );
    await view.page.getByRole('button', { name: 'Start this topic over' }).click();
    await view.page.waitForFunction(() => document.querySelector('.said') === null);
    assert.equal(await first().getByRole('radio', { checked: true }).count(), 0);
    assert.deepEqual(posted(), [{ type: 'restart', topic: 'nines' }]);
    // The other topic keeps its answer.
    await view.page.getByRole('button', { name: /^Next: / }).click();
    await view.page.locator('.said.wrong').waitFor();
  });

  it('is read by a screen reader as questions with their answers', async () => {
    await open();
    const question = lesson[0]?.questions[0];
    assert.equal(await first().getByRole('radio').count(), question?.answers.length);
    await view.page.getByRole('group', { name: `1. ${question?.text}` }).waitFor();
    assert.equal(await view.page.getByRole('navigation', { name: 'Topics' }).count(), 1);
    assert.equal(await view.page.getByRole('main').count(), 1);
    const unnamed = await view.page.$$eval(
      'input, button',
      (all) => all.filter((one) => (one.closest('label') ?? one).textContent?.trim() === '').length,
    );
    assert.equal(unnamed, 0);
  });

  it('fits beside an editor', async () => {
    await open({ size: { width: 420, height: 800 } });
    await view.screenshot('check-narrow');
    assert.equal(await view.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  });

  it('speaks the language of the editor', async () => {
    await open({ words: { Check: 'Prüfen', Topics: 'Themen' } });
    assert.equal(await form().getByRole('button', { name: 'Prüfen' }).count(), 1);
    assert.equal(await view.page.getByRole('navigation', { name: 'Themen' }).count(), 1);
  });

  it('shows strings as they are, whatever is in them', async () => {
    const nasty = '<img src=x onerror=alert(1)> & "quotes"';
    const answers = [
      { text: nasty, says: nasty, right: true },
      { text: '__proto__', says: 'no', right: false },
    ];
    view = await openWebview({ show: 'check' });
    await view.received((message): message is FromCheck => isMessage(message) && message.type === 'ready');
    const topic = { id: '__proto__', title: nasty, about: nasty, questions: [{ id: 'toString', text: nasty, answers, links: [nasty] }] };
    await view.send({ type: 'lesson', topics: [topic], given: [['toString', 0]], topic: '__proto__' });
    await view.page.getByRole('heading', { name: nasty }).waitFor();
    assert.equal(await view.page.locator('img').count(), 0);
    await form().getByText(`✓ Right. ${nasty}`).waitFor();
  });
});
