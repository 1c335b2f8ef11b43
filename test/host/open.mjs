// `npm start`: builds, and opens a VS Code on examples/ with the extension in it.
//   npm start [-- --browser] [-- --port N] [-- --web] [-- --folder path]
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { onPath } from './chromium.mjs';
import { giveUp, HostProblem, root, say, since } from './place.mjs';
import { cleanEnvironment, onEnd } from './processes.mjs';
import { portInUse, startServer } from './server.mjs';

/** Tried first, so that the address stays the same from one start to the next. */
const usualPort = 8137;

async function open() {
  const { values } = parseArgs({
    options: {
      browser: { type: 'boolean' },
      web: { type: 'boolean' },
      port: { type: 'string' },
      folder: { type: 'string', default: join(root, 'examples') },
    },
  });
  const folder = resolve(values.folder);
  if (!existsSync(folder)) throw new HostProblem(`There is no folder ${folder}.`);
  const start = performance.now();
  say('building the extension');
  const built = spawnSync(process.execPath, ['esbuild.mjs', '--development'], { cwd: root, stdio: 'inherit' });
  if (built.status !== 0) throw new HostProblem('The extension does not build; see above.');

  const desktop = values.browser || values.web || values.port ? undefined : onPath('code');
  if (desktop) {
    say(`opening desktop VS Code (${desktop}) on ${folder}; for one in the browser: npm start -- --browser`);
    spawn(desktop, ['--new-window', `--extensionDevelopmentPath=${root}`, folder, ...sample(folder)], {
      env: cleanEnvironment(),
      detached: true,
      stdio: 'ignore',
    })
      .on('error', giveUp)
      .unref();
    return;
  }

  const options = {
    extensions: [root],
    label: 'start',
    settings: values.web ? { 'remote.extensionKind': { 'faultline.faultline': ['web'] } } : {},
  };
  say('starting VS Code');
  const server = values.port
    ? await startServer({ ...options, port: Number(values.port) })
    : await startServer({ ...options, port: usualPort }).catch((error) => {
        if (error instanceof HostProblem && error.message === portInUse) return startServer(options);
        throw error;
      });
  let stopping = false;
  onEnd(() => {
    stopping = true;
    say('stopping VS Code');
    return server.stop();
  });
  const files = sample(folder).map((file) => ['openFile', `vscode-remote://${server.authority}${encodeURI(file)}`]);
  const query = `folder=${encodeURI(folder)}${files.length > 0 ? `&payload=${encodeURIComponent(JSON.stringify(files))}` : ''}`;
  console.log(`
  VS Code with Faultline is ready (after ${since(start)}). Open this address in a browser on this machine:

    ${server.url}?${query}

  It shows ${folder}. Nothing is saved unless you save it. Ctrl-C here stops it.
`);
  stopWithNpm();
  await server.ended;
  if (!stopping) throw new HostProblem(`VS Code's server ended. What it said is in ${server.logFile}.`);
}

/** npm starts us through a shell, which does not pass on a signal: when it is gone, so was npm told to stop. */
function stopWithNpm() {
  if (!process.env.npm_lifecycle_event) return;
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) process.kill(process.pid, 'SIGTERM');
  }, 500).unref();
}

/** The file to show first, as a list of one or none. */
function sample(folder) {
  const names = readdirSync(folder);
  const name = names.find((each) => each === 'lab.faultline.yaml') ?? names.find((each) => /\.faultline\.ya?ml$/.test(each));
  return name ? [join(folder, name)] : [];
}

await open().catch((error) => {
  giveUp(error);
  // Something may still hold on to the process.
  setTimeout(() => process.exit(1), 100).unref();
});
