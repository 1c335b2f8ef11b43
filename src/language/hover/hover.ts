import type { Hover } from 'vscode-languageserver-types';
import { elementId } from '../../model/origin';
import type { Steps } from '../../model/steps';
import type { Position, Span } from '../../model/text';
import { elementAt, keyAt, nameAt, partsOf, touches } from '../locate';
import { markdown } from '../lsp';
import { keyOf, keyText } from '../schema';
import type { SystemView } from '../view';
import { callText } from './call';
import { componentText, domainText } from './component';
import { journeyText } from './journey';
import { percentageText } from './percentage';
import { systemText } from './system';

/** What is known about the name, the value or the call under the caret. */
export function* hover(view: SystemView, path: string, position: Position): Steps<Hover | undefined> {
  const offset = view.offset(path, position);
  if (offset === undefined) return undefined;
  yield* view.prepare();
  const about = nameAt(view.linked, path, offset) ?? entryAt(view, path, offset);
  if (about?.kind === 'journey') yield* view.explain(about.name);
  const found = systemHover(view, path, offset) ?? nameHover(view, path, offset) ?? keyHover(view, path, offset);
  const range = found && view.range(path, found.span);
  return found && range ? { contents: { kind: markdown, value: found.text }, range } : undefined;
}

/** The element whose entry stands here. */
function entryAt(view: SystemView, path: string, offset: number): { readonly kind: string; readonly name: string } | undefined {
  const at = elementAt(view.linked, path, offset);
  return at && partsOf(at.element);
}

interface Found {
  readonly text: string;
  readonly span: Span;
}

/** On the system's own name. */
function systemHover(view: SystemView, path: string, offset: number): Found | undefined {
  for (const { file, name } of view.linked.origins.get(elementId('system')) ?? []) {
    if (file === path && touches(name, offset)) return { text: systemText(view), span: name };
  }
  return undefined;
}

function nameHover(view: SystemView, path: string, offset: number): Found | undefined {
  const name = nameAt(view.linked, path, offset);
  const text = name && elementText(view, name.kind, name.name);
  return text === undefined ? undefined : { text, span: name?.place.span ?? { start: offset, end: offset } };
}

function elementText(view: SystemView, kind: string, name: string): string | undefined {
  switch (kind) {
    case 'component':
      return componentText(view, name);
    case 'journey':
      return journeyText(view, name);
    case 'zone':
    case 'region':
    case 'sharedFate':
      return domainText(view, kind, name);
    case 'call':
      return callText(view, name);
    default:
      return undefined;
  }
}

/** In a call, the call; on a key, what it means; on an availability, what it is in time and for all of its element. */
function keyHover(view: SystemView, path: string, offset: number): Found | undefined {
  const at = elementAt(view.linked, path, offset);
  const key = at && keyAt(at.origin, offset);
  if (!at || !key) return undefined;
  const { kind, name } = partsOf(at.element);
  const word = key.part === 'key' ? keyOf(kind, key.path) : undefined;
  const meaning = word ? keyText(word.key, word.doc) : valueText(key.path, view.host.text(path)?.slice(key.span.start, key.span.end) ?? '');
  const parts = kind === 'call' ? [callText(view, name), meaning] : [meaning, word ? undefined : meaning && elementText(view, kind, name)];
  const text = parts.filter((part) => part !== undefined).join('\n\n---\n\n');
  return text === '' ? undefined : { text, span: key.span };
}

function valueText(path: string, written: string): string | undefined {
  return path.split('.').at(-1) === 'availability' ? percentageText(written) : undefined;
}
