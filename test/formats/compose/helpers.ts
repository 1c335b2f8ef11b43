import { strict as assert } from 'node:assert';
import { composeFormat } from '../../../src/formats/compose/format';
import type { Files, Fragment } from '../../../src/formats/fragment';
import type { Component } from '../../../src/model/component';
import type { Place } from '../../../src/model/text';

/** Files in memory, by path below `/shop`. */
export function folder(texts: Readonly<Record<string, string>>): Files {
  const all = new Map(Object.entries(texts).map(([path, text]) => [`/shop/${path}`, text]));
  return {
    read: (path) => all.get(path),
    list: (path) => {
      const names = new Set<string>();
      for (const file of all.keys()) {
        if (!file.startsWith(`${path}/`)) continue;
        const [first = '', ...rest] = file.slice(path.length + 1).split('/');
        names.add(rest.length > 0 ? `${first}/` : first);
      }
      return [...names];
    },
  };
}

/** What was read of a project, in a form that is easy to compare. */
export interface ReadProject {
  readonly fragment: Fragment;
  readonly group: readonly string[];
  readonly components: ReadonlyMap<string, Component>;
  /** `a -> b` for requests, `a ~> b` for asynchronous ones, `a .. b` for start order, `a %% b` for telemetry; sorted. */
  readonly edges: readonly string[];
  textAt(place: Place): string;
  /** The text that shows an edge, given as `a -> b` whatever its role. */
  evidence(edge: string): string;
}

/** Reads the project of a file (of the compose file, when none is named). */
export function read(texts: Readonly<Record<string, string>> | string, path = 'compose.yaml'): ReadProject {
  const files = folder(typeof texts === 'string' ? { [path]: texts } : texts);
  const group = composeFormat.group(`/shop/${path}`, files);
  const fragment = composeFormat.read(group, files);
  const components = new Map<string, Component>();
  for (const element of fragment.elements)
    if (element.kind === 'component' && !components.has(element.name)) components.set(element.name, element.value);
  const textAt = ({ file, span }: Place): string => {
    const text = files.read(file);
    assert.ok(text !== undefined && span.start >= 0 && span.end <= text.length && span.start <= span.end, `a place outside of ${file}`);
    return text.slice(span.start, span.end);
  };
  const calls = fragment.elements.flatMap((element) => (element.kind === 'call' ? [element] : []));
  return {
    fragment,
    group: group.map((file) => file.replace('/shop/', '')),
    components,
    edges: calls
      .map(
        ({ value: { from, to, role, async } }) =>
          `${from} ${role === 'startup' ? '..' : role === 'telemetry' ? '%%' : async ? '~>' : '->'} ${to}`,
      )
      .sort(),
    textAt,
    evidence: (edge) => {
      const [from, , to] = edge.split(' ');
      const call = calls.find(({ value }) => value.from === from && value.to === to);
      assert.ok(call, `there is no edge ${edge}`);
      return textAt({ file: call.origin.file, span: call.origin.name });
    },
  };
}

/** The requests of one service among others, given its definition below `app:`. */
export function edgesOf(definition: string, others = 'db cache api'): readonly string[] {
  const rest = others.split(' ').map((name) => `  ${name}:\n    image: acme/${name}\n`);
  const app = definition
    .split('\n')
    .map((line) => `    ${line}\n`)
    .join('');
  return read(`services:\n  app:\n    image: acme/app\n${app}${rest.join('')}`).edges;
}
