import { figuresText } from '../../language/codeLens';
import { pairText } from '../../language/figureText';
import { elementAt } from '../../language/locate';
import { costText, lossText } from '../../language/loss';
import type { SystemView } from '../../language/view';
import type { Caption, MapModel, Mark } from '../../layout/protocol';
import { kindOf } from '../../model/defaults';
import { type ElementId, type ElementKind, elementId } from '../../model/origin';
import { pack } from '../../model/transfer';
import { availabilityText, downtimeText } from '../../model/words';
import type { Finding } from '../../rules/rule';

/** A system as the map shows it: without a version, which whoever sends it counts. */
export function mapModel(view: SystemView, note: string | undefined): Omit<MapModel, 'version'> {
  return {
    system: pack(view.linked.system),
    marks: view.findings.flatMap((finding) => markOf(view, finding) ?? []),
    captions: [...componentCaptions(view), ...journeyCaptions(view)],
    ...(note === undefined ? {} : { note }),
  };
}

function markOf(view: SystemView, finding: Finding): Mark | undefined {
  const element = subjectOf(view, finding);
  return element && { element, rule: finding.rule, severity: finding.severity, message: finding.message };
}

const subjectKinds: readonly ElementKind[] = ['call', 'component', 'zone', 'region', 'sharedFate', 'journey', 'scenario', 'policy'];

/** The element that a finding is about: what its subject names, and of several the one in whose entry it stands. */
function subjectOf(view: SystemView, { subject, place }: Finding): ElementId | undefined {
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
