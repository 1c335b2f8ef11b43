import { assumptionsOf } from '../../model/defaults';
import type { Effects, OnPaper } from '../../model/onPaper';
import type { Variant } from '../../model/scenario';
import type { Steps } from '../../model/steps';
import type { System } from '../../model/system';
import { variantOf } from '../../remedies/variants';
import type { Blast } from '../figures';
import { structureSteps } from '../structure/structure';
import { blastRadius } from './blast';
import { lossSteps } from './losses';

/** What becomes of each journey of a variant without each thing: by the calls alone, and where calls hang. */
export function* onPaperSteps(written: System, variant: Variant): Steps<OnPaper> {
  const system = variantOf(written, variant);
  const ending = yield* blasts(withoutHanging(system));
  const hanging = yield* blasts(system);
  const ifHanging = new Map(hanging.blasts.map((blast) => [keyOf(blast), blast]));
  return {
    variant,
    journeys: ending.journeys,
    things: ending.blasts.map((blast) => {
      const { kind, name } = blast.point;
      return { kind, name, ...effectsOf(blast), ifHanging: effectsOf(ifHanging.get(keyOf(blast)) ?? blast) };
    }),
  };
}

function* blasts(system: System): Steps<{ readonly journeys: readonly string[]; readonly blasts: readonly Blast[] }> {
  const structure = yield* structureSteps(system, assumptionsOf(system));
  const found = blastRadius(structure, yield* lossSteps(structure));
  return { journeys: structure.journeys.map(({ journey }) => journey.name), blasts: found };
}

/** What the calls alone say: that a caller waits for ever, or with all its threads, is left out. */
function withoutHanging(system: System): System {
  return { ...system, calls: system.calls.map((call) => ({ ...call, deadline: 1, circuitBreaker: { failures: 1 } })) };
}

function effectsOf({ stops, degrades }: Blast): Effects {
  return { stops, degrades };
}

function keyOf({ point }: Blast): string {
  return `${point.kind} ${point.name}`;
}
