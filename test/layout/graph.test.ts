import { strict as assert } from 'node:assert';
import type { Direction } from '../../src/layout/flow';
import type { Graph, GraphOptions, Pill } from '../../src/layout/graph';
import { flowing, graphOf } from '../../src/layout/graphOf';
import type { Caption, Mark } from '../../src/layout/protocol';
import type { Call } from '../../src/model/call';
import type { System } from '../../src/model/system';
import { generate, reordered } from './generate';
import { lab, marksFor, storefront, systemOf } from './systems';

const plain: GraphOptions = { startup: false, telemetry: false };

function graph(system: System, options = plain, marks: readonly Mark[] = [], captions: readonly Caption[] = []): Graph {
  return graphOf(system, marks, captions, options);
}

function words(pill: Pill | undefined): readonly string[] | undefined {
  return pill?.segments.flatMap((segment) => (segment.kind === 'text' ? [segment.text] : segment.kind === 'icon' ? [segment.icon] : []));
}

function labelOf(call: Partial<Call>, marks: readonly Mark[] = []): readonly string[] | undefined {
  const system = systemOf('two', { a: {}, b: {} }, [{ from: 'a', to: 'b', ...call }]);
  return words(graph(system, plain, marks).edges[0]?.pill);
}

function groupOf(system: System, name: string): string | undefined {
  return graph(system).cards.find((card) => card.name === name)?.group;
}

