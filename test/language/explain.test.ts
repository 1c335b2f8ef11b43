import { strict as assert } from 'node:assert';
import { analyse } from '../../src/analysis/analyse';
import { open } from './fixture';

const path = '/shop/shop.faultline.yaml';

const shop = `faultline: 1
system: shop
objectives: { rto: 15m, rpo: 1m }
zones:
  a: { region: here }
  b: { region: here }
sharedFate:
  certificate: { availability: 99.99%, components: [web, db] }
components:
  web:
    replicas: 2
    zones: [a, b]
    concurrency: 8
    serviceTime: 20ms
    healthCheck: { interval: 5s, unhealthyAfter: 2 }
    releases: { every: 1d, failureRate: 1%, rollback: 10m }
  db:
    kind: database
    zones: [a, b]
    replicas: 2
    replication: { mode: async, lag: 5s }
    failover: { automatic: false, within: 30m }
    backup: { every: 24h, restore: 3h }
    concurrency: 50
    serviceTime: 10ms
    errorRate: 2%
  lone: { kind: cache, zones: [b], concurrency: 10, serviceTime: 1ms }
calls:
  - { from: web, to: db, timeout: 200ms, retry: { maxAttempts: 4, base: 50ms, jitter: full }, idempotent: false, circuitBreaker: { failures: 5 } }
  - { from: db, to: lone, timeout: 1s, required: false, circuitBreaker: { failures: 5 } }
journeys:
  browse: { entry: web, rate: 100/s, availability: 99.99%, latency: 500ms }
`;

describe('what explains a figure', () => {
  const opened = open({ [path]: shop });
  const at = (marked: string): string => {
    const hover = opened.service.hover(opened.linked, path, opened.at(path, marked));
    const contents = hover?.contents;
    return (typeof contents === 'object' && 'value' in contents ? contents.value : '').replaceAll('&emsp;', '');
  };

  it('of a component: load, headroom, and what retries make of it', () => {
    // 100/s × (20 ms + 10 ms + 1 ms) of 16 slots.
    assert.match(at('  we|b:'), /100\/s at peak: 19% of 16 slots busy · one replica short 39% · without zone a 39%\./);
    assert.match(at('  d|b:'), /When it fails, retries bring up to 4× its load: web → db 4×\./);
    // Of one replica it goes without saying what is left without it.
    assert.match(at('  lo|ne:'), /100\/s at peak: 1% of 10 slots busy\./);
    assert.doesNotMatch(at('  lo|ne:'), /nothing is left/);
  });

  it('of a component: how it recovers, against the objectives', () => {
    const db = at('  d|b:');
    assert.match(db, /\| a replica \*\(failover by hand\)\* \| \*\*30 min\*\*, not 15 min \| 5 s \|/);
    assert.match(db, /\| region here \*\(its backup is lost with it\)\* \| \*\*never\*\*, not 15 min \| \*\*everything\*\*, not 60 s \|/);
    assert.match(db, /\| data \*\(restore of the backup\)\* \| \*\*3 h\*\*, not 15 min \| \*\*24 h\*\*, not 60 s \|/);
    assert.doesNotMatch(at('  we|b:'), /\| Lost/);
  });

  it('of a component: bad releases, and a common cause that nobody wrote', () => {
    const web = at('  we|b:');
    // 1% of a release a day, ten minutes each: 8,760 h × 0.01 × 600 / 86,400.
    assert.match(web, /Bad releases alone take it down 36\.5 min\/yr/);
    assert.match(web, /\| if 5% of failures took all at once \|/);
  });

  it('of a journey: requests that succeed, and what takes it down together', () => {
    const browse = at('  brow|se:');
    assert.match(browse, /Of its requests 9\d\.?\d*% succeed: transient errors and late answers count too\./);
    assert.match(browse, /\| Take it down together \| both down \|/);
    assert.match(browse, /\| (all of web|all of db|a replica of web and zone [ab]|a replica of db and zone [ab]|zone a and zone b) \|/);
  });

  it('of a call: the time that its caller has', () => {
    // 4 × 200 ms + 50 + 100 + 200 ms of waits.
    const call = at('fro|m: web');
    assert.match(call, /Takes at most 1\.15 s with all attempts and waits\. Its caller has only 500 ms in browse\./);
    assert.match(call, /db may go on 800 ms longer than web waits for it \(db → lone\): work that nobody receives\./);
  });

  it('of the system: its figure and those of its journeys', () => {
    const system = at('system: sh|op');
    assert.match(system, /^\*\*shop\*\* · system · 3 components · 2 calls$/m);
    assert.match(system, /\| browse \| 99\.\d+% \| [\d.]+ (h|min)\/yr \| 99\.99% \*\*missed\*\* \|/);
  });

  it('of a zone, a region and a shared fate: what stands in it', () => {
    assert.match(at('  |a: {'), /In it: 1 of 2 replicas of \*\*web\*\* and 1 of 2 replicas of \*\*db\*\*\./);
    assert.match(at('region: he|re'), /In it: \*\*web\*\*, \*\*db\*\* and \*\*lone\*\*\./);
    assert.match(at('  certifi|cate:'), /Stop together: \*\*web\*\* and \*\*db\*\*\./);
  });
});

describe('the preparation of a system', () => {
  it('can be taken in turns and dropped, and gives the same figures', () => {
    const { service, linked } = open({ [path]: shop });
    const [one, other] = [service.prepare(linked), service.prepare(linked)];
    let steps = 0;
    for (let done = false; !done && steps < 5; steps++) done = one.next().done === true;
    assert.equal(steps, 5);
    // The first one is dropped here.
    while (!other.next().done) steps++;
    assert.ok(steps > 10, `only ${steps} steps`);
    assert.deepEqual(service.view(linked).figures, analyse(linked.system));
    assert.equal(service.prepare(linked).next().done, true);
  });

  it('is made up for when somebody asks without it', () => {
    const { service, linked } = open({ [path]: shop });
    service.prepare(linked).next();
    assert.deepEqual(service.view(linked).figures, analyse(linked.system));
    assert.deepEqual([...service.diagnostics(linked).keys()], [path]);
  });
});
