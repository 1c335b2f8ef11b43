import * as l10n from '@vscode/l10n';
import type { Range, TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { applyTextChanges } from '../editing/edit';
import { Sources } from '../editing/sources';
import type { Source } from '../editing/syntax';
import { elementId } from '../model/origin';
import type { Position } from '../model/text';
import { nameAt, touches } from './locate';
import { keepsMeaning, type Replaced } from './renameCheck';
import { type NamedKind, type ScalarAt, type Site, sitesOf } from './sites';
import type { SystemView } from './view';
import { isPlain, yamlText } from './yamlText';

/** Why a name stays as it is, in a sentence for the user. */
export interface Refusal {
  readonly refused: string;
}

/** The name under a caret, ready to be typed over. */
export interface Renameable {
  readonly range: Range;
  readonly placeholder: string;
}

interface Target {
  readonly kind: NamedKind;
  readonly name: string;
}

/** What is renamed at a caret, or why it is not. Undefined where there is no name of an element. */
export function prepareRename(view: SystemView, path: string, position: Position): Renameable | Refusal | undefined {
  const found = targetAt(view, path, position);
  if (!found) return undefined;
  const { target, span } = found;
  const refused = fixedName(view, target) ?? unreadable(view, target.name);
  const range = view.range(path, span);
  return refused === undefined ? range && { range, placeholder: target.name } : { refused };
}

/** Renames the element under the caret in all files of the system. */
export function rename(view: SystemView, path: string, position: Position, newName: string): WorkspaceEdit | Refusal | undefined {
  const found = targetAt(view, path, position);
  if (!found) return undefined;
  const { target } = found;
  const name = newName.trim();
  if (name === target.name) return { changes: {} };
  const refused = fixedName(view, target) ?? unreadable(view, target.name) ?? wrongName(view, target, name);
  return refused === undefined ? edited(view, target, name) : { refused };
}

/** The element whose name is under the caret. An implied journey has the name of its component, and goes with it. */
function targetAt(view: SystemView, path: string, position: Position) {
  const offset = view.offset(path, position);
  if (offset === undefined) return undefined;
  const site = sitesIn(view, path).find((one) => touches(one.span, offset));
  if (site) return { target: owner(view, site), span: site.span };
  // An alias of a name, or a file of another format.
  const name = nameAt(view.linked, path, offset);
  if (!name || name.kind === 'call' || name.kind === 'system' || name.kind === 'objectives') return undefined;
  return { target: owner(view, { kind: name.kind, name: name.name }), span: name.place.span };
}

function owner(view: SystemView, { kind, name }: Target): Target {
  const implied = kind === 'journey' ? view.linked.system.journeys.get(name) : undefined;
  return implied?.implied ? { kind: 'component', name: implied.entry } : { kind, name };
}

function sitesIn(view: SystemView, path: string): readonly Site[] {
  const source = nativeSource(view, path);
  return source ? sitesOf(source.root, source.text).all : [];
}

function nativeSource(view: SystemView, path: string): Source | undefined {
  return Sources.of(view.linked, (file) => view.host.text(file)).native(path);
}

/** Why this element cannot be renamed to anything. */
function fixedName(view: SystemView, { kind, name }: Target): string | undefined {
  if (kind === 'policy' && name === 'default')
    return l10n.t('The policy `default` holds for every call that names none. Under another name it would hold for none of them.');
  const { origins, mentions } = view.linked;
  const files = [
    ...(origins.get(elementId(kind, name)) ?? []).map((origin) => origin.file),
    ...mentions.filter((mention) => mention.kind === kind && mention.name === name).map(({ place }) => place.file),
  ];
  const foreign = files.find((file) => !nativeSource(view, file));
  if (foreign !== undefined)
    return l10n.t(
      '`{0}` is a name of {1}, where more depends on it than can be seen here. Rename it there by hand.',
      name,
      baseName(foreign),
    );
  const callee =
    kind === 'component' && /\s/.test(name) ? mentions.find((mention) => mention.kind === 'call' && isTo(mention.name, name)) : undefined;
  if (callee)
    return l10n.t(
      '{0} expects something of a call to `{1}`, where what follows a space is read as an operation. Take that out first.',
      baseName(callee.place.file),
      name,
    );
  if (origins.has(elementId(kind, name)) || kind === 'zone' || kind === 'region') return undefined;
  return l10n.t('Nothing declares {0} `{1}`, so there is nothing to rename.', kindText(kind), name);
}

/** Whether a call, as an expectation names it, may be one to this component. */
function isTo(call: string, name: string): boolean {
  const to = call.slice(call.indexOf(' -> ') + ' -> '.length);
  return to === name || to.startsWith(`${name} `);
}

/** A name that also stands in a part that cannot be read would be forgotten there. */
function unreadable(view: SystemView, name: string): string | undefined {
  for (const file of view.linked.files) {
    const source = nativeSource(view, file);
    if (source?.yaml.unsound.some(({ start, end }) => source.text.slice(start, end).includes(name)))
      return l10n.t('A part of {0} cannot be read as it stands, and `{1}` occurs in it. Correct that first.', baseName(file), name);
  }
  return undefined;
}

/** Why the element cannot have this name. */
function wrongName(view: SystemView, { kind, name: old }: Target, name: string): string | undefined {
  if (name === '') return l10n.t('A name is not empty.');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones that a name must not have.
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff]/.test(name)) return l10n.t('A name has no line breaks and no control characters.');
  if (/[\ud800-\udfff]/u.test(name)) return l10n.t('This name holds half a character.');
  if (kind === 'policy' && name === 'default')
    return l10n.t('A policy called `default` holds for every call that names none. That would change more than a name.');
  const { linked } = view;
  const taken = (other: NamedKind) =>
    linked.origins.has(elementId(other, name)) ||
    linked.mentions.some((mention) => mention.kind === other && mention.name === name) ||
    linked.files.some((file) => sitesIn(view, file).some((site) => site.kind === other && site.name === name));
  if (taken(kind)) return l10n.t('There is {0} `{1}` already.', kindText(kind), name);
  if (impliedBy(view, kind, old) && taken('journey')) return l10n.t('There is {0} `{1}` already.', kindText('journey'), name);
  return undefined;
}

