import { strict as assert } from 'node:assert';
import { editsFor } from '../../src/editing/edits';
import { remediesOf, review } from './helpers';

const compose = `services:
  web:
    image: acme/web
    environment:
      DATABASE_URL: postgres://db:5432/shop
      CACHE_HOST: cache
      CART_URL: http://cart:8080
  cart:
    image: acme/cart
    environment:
      DATABASE_URL: postgres://db:5432/cart
  db:
    image: postgres:16
  cache:
    image: redis:7
`;

describe('the review of a compose file', () => {
  it('is one piece of information about redundancy, and nothing about timeouts', () => {
    const { findings } = review(new Map([['/shop/docker-compose.yml', compose]]));
    assert.deepEqual(
      findings.map(({ rule, severity, subject }) => [rule, severity, subject]),
      [['single-point-of-failure', 'info', 'cart']],
    );
    assert.equal(
      findings[0]?.message,
      'cart has one replica, and web depends on it. The same goes for db and cache. No journey is declared, so every component that nobody calls counts as one.',
    );
    assert.deepEqual(
      findings[0]?.related?.map(({ message }) => message),
      ['web depends on db', 'web depends on cache'],
    );
  });

  it('says nothing about components that depend on nothing', () => {
    const alone = 'services:\n  a: { image: acme/a }\n  b: { image: acme/b }\n';
    assert.deepEqual(review(new Map([['/shop/docker-compose.yml', alone]])).findings, []);
  });

  it('concludes nothing from a timeout that the file cannot state', () => {
    const scaled = `services:
  proxy: { image: nginx, environment: { APP_URL: 'http://app:80' } }
  app: { image: acme/app, deploy: { replicas: 3 } }
`;
    assert.deepEqual(review(new Map([['/shop/docker-compose.yml', scaled]])).findings, []);
  });

  const native = (journeys: string) => `faultline: 1
include: [docker-compose.yml]
journeys:
${journeys}`;

  it('is one warning at the worst component where journeys are declared and there are three or more', () => {
    const { findings } = review(
      new Map([
        ['/shop/docker-compose.yml', compose],
        ['/shop/shop.faultline.yaml', native('  buy: { entry: web, rate: 10/s }\n  fill: { entry: cart, rate: 5/s }\n')],
      ]),
    );
    assert.deepEqual(
      findings.map(({ rule, severity, subject, place }) => [rule, severity, subject, place.file]),
      [['single-point-of-failure', 'warning', 'cart', '/shop/docker-compose.yml']],
    );
    assert.match(
      findings[0]?.message ?? '',
      /^cart has one replica; buy \(10\/s\) and fill \(5\/s\) stop when it dies.*\. The same goes for db, web and cache\.$/,
    );
  });

  it('offers no fix that would have to be written into the compose file', () => {
    const context = review(new Map([['/shop/docker-compose.yml', compose]]));
    assert.deepEqual(
      context.findings.flatMap((finding) => remediesOf(context, finding)),
      [],
    );
    const { linked, texts } = context;
    const read = (path: string) => texts.get(path);
    assert.equal(editsFor([{ kind: 'set-call', call: 'web -> cart', fields: { timeout: 1 } }], linked, read), undefined);
    assert.equal(editsFor([{ kind: 'set-component', component: 'db', fields: { replicas: 2 } }], linked, read), undefined);
  });

  it('speaks of a timeout as soon as a Faultline file states the call', () => {
    const { findings } = review(
      new Map([
        ['/shop/docker-compose.yml', compose],
        ['/shop/shop.faultline.yaml', native('  buy: { entry: web }\ncalls:\n  - { from: web, to: cart }\n')],
      ]),
    );
    assert.deepEqual(
      findings.filter(({ rule }) => rule === 'missing-timeout').map(({ subject }) => subject),
      ['web -> cart'],
    );
  });
});
