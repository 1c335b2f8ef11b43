import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Ajv from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import type { ArtifactLocation, Log, Result } from 'sarif';
import { Program } from './program';

/** The JSON Schema of SARIF 2.1.0 as it was published. */
const schema = JSON.parse(
  readFileSync(
    createRequire(join(process.cwd(), 'package.json')).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
) as object;

const clean = `faultline: 1
system: clean
`;

const odd = `faultline: 1
system: odd <names> & {braces}
components:
  front door: { kind: service, concurrency: 8, avilability: 99.9% }
  "a<b>&'\\"%,: {c}": { kind: service }
  db: { kind: database, availability: 99.95% }
calls:
  # faultline-ignore missing-timeout -- the <driver> has one & {more}
  - { from: front door, to: db, operation: GET /orders }
  - { from: front door, to: "a<b>&'\\"%,: {c}" }
  - { from: front door, to: nowhere, timeout: 1s }
journeys:
  orders: { entry: front door, rate: 50/s, availability: 99.5% }
`;

describe('the SARIF log and the published schema', function () {
  this.timeout(30_000);
  // One pattern of the schema has a bracket too many, which only the older kind of expression forgives.
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats(ajv);
  const validate = ajv.compile(schema);
  let program: Program;

  before(() => {
    program = new Program();
  });

  after(() => program.remove());

  /** The log, once it is sure that it is a valid one. */
  function log(folder = '.', ...more: readonly string[]): Log {
    const { out, err } = program.runIn(folder, 'check', '--format', 'sarif', ...more);
    assert.equal(err, '');
    const value: unknown = JSON.parse(out);
    assert.ok(validate(value), ajv.errorsText(validate.errors, { separator: '\n' }));
    return value as Log;
  }

  const resultsOf = (from: Log): readonly Result[] => from.runs.flatMap(({ results = [] }) => results);

  /** The file of each result, as an address says it. */
  const addresses = (from: Log): readonly ArtifactLocation[] =>
    resultsOf(from).flatMap(({ locations = [] }) => locations.flatMap(({ physicalLocation }) => physicalLocation?.artifactLocation ?? []));

  it('agree where nothing is found', () => {
    program.files({ 'clean.faultline.yaml': clean });
    assert.deepEqual(resultsOf(log()), []);
  });

  it('agree on related places, corrections, what is silenced, and names with anything in them', () => {
    program.files({ 'odd.faultline.yaml': odd, 'faultline.config.yaml': 'rules: { mising-timeout: error }\n' });
    const found = resultsOf(log());
    assert.ok(found.some(({ relatedLocations = [] }) => relatedLocations.length > 0));
    assert.ok(found.some(({ fixes = [] }) => fixes.length > 0));
    assert.deepEqual(
      found.flatMap(({ suppressions = [] }) => suppressions.map(({ justification }) => justification)),
      ['the <driver> has one & {more}'],
    );
    assert.ok(found.some(({ message }) => message.text?.includes(`a<b>&'"%,: {{c}}`)));
    assert.ok(
      found.some(({ locations = [] }) => locations.some(({ logicalLocations = [] }) => logicalLocations[0]?.name === 'front door')),
    );
    assert.equal(resultsOf(log('.', '--no-suppressions')).length, found.length);
  });

  it('agree on paths with anything in them, which can be read back', () => {
    const paths = ['50% of #1/what?/a b <c>.faultline.yaml', 'ünï/x:y.faultline.yaml', 'x%20y/plain.faultline.yaml'];
    program.files(Object.fromEntries(paths.map((path, i) => [path, odd.replace('odd', `odd ${i}`)])));
    const found = addresses(log());
    assert.deepEqual([...new Set(found.map(({ uri = '' }) => decodeURIComponent(uri)))].sort(), [...paths].sort());
    // Each character that means something in an address is written as one that does not.
    for (const { uri = '' } of found) assert.equal(new URL(uri, 'file:///root/').href, `file:///root/${uri}`);
  });

  it('agree on a file outside of the folder in which the command runs', () => {
    program.files({ 'at 50% #1/odd.faultline.yaml': odd, 'here/clean.faultline.yaml': clean });
    const found = addresses(log('here', '../at 50% #1'));
    assert.ok(found.length > 0);
    for (const { uri = '', uriBaseId } of found) {
      assert.equal(fileURLToPath(uri), join(program.folder, 'at 50% #1', 'odd.faultline.yaml'));
      assert.equal(uriBaseId, undefined);
    }
  });

  it('disagree about what is no log', () => {
    program.files({ 'odd.faultline.yaml': odd });
    const changes: Readonly<Record<string, (text: string) => string>> = {
      'another version': (text) => text.replace('"version": "2.1.0"', '"version": "2.0.0"'),
      'an unknown level': (text) => text.replace('"level": "warning",\n          "message"', '"level": "loud",\n          "message"'),
      'an unknown key': (text) => text.replace('"ruleId"', '"rule"'),
      'a line before the first': (text) => text.replace(/"startLine": \d+/, '"startLine": 0'),
      'an address with a space': (text) => text.replace('"uri": "odd.', '"uri": "o d d.'),
    };
    const text = JSON.stringify(log(), null, 2);
    for (const [what, change] of Object.entries(changes)) {
      const changed = change(text);
      assert.notEqual(changed, text, what);
      assert.equal(validate(JSON.parse(changed)), false, what);
    }
  });
});
