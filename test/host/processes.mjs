// Child processes that never outlive us: a keeper beside each ends it, and all it started, when we are gone.
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ending, HostProblem } from './place.mjs';

const keeper = join(dirname(fileURLToPath(import.meta.url)), 'keeper.mjs');

/** What to undo before the process ends, newest first. */
const cleanups = new Set();
let listening = false;

/** Registers something to undo, without throwing, when the process is interrupted. Returns how to take it back. */
export function onEnd(cleanup) {
  cleanups.add(cleanup);
  if (!listening) {
    listening = true;
    for (const [signal, status] of [
      ['SIGINT', 130],
      ['SIGTERM', 143],
      ['SIGHUP', 129],
    ]) {
      process.on(signal, () => end(status));
    }
  }
  return () => cleanups.delete(cleanup);
}

async function end(status) {
  if (ending.now) return;
  ending.now = true;
  const all = [...cleanups].reverse();
  cleanups.clear();
  setTimeout(() => process.exit(status), 8000);
  for (const cleanup of all) await Promise.resolve(cleanup()).catch(() => {});
  process.exit(status);
}

/** The environment without what an editor's own terminal, or npm around us, put there for others. */
export function cleanEnvironment(more = {}) {
  const environment = { ...process.env };
  for (const key of Object.keys(environment)) {
    if (
      /^(VSCODE_|ELECTRON_|npm_package_|npm_lifecycle_)/.test(key) ||
      ['npm_config_local_prefix', 'npm_config_prefix', 'NODE_OPTIONS', 'NODE_PATH', 'NODE_ENV', 'INIT_CWD'].includes(key)
    ) {
      delete environment[key];
    }
  }
  return { ...environment, ...more };
}

/**
 * Starts a process that ends with us, however we end.
 * @returns the child; its `stop()` ends it with all it started, and resolves when that is done.
 */
export function startKept(command, args, options = {}) {
  const child = spawn(process.execPath, [keeper, command, ...args], {
    cwd: options.cwd,
    env: cleanEnvironment(options.env),
    // The keeper reads from us; when that pipe closes we are gone.
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.on('error', () => {});
  const exited = new Promise((resolve) => child.once('close', resolve));
  child.stop = async () => {
    forget();
    child.stdin.end();
    await exited;
  };
  const forget = onEnd(child.stop);
  exited.then(forget);
  return child;
}

/**
 * Runs a command to its end without input. Resolves with what it printed; rejects with the last lines where it fails.
 * @param options.what what it does, for the message; `seconds` the time it may take
 */
export function runToEnd(command, args, { cwd, env, what = command, missing, seconds = 600 } = {}) {
  return new Promise((resolve, reject) => {
    const child = startKept(command, args, { cwd, env });
    let out = '';
    let last = '';
    child.stdout.on('data', (data) => {
      out += data;
      last = `${last}${data}`.slice(-3000);
    });
    child.stderr.on('data', (data) => {
      last = `${last}${data}`.slice(-3000);
    });
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      child.stop();
    }, seconds * 1000);
    child.on('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve(out);
      else if (code === 127 && missing) reject(new HostProblem(missing));
      else reject(new HostProblem(`${what} failed (${late ? `not done after ${seconds} s` : `status ${code}`}).\n${last.trim()}`));
    });
  });
}
