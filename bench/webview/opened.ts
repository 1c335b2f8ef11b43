import type { Browser, CDPSession } from 'playwright-core';
import type { MapModel } from '../../src/layout/protocol';
import { openWebview, type Webview } from '../../test/webview/browser';
import { type Drawn, type Recorded, record } from './recorder';

/** Milliseconds of processor time: of the page's main thread, and of its whole process with workers and painting. */
export interface Processor {
  readonly thread: number;
  readonly process: number;
}

/** One measurement: milliseconds of the clock, and of processors. */
export interface Taken extends Processor {
  readonly clock: number;
}

export interface Opened {
  readonly webview: Webview;
  readonly cdp: CDPSession;
  /** From the page's script being there (not yet compiled) to all cards being painted; processors from the address on. */
  readonly taken: Taken;
  /** Milliseconds from the model to the words that a layout is being made; undefined where they never came. */
  readonly waited: number | undefined;
  /** When ELK's script was there, against the painting: negative before. Undefined where it was not asked for. */
  readonly elk: number | undefined;
}

export interface Opening {
  readonly browser: Browser;
  readonly folder: string;
  readonly model: MapModel;
  /** What an earlier page kept. */
  readonly state?: unknown;
}

/** Milliseconds. */
const windowOpens = 700;

export async function processor(cdp: CDPSession): Promise<Processor> {
  const { metrics } = await cdp.send('Performance.getMetrics');
  const of = (wanted: string): number => 1000 * (metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN);
  return { thread: of('ThreadTime'), process: of('ProcessTime') };
}

/** Opens the map in a page, and so a process, of its own, with nothing compiled, and waits until it is painted. */
export async function open({ browser, folder, model, state }: Opening): Promise<Opened> {
  let cdp: CDPSession | undefined;
  let start: Processor = { thread: 0, process: 0 };
  const webview = await openWebview({
    browser,
    folder,
    state,
    prepare: async (page) => {
      cdp = await page.context().newCDPSession(page);
      await cdp.send('Performance.enable');
      await page.addInitScript(record, model);
      // The browser's own window has pages too, which take a while to come.
      await page.waitForTimeout(windowOpens);
      start = await processor(cdp);
    },
  });
  if (!cdp) throw new Error('the page was not prepared');
  const { painted } = await drawnFirst(webview);
  const end = await processor(cdp);
  const { main, elk, asked, waited } = await webview.page.evaluate(() => {
    const there = (name: string) =>
      performance.getEntriesByType('resource').find((entry) => entry.name.endsWith(name)) as PerformanceResourceTiming | undefined;
    const { asked: model, waited: words } = (window as unknown as Recorded).recorder;
    return {
      main: there('/main.js')?.responseEnd ?? Number.NaN,
      elk: there('/elk-worker.js')?.responseEnd,
      asked: model ?? Number.NaN,
      waited: words,
    };
  });
  return {
    webview,
    cdp,
    taken: { clock: painted - main, thread: end.thread - start.thread, process: end.process - start.process },
    waited: waited === undefined ? undefined : waited - asked,
    elk: elk === undefined ? undefined : elk - painted,
  };
}

function drawnFirst({ page }: Webview): Promise<Drawn> {
  return page.evaluate(() => (window as unknown as Recorded).recorder.first());
}

/** Hands over another model and waits until it is painted. */
export async function edit({ webview, cdp }: Opened, model: MapModel): Promise<Taken> {
  // The message is in the page before the clock starts.
  await webview.page.evaluate(
    (message) => {
      (window as unknown as { message: unknown }).message = message;
    },
    { type: 'model', model },
  );
  const start = await processor(cdp);
  const { asked, painted } = await webview.page.evaluate(() =>
    (window as unknown as Recorded).recorder.ask((window as unknown as { message: unknown }).message),
  );
  const end = await processor(cdp);
  return { clock: painted - asked, thread: end.thread - start.thread, process: end.process - start.process };
}

/** Where everything stands in the window, as text: boxes and lines, not the words in them. */
export function places({ page }: Webview): Promise<string> {
  return page.evaluate(() => {
    const all = document.querySelectorAll<SVGGraphicsElement>('.stage :is(.card-box, .frame-box, .pill-box, .edge .line)');
    return JSON.stringify(
      [...all].map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect();
        return [x, y, width, height];
      }),
    );
  });
}
