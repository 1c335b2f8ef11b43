import { strict as assert } from 'node:assert';
import ELK from 'elkjs/lib/elk.bundled.js';
import { drawing } from '../../src/layout/drawing/drawing';
import type { Shape } from '../../src/layout/drawing/shape';
import { svgDocument } from '../../src/layout/drawing/svg';
import type { Graph } from '../../src/layout/graph';
import { graphOf } from '../../src/layout/graphOf';
import { layoutPicture, type Picture } from '../../src/layout/picture';
import type { System } from '../../src/model/system';
import { marksFor, storefront, systemOf } from './systems';

const elk = new ELK();

async function drawn(system: System): Promise<{ readonly graph: Graph; readonly picture: Picture }> {
  const graph = graphOf(system, marksFor(system), [], { startup: true, telemetry: false });
  return { graph, picture: await layoutPicture(graph, elk, { direction: 'right' }) };
}

function all(shapes: readonly Shape[]): readonly Shape[] {
  return shapes.flatMap((shape) => [shape, ...all(shape.children.filter((child) => typeof child !== 'string'))]);
}

describe('the drawing', function () {
  this.timeout(20_000);

  it('makes every card and line a button with a name, and gives it the id to reveal', async () => {
    const { graph, picture } = await drawn(storefront());
    const buttons = all(drawing(graph, picture)).filter((shape) => shape.attributes['role'] === 'button');
    const names = new Map(buttons.map((shape) => [shape.attributes['data-id'], shape.attributes['aria-label']]));
    for (const thing of [...graph.cards, ...graph.edges]) assert.equal(names.get(thing.id), thing.spoken);
    assert.match(String(names.get('component sessions')), /^sessions, cache, 1 replica, in eu-west-1a, .*single point of failure/);
    assert.match(
      String(names.get('call web -> catalog')),
      /^web calls catalog, GET \/products, timeout 250 ms, 3 attempts, circuit breaker/,
    );
    assert.match(String(names.get('zone eu-west-1a')), /^Zone eu-west-1a/);
  });

  it('draws a pip a replica, and the number where they are many', async () => {
    const { graph, picture } = await drawn(systemOf('pips', { few: { replicas: 3 }, many: { replicas: 40 }, one: {} }, []));
    const cards = all(drawing(graph, picture)).filter((shape) => String(shape.attributes['class']).startsWith('card '));
    const pips = cards.map((card) => all([card]).filter((shape) => shape.attributes['class'] === 'pip').length);
    assert.deepEqual(pips, [3, 0, 0]);
    assert.match(svgDocument(graph, picture, 'pips'), />×40</);
  });

  it('gives replicas in several zones, and the lines between them, the id of what they show', async () => {
    const graph = graphOf(
      systemOf('spread', { a: { replicas: 2, zones: ['x', 'y'] }, b: { replicas: 2, zones: ['x', 'y'] } }, [{ from: 'a', to: 'b' }]),
      [],
      [],
      { startup: false, telemetry: false, view: 'deployment' },
    );
    const shapes = all(drawing(graph, await layoutPicture(graph, elk, { direction: 'right' })));
    const ids = shapes.filter(({ attributes }) => attributes['role'] === 'button').map(({ attributes }) => String(attributes['data-id']));
    assert.deepEqual(ids.filter((id) => /^(call|component)/.test(id)).sort(), [
      'call a -> b',
      'call a -> b',
      'component a',
      'component a',
      'component b',
      'component b',
    ]);
  });

  it('makes texts in a file as wide as they were measured, inside their boxes', async () => {
    const { graph, picture } = await drawn(storefront());
    const file = svgDocument(graph, picture, 'shop');
    const labels = [...file.matchAll(/class="pill-text[^"]*" x="([\d.]+)"[^>]*textLength="([\d.]+)"/g)];
    assert.ok(labels.length > 3);
    const widest = Math.max(...graph.edges.map((edge) => edge.pill?.width ?? 0));
    for (const [, x, length] of labels) assert.ok(Number(x) + Number(length) < widest, `${x} + ${length}`);
    const titles = [...file.matchAll(/class="title" x="([\d.]+)"[^>]*textLength="([\d.]+)"/g)];
    assert.equal(titles.length, graph.cards.length);
    for (const [, x, length] of titles) assert.ok(Number(x) + Number(length) <= 236 - 12, `${x} + ${length}`);
  });

  it('leaves out what an older picture has no place for', async () => {
    const { picture } = await drawn(systemOf('old', { a: {} }, []));
    const newer = graphOf(systemOf('new', { a: {}, b: {} }, [{ from: 'a', to: 'b' }]), [], [], { startup: true, telemetry: false });
    const ids = all(drawing(newer, picture)).flatMap((shape) => shape.attributes['data-id'] ?? []);
    assert.deepEqual(ids, ['component a']);
  });

  it('writes an SVG in which names are texts and never markup', async () => {
    const name = '<img src=x onerror=alert(1)>"&\u0001';
    const { graph, picture } = await drawn(
      systemOf(name, { [name]: { kind: 'external' }, '</text><script>': {} }, [{ from: name, to: name }]),
    );
    const svg = svgDocument(graph, picture, name);
    assert.doesNotMatch(svg, /<img|<script/);
    assert.equal(svg.includes('\u0001'), false);
    assert.match(svg, /&lt;img src=x onerror=alert\(1\)&gt;/);
    const tags = [...svg.matchAll(/<(\/?)([a-z]+)[^>]*>/g)];
    const open: string[] = [];
    for (const [, end, tag = ''] of tags) {
      if (end) assert.equal(open.pop(), tag);
      else open.push(tag);
    }
    assert.deepEqual(open, []);
  });

  it('takes its colours from the theme, or from those given', async () => {
    const { graph, picture } = await drawn(systemOf('one', { a: {} }, []));
    const svg = svgDocument(graph, picture, 'one', { '--vscode-editor-background': '#fff' });
    assert.match(svg, /--vscode-editor-background: #fff;/);
    assert.doesNotMatch(svg.replace(/var\(--[\w-]+, (#\w+|color-mix\([^)]*\)|[^)]*)\)/g, ''), /fill: #/);
  });
});
