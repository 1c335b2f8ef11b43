import { strict as assert } from 'node:assert';
import { rules } from '../../src/rules/registry';
import { Program } from './program';

const shop = `faultline: 1
system: shop
components:
  api: { kind: service, concurrency: 8, avilability: 99.9% }
  "a<b>&'\\"%,: c": { kind: service }
  db: { kind: database, availability: 99.95% }
calls:
  # faultline-ignore missing-timeout -- the driver <has> one & "more"
  - { from: api, to: db, operation: GET /orders }
  - { from: api, to: "a<b>&'\\"%,: c" }
  - { from: api, to: nowhere, timeout: 1s }
journeys:
  orders: { entry: api, rate: 50/s, availability: 99.5% }
`;

interface Finding {
  readonly rule: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
}

describe('the formats of check', function () {
  this.timeout(30_000);
  let program: Program;

  before(() => {
    program = new Program();
    program.files({ 'my shop/shop.faultline.yaml': shop, 'clean.faultline.yaml': 'faultline: 1\nsystem: clean\n' });
  });

  after(() => program.remove());

  function findings(...more: readonly string[]): { readonly findings: readonly Finding[]; readonly suppressed: number } {
    return JSON.parse(program.run('check', '--format', 'json', ...more).out) as ReturnType<typeof findings>;
  }

  it('agree on the exit status', () => {
    for (const format of ['text', 'json', 'sarif', 'junit', 'github', 'markdown']) {
      const { status, err } = program.run('check', '--format', format);
      assert.deepEqual([status, err], [1, ''], format);
      assert.equal(program.run('check', 'clean.faultline.yaml', '--format', format).status, 0, format);
    }
  });

  describe('sarif', () => {
    interface Region {
      startLine: number;
      startColumn: number;
      endLine: number;
      endColumn: number;
    }
    interface Physical {
      artifactLocation: { uri: string; uriBaseId?: string };
      region: Region;
    }
    interface Result {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: { physicalLocation: Physical; logicalLocations: { name: string; fullyQualifiedName: string }[] }[];
      relatedLocations?: { id: number; physicalLocation: Physical; message: { text: string } }[];
      partialFingerprints: Record<string, string>;
      suppressions?: { kind: string; status: string; justification: string }[];
      fixes?: {
        description: { text: string };
        artifactChanges: { artifactLocation: object; replacements: { deletedRegion: Region; insertedContent: { text: string } }[] }[];
      }[];
    }
    interface Log {
      version: string;
      $schema: string;
      runs: {
        tool: {
          driver: {
            name: string;
            semanticVersion: string;
            rules: {
              id: string;
              name: string;
              shortDescription: { text: string };
              help: { text: string; markdown: string };
              defaultConfiguration: { enabled: boolean; level: string };
            }[];
          };
        };
        originalUriBaseIds: Record<string, object>;
        columnKind: string;
        results: Result[];
      }[];
    }

    function sarif(...more: readonly string[]): Log {
      return JSON.parse(program.run('check', '--format', 'sarif', ...more).out) as Log;
    }

    function run(...more: readonly string[]): Log['runs'][number] {
      const [first, ...others] = sarif(...more).runs;
      assert.ok(first);
      assert.deepEqual(others, []);
      return first;
    }

    /** 3.30: lines and columns are positive, and a region does not end before it begins. */
    function isRegion({ startLine, startColumn, endLine, endColumn }: Region): void {
      for (const number of [startLine, startColumn, endLine, endColumn]) assert.ok(Number.isInteger(number) && number >= 1);
      assert.ok(endLine > startLine || (endLine === startLine && endColumn >= startColumn));
    }

    it('names its version and every rule, with its page and level', () => {
      const { version, $schema } = sarif();
      assert.equal(version, '2.1.0');
      assert.match($schema, /^https:\/\/.*sarif-schema-2\.1\.0\.json$/);
      const { tool, columnKind } = run();
      assert.equal(columnKind, 'utf16CodeUnits');
      assert.equal(tool.driver.name, 'Faultline');
      assert.match(tool.driver.semanticVersion, /^\d+\.\d+\.\d+$/);
      assert.deepEqual(
        tool.driver.rules.map(({ id }) => id),
        rules.map(({ id }) => id),
      );
      for (const { id, name, shortDescription, help, defaultConfiguration } of tool.driver.rules) {
        assert.match(name, /^([A-Z][a-z]*)+$/);
        assert.notEqual(shortDescription.text, '');
        assert.ok(help.markdown.startsWith(`# ${id}\n`));
        assert.ok(help.text.startsWith(`${id}\n`));
        assert.doesNotMatch(help.text, /`|^#+ [A-Z]/m);
        assert.ok(['none', 'note', 'warning', 'error'].includes(defaultConfiguration.level));
      }
    });

    it('has each finding as a result, at the place that the other formats give it', () => {
      const { results, tool, originalUriBaseIds } = run();
      const { findings: all, suppressed } = findings();
      assert.equal(results.length, all.length + suppressed);
      const levels = { error: 'error', warning: 'warning', info: 'note', hint: 'note' };
      for (const [i, finding] of all.entries()) {
        const result = results[i];
        assert.ok(result);
        assert.deepEqual([result.ruleId, result.level], [finding.rule, levels[finding.severity]]);
        assert.equal(tool.driver.rules[result.ruleIndex]?.id, finding.rule);
        assert.equal(result.message.text.replaceAll('{{', '{').replaceAll('}}', '}'), finding.message);
        const [location] = result.locations;
        assert.ok(location);
        const { artifactLocation, region } = location.physicalLocation;
        assert.equal(artifactLocation.uri, finding.file.replaceAll(' ', '%20'));
        assert.ok(artifactLocation.uriBaseId !== undefined && artifactLocation.uriBaseId in originalUriBaseIds);
        assert.deepEqual(region, {
          startLine: finding.line,
          startColumn: finding.column,
          endLine: finding.endLine,
          endColumn: finding.endColumn,
        });
        isRegion(region);
        for (const [j, related] of (result.relatedLocations ?? []).entries()) {
          assert.equal(related.id, j + 1);
          isRegion(related.physicalLocation.region);
        }
      }
    });

    it('has corrections as replacements that do what they say', () => {
      const typo = run().results.find(({ ruleId }) => ruleId === 'unknown-key');
      const [fix] = typo?.fixes ?? [];
      assert.ok(fix);
      assert.match(fix.description.text, /availability/);
      const [change] = fix.artifactChanges;
      const [replacement, ...others] = change?.replacements ?? [];
      assert.ok(replacement);
      assert.deepEqual(others, []);
      const { startLine, startColumn, endLine, endColumn } = replacement.deletedRegion;
      assert.equal(startLine, endLine);
      const line = shop.split('\n')[startLine - 1] ?? '';
      assert.equal(line.slice(startColumn - 1, endColumn - 1), 'avilability');
      assert.equal(replacement.insertedContent.text, 'availability');
    });

    it('says of every result whether it is suppressed, and why', () => {
      const { results } = run();
      const [silent, ...others] = results.filter(({ suppressions }) => suppressions && suppressions.length > 0);
      assert.deepEqual(others, []);
      assert.equal(silent?.ruleId, 'missing-timeout');
      assert.deepEqual(silent?.suppressions, [{ kind: 'inSource', status: 'accepted', justification: 'the driver <has> one & "more"' }]);
      assert.ok(
        results.every(({ suppressions }) => suppressions !== undefined),
        'suppression is known of all or of none',
      );
      const all = run('--no-suppressions').results;
      assert.equal(all.length, results.length);
      assert.ok(all.every(({ suppressions }) => suppressions === undefined));
    });

    it('has fingerprints that differ, and stay when lines move', () => {
      const prints = () => run().results.map(({ ruleId, partialFingerprints }) => `${ruleId} ${Object.values(partialFingerprints).join()}`);
      const before = prints();
      assert.equal(new Set(before).size, before.length);
      program.write('my shop/shop.faultline.yaml', `# one\n# two\n${shop}`);
      const after = prints();
      program.write('my shop/shop.faultline.yaml', shop);
      assert.deepEqual(after, before);
    });
  });

  describe('junit', () => {
    /** Reads the little XML that is written: fails on anything that is not well formed. */
    function elements(xml: string): { name: string; attributes: Record<string, string>; closes: boolean }[] {
      assert.ok(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n'));
      const decode = (text: string) => {
        assert.doesNotMatch(text, /[<>]|&(?!(?:amp|lt|gt|quot|#\d+);)/);
        return text
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&quot;', '"')
          .replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
          .replaceAll('&amp;', '&');
      };
      const found: ReturnType<typeof elements> = [];
      const open: string[] = [];
      const rest = xml.slice(xml.indexOf('\n')).replace(/<(\/?)([\w-]+)((?:\s[\w-]+="[^"<]*")*)(\/?)>/g, (_, end, name, list, closed) => {
        if (end === '/') assert.equal(open.pop(), name);
        else {
          const pairs = [...String(list).matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, decode(value)]);
          found.push({ name: String(name), attributes: Object.fromEntries(pairs) as Record<string, string>, closes: closed === '/' });
          if (closed !== '/') open.push(String(name));
        }
        return '';
      });
      assert.deepEqual(open, []);
      decode(rest);
      return found;
    }

    it('has a suite for each file and a case for each finding', () => {
      const { findings: all, suppressed } = findings();
      const found = elements(program.run('check', '--format', 'junit').out);
      const count = (name: string) => found.filter((element) => element.name === name).length;
      assert.equal(count('testsuite'), 2);
      assert.equal(count('testcase'), all.length + suppressed + 1, 'a clean file has one case that holds');
      assert.equal(count('failure'), all.filter(({ severity }) => severity === 'error').length);
      assert.equal(count('skipped'), 1);
      const [totals] = found;
      assert.deepEqual(
        [totals?.name, totals?.attributes['tests'], totals?.attributes['failures'], totals?.attributes['skipped']],
        ['testsuites', String(count('testcase')), String(count('failure')), '1'],
      );
      assert.equal(found.find(({ name }) => name === 'skipped')?.attributes['message'], 'the driver <has> one & "more"');
      assert.ok(found.some(({ name, attributes }) => name === 'testcase' && attributes['name']?.includes(`a<b>&'"%,: c`)));
      const failing = all.filter(({ severity }) => severity === 'error' || severity === 'warning').length;
      assert.equal(
        elements(program.run('check', '--format', 'junit', '--fail-on', 'warning').out).filter(({ name }) => name === 'failure').length,
        failing,
      );
    });
  });

  describe('github', () => {
    it('has one command for each finding', () => {
      const lines = program.run('check', '--format', 'github').out.trimEnd().split('\n');
      const { findings: all } = findings();
      assert.equal(lines.length, all.length + 1);
      assert.match(lines.at(-1) ?? '', /^2 systems: .*\(1 ignored\)$/);
      const decode = (text: string) => decodeURIComponent(text.replace(/%(?!25|0D|0A|3A|2C)/g, '%25'));
      for (const [i, finding] of all.entries()) {
        const [, command, list = '', message = ''] = /^::(\w+) ([^:]*)::(.*)$/.exec(lines[i] ?? '') ?? [];
        assert.equal(command, { error: 'error', warning: 'warning', info: 'notice', hint: 'notice' }[finding.severity]);
        const properties = Object.fromEntries(list.split(',').map((pair) => pair.split('=')));
        assert.deepEqual(properties, {
          file: finding.file,
          line: String(finding.line),
          ...(finding.line === finding.endLine && { col: String(finding.column) }),
          endLine: String(finding.endLine),
          title: finding.rule,
        });
        assert.equal(decode(message), finding.message);
      }
      assert.ok(
        lines.some((line) => line.includes('%25,: c')),
        'only percent signs are escaped in a message',
      );
    });
  });

  describe('markdown', () => {
    it('has a table with the loudest first, in which names stay what they are', () => {
      const { out } = program.run('check', '--format', 'markdown');
      const rows = out.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| :'));
      const { findings: all } = findings();
      assert.equal(rows.length, all.length + 1);
      const severities = rows.slice(1).map((row) => row.split(' | ')[0]?.slice(2));
      const order = ['error', 'warning', 'info', 'hint'];
      assert.deepEqual(
        severities,
        [...severities].sort((a, b) => order.indexOf(a ?? '') - order.indexOf(b ?? '')),
      );
      assert.match(out, /a\\<b\\>\\&'"%,: c/);
      assert.match(out, /^## Faultline\n\n2 systems: /);
    });
  });
});