/** Whether the component is the entry of a journey that nobody wrote and that has its name. */
function impliedBy(view: SystemView, kind: NamedKind, name: string): boolean {
  return kind === 'component' && view.linked.system.journeys.get(name)?.implied === true;
}

function edited(view: SystemView, { kind, name: old }: Target, name: string): WorkspaceEdit | Refusal {
  const alsoJourney = impliedBy(view, kind, old);
  const isMeant = (site: Target) => site.name === old && (site.kind === kind || (alsoJourney && site.kind === 'journey'));
  const changes: [string, TextEdit[]][] = [];
  for (const file of view.linked.files) {
    const source = nativeSource(view, file);
    if (!source) continue;
    const { all, mixed } = sitesOf(source.root, source.text);
    const replaced = replacements(all.filter(isMeant), name);
    for (const [start, { scalar }] of replaced) {
      if (mixed.has(start))
        return { refused: l10n.t('In {0} an alias uses `{1}` for something else too. Write it out first.', baseName(file), old) };
      if (scalar.block)
        return { refused: l10n.t('In {0} `{1}` is written as a block of text. Write it on one line first.', baseName(file), old) };
    }
    const texts = [...replaced.values()].map(({ scalar, printed: text }) => ({ file, span: scalar.span, text }));
    if (texts.length === 0) continue;
    if (!keepsMeaning(source, applyTextChanges(source.text, texts), replaced, isMeant, name))
      return { refused: l10n.t('`{0}` would be read as something else where `{1}` is used in {2}.', name, old, baseName(file)) };
    const edits = texts.flatMap(({ span, text }) => {
      const range = view.range(file, span);
      return range ? [{ range, newText: text }] : [];
    });
    changes.push([view.host.uri(file), edits]);
  }
  return { changes: Object.fromEntries(changes) };
}

/** The scalars that hold the name, by where they begin, with what they shall say. One may hold it twice: `a -> a`. */
function replacements(sites: readonly Site[], name: string): ReadonlyMap<number, Replaced> {
  const byScalar = new Map<number, Site[]>();
  for (const site of sites) {
    const list = byScalar.get(site.scalar.span.start);
    if (list) list.push(site);
    else byScalar.set(site.scalar.span.start, [site]);
  }
  const replaced = new Map<number, Replaced>();
  for (const [start, list] of byScalar) {
    const [first] = list;
    if (!first) continue;
    const { scalar } = first;
    const parts = [...new Map(list.map((site) => [site.from, site])).values()].sort((a, b) => b.from - a.from);
    const text = parts.reduce((sum, site) => sum.slice(0, site.from) + name + sum.slice(site.from + site.name.length), scalar.text);
    replaced.set(start, { scalar, text, printed: printed(scalar, text) });
  }
  return replaced;
}

/** In quotes where YAML needs them or where somebody wrote them without need; quotes that were needed go with the need. */
function printed({ quote, text: old }: ScalarAt, text: string): string {
  if (isPlain(text) && (quote === '' || !isPlain(old))) return text;
  return yamlText(text, quote === '' ? '"' : quote);
}

function kindText(kind: NamedKind): string {
  switch (kind) {
    case 'region':
      return l10n.t('a region');
    case 'zone':
      return l10n.t('a zone');
    case 'sharedFate':
      return l10n.t('a shared fate');
    case 'component':
      return l10n.t('a component');
    case 'policy':
      return l10n.t('a policy');
    case 'journey':
      return l10n.t('a journey');
    case 'scenario':
      return l10n.t('a scenario');
  }
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
