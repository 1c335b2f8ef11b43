/** The layouter's script as a module: a worker that runs where it is made. */
declare module 'elkjs/lib/elk-worker.min.js' {
  export const Worker: new () => globalThis.Worker;
}
