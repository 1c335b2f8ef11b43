import { strict as assert } from 'node:assert';
import { setTimeout as pause } from 'node:timers/promises';
import { graphOf } from '../../src/layout/graphOf';
import type { Mark } from '../../src/layout/protocol';
import { Peeking } from '../../src/webview/peeking';
import { lab } from '../model/systems';

const marks: readonly Mark[] = [
  { element: 'component payment', rule: 'single-point-of-failure', severity: 'error', message: 'pay stops' },
  { element: 'component db', rule: 'single-point-of-failure', severity: 'error', message: 'everything stops' },
];
const graph = graphOf(lab(), marks, [], { startup: false, telemetry: false });

describe('findings that are looked at', () => {
  let peeking: Peeking;

  beforeEach(() => {
    peeking = new Peeking({ post: () => {} });
    peeking.load(marks, graph);
    peeking.open('component payment', false);
  });

  afterEach(() => peeking.close());

  const until = async (holds: () => boolean): Promise<void> => {
    for (let i = 0; i < 400 && !holds(); i++) await pause(50);
    assert.ok(holds());
  };

  it('go away once nobody rests on them, even when the map is drawn again meanwhile', async () => {
    peeking.rests(undefined);
    peeking.load(marks, graph);
    assert.ok(peeking.shown.value, 'not at once, for the pointer may be on its way to them');
    await until(() => peeking.shown.value === undefined);
  });

  it('stay when the map is drawn again while they are read', async () => {
    peeking.rests(undefined);
    peeking.keep();
    peeking.load(marks, graph);
    await pause(1000);
    assert.equal(peeking.shown.value?.element, 'component payment');
  });

  it('make room for those of what is rested on meanwhile, even when the map is drawn again before', async () => {
    peeking.rests('component db');
    peeking.load(marks, graph);
    await until(() => peeking.shown.value?.element === 'component db');
  });

  it('go away with what they were about', () => {
    peeking.load([], graph);
    assert.equal(peeking.shown.value, undefined);
  });
});
