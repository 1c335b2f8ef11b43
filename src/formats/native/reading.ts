import * as l10n from '@vscode/l10n';
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
      title: replacement.title ?? l10n.t('Replace with `{0}`', replacement.text),
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

  /** A name of something declared elsewhere. @param via the alias that brings it here */
  mention(kind: Mention['kind'], name: string, span: Span, via: Span | undefined): void {
    this.mentions.push({ kind, name, place: { file: this.file, span: via ?? span }, ...(via && { written: span }) });
  }

  /** A key that the language does not have, with the one that was probably meant. @param what in the user's language */
  unknownKey(key: string, span: Span, known: Iterable<string>, what: string): void {
    const similar = mostSimilar(key, known);
    const message =
      similar === undefined
        ? l10n.t('`{0}` is not a key of {1}.', key, what)
        : l10n.t('`{0}` is not a key of {1}. Did you mean `{2}`?', key, what, similar);
    this.problem('unknown-key', span, message, similar === undefined ? [] : [{ text: similar, span, safe: true }]);
  }

  /** A key given twice in one map. */
  repeatedKey(key: string, span: Span, first: Span): void {
    const related = [{ place: { file: this.file, span: first }, message: l10n.t('The first one, which counts.') }];
    this.problem('duplicate-name', span, l10n.t('`{0}` is given twice here; the first one counts.', key), [], related);
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
  /** A word that may stand here instead, for messages: `none`. */
  readonly or?: string;
}

/** The place one key further in. */
export function below(at: At, key: string, owner: Span, via: Span | undefined): At {
  const { reading, path, keys } = at;
  return { reading, path: path === '' ? key : `${path}.${key}`, keys, owner, via };
}
