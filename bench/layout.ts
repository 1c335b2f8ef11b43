// How long a layout takes, in processor time of this process, and how much an edit moves. Build and run:
//   npx esbuild bench/layout.ts --bundle --platform=node --format=cjs --packages=external --outfile=dist/bench/layout.js
//   node dist/bench/layout.js
import process from 'node:process';
import ELK from 'elkjs/lib/elk.bundled.js';
import type { Layouter } from '../src/layout/elk';
import { graphOf } from '../src/layout/graphOf';
import { layoutPicture, type Picture } from '../src/layout/picture';
import { shiftBetween } from '../src/layout/shift';
import type { System } from '../src/model/system';
import { generate, type Wishes } from '../test/layout/generate';
import { systemOf, twoZones } from '../test/layout/systems';

const options = { startup: true, telemetry: false };

function milliseconds(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return Math.round((user + system) / 1000);
}

async function timed(system: System, layouter: Layouter, previous?: Picture): Promise<{ picture: Picture; time: number }> {
  const start = process.cpuUsage();
  const graph = graphOf(system, [], [], options);
  const picture = await layoutPicture(graph, layouter, { direction: 'right', ...(previous ? { previous } : {}) });
  return { picture, time: milliseconds(start) };
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

async function main(): Promise<void> {
  console.log('ms of processor time'.padEnd(32), 'cold   warm   same   edit   moved   size');
  for (const { name, system } of cases) {
    // The bundle compiles itself anew for each engine; what the runtime has compiled of it stays, so only the first is cold.
    const layouter: Layouter = new ELK();
    const first = await timed(system, layouter);
    const warm = await timed(system, { layout: (graph, args) => layouter.layout(graph, args) });
    const same = await timed(system, layouter, warm.picture);
    const edit = await timed(withNewcomer(system), layouter, warm.picture);
    const columns = [first.time, warm.time, same.time, edit.time].map((time) => String(time).padStart(5));
    const moved = `${Math.round(100 * movedShare(warm.picture, edit.picture))}%`.padStart(5);
    console.log(name.padEnd(32), columns.join('  '), ` ${moved}  ${warm.picture.width} × ${warm.picture.height}`);
  }
}

void main();
