import type { Browser } from 'playwright-core';
import type { MapModel } from '../../src/layout/protocol';
import { elementId } from '../../src/model/origin';
import type { System } from '../../src/model/system';
import { pack } from '../../src/model/transfer';
import { fromDown } from '../../src/model/units';
import { lab } from '../../test/layout/systems';
import { serviceGraph } from '../analysis/architectures';
import { inZones, withNewcomer } from '../shared/systems';
import { edit, type Opened, open, places, type Taken } from './opened';
import type { Recorded } from './recorder';
import { quantile, type Row } from './table';
import { framesOf, type Span, traced } from './trace';

export interface Setting {
  readonly browser: Browser;
  /** Where the built webview is. */
  readonly folder: string;
  readonly rounds: number;
}

function modelOf(system: System, version = 1): MapModel {
  const captions = [...system.components.values()].map(({ name, availability }) => ({
    element: elementId('component', name),
    text: `${(100 * (availability?.up ?? 0.999)).toFixed(3)}%`,
    detail: `${name} on its own`,
  }));
  return { version, system: pack(system), marks: [], captions };
}

function rowOf(name: string, all: readonly Taken[], rest: Partial<Row> = {}): Row {
  const clocks = all.map(({ clock }) => clock);
  return {
    name,
    unit: 'ms',
    median: quantile(clocks, 0.5),
    p95: quantile(clocks, 0.95),
    thread: quantile(
      all.map(({ thread }) => thread),
      0.5,
    ),
    process: quantile(
      all.map(({ process }) => process),
      0.5,
    ),
    ...rest,
  };
}

/** What the page told of mistakes; a measurement of a broken page is none. */
async function close({ webview }: Opened): Promise<void> {
  await webview.close();
  if (webview.errors.length > 0) throw new Error(`the page printed errors: ${webview.errors.join('; ')}`);
}

/** A page that was open before and comes back: the picture is kept. */
export async function savedPositions(setting: Setting): Promise<Row> {
  const model = modelOf(inZones[100]());
  const before = await open({ ...setting, model });
  await before.webview.page.waitForFunction(() => {
    const { faultlineState } = window as unknown as { faultlineState(): { readonly picture?: unknown } | undefined };
    return faultlineState()?.picture !== undefined;
  });
  const state = await before.webview.state();
  await close(before);
  const all = await repeated(setting.rounds, { ...setting, model, state });
  const early = all.filter(({ elk }) => elk !== undefined && elk < 0).length;
  return rowOf('100 components with kept positions, from the script on', taken(all), {
    bar: 300,
    note: early > 0 ? `ELK's script came before the painting in ${early} of ${all.length}` : `ELK's script never before the painting`,
  });
}

export async function firstLayout(setting: Setting, size: 30 | 100): Promise<Row> {
  const all = await repeated(setting.rounds, { ...setting, model: modelOf(inZones[size]()) });
  const waits = all.flatMap(({ waited }) => waited ?? []);
  const note =
    waits.length > 0
      ? `in ${waits.length} of ${all.length} it said that it lays out, ${Math.min(...waits).toFixed(0)} ms after the model at the earliest`
      : 'never said that it lays out';
  return rowOf(`${size} components, first layout, from the script on`, taken(all), { bar: size === 30 ? 500 : 1200, note });
}

const taken = (all: readonly Opened[]): readonly Taken[] => all.map((one) => one.taken);

async function repeated(rounds: number, opening: Parameters<typeof open>[0]): Promise<readonly Opened[]> {
  const all: Opened[] = [];
  for (let i = 0; i < rounds; i++) {
    const opened = await open(opening);
    await close(opened);
    all.push(opened);
  }
  return all;
}

/** A component more, called by another one each time: nothing of it is remembered. In between it is taken away again. */
export async function structuralEdit(setting: Setting, size: 30 | 100): Promise<Row> {
  const system = inZones[size]();
  const opened = await open({ ...setting, model: modelOf(system) });
  const all: Taken[] = [];
  for (let i = 0; i < setting.rounds; i++) {
    all.push(await edit(opened, modelOf(withNewcomer(system, i % size), 2 * i + 2)));
    await edit(opened, modelOf(system, 2 * i + 3));
  }
  await close(opened);
  return rowOf(`${size} components, one more is written`, all, { bar: size === 30 ? 200 : 500 });
}

