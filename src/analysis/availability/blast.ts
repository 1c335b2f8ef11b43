import type { Blast, Point } from '../figures';
import type { Structure } from '../structure/structure';
import type { LossEffects } from './losses';

/** What stops, and what goes on without a feature, when all of one thing is lost. */
export function blastRadius(structure: Structure, { losses, journeys }: LossEffects): readonly Blast[] {
  const things: { point: Point; loss: number }[] = [
    ...structure.groups.map(({ component }, number) => ({ point: { kind: 'component', name: component.name } as const, loss: number })),
    ...structure.domains.list.map(({ point }, number) => ({ point, loss: losses.firstDomain + number })),
  ];
  return things.map(({ point, loss }) => {
    const stops: string[] = [];
    const degrades: string[] = [];
    let stoppedRate = 0;
    let degradedRate = 0;
    journeys.forEach((effects, number) => {
      const journey = structure.journeys[number]?.journey;
      if (!journey) return;
      if (effects.up.has(loss)) {
        stops.push(journey.name);
        stoppedRate += journey.rate ?? 0;
      } else if (effects.fullyFeatured.has(loss)) {
        degrades.push(journey.name);
        degradedRate += journey.rate ?? 0;
      }
    });
    return { point, stops, degrades, stoppedRate, degradedRate };
  });
}
