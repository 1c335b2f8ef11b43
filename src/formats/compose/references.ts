import * as l10n from '@vscode/l10n';
import type { Problem } from '../../model/problem';
import type { Files } from '../fragment';
import { mostSimilar } from '../shared/similar';
import { defaultBase } from './group';
import { folderOf } from './paths';
import type { Project } from './project';
import type { Reference, Service } from './service';

/** `depends_on`, `links` and `network_mode` entries that name no service of the project: compose refuses those. */
export function unknownReferences(services: readonly Service[], project: Project, files: Files): readonly Problem[] {
  const known = new Set(services.flatMap(({ name, aliases }) => [name, ...aliases]));
  const unknown = services.flatMap((service): Reference[] => [
    ...service.startsAfter.filter(({ name, required }) => required && !known.has(name)),
    ...(service.inside && !known.has(service.inside.name) && service.inside.name.trim() !== '' ? [service.inside] : []),
  ]);
  // What stands in a part that cannot be read is not missing.
  if (unknown.length === 0 || project.unsound.size > 0 || isPartOfAnother(services, unknown, project, files)) return [];
  return unknown.map(({ name, place }) => {
    const similar = mostSimilar(name, known);
    const message = l10n.t('There is no service `{0}` in this project.', name);
    if (similar === undefined) return { rule: 'unknown-reference', message, place };
    const fix = { title: l10n.t('Change to `{0}`', similar), changes: [{ ...place, text: similar }], safe: false };
    return { rule: 'unknown-reference', message, place, suggestions: [fix] };
  });
}

/**
 * A file made to be laid over another one is no project of its own: services without image and build, and names that
 * the project of a folder above has.
 */
function isPartOfAnother(services: readonly Service[], unknown: readonly Reference[], project: Project, files: Files): boolean {
  if (services.some(({ declared }) => !['image', 'build', 'extends'].some((key) => declared.node.entries.has(key)))) return true;
  let folder = project.folder;
  for (let i = 0; i < 4 && folder !== ''; i++) {
    const base = defaultBase(folder, files);
    const text = base === undefined || project.files.includes(base) ? undefined : files.read(base);
    if (text !== undefined && unknown.some(({ name }) => text.includes(`\n  ${name}:`) || text.includes(`\n    ${name}:`))) return true;
    folder = folderOf(folder);
  }
  return false;
}
