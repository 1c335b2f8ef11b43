import { type ParsedNode, parseDocument, type YAMLParseError } from 'yaml';

/** What the YAML library made of one stretch of text. Offsets count from the start of the stretch. */
export interface ParsedLeaf {
  /** Let go of once our own nodes are made of it, where those will do for every later reading. */
  contents: ParsedNode | null;
  readonly errors: readonly Pick<YAMLParseError, 'code' | 'pos' | 'message'>[];
}

/** Deeper nesting than this is refused: the library works recursively. */
const deepest = 64;
/** Whole files are cut into entries; one part that is larger than this was not written by a person. */
const largestLeaf = 1_000_000;

/** Parses one stretch. Never throws. The failsafe schema leaves every scalar a string: our own types read them. */
export function parseLeaf(text: string): ParsedLeaf {
  if (text.length > largestLeaf) return refused(0, 'Too large');
  const at = tooDeepAt(text);
  if (at !== undefined) return refused(at, 'Nested too deeply');
  try {
    const { contents, errors } = parseDocument(text, {
      schema: 'failsafe',
      merge: false,
      uniqueKeys: false,
      prettyErrors: false,
      logLevel: 'silent',
    });
    return { contents, errors };
  } catch {
    // A defect of the library must not take the editor's other features down.
    return refused(0, 'Unreadable');
  }
}

function refused(at: number, message: string): ParsedLeaf {
  return { contents: null, errors: [{ code: 'IMPOSSIBLE', pos: [at, at + 1], message }] };
}

/** The offset at which brackets, compact `- - -` items or indentation nest too deeply; an upper bound, quotes are not looked at. */
function tooDeepAt(text: string): number | undefined {
  let brackets = 0;
  let markers = 0;
  let leading = true;
  let column = 0;
  const indents: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) {
      leading = true;
      markers = 0;
      column = 0;
      continue;
    }
    if (code === 0x5b || code === 0x7b) brackets++;
    else if ((code === 0x5d || code === 0x7d) && brackets > 0) brackets--;
    if (leading && code !== 32 && code !== 13) {
      if (markers === 0 && code !== 0x23) {
        while (indents.length > 0 && (indents.at(-1) ?? 0) >= column) indents.pop();
        indents.push(column);
      }
      if ((code === 0x2d || code === 0x3f) && /\s/.test(text.charAt(i + 1))) markers++;
      else leading = false;
    }
    column++;
    if (brackets + markers + indents.length > deepest) return i;
  }
  return undefined;
}
