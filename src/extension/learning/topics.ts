import type { Topic } from './topic';
import { degradation } from './topics/degradation';
import { idempotency } from './topics/idempotency';
import { nines } from './topics/nines';
import { patterns } from './topics/patterns';
import { recovery } from './topics/recovery';
import { regions } from './topics/regions';
import { singlePoints } from './topics/singlePoints';
import { storms } from './topics/storms';
import { tolerance } from './topics/tolerance';

const all = [nines, singlePoints, patterns, storms, idempotency, degradation, tolerance, recovery, regions];

/** The lesson, topic by topic, in the language that is set when it is asked for. */
export function topics(): readonly Topic[] {
  return all.map((topic) => topic());
}
