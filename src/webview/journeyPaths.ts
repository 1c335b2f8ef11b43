import { type Graph, shownBy } from '../layout/graph';
import type { Caption } from '../layout/protocol';
import { type ElementId, elementId } from '../model/origin';
import { journeyPath } from '../model/paths';
import type { System } from '../model/system';
import { standInsOf } from './standIns';

/** A journey as its chip says it. */
export interface JourneyChip {
  readonly name: string;
  readonly figure: string;
  readonly detail: string;
}

export function chipsOf(system: System, captions: readonly Caption[]): readonly JourneyChip[] {
  const texts = new Map(captions.map((caption) => [caption.element, caption]));
  return [...system.journeys.keys()].map((name) => {
    const caption = texts.get(elementId('journey', name));
    return { name, figure: caption?.text ?? '', detail: caption?.detail ?? '' };
  });
}

/** What is lit for a journey: what stands for several things is lit with any of them. Undefined where there is no such journey. */
export function pathOn(graph: Graph, system: System, name: string): ReadonlySet<ElementId> | undefined {
  const journey = system.journeys.get(name);
  if (!journey) return undefined;
  const path = journeyPath(system, journey);
  const calls = new Set(path.calls.map(({ id }) => id));
  const edges = graph.edges.filter((edge) => edge.calls.some((call) => calls.has(call)));
  const standIns = standInsOf(graph);
  const components = [...path.components].map((component) => elementId('component', component));
  return new Set([
    ...components.flatMap((component) => [component, ...(standIns.get(component) ?? [])]),
    ...edges.flatMap((edge) => [shownBy(edge), edge.from, edge.to]),
  ]);
}
