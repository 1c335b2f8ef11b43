import * as l10n from '@vscode/l10n';
import type { JourneyFigures } from '../analysis/figures';
import { elementId, namePlace } from '../model/origin';
import type { Place } from '../model/text';
import { hoursText, perPeriodText } from '../model/words';
import type { Finding } from '../rules/rule';
import { cautious, figureDowntime, figureText, keeps, verdictText } from './figureText';
import { lossText } from './loss';
import type { SystemView } from './view';

/** What a line of the tree is about, for its picture. */
export type TreeIcon = 'system' | 'group' | 'kept' | 'missed' | 'journey' | 'error' | 'warning' | 'info' | 'hint' | 'component';

/** One line of the tree of systems. */
export interface TreeNode {
  /** Unique among its siblings, and the same from one version of the text to the next. */
  readonly id: string;
  readonly label: string;
  readonly description?: string;
  readonly tooltip?: string;
  readonly icon: TreeIcon;
  /** Where choosing it leads. */
  readonly place?: Place;
  readonly children: readonly TreeNode[];
}

/** A system as a tree: its journeys with their figures, its findings by rule, its components by the downtime they cause. */
export function systemTree(view: SystemView): TreeNode {
  const { system, origins } = view.linked;
  const { up } = view.figures;
  const place = namePlace(origins, elementId('system'));
  const groups = [journeyGroup(view), findingGroup(view), componentGroup(view)].filter(({ children }) => children.length > 0);
  return {
    id: `${view.linked.folder} ${system.name}`,
    label: system.name,
    ...(up ? { description: `${figureText(up)} · ${figureDowntime(up)}` } : {}),
    icon: 'system',
    ...(place ? { place } : {}),
    children: groups,
  };
}

function journeyGroup(view: SystemView): TreeNode {
  const children = [...view.figures.journeys].sort((a, b) => spent(b) - spent(a)).map((figures) => journeyNode(view, figures));
  return { id: 'journeys', label: l10n.t('Journeys'), icon: 'group', children };
}

/** How much of its budget a journey spends; those without an objective come last, by their downtime. */
function spent({ up, objective }: JourneyFigures): number {
  const { down } = cautious(up);
  return objective && objective.down > 0 ? 1 + down / objective.down : down;
}

function journeyNode({ linked }: SystemView, { journey, up, objective }: JourneyFigures): TreeNode {
  const place = namePlace(linked.origins, elementId('journey', journey)) ?? entryPlace(linked, journey);
  const kept = objective && keeps(up, objective);
  const verdict = objective && kept !== undefined ? [verdictText(objective, kept)] : [];
  return {
    id: journey,
    label: journey,
    description: [figureText(up), figureDowntime(up), ...verdict].join(' · '),
    icon: kept === undefined ? 'journey' : kept ? 'kept' : 'missed',
    ...(place ? { place } : {}),
    children: [],
  };
}

/** An implied journey stands where its entry does. */
function entryPlace(linked: SystemView['linked'], journey: string): Place | undefined {
  const entry = linked.system.journeys.get(journey)?.entry;
  return entry === undefined ? undefined : namePlace(linked.origins, elementId('component', entry));
}

const loudest = ['error', 'warning', 'info', 'hint'] as const;

function findingGroup({ findings }: SystemView): TreeNode {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings) {
    const list = byRule.get(finding.rule);
    if (list) list.push(finding);
    else byRule.set(finding.rule, [finding]);
  }
  const loudness = (list: readonly Finding[]): number => Math.min(...list.map(({ severity }) => loudest.indexOf(severity)));
  const children = [...byRule]
    .sort(([a, one], [b, other]) => loudness(one) - loudness(other) || (a < b ? -1 : 1))
    .map(
      ([rule, list]): TreeNode => ({
        id: rule,
        label: rule,
        description: String(list.length),
        icon: loudest[loudness(list)] ?? 'info',
        children: list.map((finding, i) => ({
          id: `${finding.subject} ${i}`,
          label: finding.subject,
          description: finding.message,
          tooltip: finding.message,
          icon: finding.severity,
          place: finding.place,
          children: [],
        })),
      }),
    );
  return { id: 'findings', label: l10n.t('Findings'), description: String(findings.length), icon: 'group', children };
}

const shownComponents = 50;
/** A second a year. */
const leastHours = 1 / 3600;

function componentGroup(view: SystemView): TreeNode {
  const hours = new Map<string, number>();
  for (const { contributions } of view.figures.journeys) {
    for (const { point, hoursPerYear } of contributions) {
      if (point.kind === 'component') hours.set(point.name, Math.max(hours.get(point.name) ?? 0, hoursPerYear));
    }
  }
  const sorted = [...hours].filter(([, cost]) => cost >= leastHours).sort(([, a], [, b]) => b - a);
  const children = sorted.slice(0, shownComponents).map(([name, cost]): TreeNode => {
    const place = namePlace(view.linked.origins, elementId('component', name));
    const tooltip = lossText(view, { kind: 'component', name });
    return {
      id: name,
      label: name,
      description: perPeriodText(hoursText(cost), 'year'),
      ...(tooltip === undefined ? {} : { tooltip }),
      icon: 'component',
      ...(place ? { place } : {}),
      children: [],
    };
  });
  const left = sorted.length - children.length;
  return {
    id: 'components',
    label: l10n.t('Components by the downtime they cause'),
    ...(left > 0 ? { description: l10n.t('the first {0} of {1} components', children.length, sorted.length) } : {}),
    icon: 'group',
    children,
  };
}

/** The journey that is worst off: of those that miss their objectives the one that does by most, else the least available. */
export function worstJourney(view: SystemView): JourneyFigures | undefined {
  let worst: JourneyFigures | undefined;
  for (const figures of view.figures.journeys) if (!worst || spent(figures) > spent(worst)) worst = figures;
  return worst;
}
