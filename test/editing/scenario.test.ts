import { strict as assert } from 'node:assert';
import { applyTextChanges } from '../../src/editing/edit';
import { addScenario } from '../../src/editing/scenario';
import type { Scenario } from '../../src/model/scenario';
import { linked, single, type Texts } from './helpers';

const head = `faultline: 1
components:
  api: { replicas: 2 } # two of them
  db: {}
calls:
  - { from: api, to: db }
journeys:
  look: { entry: api, rate: 5/s }
`;

const byHand: Scenario = {
  name: 'by-hand',
  duration: 70,
  seed: 1,
  events: [
    { at: 1.25, fault: { kind: 'kill', target: { kind: 'replica', name: 'api', replica: 2 } } },
    { at: 12.34, fault: { kind: 'slow', target: { kind: 'component', name: 'db' }, factor: 5 } },
    { at: 40, fault: { kind: 'restore', target: { kind: 'component', name: 'db' } } },
  ],
  expect: [],
};

const printed = `  by-hand:
    duration: 1m10s
    seed: 1
    events:
      - { at: 1.25s, kill: "api#2" }
      - { at: 12.34s, slow: db, factor: 5 }
      - { at: 40s, restore: db }`;

function added(texts: Texts, scenario: Scenario): Texts | undefined {
  const changes = addScenario(scenario, linked(texts), (file) => texts.get(file));
  if (!changes) return undefined;
  const of = (file: string) => changes.filter((change) => change.file === file);
  return new Map([...texts].map(([file, text]) => [file, applyTextChanges(text, of(file))]));
}

function addedText(text: string, scenario = byHand): string | undefined {
  return added(single(text), scenario)?.get('/shop/shop.faultline.yaml');
}

describe('adding a scenario', () => {
  it('makes the section where there is none, and touches nothing else', () => {
    assert.equal(addedText(head), `${head.trimEnd()}\nscenarios:\n${printed}\n`);
  });

  it('puts it behind the others, and keeps their comments', () => {
    const others = `scenarios:\n  first: # theirs\n    events: [{ at: 1s, kill: db }]\n\n# the end\n`;
    assert.equal(
      addedText(head + others),
      `${head}scenarios:\n  first: # theirs\n    events: [{ at: 1s, kill: db }]\n${printed}\n\n# the end\n`,
    );
  });

  it('is read back as what was done', () => {
    const everything: Scenario = {
      name: 'all: of #it',
      description: 'a: b # c',
      duration: 60,
      seed: 7,
      clients: new Map([['look', 10]]),
      think: 0.5,
      events: [
        { at: 0, fault: { kind: 'load', journey: 'look', factor: 1.5 } },
        { at: 1.07, fault: { kind: 'crash', target: { kind: 'component', name: 'api' } } },
        { at: 2, fault: { kind: 'errors', target: { kind: 'component', name: 'db' }, share: 0.2 } },
        { at: 3, fault: { kind: 'slow', target: { kind: 'component', name: 'db' }, add: 0.2 } },
        { at: 4, fault: { kind: 'partition', sides: [['api'], ['db']] } },
        { at: 61.5, fault: { kind: 'restore', target: { kind: 'component', name: 'api' } } },
      ],
      expect: [],
    };
    const texts = added(single(head), everything);
    assert.ok(texts);
    assert.deepEqual(linked(texts).system.scenarios.get('all: of #it'), everything);
  });

  it('goes where the scenarios are, of several files', () => {
    const texts = new Map([
      ['/shop/a.faultline.yaml', head],
      ['/shop/b.faultline.yaml', 'faultline: 1\nscenarios:\n'],
    ]);
    assert.equal(added(texts, byHand)?.get('/shop/b.faultline.yaml'), `faultline: 1\nscenarios:\n${printed}\n`);
    assert.equal(added(texts, byHand)?.get('/shop/a.faultline.yaml'), head);
  });

  it('is refused where one of that name is there, or the section is something else', () => {
    assert.equal(addedText(`${head}scenarios:\n  by-hand: { events: [{ at: 1s, kill: db }] }\n`), undefined);
    assert.equal(addedText(`${head}scenarios: [1]\n`), undefined);
  });
});
