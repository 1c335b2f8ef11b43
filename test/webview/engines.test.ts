// The same run in Node and in a browser's worker, digest by digest and figure by figure.
import { strict as assert } from 'node:assert';
import { build } from 'esbuild';
import { openWebview, type Webview } from './browser';
import { type SameRuns, sameRuns } from './sameRuns';

describe('the same model, scenario and seed', function () {
  this.timeout(120_000);
  let webview: Webview;

  before(async () => {
    webview = await openWebview();
  });
  after(() => webview?.close());

  it('give the same run in Node and in a worker of Chromium', async () => {
    const bundled = await build({
      stdin: { contents: `import { sameRuns } from './sameRuns'; postMessage(JSON.stringify(sameRuns()));`, resolveDir: 'test/webview' },
      bundle: true,
      write: false,
      minify: true,
      platform: 'browser',
      format: 'iife',
      target: 'es2022',
    });
    const script = bundled.outputFiles[0]?.text ?? '';
    const answer = await webview.page.evaluate(
      (code) =>
        new Promise<string>((resolve, reject) => {
          const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
          worker.onmessage = ({ data }) => resolve(String(data));
          worker.onerror = ({ message }) => reject(new Error(message));
        }),
      script,
    );
    const there = JSON.parse(answer) as SameRuns;
    const here = JSON.parse(JSON.stringify(sameRuns())) as SameRuns;
    assert.deepEqual(
      there.runs.map(({ digest, events }) => ({ digest, events })),
      here.runs.map(({ digest, events }) => ({ digest, events })),
    );
    assert.deepEqual(there, here);
    // They are runs of some size, and no two are the same.
    assert.ok(here.runs.every(({ events }) => events > 10_000));
    assert.equal(new Set(here.runs.map(({ digest }) => digest)).size, here.runs.length);
  });
});
