import { strict as assert } from 'node:assert';
import type { Element } from '../../src/formats/fragment';
import { elementId, keyPlace, namePlace } from '../../src/model/origin';
import { link } from '../../src/workspace/link';
import { fragmentOf, linkTexts, marked, problemsOf } from './helpers';

const topology = `system: shop
objectives: { availability: 99.95% }
zones:
  a: { region: north, availability: 99.9% }
components:
  api: { kind: service, replicas: 2, zones: [a, b] }
  db: { kind: database, backup: { region: south } }
`;
const calls = `system: shop
objectives: { latency: 800ms }
components:
  api: { concurrency: 8 }
calls:
  - { from: api, to: db, timeout: 500ms }
journeys:
  browse: { entry: api }
`;
const two = { '/shop/b.calls.yaml': calls, '/shop/a.topology.yaml': topology };

describe('linking', () => {
  it('makes one system of several files', () => {
    const linked = linkTexts(two);
    assert.deepEqual(linked.problems, []);
    assert.equal(linked.sound, true);
    assert.deepEqual(linked.files, ['/shop/a.topology.yaml', '/shop/b.calls.yaml']);
    const { system } = linked;
    assert.equal(system.name, 'shop');
    assert.deepEqual(system.objectives, { availability: { up: 0.9995, down: 0.0005 }, latency: 0.8 });
    assert.deepEqual([...system.components.keys()], ['api', 'db']);
    assert.deepEqual(system.components.get('api'), {
      name: 'api',
      source: 'native',
      kind: 'service',
      replicas: 2,
      zones: ['a', 'b'],
      concurrency: 8,
    });
    assert.deepEqual([...system.journeys.keys()], ['browse']);
    assert.deepEqual(system.calls, [
      { id: 'api -> db', from: 'api', to: 'db', timeout: 0.5, role: 'request', source: 'native', ownKeys: ['timeout'] },
    ]);
  });

  it('knows where each thing stands, in all of its files', () => {
    const { origins } = linkTexts(two);
    const api = elementId('component', 'api');
    assert.deepEqual(
      origins.get(api)?.map(({ file }) => file),
      ['/shop/a.topology.yaml', '/shop/b.calls.yaml'],
    );
    const places = [namePlace(origins, api), keyPlace(origins, api, 'concurrency'), keyPlace(origins, api, 'zones.1')];
    assert.deepEqual(
      places.map((place) => place && marked(two, place)),
      ['api', '8', 'b'],
    );
    const name = namePlace(origins, elementId('call', 'api -> db'));
    assert.equal(name && marked(two, name), 'from: api');
    const system = keyPlace(origins, elementId('system'), 'system');
    assert.equal(system && marked(two, system), 'shop');
  });

  it('lets zones and regions exist by being mentioned', () => {
    const { system } = linkTexts(two);
    assert.deepEqual([...system.zones.values()], [{ name: 'a', region: 'north', availability: { up: 0.999, down: 0.001 } }, { name: 'b' }]);
    assert.deepEqual([...system.regions.values()], [{ name: 'south' }, { name: 'north' }]);
    const faults = linkTexts({
      '/f.yaml':
        'components:\n  api: { replicas: { z1: 2 } }\nscenarios:\n  s: { events: [{ at: 1s, kill: zone z2 }, { at: 1s, kill: region r }] }\n',
    });
    assert.deepEqual([...faults.system.zones.keys()], ['z1', 'z2']);
    assert.deepEqual([...faults.system.regions.keys()], ['r']);
    assert.equal(faults.system.scenarios.get('s')?.events.length, 2);
  });

  it('reports a key that two files write differently, on the second; the first counts', () => {
    const texts = {
      '/shop/a.yaml': 'components:\n  api: { replicas: 2, zones: [a] }\n',
      '/shop/b.yaml': 'components:\n  api:\n    replicas: 3\n    zones: [a]\n',
    };
    const linked = linkTexts(texts);
    assert.deepEqual(problemsOf(linked, texts), [
      'duplicate-name in /shop/b.yaml at 3: `replicas` of component `api` is given with another value already; the first counts.',
    ]);
    const [related] = linked.problems[0]?.related ?? [];
    assert.equal(related && `${related.place.file} ${marked(texts, related.place)}`, '/shop/a.yaml 2');
    assert.equal(linked.system.components.get('api')?.replicas, 2);
  });

  it('takes files in the order of their paths, however they are given', () => {
    const texts = { '/b.yaml': 'components:\n  api: { replicas: 3 }\n', '/a.yaml': 'components:\n  api: { replicas: 2 }\n' };
    assert.equal(linkTexts(texts).system.components.get('api')?.replicas, 2);
    const reversed = link([fragmentOf('/a.yaml', texts['/a.yaml']), fragmentOf('/b.yaml', texts['/b.yaml'])], { name: 'x', folder: '/' });
    assert.equal(reversed.system.components.get('api')?.replicas, 2);
    assert.equal(reversed.problems[0]?.place.file, '/b.yaml');
  });

  it('merges every kind of thing', () => {
    const one = `objectives: { availability: 99.9%, rto: 1h }
regions: { r: { availability: 99.9% } }
zones: { z: { region: r } }
sharedFate: { f: { availability: 99.9% } }
components: { c: {}, d: {} }
policies: { p: { timeout: 1s } }
journeys: { j: { rate: 1/s } }
scenarios: { s: { seed: 1 } }
`;
    const other = `objectives: { availability: 99%, rpo: 1m }
regions: { r: { availability: 99% } }
zones: { z: { region: q, availability: 99% } }
sharedFate: { f: { availability: 99%, components: [c] } }
policies: { p: { timeout: 2s, deadline: 3s } }
journeys: { j: { rate: 2/s, entry: c } }
scenarios: { s: { seed: 2, duration: 9s, events: [{ at: 1s, kill: c }] } }
`;
    const texts = { '/a.yaml': one, '/b.yaml': other };
    const linked = linkTexts(texts);
    assert.deepEqual([...problemsOf(linked, texts)].sort(), [
      'duplicate-name in /b.yaml at 2/s: `rate` of journey `j` is given with another value already; the first counts.',
      'duplicate-name in /b.yaml at 2: `seed` of scenario `s` is given with another value already; the first counts.',
      'duplicate-name in /b.yaml at 2s: `timeout` of policy `p` is given with another value already; the first counts.',
      'duplicate-name in /b.yaml at 99%: `availability` of region `r` is given with another value already; the first counts.',
      'duplicate-name in /b.yaml at 99%: `availability` of shared fate `f` is given with another value already; the first counts.',
      'duplicate-name in /b.yaml at 99%: `availability` of the objectives is given with another value already; the first counts.',
      'duplicate-name in /b.yaml at q: A zone is in one region, and zone `z` is in another one already; the first counts.',
    ]);
    const { system } = linked;
    assert.equal(system.objectives.rpo, 60);
    assert.deepEqual(system.sharedFates.get('f')?.components, ['c']);
    assert.deepEqual(system.policies.get('p'), { timeout: 1, deadline: 3 });
    assert.deepEqual(system.journeys.get('j'), { name: 'j', entry: 'c', rate: 1, implied: false });
    assert.equal(system.scenarios.get('s')?.events.length, 1);
    assert.equal(system.scenarios.get('s')?.duration, 9);
    assert.equal(system.zones.get('z')?.region, 'r');
  });

  it('reports needs above replicas, wherever the two are written', () => {
    const texts = {
      '/a.yaml':
        'components:\n  q: { needs: 3 }\n  r: { needs: 2 }\n  s: { needs: 2, managed: true }\n  t: { needs: 2, replicas: { a: 1, b: 1 } }\n',
      '/b.yaml': 'components:\n  q: { replicas: 2 }\n',
    };
    const linked = linkTexts(texts);
    assert.deepEqual(problemsOf(linked, texts), [
      'invalid-value in /a.yaml at 3: `q` needs 3 replicas, and there are only 2.',
      'invalid-value in /a.yaml at 2: `r` needs 2 replicas, and none are written, so there is only 1.',
    ]);
    assert.equal(linked.system.components.get('q')?.needs, undefined);
    assert.equal(linked.system.components.get('q')?.replicas, 2);
    assert.equal(linked.system.components.get('t')?.needs, 2);
    const unsound = { '/a.yaml': 'components:\n  q: { needs: 3, replicas: many }\n' };
    assert.equal(linkTexts(unsound).problems.length, 1);
  });

  it('needs an entry for a journey, from one of its files', () => {
    const texts = { '/a.yaml': 'components: { api: {} }\njourneys:\n  one: { rate: 1/s }\n  two: { entry: }\n  three: { entry: api }\n' };
    const linked = linkTexts(texts);
    assert.deepEqual(problemsOf(linked, texts), [
      'invalid-value in /a.yaml at entry: Nothing is written here. Expected the name of a component.',
      'invalid-value in /a.yaml at one: `entry` is missing: a journey starts at a component.',
    ]);
    assert.deepEqual([...linked.system.journeys.keys()], ['three']);
  });

  it('is harmless for any name', () => {
    const names = ['__proto__', 'constructor', 'hasOwnProperty', 'a -> b'];
    const text = `components:\n${names.map((name) => `  "${name}": {}\n`).join('')}calls:\n  - { from: __proto__, to: constructor }\n  - { from: constructor, to: a -> b }\n`;
    const { system, problems } = linkTexts({ '/a.yaml': text });
    assert.deepEqual(problems, []);
    assert.deepEqual([...system.components.keys()], names);
    assert.deepEqual(
      system.calls.map(({ id }) => id),
      ['__proto__ -> constructor', 'constructor -> a -> b'],
    );
  });

  it('links ten thousand components in well under a second', () => {
    const count = 10_000;
    const origin = {
      file: '/a.yaml',
      name: { start: 0, end: 1 },
      entry: { start: 0, end: 1 },
      keys: new Map([['from', { key: { start: 0, end: 1 }, value: { start: 0, end: 1 } }]]),
    };
    const elements = Array.from({ length: count }, (_, i): readonly Element[] => {
      const call = { from: `c${i}`, role: 'request', source: 'native' } as const;
      return [
        { kind: 'component', name: `c${i}`, value: { name: `c${i}`, zones: [`z${i % 7}`], source: 'native' }, origin },
        { kind: 'call', name: '', value: { ...call, to: `c${(i + 1) % count}`, operation: 'GET /x' }, origin },
        { kind: 'call', name: '', value: { ...call, to: `nobody${i}` }, origin },
      ];
    });
    const mentions = Array.from({ length: count }, (_, i) => ({
      kind: 'component' as const,
      name: `nobody${i}`,
      place: { file: '/a.yaml', span: { start: 0, end: 1 } },
    }));
    const fragment = { ...fragmentOf('/a.yaml', ''), elements: elements.flat(), mentions };
    const since = process.cpuUsage().user;
    const linked = link([fragment], { name: 'x', folder: '/' });
    const cost = (process.cpuUsage().user - since) / 1000;
    assert.equal(linked.system.components.size, count);
    assert.equal(linked.system.calls.length, count);
    assert.equal(linked.problems.length, count);
    assert.ok(cost < 1500, `${cost} ms`);
  }).timeout(20_000);
});
