import type { Files } from '../fragment';
import { readDotenv } from './dotenv';
import { folderOf, nameOf, resolvePath } from './paths';
import type { Project } from './project';
import type { Service } from './service';
import { child, type Node, type Scalar, scalarChild } from './tree';

/** One environment variable of a container, with the scalar that its value stands in. */
export interface Variable {
  readonly key: string;
  readonly value: Scalar;
  /** The `env_file` that sets it. */
  readonly file?: string;
}

/** What newcomers copy to the file that is asked for. */
const examples = ['.example', '.sample', '.template', '.dist'];

/**
 * The environment of a container: what its Dockerfile sets, its `env_file`s in order, and `environment` over them. An entry without a value
 * is passed on from the project's `.env`, and is left out where that does not set it.
 */
export function environmentOf(service: Service, project: Project, files: Files): ReadonlyMap<string, Variable> {
  const { node } = service.declared;
  const found = new Map<string, Variable>((service.dockerfile?.environment ?? []).map((variable) => [variable.key, variable]));
  const envFiles = child(node, 'env_file');
  for (const item of envFiles?.kind === 'list' ? envFiles.items : []) {
    for (const variable of fromFile(item, project, files, found)) found.set(variable.key, variable);
  }
  const environment = child(node, 'environment');
  if (environment?.kind !== 'map') return found;
  for (const { key, keyPlace, value } of environment.entries.values()) {
    if (value.kind !== 'scalar' || value.broken) continue;
    const text = value.empty ? project.variable(key) : value.text;
    if (text === undefined) continue;
    const place = value.empty ? keyPlace : value.place;
    found.set(key, { key, value: { ...value, text, place } });
  }
  return found;
}

function fromFile(item: Node, project: Project, files: Files, before: ReadonlyMap<string, Variable>): readonly Variable[] {
  const path = item.kind === 'scalar' ? item : scalarChild(item, 'path');
  if (path?.kind !== 'scalar' || path.text === '') return [];
  const wanted = resolvePath(project.folderFor(path.place.file), path.text);
  const beside = files.list(folderOf(wanted));
  const example = examples.map((end) => `${nameOf(wanted)}${end}`).find((name) => beside.includes(name));
  const file = example === undefined || beside.includes(nameOf(wanted)) ? wanted : `${folderOf(wanted)}/${example}`;
  const text = files.read(file);
  if (text === undefined) return [];
  const lines = readDotenv(text, (name) => project.variable(name) ?? before.get(name)?.value.text);
  return [...lines].map(([key, line]) => {
    const source = { text: text.slice(line.span.start, line.span.end), start: line.span.start };
    return { key, file, value: { kind: 'scalar', text: line.text, empty: false, place: { file, span: line.span }, source } };
  });
}
