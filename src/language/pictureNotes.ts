import { kindOf } from '../model/defaults';
import { type ElementId, type ElementKind, elementId } from '../model/origin';
import { availabilityText, downtimeText } from '../model/words';
import type { Finding } from '../rules/rule';
import { figuresText } from './codeLens';
import { pairText } from './figureText';
import { elementAt } from './locate';
import { costText, lossText } from './loss';
import type { SystemView } from './view';

/** A finding at the element of a picture that it is about. */
interface Mark {
  readonly element: ElementId;
  readonly rule: string;
  readonly severity: Finding['severity'];
  readonly message: string;
}

/** What a picture says of an element: one short line, and more for who asks. */
interface Caption {
  readonly element: ElementId;
  readonly text: string;
  readonly detail: string;
}

/** The findings of a system for its picture. */
export function marksOf(view: SystemView): readonly Mark[] {
  return view.findings.flatMap((finding) => markOf(view, finding) ?? []);
}

/** The figures of components and journeys for the system's picture. */
export function captionsOf(view: SystemView): readonly Caption[] {
  return [...componentCaptions(view), ...journeyCaptions(view)];
}

/** A finding for the picture, at what it is about; undefined for one about nothing that has a place. */
export function markOf(view: SystemView, finding: Finding): Mark | undefined {
  const element = subjectOf(view, finding);
  return element && { element, rule: finding.rule, severity: finding.severity, message: finding.message };
}

const subjectKinds: readonly ElementKind[] = ['call', 'component', 'zone', 'region', 'sharedFate', 'journey', 'scenario', 'policy'];

/** The element that a finding is about: what its subject names, and of several the one in whose entry it stands. */
export function subjectOf(view: SystemView, { subject, place }: Finding): ElementId | undefined {
  const { linked } = view;
  const here = elementAt(linked, place.file, place.span.start)?.element;
  const named = subjectKinds.map((kind) => elementId(kind, subject)).filter((id) => linked.origins.has(id) || isCall(view, id));
  return named.find((id) => id === here) ?? named[0] ?? here;
}

function isCall(view: SystemView, id: ElementId): boolean {
  return view.linked.system.calls.some((call) => elementId('call', call.id) === id);
}

function componentCaptions(view: SystemView): readonly Caption[] {
  return [...view.linked.system.components.values()].flatMap((component): readonly Caption[] => {
    const figures = view.components.get(component.name);
    if (!figures || component.telemetry || kindOf(component) === 'client') return [];
    const { replica: one, whole } = figures;
    const point = { kind: 'component', name: component.name } as const;
    const detail = [
      `${availabilityText(whole)}, ${downtimeText(whole.down)}`,
      `one replica ${availabilityText(one.value)}${one.assumed ? ' (assumed)' : ''}`,
      lossText(view, point),
      costText(view, point),
    ];
    return [
      {
        element: elementId('component', component.name),
        text: `${one.assumed ? '≈ ' : ''}${availabilityText(whole)}`,
        detail: detail.filter((line) => line !== undefined).join('\n'),
      },
    ];
  });
}

function journeyCaptions(view: SystemView): readonly Caption[] {
  return view.figures.journeys.map((figures) => ({
    element: elementId('journey', figures.journey),
    text: figuresText(figures),
    detail: pairText(figures),
  }));
}
