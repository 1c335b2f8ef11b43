import type { Together } from '../../analysis/availability/together';
import type { Blast, Contribution, Figure, JourneyFigures, Point } from '../../analysis/figures';
import type { ComponentLoad } from '../../analysis/load/figures';
import type { Recovered, RecoveryLoss, RecoveryTime } from '../../analysis/recovery/figures';
import { memberText } from '../../language/eventText';
import type { Review } from '../../language/report/review';
import type { System } from '../../model/system';
import type { Availability } from '../../model/units';
import { periods } from '../../model/words';

/**
 * A system as `availability --format json` prints it. Fields that have no value are left out; a number that JSON has
 * no word for (no bound, never, nothing left) is null.
 */
export function systemJson(review: Review): object {
  const { system, figures } = review;
  return {
    name: system.name,
    ...(figures.up ? { up: exactly(figures.up).up, unavailable: exactly(figures.up).down } : {}),
    journeys: figures.journeys.map((journey) => journeyJson(review, journey)),
    ...(figures.unknown.length > 0 ? { unknown: figures.unknown } : {}),
    blast: figures.blast.filter(({ stops, degrades }) => stops.length + degrades.length > 0).map(blastJson),
    recovery: review.recovery.map(recoveryJson),
    load: [...review.load.components].flatMap(([name, load]) => loadJson(name, load)),
  };
}

/** A point by the name that JSON uses: a component's own, else `zone a`. */
export function pointName(point: Point): string {
  return point.kind === 'component' ? point.name : `${point.kind} ${point.name}`;
}

/** The fields of one figure; the exact ones are null where there are only bounds. */
function exactly(figure: Figure): Availability | { readonly up: null; readonly down: null } {
  return figure.exact ? figure.value : { up: null, down: null };
}

function journeyJson({ system, fixes, ways, together }: Review, figures: JourneyFigures): object {
  const name = figures.journey;
  const up = exactly(figures.up);
  const guarded = exactly(figures.protected);
  const full = exactly(figures.fullyFeatured);
  const way = ways.get(name);
  return {
    name,
    up: up.up,
    unavailable: up.down,
    lower: figures.up.exact ? up.up : figures.up.lower.up,
    upper: figures.up.exact ? up.up : figures.up.upper.up,
    exact: figures.up.exact,
    downtimeHoursPerYear: up.down === null ? null : up.down * periods.year,
    ...(figures.objective ? { objective: figures.objective.up } : {}),
    ...(figures.budgetSpent === undefined ? {} : { budgetSpent: figures.budgetSpent }),
    protected: guarded.up,
    unavailableProtected: guarded.down,
    fullyFeatured: full.up,
    notFullyFeatured: full.down,
    expectedSuccess: figures.expectedSuccess ?? null,
    singlePoints: figures.singlePoints.map(pointName),
    together: (together.get(name) ?? []).map((one) => togetherJson(one, system)),
    importance: figures.contributions.map(importanceJson),
    fixes: (fixes.get(name) ?? []).map(({ fix, hoursPerYear }) => ({
      title: fix.title,
      subject: fix.subject,
      kind: fix.kind,
      savesHoursPerYear: hoursPerYear,
    })),
    ...(way && way.fixes.length > 0
      ? {
          shortestWay: {
            fixes: way.fixes.map(({ title, subject }) => ({ title, subject })),
            savesHoursPerYear: way.hoursPerYear,
            fewest: way.fewest,
          },
        }
      : {}),
    assumptions: figures.assumptions.map(({ subject, text, hoursPerYear }) => ({ subject, text, hoursPerYear })),
  };
}

function importanceJson({ point, ...rest }: Contribution): object {
  return { subject: pointName(point), ...Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, finite(value)])) };
}

function togetherJson(together: Together, system: System): object {
  return {
    members: together.members.map((member) => memberText(member, system)),
    cutSets: together.sets,
    probability: together.probability,
  };
}

function blastJson({ point, stops, degrades, stoppedRate, degradedRate }: Blast): object {
  return { subject: pointName(point), stops, degrades, stoppedRate, degradedRate };
}

function recoveryJson(recovered: Recovered): object {
  const { subject, loss, rto, rpo, rtoObjective, rpoObjective, rtoMet, rpoMet, assumed } = recovered;
  return {
    subject,
    loss: lossName(loss),
    ...(rto === undefined ? {} : { rto: timeJson(rto) }),
    ...(rpo === undefined ? {} : { rpo: timeJson(rpo) }),
    ...(rtoObjective ? { rtoObjective: rtoObjective.seconds } : {}),
    ...(rpoObjective ? { rpoObjective: rpoObjective.seconds } : {}),
    ...(rtoMet === undefined ? {} : { rtoMet }),
    ...(rpoMet === undefined ? {} : { rpoMet }),
    ...(assumed.length > 0 ? { assumed } : {}),
  };
}

function lossName(loss: RecoveryLoss): string {
  return loss.kind === 'zone' || loss.kind === 'region' ? `${loss.kind} ${loss.name}` : loss.kind;
}

function timeJson(time: RecoveryTime): number | null {
  return typeof time === 'number' ? time : null;
}

/** Nothing where nothing is known. */
function loadJson(subject: string, load: ComponentLoad): readonly object[] {
  const { arrivals, holding, slots, utilisation, utilisationOneDown, utilisationZoneDown: zone, waiting, amplification, assumed } = load;
  const known = { arrivals, holding, slots, amplification, utilisation, utilisationOneDown, waiting };
  const fields = Object.entries(known).flatMap(([key, value]) => (value === undefined ? [] : [[key, finite(value)] as const]));
  if (arrivals === undefined && (amplification ?? 1) === 1) return [];
  return [
    {
      subject,
      ...Object.fromEntries(fields),
      ...(zone ? { utilisationZoneDown: finite(zone.value), worstZone: zone.zone } : {}),
      ...(assumed ? { assumed } : {}),
    },
  ];
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
