import { strict as assert } from 'node:assert';
import { analyse } from '../../src/analysis/analyse';
import type { Figure, JourneyFigures } from '../../src/analysis/figures';
import type { System } from '../../src/model/system';

/** The figures of one journey, or of the only one. */
export function figuresOf(system: System, journey?: string): JourneyFigures {
  const figures = analyse(system).journeys.find((other) => journey === undefined || other.journey === journey);
  assert.ok(figures, 'the journey has figures');
  return figures;
}

/** The exact unavailability. */
export function downOf(figure: Figure): number {
  assert.ok(figure.exact, 'the figure is exact');
  return figure.value.down;
}

export function near(actual: number, expected: number, relative = 1e-12): void {
  assert.ok(Math.abs(actual - expected) <= relative * Math.abs(expected), `${actual} should be ${expected}`);
}
