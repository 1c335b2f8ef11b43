import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { WorkspaceEdit } from 'vscode-languageserver-types';
import { parseYaml } from '../../src/formats/shared/yamlParse';
import { sitesOf } from '../../src/language/sites';
import { LineIndex } from '../../src/model/text';
import { type Opened, open } from './fixture';

type Texts = Readonly<Record<string, string>>;

const topology = '/shop/shop.topology.yaml';
const calls = '/shop/shop.calls.yaml';

const shop: Texts = {
  [topology]: `faultline: 1
system: shop
regions: { north: {} }
zones:
  a: { region: north }
  b: {}
sharedFate:
  "the certificate": { components: [web, db] }
components:
  web:
    kind: service
    replicas: { a: 2, b: 1 }
    dependsOn: [cache]
  db: { kind: database, zones: [a, b], replicas: 2, backup: { every: 1d, region: north } }
  cache: { kind: cache }
  'night job': { kind: scheduler, leaderElection: true }
`,
  [calls]: `faultline: 1
system: shop
x-anchors:
  store: &store db
policies:
  careful: &careful { timeout: 1s, fallback: { to: cache } }
  wary: { <<: *careful, timeout: 2s }
calls:
  - { from: web, to: *store, policy: careful, journeys: [buy] }
  - { from: [web, "night job"], to: db, operation: GET /web, policy: wary }
journeys:
  buy: { entry: web, rate: 10/s }
scenarios:
  bad:
    clients: { buy: 10 }
    events:
      - { at: 1s, kill: web#2 }
      - { at: 2s, kill: zone a }
      - { at: 3s, restore: region north }
      - { at: 3s, crash: sharedFate the certificate }
      - { at: 4s, partition: [[web], [db, cache]] }
      - { at: 5s, load: buy, factor: 2 }
      - { at: 6s, crash: night job }
    expect:
      - { journey: buy, success: 99% }
      - { component: web, busy: 80% }
      - { call: web -> db, attempts: 2 }
      - { call: web -> db GET /web, attempts: 2 }
`,
};

/** The texts after an edit. */
function applied(texts: Texts, edit: WorkspaceEdit): Texts {
  const next = { ...texts };
  for (const [uri, edits] of Object.entries(edit.changes ?? {})) {
    const path = uri.slice('file://'.length);
    next[path] = TextDocument.applyEdits(TextDocument.create(uri, 'faultline', 1, texts[path] ?? ''), edits);
  }
  return next;
}

function renamed(opened: Opened, texts: Texts, path: string, marked: string, name: string): Texts {
  const edit = opened.service.rename(opened.linked, path, opened.at(path, marked), name);
  assert.ok(edit && !('refused' in edit), edit && 'refused' in edit ? edit.refused : 'nothing');
  return applied(texts, edit);
}

function refusal(texts: Texts, path: string, marked: string, name: string): string {
  const opened = open(texts);
  const edit = opened.service.rename(opened.linked, path, opened.at(path, marked), name);
  assert.ok(edit && 'refused' in edit, JSON.stringify(edit));
  return edit.refused;
}

/** The model as text, maps as pairs. */
function dump({ linked }: Opened): string {
  return JSON.stringify(linked.system, (_, value: unknown) => (value instanceof Map ? [...value] : value));
}

