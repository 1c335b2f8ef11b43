// How long a layout takes and how much an edit moves: `npm run bench -- layout`. The layouter is warmed up first, as the map
// does when it opens. Milliseconds of the one thread that lays out, so that what else the machine does is not in them; where
// the system does not tell them, of the clock.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import ELK from 'elkjs/lib/elk.bundled.js';
import { type Layouter, warmUp } from '../src/layout/elk';
import { flowing, graphOf } from '../src/layout/graphOf';
import { layoutPicture, type Picture } from '../src/layout/picture';
import type { System } from '../src/model/system';
import { edits, movedShare, settings, textOf } from '../test/layout/edits';
import { folded, zonesOf } from '../test/layout/folds';
import { generate, randomOf, type Wishes } from '../test/layout/generate';
import { twoZones } from '../test/layout/systems';
import { inZones, withNewcomer } from './shared/systems';

const options = { startup: true, telemetry: false };

/** Milliseconds of processor time of this thread so far. */
function threadTime(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return performance.now();
  }
}

async function timed(system: System, layouter: Layouter, previous?: Picture): Promise<{ picture: Picture; time: number }> {
  const start = threadTime();
  const graph = flowing(graphOf(system, [], [], options), 'right');
  const picture = await layoutPicture(graph, layouter, { direction: 'right', ...(previous ? { previous } : {}) });
  return { picture, time: threadTime() - start };
}

interface Case {
  readonly name: string;
  readonly system: System;
}

function generated(name: string, wishes: Wishes): Case {
  return { name, system: generate(7, wishes) };
}

const cases: readonly Case[] = [
  { name: '14, two zones', system: twoZones() },
  generated('15, flat', { components: 15, zones: 0, regions: 0 }),
  { name: '30, three zones', system: inZones[30]() },
  generated('100, flat', { components: 100, zones: 0, regions: 0 }),
  { name: '100, six zones', system: inZones[100]() },
  { name: '250, nine zones', system: inZones[250]() },
  { name: '1,000, nine zones (collapsed)', system: inZones[1000]() },
];

/** A layouter that remembers nothing of what was laid out before. */
function forgetful(elk: Layouter): Layouter {
  return { layout: (graph, args) => elk.layout(graph, args) };
}

async function main(): Promise<void> {
  const elk: Layouter = new ELK();
  const start = threadTime();
  await warmUp(elk);
  console.log(`warming up: ${Math.round(threadTime() - start)} ms\n`);
  console.log('milliseconds'.padEnd(32), 'first  later   edit   moved   size');
  for (const { name, system } of cases) {
    const first = await timed(system, forgetful(elk));
    const later = await timed(system, forgetful(elk));
    const layouter = forgetful(elk);
    const before = await timed(system, layouter);
    const edit = await timed(withNewcomer(system), layouter, before.picture);
    const columns = [first.time, later.time, edit.time].map((time) => String(Math.round(time)).padStart(5));
    const moved = `${Math.round(100 * movedShare(before.picture, edit.picture))}%`.padStart(5);
    console.log(name.padEnd(32), columns.join('  '), ` ${moved}  ${before.picture.width} × ${before.picture.height}`);
  }
  await movements(elk);
}

const seeds = 6;

/** How much of what stood somewhere each kind of edit moves, over generated systems. */
async function movements(elk: Layouter): Promise<void> {
  const shares = new Map<string, number[]>();
  const add = (name: string, share: number): void => {
    const list = shares.get(name);
    if (list) list.push(share);
    else shares.set(name, [share]);
  };
  for (const [i, setting] of settings.entries()) {
    for (let seed = 1; seed <= seeds; seed++) {
      const system = generate(31 * seed + i, setting.wishes);
      const direction = (seed + i) % 3 === 0 ? 'down' : 'right';
      const graph = (one: System) => flowing(graphOf(one, [], [], { ...options, labels: setting.labels }), direction);
      const before = await layoutPicture(graph(system), elk, { direction });
      for (const [k, edit] of edits.entries()) {
        const edited = graph(edit.of(system, randomOf(100 * seed + 7 * i + k)));
        const share = movedShare(before, await layoutPicture(edited, elk, { direction, previous: before }));
        for (const name of [edit.name, textOf(setting), 'all']) add(name, share);
      }
    }
  }
  await folds(elk, add);
  console.log('\n% of cards that an edit moves'.padEnd(46), 'edits   mean  % of edits that move none / over a quarter');
  const percent = (part: number): string => (100 * part).toFixed(1).padStart(6);
  for (const [name, list] of shares) {
    const share = (is: (value: number) => boolean): number => list.filter(is).length / list.length;
    const mean = list.reduce((sum, value) => sum + value, 0) / list.length;
    const columns = [percent(mean), percent(share((value) => value === 0)), percent(share((value) => value > 0.25))];
    console.log(name.padEnd(45), String(list.length).padStart(5), ...columns);
  }
}

/** How much of what stands outside a zone moves when it becomes a card, and when it becomes a frame. */
async function folds(elk: Layouter, add: (name: string, share: number) => void): Promise<void> {
  for (const [i, setting] of settings.entries()) {
    if (setting.wishes.zones === 0) continue;
    const of = { ...options, labels: setting.labels };
    for (let seed = 1; seed <= seeds; seed++) {
      const system = generate(31 * seed + i, setting.wishes);
      const direction = (seed + i) % 3 === 0 ? 'down' : 'right';
      for (const zone of zonesOf(graphOf(system, [], [], of))) {
        const { collapse, expand, again } = await folded(system, of, zone, elk, direction);
        add('a zone collapses', movedShare(collapse.before, collapse.after, collapse.isOutside));
        add('a zone expands that was collapsed at first', movedShare(expand.before, expand.after, expand.isOutside));
        add('a zone expands that was expanded before', movedShare(again.before, again.after, again.isOutside));
      }
    }
  }
}

void main();
