import { captionsOf, marksOf } from '../language/pictureNotes';
import { SystemView } from '../language/view';
import { directionFor } from '../layout/direction';
import type { Graph, GraphOptions } from '../layout/graph';
import { entriesOf, flowing, graphOf } from '../layout/graphOf';
import { layoutPicture, type Picture } from '../layout/picture';
import type { Severity } from '../rules/rule';
import type { LinkedSystem } from '../workspace/linked';
import type { Loaded } from './systems';

/** What a picture is seen on: a page, or a window in front of it. In pixels. */
const page = { width: 1120, height: 800 };

/** A system as the map shows it. */
export interface Drawn {
  readonly name: string;
  readonly graph: Graph;
  readonly picture: Picture;
}

/** Lays out a system's picture. Rejects when the layouter fails, which is a bug. */
export async function drawn(view: SystemView, shown: Pick<GraphOptions, 'view'> = {}): Promise<Drawn> {
  // Only here, for most commands need no layouter.
  const { default: Elk } = await import('elkjs/lib/elk.bundled.js');
  const { system } = view.linked;
  const whole = graphOf(system, marksOf(view), captionsOf(view), { startup: true, telemetry: true, ...shown });
  const direction = directionFor(whole, page);
  const graph = flowing(whole, direction);
  const options = { direction, entries: entriesOf(system) };
  return { name: system.name, graph, picture: await layoutPicture(graph, new Elk(), options) };
}

/** What is known of a system, without an editor around it. */
export function viewOf(linked: LinkedSystem, { read, configured }: Pick<Loaded, 'read' | 'configured'>): SystemView {
  return new SystemView(linked, {
    uri: (path) => path,
    text: read,
    rulePage: () => undefined,
    severities: (folder) => configured.of(folder)?.severities ?? new Map<string, Severity>(),
    today: () => new Date().toISOString().slice(0, 10),
    failed: (doing, error) => {
      throw new Error(doing, { cause: error });
    },
  });
}
