import * as l10n from '@vscode/l10n';
import type { Backup } from '../model/component';
import { elementId, keyPlace } from '../model/origin';
import { secondsText } from '../model/words';
import { relatedJourneys } from './places';
import { objectiveOf } from './recoveries';
import type { Report, Rule, RuleContext } from './rule';

/** A restore that was tried longer ago than this many days proves nothing any more, where nobody settled on another age. */
const longAgo = 180;
const [daySeconds, day] = [86_400, 86_400_000];

export const untestedRestore: Rule = {
  id: 'untested-restore',
  category: 'Recovery',
  severity: 'hint',
  summary: 'A restore that a recovery objective rests on and that nobody has tried in the last 180 days.',
  *check(context) {
    for (const { name, backup } of context.linked.system.components.values()) {
      if (typeof backup === 'object' && backup.restore !== undefined) yield* report(context, name, backup);
    }
  },
};

function* report({ linked, today }: RuleContext, name: string, { restore = 0, tested }: Backup): Generator<Report> {
  const element = elementId('component', name);
  const objective = objectiveOf(linked.system, name, 'rto') ?? objectiveOf(linked.system, name, 'rpo');
  if (!objective) return;
  const written = keyPlace(linked.origins, element, 'backup.tested');
  const age = tested === undefined ? undefined : daysBetween(tested, today);
  const { restoreAge = longAgo * daySeconds } = linked.system.settings ?? {};
  const isFine = tested === undefined ? written !== undefined : age === undefined || age * daySeconds <= restoreAge;
  const place = written ?? keyPlace(linked.origins, element, 'backup', 'key') ?? keyPlace(linked.origins, element, 'backup.restore');
  if (isFine || !place) return;
  const when = age === undefined ? l10n.t('nobody says when it was last tried (`tested`)') : l10n.t('it was last tried {0} days ago', age);
  yield {
    message: l10n.t(
      '{0} counts on restoring {1} in {2}, and {3}; a backup is worth what its restore has proved.',
      objective.journey,
      name,
      secondsText(restore),
      when,
    ),
    place,
    subject: name,
    related: relatedJourneys(linked, [objective.journey], (journey) => l10n.t('{0} needs {1}', journey, name)),
  };
}

/** Whole days from one date to another (YYYY-MM-DD); undefined where one of them is not known. */
function daysBetween(from: string, to: string | undefined): number | undefined {
  const days = (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / day;
  return Number.isFinite(days) ? Math.round(days) : undefined;
}
