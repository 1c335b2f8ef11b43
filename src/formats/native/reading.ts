import type { KeyPlace } from '../../model/origin';
import type { Problem, ProblemRule, RelatedPlace, Suggestion } from '../../model/problem';
import type { Span } from '../../model/text';
import type { Mention } from '../fragment';
import { mostSimilar } from '../shared/similar';
import { touches } from '../shared/spans';
import { Expansion } from '../shared/yamlExpansion';

/** A text that would be right in place of a stretch. */
export interface Replacement {
  readonly title?: string;
  readonly text: string;
  readonly span: Span;
  readonly safe: boolean;
}

/** What the reading of one file collects on the way. */
export class Reading {
  readonly problems: Problem[] = [];
  readonly mentions: Mention[] = [];
  readonly expansion = new Expansion();
  readonly #reported = new Set<string>();

  constructor(
    readonly file: string,
    readonly unsound: readonly Span[],
  ) {}

  /** Whether a stretch holds a syntax error, so that what is missing in it may only be unreadable. */
  isUnsound(span: Span): boolean {
    return touches(this.unsound, span);
  }

  /** Reports a problem, once for a value that aliases bring here several times, never for what does not parse. */
  problem(
    rule: ProblemRule,
    span: Span,
    message: string,
    replacements: readonly Replacement[] = [],
    related: readonly RelatedPlace[] = [],
  ): void {
    const key = `${rule} ${span.start} ${span.end} ${message}`;
    if (this.#reported.has(key) || this.isUnsound(span)) return;
    this.#reported.add(key);
    const suggestions: Suggestion[] = replacements.map((replacement) => ({
      title: replacement.title ?? `Replace with \`${replacement.text}\``,
      safe: replacement.safe,
      changes: [{ file: this.file, span: replacement.span, text: replacement.text }],
    }));
    this.problems.push({
      rule,
      message,
      place: { file: this.file, span },
      ...(suggestions.length > 0 && { suggestions }),
      ...(related.length > 0 && { related }),
    });
  }

  /** A value that is wrong. */
  invalid(span: Span, message: string, replacements: readonly Replacement[] = []): undefined {
    this.problem('invalid-value', span, message, replacements);
    return undefined;
  }

  mention(kind: Mention['kind'], name: string, span: Span): void {
    this.mentions.push({ kind, name, place: { file: this.file, span } });
  }

  /** A key that the language does not have, with the one that was probably meant. */
  unknownKey(key: string, span: Span, known: Iterable<string>, what: string): void {
    const similar = mostSimilar(key, known);
    const message = `\`${key}\` is not a key of ${what}.${similar === undefined ? '' : ` Did you mean \`${similar}\`?`}`;
    this.problem('unknown-key', span, message, similar === undefined ? [] : [{ text: similar, span, safe: true }]);
  }

  /** A key given twice in one map. */
  repeatedKey(key: string, span: Span, first: Span): void {
    const related = [{ place: { file: this.file, span: first }, message: 'The first one, which counts.' }];
    this.problem('duplicate-name', span, `\`${key}\` is given twice here; the first one counts.`, [], related);
  }
}

/** Where in an element a value is read. */
export interface At {
  readonly reading: Reading;
  /** Dotted, from the element; empty for the element itself. */
  readonly path: string;
  /** The places of the element's keys, filled on the way. */
  readonly keys: Map<string, KeyPlace>;
  /** The alias that the value came by: where a reader of the text sees it used. */
  readonly via: Span | undefined;
  /** Where something missing is reported: the key of the value, or the element's name. */
  readonly owner: Span;
  /** What else may stand here, for messages: *, or none*. */
  readonly or?: string;
}

/** The place one key further in. */
export function below(at: At, key: string, owner: Span, via: Span | undefined): At {
  const { reading, path, keys } = at;
  return { reading, path: path === '' ? key : `${path}.${key}`, keys, owner, via };
}
