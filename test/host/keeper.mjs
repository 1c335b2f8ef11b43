// Runs one command and ends it, with everything it started, once standard input closes: also when whoever started us was killed.
//   node keeper.mjs command [argument…]
import { spawn } from 'node:child_process';

const [command, ...args] = process.argv.slice(2);
// A group of its own, so that its children can be ended with it.
const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], detached: true });
let ending = false;

/** Sends a signal to the command and all it started; false when none of them is left. */
function signal(name) {
  try {
    process.kill(-child.pid, name);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function end(status) {
  if (ending) return;
  ending = true;
  if (child.pid) {
    signal('SIGTERM');
    for (let waited = 0; waited < 3000 && signal(0); waited += 50) await new Promise((resolve) => setTimeout(resolve, 50));
    signal('SIGKILL');
  }
  process.exit(status);
}

for (const name of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(name, () => end(143));
process.stdin.on('end', () => end(143));
process.stdin.on('error', () => end(143));
process.stdin.resume();

child.on('error', (error) => {
  console.error(`${command}: ${error.message}`);
  process.exit(error.code === 'ENOENT' ? 127 : 126);
});
// What it left running goes with it.
child.on('exit', (code) => end(code ?? 1));