describe('the graph of a system', () => {
  it('places a component in its zone, beside the zones of its region, with the third parties, or outside', () => {
    const shop = storefront();
    assert.equal(groupOf(shop, 'cart'), 'zone eu-west-1a');
    assert.equal(groupOf(shop, 'web'), 'region eu-west-1');
    assert.equal(groupOf(shop, 'payment'), 'external');
    assert.equal(groupOf(shop, 'dns'), undefined);
    const region = graph(shop).groups.find((group) => group.id === 'region eu-west-1');
    assert.deepEqual(region?.words, ['Region', 'eu-west-1']);
    assert.equal(graph(shop).groups.find((group) => group.id === 'zone eu-west-1a')?.parent, 'region eu-west-1');
  });

  it('places a component with replicas in two regions outside of both', () => {
    const regions = new Map(['r', 's'].map((name) => [name, { name }]));
    const zones = new Map([
      ['a', { name: 'a', region: 'r' }],
      ['b', { name: 'b', region: 's' }],
    ]);
    const system = systemOf('far', { x: { replicas: 2, zones: ['a', 'b'] }, y: { zones: ['a'] } }, [], { zones, regions });
    assert.equal(groupOf(system, 'x'), undefined);
    assert.equal(groupOf(system, 'y'), 'zone a');
  });

  it('deals a million replicas to their zones without listing them', () => {
    const system = systemOf('many', { x: { replicas: 1_000_001, zones: ['a', 'b'] } }, []);
    assert.deepEqual(graph(system).cards[0]?.pips, [
      { zone: 'a', count: 500_001 },
      { zone: 'b', count: 500_000 },
    ]);
  });

  it('says on a label how long a call waits, how often it tries, and that a breaker guards it', () => {
    assert.deepEqual(labelOf({ timeout: 2, retry: { maxAttempts: 3 }, circuitBreaker: { failures: 5 } }), ['2 s', '3×', 'breaker']);
    assert.deepEqual(labelOf({ timeout: 0.3 }), ['300 ms']);
    assert.deepEqual(labelOf({}), ['no timeout']);
    assert.deepEqual(labelOf({ timeout: 'none', retry: {} }), ['no timeout', '∞×']);
    assert.deepEqual(labelOf({ deadline: 5 }), ['5 s in all']);
    assert.deepEqual(labelOf({ preset: 'polly' }), ['no timeout', 'polly']);
    assert.deepEqual(labelOf({ preset: 'polly', timeout: 1, retry: { maxAttempts: 4 } }), ['1 s', 'polly', '4×']);
  });

  it('says nothing where the format cannot say it, and nothing where nobody waits', () => {
    assert.equal(labelOf({ source: 'compose' }), undefined);
    assert.equal(labelOf({ async: true }), undefined);
    assert.deepEqual(labelOf({ async: true, timeout: 0.2 }), ['200 ms']);
  });

  it('marks a line and its label as badly as the worst finding, which changes no size', () => {
    const system = lab();
    const marked = graph(system, plain, marksFor(system));
    const edge = marked.edges.find((candidate) => candidate.id === 'call api -> db');
    assert.equal(edge?.tone, 'error');
    assert.match(edge?.spoken ?? '', /waits forever for db/);
    assert.equal(marked.key, graph(system).key);
  });

  it('names single points of failure on a badge and counts other findings on another', () => {
    const shop = storefront();
    const cards = graph(shop, plain, marksFor(shop)).cards;
    const badges = (name: string) => cards.find((card) => card.name === name)?.badges.map((badge) => badge.text);
    assert.deepEqual(badges('sessions'), ['SPOF']);
    assert.deepEqual(badges('cart'), ['1']);
    assert.deepEqual(badges('web'), []);
  });

  it('shows a figure that the shell gives, and has the same key with another figure', () => {
    const caption = (text: string): readonly Caption[] => [{ element: 'component db', text, detail: `${text} of the year` }];
    const one = graph(lab(), plain, [], caption('99.95%'));
    const other = graph(lab(), plain, [], caption('99.9999999%'));
    assert.match(one.cards.find((card) => card.name === 'db')?.meta ?? '', /^database · .*99\.95%$/);
    assert.equal(one.key, other.key);
  });

  it('draws calls that look alike as one line, up to three different ones apart, and more as their number', () => {
    const between = (timeouts: readonly number[]) =>
      graph(
        systemOf(
          'pair',
          { a: {}, b: {} },
          timeouts.map((timeout, i) => ({ from: 'a', to: 'b', operation: `GET /${i}`, timeout })),
        ),
      ).edges;
    assert.deepEqual(
      between([1, 1, 2]).map((edge) => edge.calls.length),
      [2, 1],
    );
    const many = between([1, 2, 3, 4, 5]);
    assert.equal(many.length, 1);
    assert.deepEqual(words(many[0]?.pill), ['5 calls']);
  });

  it('hides telemetry and start-up order until they are wanted, and start-up order where there is a call', () => {
    const system = systemOf('compose', { web: {}, db: {}, jaeger: { telemetry: true } }, [
      { from: 'web', to: 'db', source: 'compose' },
      { from: 'web', to: 'db', source: 'compose', role: 'startup' },
      { from: 'db', to: 'web', source: 'compose', role: 'startup' },
      { from: 'web', to: 'jaeger', source: 'compose', role: 'telemetry' },
    ]);
    assert.deepEqual(
      graph(system).cards.map((card) => card.name),
      ['db', 'web'],
    );
    assert.deepEqual(
      graph(system).edges.map((edge) => edge.style),
      ['sync'],
    );
    assert.deepEqual(graph(system).hidden, { startup: 1, telemetry: 2 });
    const everything = graph(system, { startup: true, telemetry: true }).edges.map((edge) => edge.style);
    assert.deepEqual(everything.sort(), ['startup', 'sync', 'telemetry']);
  });

  it('is the same for every order in which the system is written', () => {
    for (const seed of [1, 2, 3]) {
      const system = generate(seed, { components: 25, zones: 3, regions: 1 });
      assert.deepEqual(graph(reordered(system, seed)), graph(system));
    }
  });

  it('collapses a group into one card with the calls across its border', () => {
    const collapsed = graph(storefront(), { ...plain, collapsed: new Set(['zone eu-west-1a']) });
    const zone = collapsed.cards.find((card) => card.id === 'zone eu-west-1a');
    assert.equal(zone?.meta, 'zone · 3 components');
    assert.equal(
      collapsed.cards.some((card) => card.name === 'cart'),
      false,
    );
    const ends = collapsed.edges.filter((edge) => edge.to === 'zone eu-west-1a').map((edge) => edge.from);
    assert.deepEqual(ends, ['component web']);
  });

  it('knows what lies in a collapsed group, and counts each finding in it once', () => {
    const mark = (element: Mark['element'], severity: Mark['severity']): Mark => ({
      element,
      rule: 'r',
      severity,
      message: `of ${element}`,
    });
    const found = [
      mark('zone eu-west-1a', 'info'),
      mark('component cart', 'warning'),
      mark('component cart', 'hint'),
      mark('call cart -> sessions', 'error'),
      mark('call web -> cart', 'error'),
      mark('component mailer', 'error'),
    ];
    const folded = (collapsed: readonly string[], view: 'logical' | 'deployment') =>
      graphOf(storefront(), found, [], { ...plain, view, collapsed: new Set(collapsed) }).cards.find(
        (card) => card.collapsed !== undefined,
      );
    const zone = folded(['zone eu-west-1a'], 'logical');
    assert.deepEqual(
      zone?.inside?.cards.map(({ name }) => name),
      ['cart', 'nightly', 'sessions'],
    );
    assert.deepEqual(
      zone?.inside?.edges.map(({ calls }) => calls),
      [['cart -> sessions']],
    );
    assert.deepEqual(
      zone?.badges.map(({ text, tone }) => [text, tone]),
      [['3', 'error']],
    );
    assert.equal(zone?.tone, 'error');
    assert.equal(zone?.spoken, 'Zone eu-west-1a, collapsed, 3 components, 3 findings');
    assert.ok(zone?.hint.includes('cart, nightly and sessions') && zone.hint.includes('error: of call cart -> sessions'), zone?.hint);
    // In the deployment a region holds several cards of one component, which is counted once all the same.
    const region = folded(['region eu-west-1', 'zone eu-west-1a'], 'deployment');
    const names = new Set(region?.inside?.cards.map(({ name }) => name));
    assert.ok((region?.inside?.cards.length ?? 0) > names.size);
    assert.equal(region?.meta, `region · ${names.size} components`);
    assert.equal(
      region?.inside?.groups.some(({ id }) => id === 'zone eu-west-1a'),
      true,
    );
    assert.deepEqual(
      region?.badges.map(({ text }) => text),
      ['5'],
    );
  });

  it('collapses zones by itself when there are more than 250 cards', () => {
    const system = generate(3, { components: 600, zones: 6, regions: 2, single: 1 });
    const cards = graph(system).cards;
    assert.ok(cards.length <= 250, `${cards.length} cards`);
    assert.equal(cards.filter((card) => card.collapsed !== undefined).length >= 6, true);
  });

  describe('as it is deployed', () => {
    const deployment: GraphOptions = { ...plain, view: 'deployment' };
    const zones = new Map([
      ['a', { name: 'a', region: 'r' }],
      ['b', { name: 'b', region: 's' }],
    ]);
    const regions = new Map(['r', 's'].map((name) => [name, { name }]));
    const system = systemOf(
      'far',
      { x: { replicas: 5, zones: ['a', 'b'] }, y: { replicas: 2, zones: ['a', 'b'] }, z: { zones: ['a'] }, bank: { kind: 'external' } },
      [
        { from: 'x', to: 'y', timeout: 1 },
        { from: 'x', to: 'z', timeout: 1 },
        { from: 'z', to: 'y', timeout: 1 },
        { from: 'x', to: 'bank', timeout: 1 },
      ],
      { zones, regions },
    );
    const drawn = graph(system, deployment);

    it('has a card for the replicas in each zone, inside its frame', () => {
      assert.deepEqual(
        drawn.cards.map(({ name, group, pips, element }) => [name, group, pips, element]),
        [
          ['bank', 'external', [{ zone: '', count: 1 }], undefined],
          ['x', 'zone a', [{ zone: 'a', count: 3 }], 'component x'],
          ['x', 'zone b', [{ zone: 'b', count: 2 }], 'component x'],
          ['y', 'zone a', [{ zone: 'a', count: 1 }], 'component y'],
          ['y', 'zone b', [{ zone: 'b', count: 1 }], 'component y'],
          ['z', 'zone a', [{ zone: 'a', count: 1 }], undefined],
        ],
      );
      assert.deepEqual(
        drawn.groups.map(({ id, parent }) => [id, parent]),
        [
          ['external', undefined],
          ['region r', undefined],
          ['region s', undefined],
          ['zone a', 'region r'],
          ['zone b', 'region s'],
        ],
      );
    });

    it('draws a call inside a zone where both are in it, else to every zone', () => {
      const group = new Map(drawn.cards.map((card) => [card.id, card.group]));
      const lines = (from: string, to: string) =>
        drawn.edges.filter(({ calls }) => calls.includes(`${from} -> ${to}`)).map((edge) => [group.get(edge.from), group.get(edge.to)]);
      assert.deepEqual(lines('x', 'y'), [
        ['zone a', 'zone a'],
        ['zone b', 'zone b'],
      ]);
      assert.deepEqual(lines('x', 'z'), [
        ['zone a', 'zone a'],
        ['zone b', 'zone a'],
      ]);
      assert.deepEqual(lines('z', 'y'), [['zone a', 'zone a']]);
      assert.deepEqual(lines('x', 'bank'), [
        ['zone a', 'external'],
        ['zone b', 'external'],
      ]);
      assert.equal(new Set(drawn.edges.map(({ id }) => id)).size, drawn.edges.length);
    });

    it('keeps apart a component that is called like the replicas of another', () => {
      const twin = systemOf('twin', { x: { replicas: 2, zones: ['a', 'b'] }, 'x in a': { zones: ['a'] } }, []);
      const ids = graph(twin, deployment).cards.map(({ id }) => id);
      assert.equal(new Set(ids).size, 3);
    });
  });

  it('makes the sides of cards longer where many lines meet, up to a limit', () => {
    const hub = (callers: number, direction: Direction) => {
      const names = Array.from({ length: callers }, (_, i) => `caller-${i}`);
      const system = systemOf(
        'hub',
        { hub: {}, ...Object.fromEntries(names.map((name) => [name, {}])) },
        names.map((from) => ({ from, to: 'hub' })),
      );
      const card = flowing(graph(system), direction).cards.find(({ name }) => name === 'hub');
      return [card?.width ?? 0, card?.height ?? 0] as const;
    };
    const [width, height] = hub(1, 'right');
    assert.deepEqual(hub(5, 'right'), [width, height]);
    assert.deepEqual(hub(6, 'right'), [width, height + 8]);
    assert.deepEqual(hub(12, 'right'), [width, height + 56]);
    assert.deepEqual(hub(90, 'right'), hub(60, 'right'));
    // Lines that run down meet on its upper side, where there is more room.
    assert.deepEqual(hub(12, 'down'), [width, height]);
    const [wide, low] = hub(60, 'down');
    assert.ok(wide > width);
    assert.equal(low, height);
  });

  it('takes any name', () => {
    const names = ['__proto__', 'constructor', '<img src=x onerror=alert(1)>', '', '名前', 'a\nb'];
    const system = systemOf(
      'names',
      Object.fromEntries(names.map((name, i) => [`${i}${name}`, {}])),
      names.map((name, i) => ({ from: `${i}${name}`, to: `0${names[0]}` })),
    );
    system satisfies System;
    assert.equal(graph({ ...system, components: new Map([['__proto__', { name: '__proto__' }]]), calls: [] }).cards[0]?.title, '__proto__');
    assert.equal(graph(system).cards.length, names.length);
  });
});
