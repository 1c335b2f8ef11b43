import type { SelectionRange } from 'vscode-languageserver-types';
import { Sources } from '../editing/sources';
import { entryEnd, type Source } from '../editing/syntax';
import { innerSpan, type YamlNode } from '../formats/shared/yamlNodes';
import type { Position, Span } from '../model/text';
import { touches } from './locate';
import type { SystemView } from './view';

/** For each caret what holds it, from the inside out: the value, its entry, the list or map, the section, the file. */
export function selectionRanges(view: SystemView, path: string, positions: readonly Position[]): readonly SelectionRange[] {
  const source = Sources.of(view.linked, (file) => view.host.text(file)).native(path);
  return positions.map((position) => {
    const offset = view.offset(path, position) ?? 0;
    const spans = [{ start: 0, end: view.host.text(path)?.length ?? 0 }, ...(source ? around(source, offset) : [])];
    let selection: SelectionRange = { range: { start: position, end: position } };
    let outer: SelectionRange | undefined;
    let last: Span | undefined;
    for (const span of spans) {
      // Each holds the next one; what does not is a value that begins before its own entry, by an alias.
      if (last && (span.start < last.start || span.end > last.end || (span.start === last.start && span.end === last.end))) continue;
      const range = view.range(path, span);
      if (!range) continue;
      last = span;
      outer = { range, ...(outer && { parent: outer }) };
    }
    if (outer) selection = outer;
    return selection;
  });
}

/** The stretches around an offset, from the outside in. */
function around({ root, text }: Source, offset: number): readonly Span[] {
  const spans: Span[] = [];
  let node: YamlNode | undefined = root;
  while (node) {
    const here: YamlNode = node;
    spans.push(here.span);
    node = undefined;
    if (here.kind === 'scalar') spans.push(innerSpan(here));
    else if (here.kind === 'list') node = here.items.find((item) => touches(item.span, offset));
    else if (here.kind === 'map') {
      for (const entry of here.entries) {
        const span = { start: entry.keySpan.start, end: entryEnd(entry, text) };
        if (!touches(span, offset)) continue;
        spans.push(span);
        if (touches(entry.keySpan, offset)) spans.push(entry.keySpan, entry.nameSpan);
        else if (touches(entry.value.span, offset)) node = entry.value;
        break;
      }
    }
  }
  return spans;
}