describe('rename', () => {
  it('changes a component wherever it is named, in all files', () => {
    const after = renamed(open(shop), shop, calls, 'entry: w|eb', 'front');
    assert.equal(after[topology], shop[topology]?.replace('[web, db]', '[front, db]').replace('  web:', '  front:'));
    assert.equal(
      after[calls],
      shop[calls]
        ?.replaceAll('from: web', 'from: front')
        .replace('[web, "night', '[front, "night')
        .replace('entry: web', 'entry: front')
        .replace('web#2', 'front#2')
        .replace('[[web]', '[[front]')
        .replace('component: web', 'component: front')
        .replaceAll('call: web', 'call: front'),
    );
  });

  it('changes zones, regions, shared fates, policies, journeys and scenarios', () => {
    const all = (path: string, marked: string, name: string) => {
      const after = renamed(open(shop), shop, path, marked, name);
      return `${after[topology]}\n${after[calls]}`;
    };
    const before = `${shop[topology]}\n${shop[calls]}`;
    assert.equal(
      all(topology, '{ |a: 2', 'east'),
      before.replace('  a: {', '  east: {').replace('{ a: 2', '{ east: 2').replace('[a, b]', '[east, b]').replace('zone a', 'zone east'),
    );
    assert.equal(all(calls, 'region no|rth', 'south'), before.replaceAll('north', 'south'));
    assert.equal(all(calls, 'sharedFate the cert|ificate', 'paper'), before.replaceAll('the certificate', 'paper'));
    assert.equal(
      all(calls, 'policy: care|ful', 'slow'),
      before.replace('careful: &', 'slow: &').replace('policy: careful', 'policy: slow'),
    );
    assert.equal(all(calls, 'load: b|uy', 'pay'), before.replaceAll('buy', 'pay'));
    assert.equal(all(calls, 'b|ad:', 'day of doom'), before.replace('bad:', 'day of doom:'));
  });

  it('changes what an anchor holds, where an alias uses it', () => {
    const after = renamed(open(shop), shop, calls, '*st|ore', 'orders');
    assert.ok(after[calls]?.includes('store: &store orders\n'));
    assert.ok(after[calls]?.includes('to: *store') && after[calls]?.includes('web -> orders GET /web'));
  });

  it('takes the journey along that nobody wrote', () => {
    const path = '/i/i.faultline.yaml';
    const texts = { [path]: 'faultline: 1\ncomponents: { web: {}, db: {} }\ncalls:\n  - { from: web, to: db, journeys: [web] }\n' };
    const after = renamed(open(texts), texts, path, 'journeys: [w|eb', 'front');
    assert.equal(after[path], texts[path]?.replaceAll('web', 'front'));
  });

  it('writes quotes where the name needs them, and takes them away again', () => {
    for (const name of ['a: b', 'null', '12', '# x', "it's", 'say "no"', '- x', '*x', '日本 #1']) {
      const opened = open(shop);
      const after = renamed(opened, shop, calls, 'load: b|uy', name);
      assert.ok(after[calls]?.includes(`${JSON.stringify(name)}: { entry: web`), after[calls]);
      const again = open(after);
      assert.deepEqual(renamed(again, after, calls, `load: "|${JSON.stringify(name).slice(1)}`, 'buy'), shop);
    }
    const quoted = { ...shop, [calls]: shop[calls]?.replace('policy: wary', "policy: 'wary'") ?? '' };
    assert.ok(renamed(open(quoted), quoted, calls, "'wa|ry'", 'calm')[calls]?.includes("policy: 'calm'"));
  });

  it('refuses what would not be a renaming, and says why', () => {
    assert.match(refusal(shop, calls, 'entry: w|eb', 'db'), /^There is a component `db` already\.$/);
    assert.match(refusal(shop, calls, 'entry: w|eb', '  '), /not empty/);
    assert.match(refusal(shop, calls, 'entry: w|eb', 'a\nb'), /line breaks/);
    assert.match(refusal(shop, calls, 'entry: w|eb', 'zone web'), /read as something else/);
    assert.match(refusal(shop, calls, 'night| job }', 'night#1'), /read as something else/);
    assert.match(refusal(shop, calls, 'web -> d|b,', 'd b'), /read as something else/);
    assert.match(refusal(shop, calls, 'policy: care|ful', 'default'), /every call that names none/);
    // Behind `->` only the first word is a name.
    const spaced = { ...shop, [calls]: shop[calls]?.replaceAll('web -> db', 'web -> night job') ?? '' };
    assert.match(refusal(spaced, topology, "'night| job'", 'clerk'), /^shop\.calls\.yaml expects something of a call to `night job`/);
    const prepared = open(spaced).service.prepareRename(open(spaced).linked, topology, open(spaced).at(topology, "'night| job'"));
    assert.ok(prepared && 'refused' in prepared);
    assert.deepEqual(renamed(open(spaced), spaced, topology, 'w|eb:', 'x')[calls]?.match(/call: .*?,/g), [
      'call: x -> night job,',
      'call: x -> night job GET /web,',
    ]);
    const half = { ...shop, [calls]: shop[calls]?.replace('entry: web', 'entry: "web') ?? '' };
    assert.match(refusal(half, topology, 'w|eb:', 'front'), /cannot be read/);
    const twice = { ...shop, [calls]: shop[calls]?.replace('entry: web', 'entry: web, description: *store') ?? '' };
    assert.match(refusal(twice, topology, ' d|b: {', 'orders'), /alias/);
    assert.equal(open(shop).service.rename(open(shop).linked, calls, { line: 0, character: 3 }, 'x'), undefined);
  });

  it('leaves names of other formats alone', () => {
    const path = '/c/c.faultline.yaml';
    const compose = '/c/compose.yaml';
    const texts = {
      [path]: 'faultline: 1\ninclude: [compose.yaml]\njourneys: { go: { entry: web } }\n',
      [compose]: 'services:\n  web: { image: a, depends_on: [db] }\n  db: { image: postgres }\n',
    };
    const opened = open(texts);
    const prepared = opened.service.prepareRename(opened.linked, path, opened.at(path, 'entry: w|eb'));
    assert.ok(prepared && 'refused' in prepared && prepared.refused.includes('compose.yaml'));
    assert.match(refusal(texts, compose, 'd|b:', 'x'), /compose\.yaml/);
    const journey = renamed(opened, texts, path, 'g|o:', 'leave');
    assert.deepEqual(journey, { ...texts, [path]: texts[path]?.replace('go:', 'leave:') });
  });

  it('offers exactly the name', () => {
    const opened = open(shop);
    const prepared = opened.service.prepareRename(opened.linked, calls, opened.at(calls, 'we|b#2'));
    assert.ok(prepared && !('refused' in prepared));
    assert.equal(prepared.placeholder, 'web');
    assert.equal(prepared.range.end.character - prepared.range.start.character, 3);
    assert.equal(opened.service.prepareRename(opened.linked, calls, opened.at(calls, 'facto|r')), undefined);
  });
});

