import { strict as assert } from 'node:assert';
import { link } from '../../src/workspace/link';
import { foreign, fragmentOf, linkTexts } from './helpers';

function journeys(text: string) {
  const { system, problems } = linkTexts({ '/a.yaml': text });
  assert.deepEqual(problems, []);
  return [...system.journeys.values()].map(({ name, entry, implied }) => `${name} at ${entry}${implied ? ', implied' : ''}`);
}

const parts = 'components:\n  web: {}\n  api: {}\n  db: {}\n  spare: {}\n  cron: { kind: scheduler }\n  ci: { kind: deployer }\n';
const calls = 'calls:\n  - { from: web, to: api }\n  - { from: api, to: api }\n  - { from: api, to: db, fallback: { to: spare } }\n';

describe('journeys', () => {
  it('are implied for every component that nobody calls, where none is declared', () => {
    assert.deepEqual(journeys(parts + calls), ['web at web, implied', 'cron at cron, implied']);
    assert.deepEqual(journeys('components:\n  a: {}\ncalls:\n  - { from: a, to: a }\n'), ['a at a, implied']);
  });

  it('are implied for a scheduler on no journey in any case', () => {
    assert.deepEqual(journeys(`${parts}${calls}journeys: { browse: { entry: web } }\n`), ['browse at web', 'cron at cron, implied']);
    assert.deepEqual(journeys(`${parts}${calls}  - { from: api, to: cron }\njourneys: { browse: { entry: web } }\n`), ['browse at web']);
    assert.deepEqual(journeys(`${parts}${calls}journeys: { cron: { entry: web } }\n`), ['cron at web', 'cron (2) at cron, implied']);
  });

  it('are not implied for what only observes, nor for what another component waits for when it starts', () => {
    const compose = fragmentOf(
      '/c.yaml',
      'components: { api: {}, db: {}, traces: {} }\ncalls:\n  - { from: api, to: db }\n  - { from: api, to: traces }\n',
    );
    const fragment = foreign({
      ...compose,
      elements: compose.elements.map((element) => {
        if (element.kind === 'component' && element.name === 'traces') return { ...element, value: { ...element.value, telemetry: true } };
        if (element.kind !== 'call') return element;
        return { ...element, value: { ...element.value, role: element.value.to === 'db' ? ('startup' as const) : ('telemetry' as const) } };
      }),
    });
    const { system } = link([fragment], { name: 'x', folder: '/' });
    assert.deepEqual([...system.journeys.keys()], ['api']);
  });

  it('are not implied by a file that hardly says who calls whom', () => {
    const many = (count: number) => `components:\n${Array.from({ length: count }, (_, i) => `  c${i}: {}\n`).join('')}`;
    assert.equal(linkTexts({ '/a.yaml': many(1000) }).system.journeys.size, 1000);
    assert.equal(linkTexts({ '/a.yaml': many(1001) }).system.journeys.size, 0);
  });

  it('that are declared and broken are not replaced by implied ones', () => {
    const { system, problems } = linkTexts({ '/a.yaml': `${parts}journeys: { browse: { entry: nobody } }\n` });
    assert.deepEqual([...system.journeys.keys()], ['cron']);
    assert.equal(problems.length, 1);
  });

  it('that are implied may be named', () => {
    const text = `components: { api: {} }\nscenarios:\n  s: { clients: { api: 10 }, expect: [{ journey: api, success: 99% }] }\n`;
    const { system, problems } = linkTexts({ '/a.yaml': text });
    assert.deepEqual(problems, []);
    assert.deepEqual(system.scenarios.get('s')?.clients, new Map([['api', 10]]));
  });
});
