import type { Ignore } from '../fragment';
import { linesOf } from './yamlLines';
import type { YamlNode } from './yamlNodes';

const marker = 'faultline-ignore';
const comment = /(?:^|\s)(#[ \t]*faultline-ignore(?![\w-])([^\r\n]*))/;

/** The `# faultline-ignore …` comments of a YAML text. What looks like one inside a quoted text or a block of text is none. */
export function ignoresOf(file: string, text: string, root: YamlNode | undefined): readonly Ignore[] {
  if (!text.includes(marker)) return [];
  const { lines } = linesOf(text);
  const ignores: Ignore[] = [];
  for (const [index, line] of lines.entries()) {
    const match = comment.exec(text.slice(line.start, line.end));
    if (!match) continue;
    const [whole, body = '', said = ''] = match;
    const start = line.start + match.index + whole.length - body.length;
    if (root && isInScalar(root, start)) continue;
    const span = { start, end: start + body.trimEnd().length };
    let silenced = index;
    if (line.idle) {
      const next = lines.findIndex((other, i) => i > index && !other.idle);
      if (next >= 0) silenced = next;
    }
    ignores.push({ ...parts(said), place: { file, span }, line: silenced });
  }
  return ignores;
}

/** `rule, rule until 2026-01-31 -- reason`. */
function parts(said: string): Pick<Ignore, 'rules' | 'until' | 'reason'> {
  const cut = /(?:^|\s)--(?:\s|$)/.exec(said);
  const head = cut ? said.slice(0, cut.index) : said;
  const reason = cut ? said.slice(cut.index + cut[0].length).trim() : '';
  const until = /(?:^|\s)until\s+(\d{4}-\d{2}-\d{2})(?=\s|$)/.exec(head);
  const names = until ? head.slice(0, until.index) : head;
  const rules = names.split(/[\s,]+/).filter((name) => name !== '');
  return { rules, reason, ...(until?.[1] !== undefined && { until: until[1] }) };
}

/** Whether an offset is inside a scalar, where a `#` is text. Looks only into what surrounds it. */
function isInScalar(node: YamlNode, offset: number): boolean {
  const { start, end } = node.span;
  if (offset < start || offset >= end) return false;
  if (node.kind === 'scalar') return true;
  if (node.kind === 'list') return node.items.some((item) => isInScalar(item, offset));
  if (node.kind !== 'map') return false;
  return node.entries.some((entry) => (offset >= entry.keySpan.start && offset < entry.keySpan.end) || isInScalar(entry.value, offset));
}