/** The availability of every component is another one. */
export async function figureEdit(setting: Setting): Promise<Row> {
  const system = inZones[100]();
  const opened = await open({ ...setting, model: modelOf(system) });
  // What is said of the simulation comes a little later, and takes room.
  await opened.webview.page.waitForTimeout(500);
  const before = await places(opened.webview);
  const all: Taken[] = [];
  let moved = 0;
  for (let i = 0; i < setting.rounds; i++) {
    const components = [...system.components].map(([name, one]) => [name, { ...one, availability: fromDown((i + 1) / 1e5) }] as const);
    all.push(await edit(opened, modelOf({ ...system, components: new Map(components) }, i + 2)));
    if ((await places(opened.webview)) !== before) moved++;
  }
  const seen = await opened.webview.page.locator('.card .meta').first().textContent();
  await close(opened);
  return rowOf('100 components, their figures change', all, {
    bar: 50,
    note: `${moved === 0 ? 'nothing moved' : `SOMETHING MOVED in ${moved}`}; the last one read "${seen}"`,
  });
}

export async function large(setting: Setting): Promise<readonly Row[]> {
  const model = modelOf(inZones[1000]());
  const all: Taken[] = [];
  const longest: Span[] = [];
  let cards = 0;
  for (let i = 0; i < Math.ceil(setting.rounds / 4); i++) {
    let opened: Opened | undefined;
    const { tasks } = await traced(setting.browser, async () => {
      opened = await open({ ...setting, model });
      cards = await opened.webview.page.locator('.card').count();
    });
    if (!opened) continue;
    await close(opened);
    all.push(opened.taken);
    longest.push([...tasks].sort((a, b) => b.thread - a.thread)[0] ?? { clock: 0, thread: 0 });
  }
  return [
    rowOf('1,000 components, first layout, from the script on', all, { note: `drawn as ${cards} cards` }),
    spans('1,000 components, longest task of the main thread', longest, { note: 'from the address on until it is painted' }),
  ];
}

function spans(name: string, all: readonly Span[], rest: Partial<Row> = {}): Row {
  const clocks = all.map(({ clock }) => clock);
  const thread = quantile(
    all.map((one) => one.thread),
    0.5,
  );
  return { name, unit: 'ms', median: quantile(clocks, 0.5), p95: quantile(clocks, 0.95), thread, ...rest };
}

/** A hundred components that send so many requests, all of them answered soon, that there are as many dots as are drawn at most. */
function busyGraph(): System {
  const graph = serviceGraph({ components: 100, fallbacks: 0, seed: 1 });
  const quick = { concurrency: 1000, serviceTime: { kind: 'constant', value: 0.0005 } } as const;
  return {
    ...graph,
    components: new Map([...graph.components].map(([name, component]) => [name, { ...component, ...quick }])),
    calls: graph.calls.map((call) => ({ ...call, timeout: 30 })),
    journeys: new Map([['visit', { name: 'visit', entry: 'c0', rate: 12, implied: false }]]),
  };
}

/** What plays, and how many maps of it there are side by side. */
const plays = [
  { name: 'the lab plays', system: lab, maps: 1 },
  { name: '100 components play', system: busyGraph, maps: 1 },
  { name: '100 components play on two maps', system: busyGraph, maps: 2 },
] as const;

export async function playing(setting: Setting): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const { name, system, maps } of plays) {
    const opened = await open({ ...setting, model: modelOf(system()) });
    const { page } = opened.webview;
    if (maps > 1) {
      await page.getByLabel('What is played beside it').selectOption({ label: 'Protected' });
      await page.locator('.surface + .surface .card').first().waitFor();
    }
    await page.getByRole('button', { name: 'Play' }).click();
    // The first dots have to be at the end of their way, and what is run often compiled.
    await page.waitForFunction(() => Number(document.querySelector('.clock')?.textContent?.slice(2)) > 4);
    const dots = await page.evaluate(() => (window as unknown as Recorded).recorder.countDots());
    const trace = await traced(setting.browser, () => page.waitForTimeout(250 * setting.rounds));
    const frames = framesOf(trace);
    await close(opened);
    const rate = (1000 * frames.length) / ((trace.commits.at(-1) ?? 0) - (trace.commits[0] ?? 0));
    // The bar is one of processor time: the clock also counts what the machine does for others.
    const threads = frames.map(({ thread }) => thread);
    const clocks = frames.map(({ clock }) => clock);
    rows.push({
      name: `${name}, processor of the main thread a frame`,
      unit: 'ms',
      median: quantile(threads, 0.5),
      p95: quantile(threads, 0.95),
      bar: 8,
      note: `${quantile(dots, 0.5)} dots${maps > 1 ? ' a map' : ''}; ${frames.length} frames, ${rate.toFixed(0)} a second; by the clock ${quantile(clocks, 0.5).toFixed(1)}, p95 ${quantile(clocks, 0.95).toFixed(1)}`,
    });
  }
  return rows;
}
