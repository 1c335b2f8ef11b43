import { strict as assert } from 'node:assert';
import type { Scenario } from '../../src/model/scenario';
import type { System } from '../../src/model/system';
import { startSimulation } from '../../src/simulation/start';
import { Recorder } from '../../src/webview/recorder';
import { lab, systemOf } from '../model/systems';
import { openMap, type Webview } from './browser';

/** Forty clients that ask once, of a server that serves one at a time for two seconds. */
function crowd(): System {
  const scenario: Scenario = { name: 'once', duration: 100, clients: new Map([['ask', 40]]), think: 3600, events: [], expect: [] };
  return systemOf({
    components: [
      { name: 'app', kind: 'client' },
      { name: 'server', concurrency: 1, queue: 100, serviceTime: { kind: 'constant', value: 2 } },
    ],
    calls: [{ from: 'app', to: 'server', deadline: 100, timeout: 100 }],
    journeys: [{ name: 'ask', entry: 'app' }],
    rest: { scenarios: new Map([['once', scenario]]) },
  });
}

/** A caller that tries four times what never works. */
function stubborn(): System {
  const plain = lab();
  return {
    ...plain,
    calls: plain.calls.map((call) =>
      call.to === 'payment' ? { ...call, timeout: 0.2, retry: { maxAttempts: 4, backoff: 'constant', base: 0.05 } } : call,
    ),
  };
}

