import type { OnPaper } from '../../layout/protocol';
import type { GameDayTarget, Verdict } from '../../simulation/gameDay';

/** What the analysis says of a journey without one thing; undefined where it knows nothing of either. */
export function verdictOnPaper(onPaper: OnPaper | undefined, target: GameDayTarget, journey: string): Verdict | undefined {
  const thing = onPaper?.things.find(({ kind, name }) => kind === target.kind && name === target.name);
  if (!thing || !onPaper?.journeys.includes(journey)) return undefined;
  return thing.stops.includes(journey) ? 'stops' : thing.degrades.includes(journey) ? 'degrades' : 'survives';
}
