import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { review, reviewText } from './helpers';

const root = 'test/fixtures/rules';
const fixtures = readdirSync(root).flatMap((rule) =>
  readdirSync(`${root}/${rule}`)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => `${root}/${rule}/${name}`),
);

describe('reviewing what is being typed', function () {
  this.timeout(60_000);

  it('never throws, and every place is inside its text', () => {
    for (const path of fixtures) {
      const text = readFileSync(path, 'utf8').replace(/^ *# [@^].*\n/gm, '');
      const step = Math.max(1, Math.floor(text.length / 8));
      for (let cut = 0; cut <= text.length; cut += step) {
        const { findings } = reviewText(text.slice(0, cut));
        for (const { place, related = [] } of findings) {
          for (const { span } of [place, ...related.map((other) => other.place)]) {
            assert.ok(span.start >= 0 && span.start <= span.end && span.end <= cut, `${path} cut at ${cut}`);
          }
        }
      }
    }
  });

  it('takes names that are names of built-in properties', () => {
    const text = `faultline: 1
components:
  __proto__: {}
  constructor: { kind: search }
  toString: {}
calls:
  - { from: __proto__, to: constructor, policy: hasOwnProperty }
  - { from: __proto__, to: toString, retry: { budget: 10% } }
policies:
  hasOwnProperty: { retry: { maxAttempts: 3, base: 1s, budget: 10% } }
journeys:
  valueOf: { entry: __proto__, rate: 5/s }
`;
    const found = reviewText(text).findings.map(({ rule, subject }) => `${rule} ${subject}`);
    assert.deepEqual(found, [
      'single-point-of-failure __proto__',
      'single-point-of-failure constructor',
      'single-point-of-failure toString',
      'missing-timeout __proto__ -> constructor',
      'missing-timeout __proto__ -> toString',
      'unbounded-retry __proto__ -> toString',
      'retry-without-jitter __proto__ -> constructor',
    ]);
  });

  it('says the same about the same system, in whatever order its files are given', () => {
    const texts: [string, string][] = [
      ['/shop/a.topology.yaml', 'faultline: 1\nsystem: shop\ncomponents:\n  api: {}\n  db: { kind: database }\n'],
      [
        '/shop/b.calls.yaml',
        'faultline: 1\nsystem: shop\ncalls:\n  - { from: api, to: db, retry: {} }\njourneys:\n  go: { entry: api, rate: 5/s }\n',
      ],
    ];
    assert.deepEqual(review(new Map(texts)).findings, review(new Map([...texts].reverse())).findings);
  });
});
