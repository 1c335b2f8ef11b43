import { strict as assert } from 'node:assert';
import { type Opened, open } from './fixture';

const path = '/shop/shop.faultline.yaml';

const shop = `faultline: 1
system: shop
zones:
  a: { availability: 99.95% }
  b: {}
components:
  web: { kind: service, replicas: 2, zones: [a, b], availability: 99.9%, concurrency: 4, healthCheck: { interval: 5s } }
  db:
    kind: database
    zones: [a]
    availability: 99.5%
  mail: { kind: external }
  jobs: { kind: queue, managed: true, availability: 99.9% }
  sender: { kind: worker }
  odd|name: { kind: cache }
policies:
  careful: { timeout: 200ms, retry: { maxAttempts: 3, backoff: exponential, base: 100ms, cap: 2s, jitter: full, budget: 10% } }
calls:
  - { from: web, to: db, operation: GET /items, policy: careful }
  - { from: web, to: mail, operation: POST /send, journeys: [buy], timeout: 1s, fallback: later, circuitBreaker: { failures: 5 } }
  - { from: web, to: jobs, async: true, journeys: [buy] }
  - { from: jobs, to: sender }
  - { from: web, to: odd|name, timeout: 10ms, required: false }
journeys:
  browse: { entry: web, rate: 8/s, availability: 99.4% }
  buy: { entry: web, rate: 2/s, availability: 99.9%, latency: 2s }
`;

function text(opened: Opened, marked: string): string {
  const hover = opened.service.hover(opened.linked, path, opened.at(path, marked));
  const contents = hover?.contents;
  return typeof contents === 'object' && 'value' in contents ? contents.value : '';
}

describe('a hover', () => {
  // `|` in a name would be the mark of a position, so the name is written with a character that stands in for it.
  const opened = open({ [path]: shop.replaceAll('odd|name', 'odd_name') });
  const at = (marked: string) => text(opened, marked);

  it('tells what a journey reaches, promises and rests on', () => {
    const browse = at('  bro|wse: {');
    assert.match(browse, /^\*\*browse\*\* · journey from web · 8\/s$/m);
    assert.match(browse, /Objective 99\.4% \*\*(?:kept|missed)\*\*: the architecture spends \d+% of its budget of 52\.6 h\/yr\./);
    // The database with its zone, while jobs is up: 8,760 × (1 − 0.995 × 0.9995) × 0.999.
    assert.match(browse, /\| db \*\(single point\)\* \| &emsp;48\.1 h\/yr \|/);
    assert.match(browse, /\| zone a \*\(single point\)\* \| &emsp;4\.3\d h\/yr \|/);
    assert.match(browse, /per year.*per month.*per week/);
    const buy = at('  b|uy: {');
    assert.match(buy, /within 2 s/);
    assert.match(buy, /\*\*missed\*\*: the architecture spends [\d.]+ times its budget of 8\.76 h\/yr/);
    assert.match(buy, /fully featured/);
    assert.match(buy, /Rests on 1 assumed number: zone b availability 99\.95% \(zone\)\./);
  });

  it('tells what a component is worth alone and together, and what is lost with it', () => {
    const web = at('  we|b: {');
    assert.match(web, /^\*\*web\*\* · service · 2 replicas · in a and b$/m);
    assert.match(web, /\| one replica \| &emsp;99\.9% \| &emsp;8\.76 h\/yr \|/);
    // Each replica with its zone: (0.001 + 0.999 · 0.0005)² = 2.25e-6, and 99.95% is assumed for b as written for a.
    assert.match(web, /\| all of it \| &emsp;99\.9997\d*% /);
    assert.match(web, /Without it \*\*browse\*\* and \*\*buy\*\* stop/);
    const mail = at('to: ma|il');
    assert.match(mail, /external · managed/);
    assert.match(mail, /the whole \| &emsp;99\.9% \*\(assumed\)\*/);
    assert.match(mail, /\*\*buy\*\* goes on without a feature/);
    assert.match(at('  send|er:'), /No journey stops without it|without a feature/);
  });

  it('shows any name as it is', () => {
    assert.match(at('to: odd_|name'), /^\*\*odd\\_name\*\* · cache/m);
  });

  it('tells how a call is made', () => {
    const db = at('operation: GET /it|ems');
    assert.match(db, /^\*\*web\*\* → \*\*db\*\* · GET \/items · policy careful$/m);
    assert.match(db, /3 attempts = 1 call \+ 2 retries, after 0–100 ms and 0–200 ms\./);
    // 3 × 200 ms + 100 ms + 200 ms.
    assert.match(db, /Takes at most 900 ms with all attempts and waits\./);
    assert.match(db, /When \*\*db\*\* hangs/);
    const mail = at('fallback: lat|er');
    assert.match(mail, /The breaker opens after 5 failures in a row, for 30 s\./);
    assert.match(mail, /When it fails, the caller goes on: later\./);
    assert.match(mail, /up to 2 of the 8 slots of \*\*web\*\* wait for it until the breaker opens/);
    assert.match(at('{ fr|om: jobs'), /nobody waits for it/);
    assert.match(at('{ fr|om: web, to: jobs'), /asynchronous[\s\S]*Waits forever/);
  });

  it('tells what of a call its preset gives', () => {
    const opened = open({
      [path]: `faultline: 1
components: { a: {}, b: {}, c: {} }
calls:
  - { from: a, to: b, preset: resilience4j, timeout: 1s, retry: { base: 200ms } }
  - { from: a, to: c, preset: hystrix, circuitBreaker: none }
`,
    });
    const first = text(opened, 'preset: resi');
    assert.ok(first.includes('3 attempts = 1 call + 2 retries, after 200 ms each.'), first);
    assert.ok(first.includes('By the defaults of resilience4j: `retry: { maxAttempts: 3, backoff: constant }`.'), first);
    assert.ok(text(opened, 'preset: hys').includes('By the defaults of hystrix: `timeout: 1s`.'));
  });

  it('explains keys, and what holds without them', () => {
    assert.match(at('    ki|nd: database'), /^`kind`: /);
    assert.match(at('maxAtt|empts'), /first attempt included/);
    assert.match(at('inter|val'), /^`interval`: /);
  });

  it('tells what an availability is in time, and for a component what all of it makes', () => {
    const db = at('availability: 99.|5%');
    assert.match(db, /2\.3 nines/);
    assert.match(db, /43\.8 h\/yr · 3\.6 h\/mo · 50\.4 min\/wk/);
    assert.match(db, /\*\*db\*\* · database/);
    const objective = at('rate: 2/s, availability: 99.|9%');
    assert.match(objective, /three nines/);
    assert.match(objective, /\*\*buy\*\* · journey from web/);
    assert.doesNotMatch(at('budget: 10|%'), /nines/);
  });

  it('tells what stops with a zone', () => {
    const zone = at('zones: [|a]');
    assert.match(zone, /^\*\*zone a\*\* · 99\.95% · 4\.38 h\/yr/);
    assert.match(zone, /Without it \*\*browse\*\* and \*\*buy\*\* stop/);
    assert.match(at('  |b: {}'), /99\.95% \*\(assumed\)\*/);
  });

  it('says nothing where there is nothing to say', () => {
    assert.equal(at('|system'), '');
    const { service, linked } = opened;
    assert.equal(service.hover(linked, '/elsewhere.yaml', { line: 0, character: 0 }), undefined);
    for (let line = -1; line < 40; line += 3) {
      for (let character = 0; character < 200; character += 7) assert.doesNotThrow(() => service.hover(linked, path, { line, character }));
    }
  });
});