const storefront: Texts = Object.fromEntries(
  readdirSync('examples/storefront').map((name) => [`/storefront/${name}`, readFileSync(`examples/storefront/${name}`, 'utf8')]),
);

describe('rename, of anything to anything', () => {
  const places = [shop, storefront].flatMap((texts) =>
    Object.entries(texts).flatMap(([path, text]) =>
      sitesOf(parseYaml(text).root, text).all.map((site) => ({ texts, path, offset: site.span.start, site })),
    ),
  );
  const opened = new Map([shop, storefront].map((texts) => [texts, open(texts)]));
  const names = fc.oneof(
    fc.stringMatching(/^[a-z][a-z0-9-]{3,9}$/),
    fc.string({ minLength: 1, maxLength: 6, unit: 'binary' }),
    fc.string({ minLength: 1, maxLength: 8 }),
    fc.constantFrom(
      '__proto__',
      'zone x',
      'a -> b',
      'x#3',
      '~',
      '<<',
      'a, b',
      '{a}',
      "'",
      '"',
      '\\',
      '%',
      '@x',
      '!y',
      '&z',
      '*w',
      '|',
      '>-',
    ),
  );

  it('keeps the model, brings no problem, and goes back to the same bytes', () => {
    let done = 0;
    let same = 0;
    fc.assert(
      fc.property(fc.nat(places.length - 1), names, (index, name) => {
        const place = places[index];
        assert.ok(place);
        const { texts, path, offset, site } = place;
        const first = opened.get(texts);
        assert.ok(first);
        const at = new LineIndex(texts[path] ?? '').positionAt(offset);
        const edit = first.service.rename(first.linked, path, at, name);
        assert.ok(edit);
        if ('refused' in edit) return assert.match(edit.refused, /^[A-Z`].*\.$/s);
        done++;
        const after = applied(texts, edit);
        const next = open(after);
        const plainName = name.trim();
        assert.equal(next.linked.problems.length, first.linked.problems.length);
        const inner = JSON.stringify(plainName).slice(1, -1);
        if (!dump(first).includes(inner)) assert.equal(dump(next).replaceAll(inner, JSON.stringify(site.name).slice(1, -1)), dump(first));
        const moved = sitesOf(parseYaml(after[path] ?? '').root, after[path] ?? '').all.find(
          (other) => other.name === plainName && other.kind === site.kind && other.declares === site.declares,
        );
        assert.ok(moved);
        const back = next.service.rename(next.linked, path, new LineIndex(after[path] ?? '').positionAt(moved.span.start), site.name);
        assert.ok(back && !('refused' in back), back && 'refused' in back ? back.refused : 'nothing');
        const again = applied(after, back);
        assert.equal(dump(open(again)), dump(first));
        // Quotes that were there without need are kept for a name that needs none, too.
        if (/^[a-z][a-z0-9-]+$/.test(name) || (!site.scalar.quote && site.kind !== 'sharedFate' && site.name !== 'night job')) {
          assert.deepEqual(again, texts);
          same++;
        }
      }),
      { numRuns: 80 },
    );
    assert.ok(done > 25, `${done} renamed`);
    assert.ok(same > done * 0.8, `${same} of ${done} came back to the same bytes`);
  }).timeout(30_000);
});
