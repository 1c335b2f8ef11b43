import { analyse } from '../analysis/analyse';
import type { Figure, JourneyFigures, Point, SystemFigures } from '../analysis/figures';
import type { System } from '../model/system';
import type { Availability } from '../model/units';
import { availabilityText, downtimeText, hoursText, listText, periods } from '../model/words';
import type { Options } from './options';
import { type Paint, painter, table } from './print';
import { loadSystems } from './systems';

/** `faultline availability`: the journeys' figures and single points. */
export function runAvailability(options: Options): { readonly text: string; readonly status: number } {
  const systems = loadSystems(options).systems.map(({ system }) => ({ system, figures: analyse(system) }));
  const text =
    options.format === 'json'
      ? JSON.stringify({ version: 1, systems: systems.map(({ system, figures }) => systemJson(system, figures)) }, null, 2)
      : systems.map(({ system, figures }) => systemText(system, figures, painter(options))).join('\n\n');
  return { text, status: 0 };
}

/** A point by the name that JSON and messages use: a component's own, else `zone a`. */
function pointName(point: Point): string {
  return point.kind === 'component' ? point.name : `${point.kind} ${point.name}`;
}

/** The fields of one figure; the exact ones are null where there are only bounds. */
function exactly(figure: Figure): Availability | { readonly up: null; readonly down: null } {
  return figure.exact ? figure.value : { up: null, down: null };
}

function systemJson(system: System, figures: SystemFigures): object {
  return {
    name: system.name,
    ...(figures.up ? { up: exactly(figures.up).up, unavailable: exactly(figures.up).down } : {}),
    journeys: figures.journeys.map(journeyJson),
    ...(figures.unknown.length > 0 ? { unknown: figures.unknown } : {}),
  };
}

function journeyJson(figures: JourneyFigures): object {
  const up = exactly(figures.up);
  const guarded = exactly(figures.protected);
  const full = exactly(figures.fullyFeatured);
  return {
    name: figures.journey,
    up: up.up,
    unavailable: up.down,
    lower: figures.up.exact ? up.up : figures.up.lower.up,
    upper: figures.up.exact ? up.up : figures.up.upper.up,
    exact: figures.up.exact,
    downtimeHoursPerYear: up.down === null ? null : up.down * periods.year,
    ...(figures.objective ? { objective: figures.objective.up } : {}),
    protected: guarded.up,
    unavailableProtected: guarded.down,
    fullyFeatured: full.up,
    notFullyFeatured: full.down,
    singlePoints: figures.singlePoints.map(pointName),
    importance: figures.contributions.map(({ point, birnbaum, hoursPerYear }) => ({ subject: pointName(point), birnbaum, hoursPerYear })),
    assumptions: figures.assumptions.map(({ subject, text }) => ({ subject, text })),
  };
}

/** `99.83%`, or `99.81% to 99.85%` where there are only bounds. */
function figureText(figure: Figure): string {
  return figure.exact ? availabilityText(figure.value) : `${availabilityText(figure.lower)} to ${availabilityText(figure.upper)}`;
}

function downOf(figure: Figure): string {
  if (figure.exact) return downtimeText(figure.value.down);
  return `${hoursText(figure.upper.down * periods.year)} to ${downtimeText(figure.lower.down)}`;
}

function systemText(system: System, figures: SystemFigures, paint: Paint): string {
  const lines = [paint('bold', system.name)];
  const rows = figures.journeys.map((journey) => [
    `  ${journey.journey}`,
    figureText(journey.up),
    downOf(journey.up),
    figureText(journey.protected),
    figureText(journey.fullyFeatured),
    objectiveText(journey, paint),
  ]);
  if (rows.length > 0) {
    const head = ['  journey', 'up', 'downtime', 'with deadlines', 'fully featured', 'objective'].map((cell) => paint('dim', cell));
    lines.push(table([head, ...rows], [1, 2, 3, 4]));
  }
  for (const journey of figures.journeys) lines.push('', ...journeyText(journey, paint));
  for (const { journey, reason } of figures.unknown) lines.push('', `  ${journey}: no figure, ${reason}`);
  return lines.join('\n');
}

function objectiveText({ objective, up }: JourneyFigures, paint: Paint): string {
  if (!objective) return '-';
  const text = availabilityText(objective);
  const met = up.exact
    ? up.value.down <= objective.down
    : up.lower.down <= objective.down
      ? true
      : up.upper.down > objective.down
        ? false
        : undefined;
  if (met === undefined) return `${text}, within the bounds`;
  return met ? paint('green', `${text} met`) : paint('red', `${text} missed`);
}

function journeyText(journey: JourneyFigures, paint: Paint): readonly string[] {
  const lines = [`  ${paint('bold', journey.journey)}`];
  const points = journey.singlePoints.map(pointName);
  lines.push(`    single points: ${points.length > 0 ? listText(points, 12) : 'none'}`);
  const most = journey.contributions.filter(({ hoursPerYear }) => hoursPerYear > 0).slice(0, 5);
  if (most.length > 0) {
    lines.push(
      `    costs most:    ${most.map(({ point, hoursPerYear }) => `${pointName(point)} ${hoursText(hoursPerYear)}/yr`).join(', ')}`,
    );
  }
  const assumed = journey.assumptions.filter(({ hoursPerYear }) => hoursPerYear > 0).map(({ subject, text }) => `${subject}: ${text}`);
  if (assumed.length > 0) lines.push(`    assumed:       ${listText(assumed, 4)}`);
  return lines;
}
