import { strict as assert } from 'node:assert';
import { loadFigures } from '../../src/analysis/load/figures';
import { recoveryFigures } from '../../src/analysis/recovery/recovery';
import { topics } from '../../src/extension/learning/topics';
import { reviewText } from '../rules/helpers';
import { exampleReview, figuresOf, type Shown, saidBy, spelled, textOf } from './examples';

/** Five parts in a row, the last one given. */
const five = (last: string, how = ''): string => `
components:
  a: &part { managed: true, availability: 99.9% }
  b: *part
  c: *part
  d: *part
  e: { managed: true, availability: ${last} }
calls:
  - { from: a, to: [b, c, d], timeout: 1s }
  - { from: a, to: e, timeout: 1s${how} }
journeys: { visit: { entry: a } }
`;
const alone = (component: string): string => `
regions: { west: { availability: 99.99% } }
zones: { z1: { availability: 99.95% }, z2: { availability: 99.95% }, w1: { region: west, availability: 99.95% }, w2: { region: west, availability: 99.95% } }
components: { a: { ${component} } }
journeys: { visit: { entry: a } }
`;

/** What is said in the answer that is right. */
function rightOf(id: string): string {
  const question = topics().flatMap(({ questions }) => questions.filter((one) => one.id === id))[0];
  const answer = question?.answers.find(({ right }) => right);
  assert.ok(question && answer, id);
  return `${question.text} ${answer.text} ${answer.says}`;
}

function says(id: string, ...figures: readonly string[]): void {
  const text = rightOf(id);
  for (const figure of figures) assert.ok(text.includes(figure), `${id} does not say ${figure}: ${text}`);
}

const saysBoth = (id: string, { up, down }: Shown): void => says(id, up, spelled(down));

describe('the figures in the questions', () => {
  it('five in a row, a better one, and one less', () => {
    const row = figuresOf(five('99.9%'));
    saysBoth('five-in-a-row', row);
    says('five-in-a-row', spelled(figuresOf(alone('managed: true, availability: 99.9%')).down));
    saysBoth('better-one', figuresOf(five('99.99%')));
    saysBoth('do-without', figuresOf(five('99.9%', ', required: false')));
    says('do-without', row.up, row.down.replace(' h/yr', ''));
  });

  it('the next nine', () => {
    const { down } = figuresOf(alone('managed: true, availability: 99.99%'));
    says('next-nine', spelled(down));
    assert.equal(Math.round(Number.parseFloat(down)), 53);
    says('next-nine', '53 minutes');
  });

  it('two replicas, in one zone and in two', () => {
    const pair = 'replicas: 2, availability: 99.9%';
    saysBoth('two-of-it', figuresOf(alone(pair)));
    saysBoth('same-zone', figuresOf(alone(`${pair}, zones: [z1]`)));
    says('same-zone', spelled(figuresOf(alone(`${pair}, zones: [z1, z2]`)).down));
    // The wrong answers are figures of something as well.
    const answers = topics().flatMap(({ questions }) => questions.flatMap(({ answers: all }) => all.map(({ text }) => text)));
    assert.ok(answers.some((text) => text.startsWith(figuresOf(alone('availability: 99.9%, zones: [z1]')).up)));
  });

  it('a pair of services before one database', () => {
    const text = `
zones: { z1: {}, z2: {} }
components: { web: { replicas: 2, zones: [z1, z2] }, db: { kind: database, zones: [z1] } }
calls: [{ from: web, to: db, timeout: 1s }]
journeys: { visit: { entry: web } }
`;
    assert.match(saidBy('single-zone', reviewText(text)), /visit stops when the zone goes down|db runs only in z1; visit/);
    assert.equal(
      saidBy('single-zone', reviewText(text.replace('zones: [z1] }', 'replicas: 2, zones: [z1, z2], failover: { automatic: true } }'))),
      '',
    );
  });

  it('a zone less than is needed', () => {
    const review = exampleReview('zone-loss');
    const message = saidBy('no-headroom', review);
    says('headroom', /would be (\d+% busy)/.exec(message)?.[1] ?? 'nothing');
    const load = loadFigures(review.linked.system).components.get('tight');
    says('headroom', `${Math.round(100 * (load?.utilisation ?? 0))}% of the time`);
  });

  it('eight threads', () => {
    const message = saidBy('missing-timeout', exampleReview('lab'));
    says('eight-threads', /payment hangs, the 8 slots of api are full after (\d+ ms)/.exec(message)?.[1] ?? 'nothing');
  });

  it('a window that never fills', () => {
    const message = saidBy('breaker-never-opens', exampleReview('breaker-window'));
    const [, calls = '', seconds = '', most = ''] = /asks for (\d+) calls in (\d+ s), .* at most (\d+) end/.exec(message) ?? [];
    says('breaker-window', `${calls} calls in ${seconds}`, `${most} in ${seconds}`);
  });

  it('layers of retries', () => {
    const layers = `
components: { a: {}, b: {}, c: {}, db: { kind: database } }
policies: { default: { timeout: 1s, retry: { maxAttempts: 3, backoff: exponential, base: 50ms, jitter: full } } }
calls: [{ from: a, to: b, operation: GET /x }, { from: b, to: c, operation: GET /x }, { from: c, to: db, operation: GET /x }]
journeys: { visit: { entry: a, rate: 10/s } }
`;
    const message = saidBy('retry-amplification', reviewText(layers));
    assert.match(message, /\b27\b/);
    says('layers', '27 times');
  });

  it('a majority of two', () => {
    const of = (replicas: number, needs: number) =>
      figuresOf(alone(`kind: database, replicas: ${replicas}, needs: ${needs}, availability: 99.9%`));
    says('quorum', of(2, 2).up, of(1, 1).up);
    assert.ok(Number.parseFloat(of(3, 2).up) > Number.parseFloat(of(1, 1).up));
  });

  it('failover and restore', () => {
    const review = exampleReview('failover');
    assert.match(saidBy('rto-unmet', review), /takes 3 h to restore from its backup; look-up is to be back within 2 min/);
    assert.match(saidBy('rpo-unmet', review), /loses up to the last 24 h .* may lose 10 min/);
    says('rto-rpo', '3 hours', '24', 'two minutes', 'RPO of ten');
    const lost = recoveryFigures(review.linked.system).find(({ subject, loss }) => subject === 'orders-db' && loss.kind === 'replica');
    assert.match(textOf('failover'), /healthCheck: \{ interval: 2s, unhealthyAfter: 3 \}[^-]*failover: \{ automatic: true, within: 15s \}/);
    says('detect-and-switch', 'each 2 s', '3 times', 'within 15 s', `${lost?.rto} s.`.replace('.', ' '));
  });

  it('a region', () => {
    const one = figuresOf(alone('replicas: 2, availability: 99.9%, zones: [w1, w2]'));
    says(
      'one-region',
      one.up,
      spelled(one.down),
      spelled(figuresOf(alone('managed: true, availability: 99.99%')).down).replace(' minutes', ''),
    );
  });
});
