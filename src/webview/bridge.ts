import type { FromMap, ToMap } from '../layout/protocol';

/** What an editor gives to its pages. */
export interface EditorApi {
  postMessage(message: FromMap): void;
  getState(): unknown;
  setState(state: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

/** Whether an earlier page kept a picture: then no layout is needed to show it. */
export function keepsPicture(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'picture' in state && state.picture !== undefined;
}

/** The only way to the shell: typed messages in both directions, and what is kept while the page is hidden. */
export class Bridge {
  readonly #api = acquireVsCodeApi();

  post(message: FromMap): void {
    this.#api.postMessage(message);
  }

  listen(hear: (message: ToMap) => void): void {
    addEventListener('message', (event: MessageEvent<ToMap>) => {
      if (typeof event.data === 'object' && event.data !== null && 'type' in event.data) hear(event.data);
    });
  }

  /** What an earlier page kept, if it looks like it; the caller checks nothing more than that. */
  remembered<T extends { readonly version: number }>(version: T['version']): T | undefined {
    const state = this.#api.getState();
    const fits = typeof state === 'object' && state !== null && 'version' in state && state.version === version;
    return fits ? (state as T) : undefined;
  }

  remember(state: { readonly version: number }): void {
    this.#api.setState(state);
  }
}

/** Starts a worker from a script of the page's folder. An editor forbids workers from any address but a blob's. */
export async function startWorker(address: string): Promise<Worker> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address} could not be loaded (${response.status})`);
  const script = new Blob([await response.blob()], { type: 'text/javascript' });
  return new Worker(URL.createObjectURL(script));
}
