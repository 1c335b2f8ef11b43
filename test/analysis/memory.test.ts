import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { type AnalysisMemory, analyse, analysisSteps } from '../../src/analysis/analyse';
import { componentFigures } from '../../src/analysis/availability/components';
import type { Call } from '../../src/model/call';
import { type Assumptions, assumptions } from '../../src/model/defaults';
import { finish } from '../../src/model/steps';
import type { System } from '../../src/model/system';
import { fromDown } from '../../src/model/units';
import { takenOver } from '../../src/workspace/takeover';
import { architectures } from './arbitrary';
import { systemOf } from './small';

const again = (system: System, memory: AnalysisMemory, given?: Assumptions) => finish(analysisSteps(system, given, undefined, memory));

type Edit =
  | { readonly what: 'component'; readonly number: number }
  | { readonly what: 'call'; readonly number: number; readonly keys: readonly (keyof Call)[] }
  | { readonly what: 'journeys' }
  | { readonly what: 'zones' };

const number = fc.integer({ min: 0, max: 9 });
const keys = fc.constantFrom<readonly (keyof Call)[]>(
  ['timeout', 'deadline', 'circuitBreaker', 'bulkhead', 'retry'],
  ['timeout'],
  ['required'],
  ['fallback'],
  ['async'],
  ['journeys'],
  ['role'],
  ['from', 'to'],
  ['count'],
);
const edits: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ what: fc.constant('component' as const), number }) },
  { weight: 12, arbitrary: fc.record({ what: fc.constant('call' as const), number, keys }) },
  { weight: 1, arbitrary: fc.constant({ what: 'journeys' as const }) },
  { weight: 1, arbitrary: fc.constant({ what: 'zones' as const }) },
);

/** A system with something in it as it is in another one: what typing does to it. */
function edited(one: System, other: System, edit: Edit): System {
  // Whatever another component or call brings in is declared.
  const all = { zones: new Map([...other.zones, ...one.zones]), regions: new Map([...other.regions, ...one.regions]) };
  switch (edit.what) {
    case 'component': {
      const [name] = [...one.components.keys()].slice(edit.number % one.components.size);
      const component = other.components.get(name ?? '');
      return component ? { ...one, ...all, components: new Map(one.components).set(component.name, component) } : one;
    }
    case 'call': {
      const at = edit.number % Math.max(1, one.calls.length);
      const changed = other.calls[edit.number % Math.max(1, other.calls.length)];
      const known = changed && one.components.has(changed.from) && one.components.has(changed.to);
      const { fallback } = changed ?? {};
      const answers = typeof fallback !== 'object' || fallback.kind !== 'component' || one.components.has(fallback.to);
      if (!known || !answers) return one;
      const written = edit.keys.flatMap((key) => (key in changed ? [[key, changed[key]] as const] : []));
      return { ...one, calls: one.calls.map((call, i) => (i === at ? { ...call, ...Object.fromEntries(written) } : call)) };
    }
    case 'journeys':
      return { ...one, journeys: other.journeys };
    case 'zones':
      return { ...one, zones: new Map([...one.zones, ...other.zones]), regions: all.regions };
  }
}

describe('an analysis that remembers the last one', () => {
  it('comes to the same figures as one that does not, whatever was edited', () => {
    let kept = 0;
    fc.assert(
      fc.property(architectures(12), architectures(12), fc.array(edits, { minLength: 4, maxLength: 12 }), (one, other, typed) => {
        const memory: AnalysisMemory = {};
        let before = one;
        again(before, memory);
        for (const edit of typed) {
          const now = takenOver(before, edited(before, other, edit));
          const last = memory.last;
          assert.deepEqual(again(now, memory), analyse(now));
          assert.deepEqual(
            componentFigures(now),
            componentFigures({ ...now, components: new Map([...now.components].map(copied)), zones: new Map(now.zones) }),
          );
          if (memory.last?.structure.graph === last?.structure.graph) kept++;
          before = now;
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(kept > 20, `${kept} times it remembered`);
  }).timeout(60_000);

  const shop = systemOf({
    components: {
      api: { replicas: 2, healthCheck: { interval: 5 } },
      db: { kind: 'database', serviceTime: { kind: 'constant', value: 0.01 } },
    },
    calls: ['api -> db'],
    journeys: { go: { entry: 'api', availability: fromDown(0.001) } },
  });
  const changed = (name: string, fields: object): System => {
    const components = new Map(shop.components);
    components.set(name, { ...(components.get(name) ?? { name }), ...fields });
    return { ...shop, components };
  };

  it('works nothing out again for what no figure rests on', () => {
    const memory: AnalysisMemory = {};
    const before = again(shop, memory);
    const after = again(changed('db', { serviceTime: { kind: 'constant', value: 0.02 } }), memory);
    assert.equal(after.blast, before.blast);
    assert.equal(after.journeys[0]?.contributions, before.journeys[0]?.contributions);
    const worse = again(changed('db', { availability: fromDown(0.1) }), memory);
    assert.notEqual(worse.blast, before.blast);
    assert.notDeepEqual(worse.journeys[0]?.up, before.journeys[0]?.up);
  });

  it('sees which journeys make a call, and whether its caller waits for the work', () => {
    const of = (call: Partial<Call>) =>
      systemOf({
        components: { api: {}, jobs: { kind: 'queue' }, db: {} },
        calls: [
          ['api -> jobs', { fallback: 'none', ...call }],
          ['jobs -> db', { async: false }],
        ],
        journeys: { go: { entry: 'api' }, look: { entry: 'api' } },
      });
    const first = of({});
    for (const call of [{ journeys: ['look'] }, { async: true }, { async: true, required: false }]) {
      const memory: AnalysisMemory = {};
      const before = again(first, memory);
      const now = takenOver(first, of(call));
      assert.equal(now.components, first.components);
      assert.deepEqual(again(now, memory), analyse(now));
      assert.notDeepEqual(analyse(now), before, JSON.stringify(call));
    }
  });

  it('tells what is assumed now, though the figures are those of before', () => {
    const memory: AnalysisMemory = {};
    const pooled = systemOf({
      components: { api: { concurrency: 8 }, db: {} },
      calls: ['api -> db'],
      journeys: { go: { entry: 'api', rate: 10 } },
    });
    const texts = (system: System) => again(system, memory).journeys[0]?.assumptions.map(({ subject, text }) => `${subject}: ${text}`);
    const of = (text: string) => (lines: readonly string[] | undefined) => lines?.filter((line) => line === text).length;
    assert.equal(of('db: service time 10ms')(texts(pooled)), 1);
    const components = new Map(pooled.components);
    components.set('db', { name: 'db', serviceTime: { kind: 'constant', value: 0.01 } });
    assert.equal(of('db: service time 10ms')(texts({ ...pooled, components })), 0);
  });

  it('forgets what other assumptions gave', () => {
    const memory: AnalysisMemory = {};
    const before = again(shop, memory);
    const after = again(shop, memory, { ...assumptions, availability: { ...assumptions.availability, service: fromDown(0.2) } });
    assert.notDeepEqual(after.journeys[0]?.up, before.journeys[0]?.up);
  });
});

function copied<T extends object>([name, component]: [string, T]): [string, T] {
  return [name, { ...component }];
}
