import type { Call } from '../model/call';
import { kindOf } from '../model/defaults';
import type { Journey } from '../model/journey';
import { callsByCaller, journeyPath } from '../model/paths';
import type { System } from '../model/system';
import { unique } from './calls';

/** Where more components than this are called by nobody, it is the calls that are not written, and no journey is told by them. */
const most = 1000;

/**
 * The journeys that nobody wrote. Where none is declared: one for every component that nobody calls. A scheduler on
 * no journey is one in any case, a deployer never, and what only observes serves nobody.
 */
export function impliedJourneys(system: System, declared: boolean): readonly Journey[] {
  const called = declared ? undefined : calledComponents(system.calls);
  const passed = declared ? passedComponents(system) : new Set<string>();
  const implied: Journey[] = [];
  for (const component of system.components.values()) {
    const kind = kindOf(component);
    if (kind === 'deployer' || component.telemetry) continue;
    const isEntry = called ? !called.has(component.name) : kind === 'scheduler' && !passed.has(component.name);
    if (isEntry) implied.push({ name: unique(component.name, system.journeys), entry: component.name, implied: true });
  }
  return implied.length > most ? [] : implied;
}

/**
 * Components that another one calls, falls back on, or waits for when it starts: whoever waits for a database uses it,
 * though the file does not say how, and nobody's journey begins at it.
 */
function calledComponents(calls: readonly Call[]): ReadonlySet<string> {
  const called = new Set<string>();
  for (const { from, to, role, fallback } of calls) {
    if (role === 'telemetry') continue;
    if (from !== to) called.add(to);
    if (fallback !== undefined && fallback !== 'none' && fallback.kind === 'component' && fallback.to !== from) called.add(fallback.to);
  }
  return called;
}

function passedComponents(system: System): ReadonlySet<string> {
  const byCaller = callsByCaller(system);
  const passed = new Set<string>();
  for (const journey of system.journeys.values()) {
    for (const name of journeyPath(system, journey, byCaller).components) passed.add(name);
  }
  return passed;
}
