import type { Problem } from '../../model/problem';
import type { Span } from '../../model/text';
import type { ParsedLeaf } from './yamlLeaf';
import type { YamlNode } from './yamlNodes';

/** A text in place of another one. */
export interface YamlEdit {
  readonly span: Span;
  readonly text: string;
}

/** A syntax error, with ways out where there are good ones. */
export interface YamlError {
  readonly message: string;
  readonly span: Span;
  readonly fixes?: readonly { readonly title: string; readonly edits: readonly YamlEdit[]; readonly safe: boolean }[];
}

/** A YAML text as far as it could be read. */
export interface YamlText {
  readonly root: YamlNode | undefined;
  readonly errors: readonly YamlError[];
  /** Stretches (of whole lines) that hold an error or were passed over. */
  readonly unsound: readonly Span[];
  /** What was parsed, by its text, so that the next reading of nearly the same text need not do it again. */
  readonly leaves: ReadonlyMap<string, ParsedLeaf>;
}

/** The syntax errors as problems of a file. */
export function syntaxProblems(file: string, yaml: YamlText): readonly Problem[] {
  return yaml.errors.map(({ message, span, fixes = [] }) => ({
    rule: 'syntax',
    message,
    place: { file, span },
    ...(fixes.length > 0 && {
      suggestions: fixes.map(({ title, safe, edits }) => ({
        title,
        safe,
        changes: edits.map(({ span: at, text }) => ({ file, span: at, text })),
      })),
    }),
  }));
}
