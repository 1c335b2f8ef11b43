import ELK from 'elkjs/lib/elk-api';
import { type Layouter, warmUp } from '../layout/elk';
import { startWorker } from './bridge';

/** Milliseconds after which a layout counts as failed, and the last picture stays. */
const patience = 8000;

interface Ways {
  /** Milliseconds after which a layout counts as failed. */
  readonly wait?: number;
  /** Milliseconds before the worker is started where nobody asks for a layout: while it is compiled everything else is slower. */
  readonly rest?: number;
}

export interface ElkLayouter extends Layouter {
  /** Settled once the first worker runs or could not be started; at once where it was told to rest. */
  readonly begun: Promise<void>;
}

/**
 * ELK in a worker of its own, started before anybody asks. Where somebody asks only later it is warmed up meanwhile, so that
 * the first layout does not wait for the runtime to compile it. Rejects with a reason in words when it fails or takes too
 * long; the next layout gets a new worker.
 */
export function elkLayouter(address: string, { wait = patience, rest = 0 }: Ways = {}): ElkLayouter {
  let isWanted = false;
  const start = async () => {
    const worker = await startWorker(address);
    const elk = new ELK({ workerFactory: () => worker });
    // Whether it works is told by the layouts that somebody asks for.
    if (rest > 0 && !isWanted) warmUp(elk).catch(() => undefined);
    return elk;
  };
  let engine: ReturnType<typeof start> | undefined;
  const started = (): ReturnType<typeof start> => {
    const starting = engine ?? start();
    engine = starting;
    // What could not be loaded is tried again for the next layout.
    starting.catch(() => {
      if (engine === starting) engine = undefined;
    });
    return starting;
  };
  const ahead = (): Promise<void> =>
    started().then(
      () => undefined,
      () => undefined,
    );
  const resting = rest > 0 ? setTimeout(ahead, rest) : undefined;
  return {
    begun: resting === undefined ? ahead() : Promise.resolve(),
    async layout(graph, options) {
      isWanted = true;
      clearTimeout(resting);
      const elk = await started();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('it takes too long')), wait);
      });
      try {
        return await Promise.race([elk.layout(graph, options), late]);
      } catch (error) {
        // A worker that is still computing would make the next layout wait.
        engine = undefined;
        elk.terminateWorker();
        throw error;
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
