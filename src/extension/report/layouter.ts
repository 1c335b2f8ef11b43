import ELK from 'elkjs/lib/elk-api';
import type { Layouter } from '../../layout/elk';

let layouter: Promise<Layouter> | undefined;

/**
 * ELK in the extension host, where there is no worker to run it in. Its script is larger than all the rest: it stands in
 * the bundle as a module that is evaluated when somebody first asks for a picture.
 */
export function hostLayouter(): Promise<Layouter> {
  layouter ??= import('elkjs/lib/elk-worker.min.js').then(({ Worker }) => new ELK({ workerFactory: () => new Worker() }));
  return layouter;
}
