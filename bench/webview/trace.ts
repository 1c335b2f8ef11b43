import type { Browser } from 'playwright-core';

/** Milliseconds that something took on a page's main thread. */
export interface Span {
  /** Of the clock, with what the machine gave to others meanwhile. */
  readonly clock: number;
  /** Of the processor. */
  readonly thread: number;
}

interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ph: string;
  /** Microseconds. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

/** What a page's main thread did while it was watched: each task, and when each frame was handed on to be painted. */
export interface Trace {
  readonly tasks: readonly (Span & { readonly at: number })[];
  readonly commits: readonly number[];
}

const categories = ['disabled-by-default-devtools.timeline'];

/** Watches the busiest page of a browser while something happens. Tasks are whole turns of the loop: script, style, layout, paint and what else. */
export async function traced(browser: Browser, happens: () => Promise<void>): Promise<Trace> {
  await browser.startTracing(undefined, { categories });
  await happens();
  const text = (await browser.stopTracing()).toString();
  const { traceEvents } = JSON.parse(text) as { readonly traceEvents: readonly TraceEvent[] };
  const threads = traceEvents.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain');
  const perThread = threads.map(({ pid, tid }) => {
    const own = traceEvents.filter((event) => event.pid === pid && event.tid === tid && event.ph === 'X');
    return {
      tasks: own
        .filter(({ name }) => name === 'RunTask')
        .map(({ ts, dur = 0, tdur = 0 }) => ({ at: ts / 1000, clock: dur / 1000, thread: tdur / 1000 })),
      commits: own.filter(({ name }) => name === 'Commit').map(({ ts }) => ts / 1000),
    };
  });
  // A browser keeps renderers in reserve, which do next to nothing.
  const busy = (trace: Trace): number => trace.tasks.reduce((sum, { thread }) => sum + thread, 0);
  const [busiest] = perThread.sort((a, b) => busy(b) - busy(a));
  if (!busiest) throw new Error('the trace knows of no page');
  return busiest;
}

/** All tasks from one frame handed on to the next, summed. */
export function framesOf({ tasks, commits }: Trace): readonly Span[] {
  const ends = [...commits].sort((a, b) => a - b);
  const frames = ends.slice(1).map(() => ({ clock: 0, thread: 0 }));
  for (const { at, clock, thread } of tasks) {
    // A commit is within the task that makes the frame: a task belongs to the frame whose commit is the next after its start.
    const frame = frames[ends.findIndex((end) => end >= at) - 1];
    if (!frame) continue;
    frame.clock += clock;
    frame.thread += thread;
  }
  return frames;
}
