import type { Problem } from '../../model/problem';
import type { Files, Format, Fragment } from '../fragment';
import { joined, touches } from '../shared/spans';
import { elementsOf, mentionsOf } from './elements';
import { groupOf } from './group';
import { keepProject } from './keep';
import { folderOf, nameOf } from './paths';
import { loadProject, type Project } from './project';
import { isComposeFile } from './recognise';
import { unknownReferences } from './references';
import { readService } from './service';
import { systemOf } from './system';

/** Docker Compose: services, what they run, and what their configuration shows of who calls whom. */
export const composeFormat: Format = {
  id: 'compose',
  recognises: isComposeFile,
  group: groupOf,
  read: readProject,
};

function readProject(group: readonly string[], files: Files, previous?: Fragment): Fragment {
  const project = loadProject(group, files);
  const services = [...project.services.values()].map((declared) => readService(declared, project, files));
  const system = systemOf(project, services, files);
  const elements = elementsOf(system);
  const main = group[0] ?? '';
  const name = systemName(project, main);
  const others = elements.map(({ origin }) => origin.file).filter((file) => !project.files.includes(file));
  const fragment: Fragment = {
    format: 'compose',
    files: [...new Set([...project.files, ...others])],
    ...(name && { system: name.text, ...(name.place && { systemPlace: name.place }) }),
    elements,
    mentions: mentionsOf(system),
    includes: [],
    ignores: project.ignores,
    problems: [...soundProblems(project), ...unknownReferences(services, project, files)],
    // Spans of other files mean nothing in the main one; that something is unsound is said all the same.
    unsound: project.unsound.get(main) ?? (project.unsound.size > 0 ? [{ start: 0, end: 0 }] : []),
  };
  const texts = new Map(project.files.map((file) => [file, files.read(file) ?? '']));
  return keepProject(fragment, project, texts, previous);
}

/** Without what is only said of a part that could not be read: that is reported already. */
function soundProblems({ problems, unsound }: Project): readonly Problem[] {
  const stretches = new Map([...unsound].map(([file, spans]) => [file, joined(spans)]));
  return problems.filter(({ rule, place }) => rule === 'syntax' || !touches(stretches.get(place.file) ?? [], place.span));
}

/** `name:` at the top; else, for a file that is not its folder's base, the folder's name with what tells it apart. */
function systemName(project: Project, path: string): { text: string; place?: NonNullable<Project['name']>['place'] } | undefined {
  if (project.name) return project.name;
  const word = /^(?:(?:docker-)?compose[.-]?)?(.*)\.ya?ml$/i.exec(nameOf(path))?.[1] ?? '';
  const folder = nameOf(folderOf(path));
  return word === '' || folder === '' ? undefined : { text: `${folder}-${word}` };
}
