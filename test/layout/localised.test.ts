import { strict as assert } from 'node:assert';
import * as l10n from '@vscode/l10n';
import { legend } from '../../src/layout/drawing/legend';
import type { Shape } from '../../src/layout/drawing/shape';
import type { Graph, GraphOptions } from '../../src/layout/graph';
import { graphOf } from '../../src/layout/graphOf';
import type { Mark } from '../../src/layout/protocol';
import { kinds } from '../../src/model/kinds';
import { elementId } from '../../src/model/origin';
import type { System } from '../../src/model/system';
import { localisedTexts } from '../generated/localised';
import { pseudoTranslation, recordingTranslation, untranslated } from '../language/pseudo';
import { storefront, systemOf } from './systems';

/** Every kind of component, and whatever a picture says of a call. Its names have no English word. */
function everything(): System {
  const components = Object.fromEntries(kinds.map((kind, i) => [`k${i}`, { kind, replicas: (i % 3) + 1, zones: i % 2 ? ['z1'] : ['z2'] }]));
  const call = { from: 'q1', to: 'q2' };
  return systemOf(
    'x',
    { ...components, q1: {}, q2: { telemetry: true }, q3: { kind: 'external' }, q4: { replicas: 4, zones: ['z3', 'z4'] } },
    [
      { ...call, role: 'startup' },
      { from: 'q1', to: 'q4', role: 'startup' },
      { ...call, role: 'telemetry' },
      { from: 'q1', to: 'k0', timeout: 1, operation: 'o1', retry: { maxAttempts: 3 }, circuitBreaker: {}, required: false },
      { from: 'q1', to: 'k0', deadline: 2, operation: 'o2', fallback: { kind: 'component', to: 'k1' }, retry: {} },
      { from: 'q1', to: 'k0', preset: 'resilience4j', operation: 'o3', fallback: { kind: 'degrade', word: 'w1' } },
      { from: 'q1', to: 'k0', async: true, operation: 'o4' },
      { from: 'q1', to: 'k0', operation: 'o5' },
      { from: 'q1', to: 'k1', operation: 'o6' },
      { from: 'q1', to: 'k3', operation: 'o7' },
      { from: 'q1', to: 'k5', async: true },
      { from: 'q1', to: 'k7', deadline: 2, required: false },
      { from: 'q1', to: 'k9', preset: 'resilience4j' },
    ],
    {
      zones: new Map([
        ['z3', { name: 'z3', region: 'r1' }],
        ['z4', { name: 'z4', region: 'r1' }],
      ]),
      regions: new Map([['r1', { name: 'r1' }]]),
    },
  );
}

/** Findings of every severity, and more of one thing than a tooltip lists. Their messages come from elsewhere. */
function marks(): readonly Mark[] {
  const mark = (element: Mark['element'], severity: Mark['severity'], rule = 'r'): Mark => ({ element, rule, severity, message: 'm1' });
  const component = elementId('component', 'q1');
  return [
    ...(['error', 'warning', 'info', 'hint'] as const).map((severity) => mark(component, severity)),
    ...Array.from({ length: 6 }, () => mark(component, 'info')),
    mark(component, 'warning', 'single-point-of-failure'),
    mark(elementId('call', 'q1 -> k1'), 'error', 'missing-timeout'),
    mark(elementId('call', 'q1 -> k3'), 'warning', 'missing-timeout'),
    ...['z1', 'z2', 'z2'].map((zone) => mark(elementId('zone', zone), 'warning')),
  ];
}

function textsIn(shape: Shape): readonly string[] {
  return shape.children.flatMap((child) => (typeof child === 'string' ? [child] : textsIn(child)));
}

function* shown(graph: Graph): Iterable<string> {
  for (const { meta, badges, spoken, hint, name } of graph.cards) yield* [meta, spoken, hint, name, ...badges.map(({ text }) => text)];
  for (const { words, spoken, hint } of graph.groups) yield* [...words, spoken, hint];
  for (const { pill, spoken, hint } of graph.edges) {
    yield* [spoken, hint];
    for (const segment of pill?.segments ?? []) if (segment.kind === 'text') yield segment.text;
  }
  for (const shape of legend(graph).shapes) yield* textsIn(shape);
}

/** Names, which are the same in every language. */
function namesIn(system: System): ReadonlySet<string> {
  const texts = [...system.components.keys(), ...system.zones.keys(), ...system.regions.keys()];
  for (const { operation = '', preset = '', fallback } of system.calls)
    texts.push(...operation.split(/[\s/]+/), preset, typeof fallback === 'object' && fallback.kind === 'degrade' ? fallback.word : '');
  return new Set(texts);
}

describe('every word on the picture', () => {
  const asked = new Set<string>();

  beforeEach(() => l10n.config({ contents: recordingTranslation(asked) }));
  afterEach(() => l10n.config({ contents: {} }));

  const all: GraphOptions = { startup: true, telemetry: true, labels: 'all' };
  for (const [name, system, options] of [
    ['a shop', storefront(), all],
    ['of every kind', everything(), all],
    ['with what is collapsed', everything(), { ...all, collapsed: new Set(['zones', 'external', 'region r1']) }],
    ['with a part collapsed', everything(), { ...all, collapsed: new Set(['zone z1']) }],
    ['as it is deployed', storefront(), { ...all, view: 'deployment' }],
  ] as const) {
    it(`is translated: ${name}`, () => {
      const texts = [...shown(graphOf(system, marks(), [], options))];
      assert.ok(texts.length > 20);
      assert.deepEqual(
        texts.filter((text) => untranslated(text, [namesIn(system)]).length > 0),
        [],
      );
    });
  }

  it('is all that there is', () => {
    const left = localisedTexts('src/layout').filter((text) => !asked.has(text));
    assert.deepEqual(left, []);
  });

  it('is found out where it is not', () => {
    const { 'no timeout': _, ...rest } = pseudoTranslation();
    l10n.config({ contents: rest });
    const system = systemOf('x', { a: {}, b: {} }, [{ from: 'a', to: 'b' }]);
    const left = [...shown(graphOf(system, [], [], all))].filter((text) => untranslated(text, [namesIn(system)]).length > 0);
    assert.deepEqual(left, ['no timeout']);
  });
});
