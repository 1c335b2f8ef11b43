import { strict as assert } from 'node:assert';
import { element, elementsOf, file, read, slice } from './helpers';

const text = `# a comment
system: shop
include: [ "../compose.yml", k8s/ ]
components:
  # above the entry
  api:   # behind it
    kind: service
    zones:
      - "us-east-1a"
      - us-east-1b   # second
    healthCheck:
      interval: 5s
    description: >
      long
      text

  'db': { kind: database, replicas: { a: 1 } }
  cache:
calls:
  - from: api
    to: db
  - { to: cache, from: api, fallback: { to: "db" } }
  - from: [ api, db ]
    to: cache
    operation: GET x
`;

describe('places', () => {
  const fragment = read(text);

  it('are those of names, without quotes', () => {
    assert.deepEqual(fragment.problems, []);
    assert.deepEqual(
      elementsOf(fragment, 'component').map(({ origin }) => slice(text, origin.name)),
      ['api', 'db', 'cache'],
    );
    assert.deepEqual(
      fragment.elements.map(({ origin }) => origin.file),
      fragment.elements.map(() => file),
    );
  });

  it('are those of whole entries, without the comments around them', () => {
    const entries = elementsOf(fragment, 'component').map(({ origin }) => slice(text, origin.entry));
    assert.ok(entries[0]?.startsWith('api:   # behind it\n    kind: service'));
    assert.ok(entries[0]?.endsWith('long\n      text'));
    assert.equal(entries[1], "db': { kind: database, replicas: { a: 1 } }");
    assert.equal(entries[2], 'cache:');
  });

  it('are dotted paths for the keys', () => {
    const { keys } = element(fragment, 'component', 'api').origin;
    const found = [...keys].map(([path, { key, value }]) => [path, slice(text, key), slice(text, value).split('\n')[0]]);
    assert.deepEqual(found, [
      ['kind', 'kind', 'service'],
      ['zones', 'zones', '- "us-east-1a"'],
      ['zones.0', '"us-east-1a"', '"us-east-1a"'],
      ['zones.1', 'us-east-1b', 'us-east-1b'],
      ['healthCheck', 'healthCheck', 'interval: 5s'],
      ['healthCheck.interval', 'interval', '5s'],
      ['description', 'description', '>'],
    ]);
    assert.deepEqual([...element(fragment, 'component', 'db').origin.keys.keys()], ['kind', 'replicas', 'replicas.a']);
  });

  it('of a call are its first key with its value', () => {
    const names = elementsOf(fragment, 'call').map(({ origin }) => slice(text, origin.name));
    assert.deepEqual(names, ['from: api', 'to: cache', 'from: [ api, db ]', 'from: [ api, db ]']);
    const [first, second] = elementsOf(fragment, 'call');
    assert.equal(slice(text, first?.origin.entry ?? { start: 0, end: 0 }), 'from: api\n    to: db');
    assert.equal(slice(text, second?.origin.entry ?? { start: 0, end: 0 }), '{ to: cache, from: api, fallback: { to: "db" } }');
    assert.equal(slice(text, second?.origin.keys.get('fallback.to')?.value ?? { start: 0, end: 0 }), '"db"');
  });

  it('of a call that is one of several are its own', () => {
    const [, , api, db] = elementsOf(fragment, 'call');
    assert.deepEqual([api?.value.from, api?.value.to, db?.value.from], ['api', 'cache', 'db']);
    const ends = [api, db].map((call) => slice(text, call?.origin.keys.get('from')?.value ?? { start: 0, end: 0 }));
    assert.deepEqual(ends, ['api', 'db']);
    assert.equal(slice(text, api?.origin.keys.get('operation')?.value ?? { start: 0, end: 0 }), 'GET x');
  });

  it('of mentions are the names alone', () => {
    assert.deepEqual(
      fragment.mentions.map(({ kind, name, place }) => [kind, name, slice(text, place.span)]),
      [
        ['zone', 'us-east-1a', 'us-east-1a'],
        ['zone', 'us-east-1b', 'us-east-1b'],
        ['zone', 'a', 'a'],
        ['component', 'api', 'api'],
        ['component', 'db', 'db'],
        ['component', 'cache', 'cache'],
        ['component', 'api', 'api'],
        ['component', 'db', 'db'],
        ['component', 'api', 'api'],
        ['component', 'db', 'db'],
        ['component', 'cache', 'cache'],
      ],
    );
  });

  it('of targets and calls in scenarios are those of the names in them', () => {
    const scenario =
      'scenarios:\n  s:\n    events:\n      - { at: 1s, kill: zone  north }\n      - { at: 1s, kill: "api#2" }\n    expect:\n      - { call: api  ->  db GET /x, attempts: 2 }\n';
    assert.deepEqual(
      read(scenario).mentions.map(({ kind, name, place }) => [kind, name, slice(scenario, place.span)]),
      [
        ['zone', 'north', 'north'],
        ['component', 'api', 'api'],
        ['component', 'api', 'api'],
        ['component', 'db', 'db'],
        ['call', 'api -> db GET /x', 'api  ->  db GET /x'],
      ],
    );
  });

  it('of the system and of includes are there', () => {
    assert.equal(fragment.system, 'shop');
    assert.equal(slice(text, fragment.systemPlace?.span ?? { start: 0, end: 0 }), 'shop');
    assert.deepEqual(
      fragment.includes.map(({ path, place }) => [path, slice(text, place.span)]),
      [
        ['../compose.yml', '"../compose.yml"'],
        ['k8s/', 'k8s/'],
      ],
    );
  });

  it('of a value that is not written are empty and behind the colon', () => {
    const empty = 'components:\n  api:\n    retry:   # nothing\n    mttr :\n';
    const { keys } = element(read(empty), 'component', 'api').origin;
    const place = keys.get('mttr')?.value;
    assert.deepEqual(place, { start: empty.length - 1, end: empty.length - 1 });
  });

  it('are the same with Windows line ends', () => {
    const windows = text.replaceAll('\n', '\r\n');
    const other = read(windows);
    assert.deepEqual(other.problems, []);
    const all = (source: string, from: typeof fragment) =>
      from.elements.flatMap(({ origin }) =>
        [origin.name, ...[...origin.keys.values()].flatMap(({ key, value }) => [key, value])].map((span) =>
          slice(source, span).replaceAll('\r\n', '\n'),
        ),
      );
    assert.deepEqual(all(windows, other), all(text, fragment));
    assert.deepEqual(
      other.elements.map(({ value }) => JSON.stringify(value).replaceAll('\\r', '')),
      fragment.elements.map(({ value }) => JSON.stringify(value)),
    );
  });

  it('count a byte order mark', () => {
    const marked = `\uFEFF${text}`;
    const { origin } = element(read(marked), 'component', 'api');
    assert.equal(slice(marked, origin.name), 'api');
  });
});