describe('charts of a run', function () {
  this.timeout(60_000);

  it('notes every whole second in one go, and hands over what the simulation itself does', () => {
    const start = () => {
      const started = startSimulation({ system: lab(), variant: 'written', seed: 1 });
      assert.ok(started.ok);
      return started.simulation;
    };
    const recorder = new Recorder(start());
    while (!recorder.advance(20.5, 50));
    const { frame, samples } = recorder.take();
    assert.deepEqual(
      samples.map(({ at }) => at),
      Array.from({ length: 20 }, (_, i) => i + 1),
    );
    const plain = start();
    while (!plain.advance(20.5));
    assert.deepEqual(frame, plain.frame());
    const api = frame.components.findIndex(({ name }) => name === 'api');
    assert.ok(samples.every(({ busy }) => (busy[api] ?? -1) >= 0 && (busy[api] ?? 2) <= 1));
    assert.deepEqual(recorder.take().samples, [], 'only once');
  });

  describe('in the page', () => {
    let view: Webview;

    const figures = () => view.page.locator('.plot').getAttribute('aria-label');
    const saysSomething = (pattern: RegExp) =>
      view.page.waitForFunction(
        ([source]) => new RegExp(source ?? '').test(document.querySelector('.plot')?.getAttribute('aria-label') ?? ''),
        [pattern.source],
        { timeout: 20_000 },
      );
    const show = (what: string) => view.page.getByLabel('What the chart shows').selectOption(what);
    /** Pixels of the plot, without the axes, in the colour of the first line. */
    const painted = () =>
      view.page.locator('.plot canvas').evaluate((element) => {
        const canvas = element as HTMLCanvasElement;
        const probe = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
        const brush = canvas.getContext('2d');
        if (!probe || !brush) return -1;
        probe.fillStyle = getComputedStyle(canvas).getPropertyValue('--vscode-charts-blue').trim();
        probe.fillRect(0, 0, 1, 1);
        const [red, green, blue] = probe.getImageData(0, 0, 1, 1).data;
        const { data } = brush.getImageData(0, 0, canvas.width, canvas.height);
        let count = 0;
        for (let i = 0; i < data.length; i += 4)
          if (data[i] === red && data[i + 1] === green && data[i + 2] === blue && data[i + 3] === 255) count++;
        return count;
      });

    const until = (second: number) =>
      view.page.waitForFunction((least) => Number(document.querySelector('.clock')?.textContent?.slice(2)) > least, second);

    async function playWithout(system: System): Promise<void> {
      view = await openMap(system);
      await view.page.getByLabel('Speed').selectOption('5');
      await view.page.locator('.card[data-id="component payment"]').click({ button: 'right' });
      await view.page.getByRole('menuitem', { name: /^Kill/ }).click();
    }

    afterEach(async () => {
      const { errors } = view;
      await view.close();
      assert.deepEqual(errors, [], 'the page printed no error and broke no policy');
    });

    it('shows a pool that fills and hangs', async () => {
      await playWithout(lab());
      await show('pools');
      await saysSomething(/api 100% busy, 100% hanging/);
      await until(12);
      assert.ok((await painted()) > 20, 'a line is drawn');
      await view.screenshot('chart-pools');
    });

    it('shows latency of the slowest journey, and of a chosen one', async () => {
      view = await openMap(lab());
      await view.page.getByLabel('Speed').selectOption('5');
      await show('latency');
      await view.page.getByRole('button', { name: 'Play' }).click();
      await saysSomething(/pay p50 [\d.]+ ms, pay p99 [\d.]+ ms/);
      await view.page.getByLabel('Latency of which journey').selectOption({ label: 'orders' });
      await saysSomething(/orders p50 [\d.]+ ms, orders p99 [\d.]+ ms/);
      await until(12);
      assert.ok((await painted()) > 20, 'a line is drawn');
      await view.page.getByRole('button', { name: 'Pause' }).click();
      const match = /p50 ([\d.]+) ms, orders p99 ([\d.]+) ms/.exec((await figures()) ?? '');
      // The database answers half within 15 ms, and nearly all within 60.
      const [p50, p99] = [Number(match?.[1]), Number(match?.[2])];
      assert.ok(p50 > 10 && p50 < 25 && p99 > p50 && p99 < 200, `${p50} and ${p99}`);
      await view.screenshot('chart-latency');
    });

    it('cuts off no figure where the names are long, and draws in the room that is left', async () => {
      const plain = lab();
      const journeys = [...plain.journeys.values()].flatMap((journey) =>
        [1, 2, 3].map((i) => ({ ...journey, name: `${journey.name}-as-somebody-calls-it-who-likes-long-names-${i}` })),
      );
      view = await openMap({ ...plain, journeys: new Map(journeys.map((journey) => [journey.name, journey])) });
      await view.page.getByRole('button', { name: 'Play' }).click();
      await view.page.locator('.chart .key').nth(4).waitFor();
      await view.page.waitForFunction(() => {
        const box = (selector: string) => document.querySelector(selector)?.getBoundingClientRect();
        const [caption, plot, canvas, panel] = [box('.chart figcaption'), box('.chart .plot'), box('.plot canvas'), box('.panels')];
        if (!caption || !plot || !canvas || !panel) return false;
        const keys = [...document.querySelectorAll('.chart .key')].map((key) => key.getBoundingClientRect());
        const isWhole = keys.every((key) => key.right <= caption.right && key.bottom <= caption.bottom + 1);
        return isWhole && keys.length === 5 && plot.height >= 40 && canvas.bottom <= panel.bottom + 1;
      });
    });

    it('shows who tries again, and remembers what is looked at', async () => {
      await playWithout(stubborn());
      await show('retries');
      await saysSomething(/api -> payment [\d.]+\/s/);
      assert.doesNotMatch((await figures()) ?? '', /api -> db/, 'a call that makes no retries is no line');
      await until(12);
      assert.ok((await painted()) > 20, 'a line is drawn');
      await view.screenshot('chart-retries');
      const { player } = (await view.state()) as { readonly player: { readonly chart: unknown } };
      assert.deepEqual(player.chart, { measure: 'retries' });
    });

    it('shows how those fare who asked once, long after nobody asks any more', async () => {
      view = await openMap(crowd());
      await view.page.getByLabel('Scenario').selectOption('once');
      await view.page.getByLabel('Speed').selectOption('20');
      await view.page.getByRole('button', { name: 'Play' }).click();
      await saysSomething(/ask [1-9]\d?%$/);
      await saysSomething(/ask 100%$/);
      await view.page.getByText('· end').waitFor();
      // The second in which they asked is out of sight by then.
      assert.ok((await painted()) > 100, 'a line is drawn');
      await view.screenshot('chart-crowd');
    });
  });
});
