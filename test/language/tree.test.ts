import { strict as assert } from 'node:assert';
import { systemTree, type TreeNode, worstJourney } from '../../src/language/tree';
import { open } from './fixture';

const path = '/shop/shop.faultline.yaml';

const shop = `faultline: 1
system: shop
components:
  api: { replicas: 2, healthCheck: { interval: 5s }, availability: 99.9% }
  db: { kind: database, availability: 99.5% }
  mail: { kind: external, availability: 99% }
calls:
  - { from: api, to: db }
  - { from: api, to: mail, journeys: [buy], timeout: 1s, circuitBreaker: { failures: 5 }, fallback: later }
journeys:
  browse: { entry: api, rate: 8/s, availability: 99% }
  buy: { entry: api, rate: 2/s, availability: 99.9% }
`;

function child(node: TreeNode, id: string): TreeNode {
  const found = node.children.find((other) => other.id === id);
  assert.ok(found, `${id} is not among ${node.children.map((other) => other.id).join(', ')}`);
  return found;
}

describe('the tree of a system', () => {
  const opened = open({ [path]: shop });
  const view = opened.service.view(opened.linked);
  const tree = systemTree(view);

  it('has the journeys, those first that miss their objectives by most', () => {
    const journeys = child(tree, 'journeys');
    assert.deepEqual(
      journeys.children.map(({ label, icon }) => [label, icon]),
      [
        ['buy', 'missed'],
        ['browse', 'kept'],
      ],
    );
    assert.match(child(journeys, 'buy').description ?? '', /^99\.5% · 43\.8 h\/yr · objective 99\.9% missed$/);
    assert.deepEqual(child(journeys, 'buy').place, {
      file: path,
      span: { start: shop.indexOf('buy: {'), end: shop.indexOf('buy: {') + 3 },
    });
    assert.equal(worstJourney(view)?.journey, 'buy');
  });

  it('has every finding once, under its rule, the loudest first', () => {
    const findings = child(tree, 'findings');
    assert.equal(
      findings.children.reduce((sum, { children }) => sum + children.length, 0),
      view.findings.length,
    );
    const loudness = findings.children.map(({ icon }) => ['error', 'warning', 'info', 'hint'].indexOf(icon));
    assert.deepEqual(loudness, [...loudness].sort());
    assert.ok(child(findings, 'missing-timeout').children.every(({ place, tooltip }) => place?.file === path && tooltip));
  });

  it('has the components by the downtime that they cause', () => {
    const components = child(tree, 'components');
    assert.equal(components.children[0]?.label, 'db');
    assert.match(components.children[0]?.description ?? '', /^43\.8 h\/yr$/);
    assert.match(components.children[0]?.tooltip ?? '', /Without it browse and buy stop/);
  });

  it('is there for a system that says nothing yet', () => {
    const empty = open({ [path]: 'faultline: 1\nsystem: empty\n' });
    const node = systemTree(empty.service.view(empty.linked));
    assert.equal(node.label, 'empty');
    assert.deepEqual(node.children, []);
    assert.equal(worstJourney(empty.service.view(empty.linked)), undefined);
  });
});
