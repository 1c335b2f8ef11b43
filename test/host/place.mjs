// Where things are, and how this machinery speaks.
import { mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..', '..');
/** What is fetched once and kept; git ignores it. */
export const cacheFolder = join(root, '.vscode-test');
export const screenshotFolder = join(root, 'dist', 'screenshots');
export const logFolder = join(root, 'dist', 'host-logs');

/** One line on what is being done. */
export function say(text) {
  console.log(`host: ${text}`);
}

/** A mistake the reader can do something about: shown without a stack. */
export class HostProblem extends Error {}

/** Whether the process is being ended from outside: what then fails is not worth a word. */
export const ending = { now: false };

/** Ends the process with the message of `error`; the stack only where it is a bug of ours. */
export function giveUp(error) {
  if (ending.now) return;
  console.error(error instanceof HostProblem ? `\n${error.message}\n` : error);
  process.exitCode = 1;
}

/** @returns the file for a screenshot; its folder is there. */
export function screenshotFile(name) {
  mkdirSync(screenshotFolder, { recursive: true });
  return join(screenshotFolder, `${name}.png`);
}

/** Seconds since `start` (from `performance.now()`), for people. */
export function since(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
