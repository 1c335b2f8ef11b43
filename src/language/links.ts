import * as l10n from '@vscode/l10n';
import type { DocumentLink } from 'vscode-languageserver-types';
import { nativeFormat } from '../formats/native/format';
import { innerSpan } from '../formats/shared/yamlNodes';
import { parseYaml } from '../formats/shared/yamlParse';
import type { Span } from '../model/text';
import { folderOf, resolvePath } from '../workspace/paths';
import { partsOf } from './locate';
import type { SystemView } from './view';

/** The runbooks of the components, and the files that are included: those that there are. */
export function documentLinks(view: SystemView, path: string): readonly DocumentLink[] {
  const text = view.host.text(path);
  if (text === undefined || !nativeFormat.recognises(path, text)) return [];
  const links: DocumentLink[] = [];
  const add = (span: Span, target: string, tooltip: string) => {
    const range = view.range(path, span);
    if (range) links.push({ range, target, tooltip });
  };
  for (const { path: written, span } of includes(text)) {
    const file = written === '' ? undefined : resolvePath(folderOf(path), written);
    if (file !== undefined && view.host.text(file) !== undefined) add(span, view.host.uri(file), l10n.t('Open the included file'));
  }
  for (const [element, origins] of view.linked.origins) {
    const { kind, name } = partsOf(element);
    if (kind !== 'component') continue;
    for (const origin of origins) {
      const place = origin.file === path ? origin.keys.get('runbook') : undefined;
      const written = place && text.slice(place.value.start, place.value.end);
      const url = written && /^(["']?)(https?:\/\/[^\s"'<>]+)\1$/.exec(written);
      if (!place || !url) continue;
      const [, quote = '', target = ''] = url;
      const span = { start: place.value.start + quote.length, end: place.value.end - quote.length };
      if (URL.canParse(target)) add(span, target, l10n.t('What to do when {0} fails', name));
    }
  }
  return links;
}

/** The paths under `include`. Only that section is read: links are asked for again at every change. */
function includes(text: string): readonly { readonly path: string; readonly span: Span }[] {
  const section = /^include[ \t]*:.*(?:(?:\r\n|\n|\r)(?:[ \t\-\]#].*)?)*/m.exec(text);
  const root = section && parseYaml(section[0]).root;
  const list = root?.kind === 'map' ? root.entries[0]?.value : undefined;
  if (!section || list?.kind !== 'list') return [];
  return list.items.flatMap((node) => {
    const { start, end } = innerSpan(node);
    return node.kind === 'scalar' ? [{ path: node.text, span: { start: section.index + start, end: section.index + end } }] : [];
  });
}
