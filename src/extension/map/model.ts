import { captionsOf, marksOf, subjectOf } from '../../language/pictureNotes';
import type { SystemView } from '../../language/view';
import type { MapModel } from '../../layout/protocol';
import type { ElementId } from '../../model/origin';
import { pack } from '../../model/transfer';
import type { Finding } from '../../rules/rule';

/** A system as the map shows it: without a version, which whoever sends it counts. */
export function mapModel(view: SystemView, note: string | undefined): Omit<MapModel, 'version'> {
  return {
    system: pack(view.linked.system),
    marks: marksOf(view),
    captions: captionsOf(view),
    ...(note === undefined ? {} : { note }),
  };
}

/** The findings that the map marks an element with. */
export function findingsOn(view: SystemView, elements: ReadonlySet<ElementId>): readonly Finding[] {
  return view.findings.filter((finding) => {
    const subject = subjectOf(view, finding);
    return subject !== undefined && elements.has(subject);
  });
}
