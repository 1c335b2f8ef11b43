// How long a layout takes and how much an edit moves: `npm run bench -- layout`. The layouter is warmed up first, as the map
// does when it opens. Milliseconds of the one thread that lays out, so that what else the machine does is not in them; where
// the system does not tell them, of the clock.
import { readFileSync } from 'node:fs';
import process from 'node:process';
import ELK from 'elkjs/lib/elk.bundled.js';
import { type Layouter, warmUp } from '../src/layout/elk';
import { graphOf } from '../src/layout/graphOf';
import { layoutPicture, type Picture } from '../src/layout/picture';
import { shiftBetween } from '../src/layout/shift';
import type { System } from '../src/model/system';
import { generate, type Wishes } from '../test/layout/generate';
import { systemOf, twoZones } from '../test/layout/systems';

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
  const graph = graphOf(system, [], [], options);
  const picture = await layoutPicture(graph, layouter, { direction: 'right', ...(previous ? { previous } : {}) });
  return { picture, time: threadTime() - start };
}

/** One more component, called by one that is there. */
function withNewcomer(system: System): System {
  const [name = ''] = [...system.components.keys()].slice(-1);
  const component = system.components.get(name);
  const zones = component?.zones ? { zones: component.zones } : {};
  const one = systemOf('one', { newcomer: { kind: 'service', ...zones } }, [{ from: name, to: 'newcomer', timeout: 2 }]);
  return { ...system, components: new Map([...system.components, ...one.components]), calls: [...system.calls, ...one.calls] };
}

function movedShare(before: Picture, after: Picture): number {
  const shift = shiftBetween(before, after);
  const places = new Map(after.cards.map((card) => [card.id, card]));
  const moved = before.cards.filter((card) => {
    const now = places.get(card.id);
    return now !== undefined && Math.hypot(now.x - card.x - shift.x, now.y - card.y - shift.y) > 60;
  });
  return moved.length / before.cards.length;
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
  generated('30, three zones', { components: 30, zones: 3, regions: 1, single: 0.4 }),
  generated('100, flat', { components: 100, zones: 0, regions: 0 }),
  generated('100, six zones', { components: 100, zones: 6, regions: 2, single: 0.8 }),
  generated('250, nine zones', { components: 250, zones: 9, regions: 3, single: 0.9 }),
  generated('1,000, nine zones (collapsed)', { components: 1000, zones: 9, regions: 3, single: 0.9 }),
];

/** A layouter that remembers nothing of what was laid out before. */
function forgetful(elk: Layouter): Layouter {
  return { layout: (graph, args) => elk.layout(graph, args) };
}

async function main(): Promise<void> {
  const elk: Layouter = new ELK();
  const start = threadTime();
  await warmUp(elk, () => false);
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
}

void main();
