// One at a time: two runs that fetch the same thing would fight.
import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { HostProblem, say } from './place.mjs';
import { onEnd } from './processes.mjs';

const patience = 15 * 60;

/** Runs `work` while no other process of this checkout does the same. */
export async function alone(folder, work) {
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  const release = await acquire(lock);
  const forget = onEnd(release);
  try {
    return await work();
  } finally {
    forget();
    release();
  }
}

async function acquire(lock) {
  let told = false;
  for (let waited = 0; waited < patience; waited += 0.5) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'owner'), String(process.pid));
      return () => rmSync(lock, { recursive: true, force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = ownerOf(lock);
    if (owner === 'gone') {
      // Renaming is atomic: of several that find the lock abandoned only one clears it.
      const aside = `${lock}-${process.pid}`;
      try {
        renameSync(lock, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {
        // Somebody else was faster.
      }
      continue;
    }
    if (!told) say(`another run (process ${owner}) is fetching; waiting for it`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new HostProblem(`Another run has held ${lock} for ${patience / 60} minutes. If none is running, delete that folder.`);
}

/** The process that holds the lock, or 'gone' where it has ended without letting go. */
function ownerOf(lock) {
  try {
    const pid = Number(readFileSync(join(lock, 'owner'), 'utf8'));
    if (pid > 0) {
      try {
        process.kill(pid, 0);
        return pid;
      } catch (error) {
        return error.code === 'EPERM' ? pid : 'gone';
      }
    }
  } catch {
    // Not written yet, or never: then its age decides.
  }
  try {
    return Date.now() - statSync(lock).mtimeMs > 10_000 ? 'gone' : 'starting';
  } catch {
    return 'starting';
  }
}
