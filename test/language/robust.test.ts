import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import type { LanguageService } from '../../src/language/service';
import { finish } from '../../src/model/steps';
import { LineIndex, type Position } from '../../src/model/text';
import type { LinkedSystem } from '../../src/workspace/linked';
import { open } from './fixture';

const path = '/r/r.faultline.yaml';

const text = `faultline: 1 # the version
system: "r"
zones: { a: { availability: 99.95% }, b: {} }
components:
  web: &web
    kind: service
    replicas: 2
    zones: [a, b]
    description: >
      The front door
  api: *web
  db: { kind: database, mtbf: 90d, mttr: 2h }
policies:
  careful: { timeout: 200ms, retry: { maxAttempts: 3, base: 50ms, jitter: full } }
calls:
  # faultline-ignore missing-timeout -- by hand
  - { from: web, to: [api, db] }
  - from: api
    to: db
    operation: 'GET /x'
    policy: careful
    circuitBreaker: { errorRate: 50%, window: 10s }
journeys:
  go: { entry: web, rate: 5/s, availability: 99.9% }
scenarios:
  dies:
    events: [{ at: 10s, kill: zone a }]
    expect: [{ journey: go, success: "< 20%" }]
`;

/** Asks everything that needs no figures about a place. */
function askStructure(service: LanguageService, linked: LinkedSystem, file: string, caret: Position, part: string): void {
  const everything = { start: { line: 0, character: 0 }, end: caret };
  service.completions(linked, file, caret);
  service.documentSymbols(linked, file);
  service.definition(linked, file, caret);
  service.references(linked, file, caret, true);
  service.documentHighlights(linked, file, caret);
  service.workspaceSymbols(linked, 'a');
  service.foldingRanges(part);
  service.selectionRanges(linked, file, [caret]);
  service.semanticTokens(linked, file);
  service.documentLinks(linked, file);
  service.inlayHints(linked, file, everything, { components: true, calls: true });
  service.prepareRename(linked, file, caret);
  service.rename(linked, file, caret, 'other name');
}

describe('half-typed text', () => {
  it('is answered by every feature, wherever it ends', () => {
    const { service, workspace } = open({ [path]: text });
    let answered = 0;
    for (let end = 0; end <= text.length; end += 5) {
      const part = text.slice(0, end);
      workspace.setFile(path, part);
      const [linked] = workspace.systems();
      if (!linked) continue;
      const caret = new LineIndex(part).positionAt(end);
      const everything = { start: { line: 0, character: 0 }, end: caret };
      service.diagnostics(linked);
      service.hover(linked, path, caret);
      for (const offered of service.codeActions(linked, path, everything)) offered.edit();
      service.codeLenses(linked, path);
      askStructure(service, linked, path, caret, part);
      if (end % 25 === 0) finish(service.fixAllSteps(linked, path));
      answered++;
    }
    assert.ok(answered > 100);
  }).timeout(20_000);

  for (const file of ['lab.faultline.yaml', ...readdirSync('examples/storefront').map((name) => `storefront/${name}`)]) {
    it(`is answered in examples/${file}, wherever it ends`, () => {
      const full = readFileSync(`examples/${file}`, 'utf8');
      const { service, workspace } = open({ [path]: full });
      let answered = 0;
      for (let end = 0; end <= full.length; end += 13) {
        const part = full.slice(0, end);
        workspace.setFile(path, part);
        const [linked] = workspace.systems();
        if (!linked) continue;
        const caret = new LineIndex(part).positionAt(end);
        askStructure(service, linked, path, caret, part);
        if (end % 130 === 0) {
          service.diagnostics(linked);
          service.hover(linked, path, caret);
          service.codeLenses(linked, path);
          for (const offered of service.codeActions(linked, path, { start: caret, end: caret })) offered.edit();
        }
        answered++;
      }
      assert.ok(answered > full.length / 30);
    }).timeout(30_000);
  }

  it('leaves the other entries as they were', () => {
    const { service, workspace } = open({ [path]: text });
    const titles = () => {
      const [linked] = workspace.systems();
      assert.ok(linked);
      return service.codeLenses(linked, path).map(({ command }) => command?.title);
    };
    const before = titles();
    workspace.setFile(path, text.replace('replicas: 2', 'repl'));
    assert.deepEqual(
      titles().filter((title) => title?.includes('→')),
      before.filter((title) => title?.includes('→')),
    );
  });
});
