/** Made by test/host/suite.mjs: loads every test file of this folder that belongs to the host it is built for. */
declare module 'faultline:suites' {
  /** Whether that host is the web worker. */
  export const web: boolean;
  /** Only tests whose full title matches; empty for all. */
  export const grep: string;
  export function load(): Promise<void>;
}
