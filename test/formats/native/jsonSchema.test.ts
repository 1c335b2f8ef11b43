import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import { parse } from 'yaml';
import { jsonSchema } from '../../../src/formats/native/jsonSchema';
import { reviewText } from '../../rules/helpers';

const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(jsonSchema());

function accepts(text: string): boolean {
  return validate(parse(text, { merge: true, logLevel: 'silent' }));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.ya?ml$/.test(name))
    .map((name) => join(folder, name));
}

/** What the reader itself has to say about the text, and a schema can know. */
const aboutShape: ReadonlySet<string> = new Set(['unknown-key', 'syntax', 'duplicate-name', 'invalid-value']);

describe('the JSON Schema', () => {
  it('accepts the examples', () => {
    const examples = filesIn('examples').filter((path) => /faultline|topology|calls/.test(path));
    assert.ok(examples.length >= 5);
    for (const path of examples) assert.ok(accepts(readFileSync(path, 'utf8')), `${path}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
  });

  it('accepts what the reader finds nothing wrong with', () => {
    let accepted = 0;
    for (const path of filesIn('test/fixtures/rules')) {
      const text = readFileSync(path, 'utf8');
      if (reviewText(text).findings.some(({ rule }) => aboutShape.has(rule))) continue;
      assert.ok(accepts(text), `${path}: ${JSON.stringify(validate.errors?.slice(0, 3))}`);
      accepted++;
    }
    assert.ok(accepted > 20, `only ${accepted} texts`);
  });

  it('refuses keys that the language does not have, and values of another kind', () => {
    const wrong = [
      'components: { api: { replica: 2 } }',
      'component: { api: {} }',
      'components: { api: { serviceTime: 20 } }',
      'components: { api: { kind: databse } }',
      'calls: [{ from: api, to: db, timeout: 5 }]',
      'calls: [{ to: db }]',
      'journeys: { buy: { rate: 40 } }',
      'zones: { a: { availability: 99.95 } }',
      'calls: { from: a, to: b }',
      'calls: [{ from: a, to: b, retry: { jitter: some } }]',
    ];
    for (const text of wrong) assert.equal(accepts(`faultline: 1\n${text}\n`), false, text);
  });

  it('accepts every way to write a value', () => {
    const right = [
      'components: { api: { serviceTime: 20ms, replicas: { a: 2 }, concurrency: unlimited, healthCheck: none } }',
      'components: { api: { serviceTime: { p50: 1ms, p99: 1h30m }, availability: 0.999, failover: { automatic: false } } }',
      'calls: [{ from: [a, b], to: c, timeout: none, retry: none, fallback: later }]',
      'calls: [{ from: a, to: c, retry: { maxAttempts: unlimited, budget: 10% }, circuitBreaker: { errorRate: 50%, window: 10s } }]',
      'calls: [{ from: a, to: c, circuitBreaker: { errorRate: 50%, window: 100 }, fallback: { to: b }, bulkhead: { concurrency: 4 } }]',
      'journeys: { 404: { entry: 7, rate: 1200/m, latency: none } }',
      'components:\ncalls:\nx-anchors: [1, 2]',
    ];
    for (const text of right) assert.ok(accepts(`faultline: 1\n${text}\n`), `${text}: ${JSON.stringify(validate.errors?.slice(0, 2))}`);
  });
});
