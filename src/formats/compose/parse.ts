import * as l10n from '@vscode/l10n';
import type { Problem } from '../../model/problem';
import type { Place, Span } from '../../model/text';
import type { Ignore } from '../fragment';
import { ignoresOf } from '../shared/ignores';
import { innerSpan, isEmpty, type YamlEntry, type YamlMap, type YamlNode, type YamlScalar } from '../shared/yamlNodes';
import { parseYaml } from '../shared/yamlParse';
import { syntaxProblems, type YamlText } from '../shared/yamlText';
import type { Entry, Mapping, MergeTag, Node, Scalar } from './tree';

/** A YAML file as a tree, with what is wrong with it. */
export interface ParsedFile {
  readonly root: Node | undefined;
  readonly problems: readonly Problem[];
  readonly unsound: readonly Span[];
  readonly ignores: readonly Ignore[];
}

/** Anchors may be used many times over; beyond this many nodes nothing more is copied. */
const mostEntries = 100_000;
/** Past so many problems of structure nobody reads on. */
const mostProblems = 100;

/** The files parsed last, so that what did not change is not parsed again while somebody types in another file. */
const recent = new Map<string, { readonly text: string; readonly yaml: YamlText; readonly parsed: ParsedFile }>();
const mostRecent = 100;

/** Parses a file. Never throws. A template that is not YAML before somebody renders it is called one, once. */
export function parseFile(file: string, text: string): ParsedFile {
  const before = recent.get(file);
  if (before) recent.delete(file);
  const yaml = before?.text === text ? before.yaml : parseYaml(text, before?.yaml);
  const parsed = before?.text === text ? before.parsed : parsedFile(file, text, yaml);
  recent.set(file, { text, yaml, parsed });
  const oldest = recent.keys().next().value;
  if (recent.size > mostRecent && oldest !== undefined) recent.delete(oldest);
  return parsed;
}

function parsedFile(file: string, text: string, yaml: YamlText): ParsedFile {
  const builder = new TreeBuilder(file, text);
  const root = builder.tree(yaml.root);
  const ignores = ignoresOf(file, text, yaml.root);
  const template = yaml.errors.length > 0 ? /\{\{|\{%/.exec(text) : null;
  if (!template)
    return { root, problems: [...syntaxProblems(file, yaml).map(forwards), ...builder.problems], unsound: yaml.unsound, ignores };
  const span = { start: template.index, end: template.index + 2 };
  const message = l10n.t('This is a template: it becomes YAML when `{0}` is filled in. What is sound without that is read.', template[0]);
  return { root, problems: [problem('syntax', message, { file, span })], unsound: [{ start: 0, end: text.length }], ignores };
}

/** A stretch never ends before it starts, whatever an error says of itself. */
function forwards(found: Problem): Problem {
  const { file, span } = found.place;
  return span.end >= span.start ? found : { ...found, place: { file, span: { start: span.end, end: span.start } } };
}

function problem(rule: Problem['rule'], message: string, place: Place): Problem {
  return { rule, message, place };
}

class TreeBuilder {
  readonly problems: Problem[] = [];
  readonly #file: string;
  readonly #text: string;
  readonly #done = new Map<YamlNode, Node>();
  #entries = 0;

  constructor(file: string, text: string) {
    this.#file = file;
    this.#text = text;
  }

  tree(node: YamlNode | undefined): Node | undefined {
    return node && this.#node(node);
  }

  #node(node: YamlNode): Node {
    const before = this.#done.get(node);
    if (before) return before;
    const made = this.#make(node);
    this.#done.set(node, made);
    return made;
  }

  #make(node: YamlNode): Node {
    switch (node.kind) {
      case 'scalar':
        return this.#scalar(node);
      case 'list':
        return { kind: 'list', items: node.items.map((item) => this.#node(item)), place: this.#place(node.span), ...this.#tag(node.span) };
      case 'map':
        return this.#map(node);
      case 'alias':
        if (node.target) return this.#node(node.target);
        this.problems.push(
          problem('unknown-reference', l10n.t('There is no anchor `&{0}` above this.', node.name), this.#place(node.span)),
        );
        return this.#broken(node.span);
      case 'broken':
        return this.#broken(node.span);
    }
  }

  #scalar(node: YamlScalar): Scalar {
    const inner = innerSpan(node);
    return {
      kind: 'scalar',
      text: node.text,
      empty: isEmpty(node),
      place: this.#place(node.span),
      source: { text: this.#text.slice(inner.start, inner.end), start: inner.start },
      ...this.#tag(node.span),
    };
  }

  #broken(span: Span): Scalar {
    const source = { text: this.#text.slice(span.start, span.end), start: span.start };
    return { kind: 'scalar', text: '', empty: true, broken: true, place: this.#place(span), source };
  }

  #map(node: YamlMap): Mapping {
    const entries = new Map<string, Entry>();
    const merged: YamlEntry[] = [];
    for (const entry of node.entries) {
      if (entry.key === '<<') {
        merged.push(entry);
      } else if (entries.has(entry.key)) {
        if (this.problems.length >= mostProblems) continue;
        const message = l10n.t('`{0}` is given twice; the first one counts here, and docker compose refuses the file.', entry.key);
        this.problems.push(problem('duplicate-name', message, this.#place(entry.keySpan)));
      } else {
        entries.set(entry.key, { key: entry.key, keyPlace: this.#place(entry.nameSpan), value: this.#node(entry.value) });
      }
    }
    for (const entry of merged) this.#merge(entries, entry.value);
    return { kind: 'map', entries, place: this.#place(node.span), ...this.#tag(node.span) };
  }

  /** `<<: *anchor` or `<<: [*a, *b]`: what is written, or comes first, wins. */
  #merge(entries: Map<string, Entry>, value: YamlNode): void {
    const sources = value.kind === 'list' ? value.items : [value];
    for (const source of sources) {
      const node = this.#node(source);
      if (node.kind === 'map') {
        for (const [key, entry] of node.entries) {
          if (entries.has(key) || ++this.#entries > mostEntries) continue;
          entries.set(key, entry);
        }
      } else if (node.kind !== 'scalar' || !node.broken) {
        const message =
          node.kind === 'list'
            ? l10n.t('A merge key takes maps, and this is a list: docker compose refuses the file.')
            : l10n.t('A merge key takes maps, and this is a single value: docker compose refuses the file.');
        this.problems.push(problem('invalid-value', message, this.#place(source.span)));
      }
    }
  }

  /** `!reset` or `!override` in front of a value. */
  #tag(span: Span): { tag?: MergeTag } {
    const found = /!(reset|override)\s*(?:&\S+\s*)?$/.exec(this.#text.slice(Math.max(0, span.start - 40), span.start))?.[1];
    const inside = /^[ \t]*!(reset|override)\b/.exec(this.#text.slice(span.start, span.start + 20))?.[1];
    const tag = found ?? inside;
    return tag === 'reset' || tag === 'override' ? { tag } : {};
  }

  #place(span: Span): Place {
    return { file: this.#file, span };
  }
}
