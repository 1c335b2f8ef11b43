import type { System } from '../../model/system';
import type { Availability } from '../../model/units';
import type { Figure, JourneyFigures } from '../figures';

/**
 * The system's figure: the mean of its journeys, weighted by their rates. Journeys without a rate are left out where
 * others have one; where none has, all count the same. Undefined without journeys.
 */
export function systemFigure(journeys: readonly JourneyFigures[], system: System): Figure | undefined {
  const rated = journeys.filter(({ journey }) => (system.journeys.get(journey)?.rate ?? 0) > 0);
  const counted = rated.length > 0 ? rated : journeys;
  if (counted.length === 0) return undefined;
  const weights = counted.map(({ journey }) => (rated.length > 0 ? (system.journeys.get(journey)?.rate ?? 0) : 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = (of: (figure: Figure) => Availability): Availability => {
    let up = 0;
    let down = 0;
    counted.forEach((figures, i) => {
      const share = (weights[i] as number) / total;
      up += share * of(figures.up).up;
      down += share * of(figures.up).down;
    });
    return { up, down };
  };
  if (counted.every(({ up }) => up.exact)) return { exact: true, value: mean((figure) => (figure.exact ? figure.value : figure.lower)) };
  return {
    exact: false,
    lower: mean((figure) => (figure.exact ? figure.value : figure.lower)),
    upper: mean((figure) => (figure.exact ? figure.value : figure.upper)),
  };
}
