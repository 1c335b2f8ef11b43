import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { analyse } from '../../../src/analysis/analyse';
import type { Figure, Point } from '../../../src/analysis/figures';
import type { System } from '../../../src/model/system';
import { architectures } from '../arbitrary';
import { Oracle, type Reading } from '../oracle';

const readings: readonly Reading[] = ['up', 'protected', 'fullyFeatured'];

function close(actual: number, expected: number, what: string): void {
  assert.ok(Math.abs(actual - expected) <= 1e-12, `${what}: ${actual}, by all states ${expected}`);
}

function down(figure: Figure): number {
  assert.ok(figure.exact, 'the figure is exact');
  return figure.exact ? figure.value.down : Number.NaN;
}

function sameFigures(system: System): void {
  const oracle = new Oracle(system);
  const { journeys } = analyse(system);
  for (const reading of readings) {
    const expected = oracle.unavailability(reading);
    for (const figures of journeys) close(down(figures[reading]), expected.get(figures.journey) ?? 0, `${figures.journey} ${reading}`);
  }
  assert.equal(journeys.length, system.journeys.size);
}

/** Points whose loss alone stops the journey, tried one by one. */
function pointsByTrial(system: System, oracle: Oracle, journey: string): readonly string[] {
  const found = new Set<string>();
  for (const [i, variable] of oracle.variables.entries()) {
    const { kind, name } = variable;
    if (kind === 'common' || kind === 'release' || kind === 'switching') continue;
    if (kind === 'replica' && system.components.get(name)?.kind === 'client') continue;
    if (oracle.down(1 << i, 'up').includes(journey)) found.add(`${kind === 'replica' ? 'component' : kind} ${name}`);
  }
  return [...found].sort();
}

describe('against all states of random architectures', function () {
  this.timeout(120_000);

  it('unavailability in all three readings', () => {
    fc.assert(fc.property(architectures(11), sameFigures), { numRuns: 2500 });
  });

  it('up to eighteen variables', () => {
    fc.assert(
      fc.property(
        architectures(18).filter((system) => new Oracle(system).variables.length > 14),
        sameFigures,
      ),
      { numRuns: 12 },
    );
  });

  it('single points of failure', () => {
    const names = (points: readonly Point[]): readonly string[] => points.map(({ kind, name }) => `${kind} ${name}`).sort();
    fc.assert(
      fc.property(architectures(30), (system) => {
        const oracle = new Oracle(system);
        const { journeys } = analyse(system);
        for (const figures of journeys) assert.deepEqual(names(figures.singlePoints), pointsByTrial(system, oracle, figures.journey));
      }),
      { numRuns: 1500 },
    );
  });

  it('importance of components and failure domains', () => {
    fc.assert(
      fc.property(architectures(9), (system) => {
        const oracle = new Oracle(system);
        const plain = oracle.unavailability('up');
        for (const figures of analyse(system).journeys) {
          for (const { point, birnbaum, hoursPerYear } of figures.contributions) {
            const at = (serves: boolean): number => {
              const forced = point.kind === 'component' ? { component: point.name, serves } : undefined;
              return (forced ? oracle.unavailability('up', forced) : withDomain(system, point, serves)).get(figures.journey) ?? 0;
            };
            const [best, worst] = [at(true), at(false)];
            close(birnbaum, worst - best, `Birnbaum of ${point.name} for ${figures.journey}`);
            close(hoursPerYear / 8760, (plain.get(figures.journey) ?? 0) - best, `saved by ${point.name} for ${figures.journey}`);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});

/** The unavailability with a zone, region or shared fate that never fails, or always. */
function withDomain(system: System, point: Point, serves: boolean): ReadonlyMap<string, number> {
  const availability = serves ? { up: 1, down: 0 } : { up: 0, down: 1 };
  const changed = <T extends { name: string }>(map: ReadonlyMap<string, T>): ReadonlyMap<string, T> =>
    new Map([...map].map(([name, value]) => [name, name === point.name ? { ...value, availability } : value]));
  const { zones, regions, sharedFates } = system;
  return new Oracle({
    ...system,
    zones: point.kind === 'zone' ? changed(zones) : zones,
    regions: point.kind === 'region' ? changed(regions) : regions,
    sharedFates: point.kind === 'sharedFate' ? changed(sharedFates) : sharedFates,
  }).unavailability('up');
}
