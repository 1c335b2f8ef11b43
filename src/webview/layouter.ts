import ELK from 'elkjs/lib/elk-api';
import type { Layouter } from '../layout/elk';
import { startWorker } from './bridge';

/** Milliseconds after which a layout counts as failed, and the last picture stays. */
const patience = 8000;

/** ELK in a worker of its own. Rejects with a reason in words when it fails or takes too long. */
export function elkLayouter(address: string): Layouter {
  let engine: Promise<{ elk: InstanceType<typeof ELK> }> | undefined;
  const start = async () => {
    const worker = await startWorker(address);
    return { elk: new ELK({ workerFactory: () => worker }) };
  };
  return {
    async layout(graph, options) {
      engine ??= start();
      const { elk } = await engine;
      let timer: ReturnType<typeof setTimeout> | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('it takes too long')), patience);
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
