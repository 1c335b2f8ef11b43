// The package as users get it: made, installed into a VS Code, and started once.
import { strict as assert } from 'node:assert';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { startHost } from '../host/host.mjs';
import { root } from '../host/place.mjs';
import { runToEnd } from '../host/processes.mjs';
import { workbench } from '../host/workbench.mjs';
import { allowed, heaviest, needed, sample } from './expected.mjs';

describe('The packaged extension', function () {
  this.timeout(400_000);
  const vsix = join(root, 'dist', 'faultline.vsix');
  let host;
  let installed;

  before('is made and installed', async () => {
    const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
    await runToEnd(
      process.execPath,
      [vsce, 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '--out', vsix],
      {
        cwd: root,
        what: 'Packaging the extension',
        seconds: 100,
      },
    );
    host = await startHost({ vsix, workspace: join(root, 'examples'), label: 'package' });
    const extensions = join(host.server.data, 'extensions');
    const folder = readdirSync(extensions).find((name) => existsSync(join(extensions, name, 'package.json')));
    installed = folder && join(extensions, folder);
  });

  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await host?.screenshot('package-failed');
  });

  after(() => host?.stop());

  it('holds what it needs and nothing else', () => {
    assert.ok(installed, 'nothing was installed');
    const files = readdirSync(installed, { recursive: true })
      .map((name) => String(name).replaceAll('\\', '/'))
      .filter((name) => statSync(join(installed, name)).isFile() && name !== '.vsixmanifest')
      // The packager writes the names of some in another case.
      .map((name) => name.toLowerCase());
    assert.deepEqual(
      needed.filter((name) => !files.includes(name)),
      [],
      'missing',
    );
    assert.deepEqual(
      files.filter((name) => !allowed.some((pattern) => pattern.test(name))),
      [],
      'does not belong there',
    );
    const { size } = statSync(vsix);
    console.log(`      ${files.length} files, ${Math.round(size / 1024)} KB`);
    assert.ok(size <= heaviest, `${size} bytes are more than ${heaviest}`);
  });

  it('starts and finds what is wrong in the sample', async () => {
    const editor = workbench(host);
    await editor.openFile(sample.file);
    await editor.waitForSquiggle('warning');
    await editor.problems((all) => all.some((text) => sample.problem.test(text)));
    await host.screenshot('package');
  });

  it('asks for nothing outside this machine', () => {
    assert.deepEqual(host.outside, []);
  });
});
