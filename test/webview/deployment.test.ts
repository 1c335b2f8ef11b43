import { strict as assert } from 'node:assert';
import type { Fault } from '../../src/model/scenario';
import type { System } from '../../src/model/system';
import { storefront } from '../layout/systems';
import { openMap, type Webview, type WebviewOptions } from './browser';

const wide = { size: { width: 1400, height: 900 } };

describe('the map of a deployment', function () {
  this.timeout(90_000);
  let view: Webview;

  const cards = (name: string, state = '') => view.page.locator(`.card${state}[data-id="component ${name}"]`);

  async function open(system: System = storefront(), options: WebviewOptions = wide): Promise<void> {
    view = await openMap(system, [], options);
    await view.page.getByText('Deployment').click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component web"]').length === 2);
  }

  /** The same system with a scenario in which these faults happen after a second. */
  function withFaults(...faults: readonly Fault[]): System {
    const scenario = { name: 'drill', duration: 8, events: faults.map((fault) => ({ at: 1, fault })), expect: [] };
    return { ...storefront(), scenarios: new Map([[scenario.name, scenario]]) };
  }

  async function play(): Promise<void> {
    await view.page.getByLabel('Speed').selectOption('5');
    await view.send({ type: 'play', scenario: 'drill' });
    await view.page.getByText('· end').waitFor();
  }

  afterEach(async () => {
    const { errors } = view;
    await view.close();
    assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
  });

  it('shows where replicas stand, and keeps to it', async () => {
    view = await openMap(storefront(), [], wide);
    assert.equal(await cards('web').count(), 1);
    await view.page.getByRole('radio', { name: 'Logical' }).focus();
    await view.page.keyboard.press('ArrowRight');
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component web"]').length === 2);
    assert.equal(await cards('search').count(), 3);
    assert.equal(await view.page.getByRole('radio', { name: 'Deployment' }).isChecked(), true);
    // What the shell selects is lit wherever it stands, on cards and lines.
    await view.send({ type: 'select', element: 'component search' });
    await view.page.waitForFunction(() => document.querySelectorAll('.card.selected').length === 3);
    await view.send({ type: 'select', element: 'call web -> catalog' });
    await view.page.waitForFunction(() => document.querySelectorAll('.edge.selected').length === 2);
    // A path lights the replicas on it, and leaves the others.
    await view.page.getByRole('button', { name: 'browse' }).click();
    assert.equal(await cards('web', '.aside').count(), 0);
    assert.equal(await cards('orders', '.aside').count(), 2);
    await view.page.getByRole('button', { name: 'browse' }).click();
    await view.screenshot('deployment');
    const shown = () => view.page.locator('.card').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
    const places = await shown();
    let state = await view.state();
    // It is kept a little after the last change.
    while (!JSON.stringify(state).includes('"view":"deployment"')) state = await view.state();
    await view.close();
    view = await openMap(storefront(), [], { ...wide, state });
    assert.deepEqual(await shown(), places);
    await view.page.getByText('Logical').click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component web"]').length === 1);
  });

  it('has no switch where both would look alike', async () => {
    const { components, ...rest } = storefront();
    const alone = new Map([...components].map(([name, { zones: _, ...component }]) => [name, component]));
    view = await openMap({ ...rest, components: alone }, [], wide);
    assert.equal(await view.page.getByRole('radio', { name: 'Deployment' }).count(), 0);
    assert.equal(await view.page.getByRole('radio', { name: 'Bare' }).count(), 1);
  });

  it('shows a component that is killed on every card of it, and breakers on every line', async () => {
    await open();
    await view.page.getByRole('button', { name: 'Play' }).click();
    await cards('catalog').nth(1).click({ button: 'right' });
    await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card.down[data-id="component catalog"]').length === 3);
    await view.page.waitForFunction(() => document.querySelectorAll('.lamp.open').length === 2);
    await view.page.waitForFunction(() => document.querySelectorAll('.edge.broken[data-id="call web -> catalog"]').length === 2);
    assert.equal(await view.page.locator('.card.down').count(), 3);
    const item = view.page.getByRole('treeitem', { name: /catalog.*, down/ });
    await item.first().waitFor({ state: 'attached' });
  });

  it('shows a zone that is lost on the replicas in it, and those of other zones alive and at work', async () => {
    await open(withFaults({ kind: 'kill', target: { kind: 'zone', name: 'eu-west-1a' } }));
    await play();
    const down = await view.page.locator('.card.down').evaluateAll((all) => all.map((one) => one.getAttribute('data-id')));
    const inZone = [...storefront().components.values()].filter(({ zones }) => zones?.includes('eu-west-1a')).map(({ name }) => name);
    assert.deepEqual(down.sort(), inZone.map((name) => `component ${name}`).sort());
    assert.equal(await cards('web', '.down').count(), 1);
    // It waits for what is in the zone, on its own threads only.
    assert.equal(await cards('web', '.stuck').count(), 1);
    assert.equal(await cards('web', '.stuck').locator('.meta').textContent(), '64/64 hang');
    assert.equal(await cards('web', '.partly').count(), 0);
    const items = view.page.getByRole('treeitem', { name: /^web, / });
    const words = await items.allTextContents();
    assert.equal(words.filter((text) => text.includes(', down')).length, 1, words.join('\n'));
    assert.equal(words.filter((text) => text.includes('64/64 hang')).length, 1, words.join('\n'));
    await view.screenshot('zone-lost');
    // A component as a whole tells which of its replicas are gone.
    await view.page.getByText('Logical').click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component web"]').length === 1);
    assert.equal(await cards('web').locator('.state').textContent(), '2 of 4 down');
    const pips = await cards('web')
      .locator('.pip')
      .evaluateAll((all) => all.map((pip) => [pip.getAttribute('data-zone'), pip.classList.contains('dead')]));
    assert.deepEqual(pips, [
      ['eu-west-1a', true],
      ['eu-west-1a', true],
      ['eu-west-1b', false],
      ['eu-west-1b', false],
    ]);
  });

  it('shows on the line of each zone the breakers of its own replicas', async () => {
    const cut: Fault = { kind: 'partition', sides: [['web#1'], ['catalog']] };
    const { calls, ...rest } = withFaults(cut);
    // A breaker that opens stays so to the end.
    const patient = calls.map((call) => (call.id === 'web -> catalog' ? { ...call, circuitBreaker: { failures: 5, cooldown: 60 } } : call));
    const scenarios = new Map([...rest.scenarios].map(([name, scenario]) => [name, { ...scenario, duration: 20 }]));
    await open({ ...rest, calls: patient, scenarios });
    await play();
    await view.page.waitForFunction(() => document.querySelectorAll('.lamp.open').length === 1);
    const broken = view.page.locator('.edge.broken[data-id="call web -> catalog"]');
    assert.equal(await broken.count(), 1);
    assert.equal(await view.page.locator('.lamp.closed').count(), 1, 'the other zone reaches it');
    // The lamp stands where the line leaves the card of the zone that is cut off.
    const lamp = await view.page.locator('.lamp.open').boundingBox();
    const boxes = await Promise.all((await cards('web').all()).map(async (card) => ({ card, box: await card.boundingBox() })));
    const away = ({ box }: (typeof boxes)[number]) =>
      lamp && box ? Math.hypot(box.x + box.width / 2 - lamp.x, box.y + box.height / 2 - lamp.y) : Infinity;
    const [nearest] = [...boxes].sort((a, b) => away(a) - away(b));
    assert.match((await nearest?.card.getAttribute('aria-label')) ?? '', /eu-west-1a/);
    // The outline says so of the call below that card alone.
    const items = await view.page.getByRole('treeitem').allTextContents();
    const told = items.filter((text) => text.includes('breaker open'));
    assert.equal(told.length, 1, items.join('\n'));
    const caller = items.slice(0, items.indexOf(told[0] ?? '')).filter((text) => text.startsWith('web, '));
    assert.match(caller.at(-1) ?? '', /eu-west-1a/);
    await view.screenshot('zone-cut-off');
  });

  it('shows one replica that hangs in its own zone alone', async () => {
    await open(withFaults({ kind: 'kill', target: { kind: 'replica', name: 'web', replica: 1 } }));
    await play();
    assert.deepEqual(await cards('web').locator('.state').allTextContents(), ['1 of 2 down', '']);
    assert.equal(await cards('web', '.partly').count(), 1);
    assert.equal(await view.page.locator('.card.down').count(), 0);
  });

  it('shows which database answers, and which stands by until it takes over', async () => {
    await open(withFaults({ kind: 'kill', target: { kind: 'zone', name: 'eu-west-1a' } }));
    await view.page.getByRole('button', { name: 'Play' }).click();
    await view.page.waitForFunction(() => document.querySelectorAll('.card[data-id="component orders-db"]').length === 2);
    await view.page.waitForFunction(() =>
      [...document.querySelectorAll('.card[data-id="component orders-db"] .meta')].some((meta) => meta.textContent === 'stands by'),
    );
    const metas = await cards('orders-db').locator('.meta').allTextContents();
    assert.equal(metas.filter((text) => text === 'stands by').length, 1, metas.join());
    assert.equal(await cards('orders-db', '.full').count(), 0);
  });
});
