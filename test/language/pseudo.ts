import { readFileSync } from 'node:fs';
import { sections } from '../../src/formats/native/schema';
import type { Field, ValueType } from '../../src/formats/native/types';
import { kinds } from '../../src/model/kinds';
import { rules } from '../../src/rules/registry';

/** Letters that look like the English ones and are none of them. */
const letters = 'âḃĉḋêḟĝĥîĵķḷṁñôṗɋŕşţûṽŵẋŷżÂḂĈḊÊḞĜĤÎĴĶḶṀÑÔṖɊŔŞŢÛṼŴẊŶŻ';
const plain = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const other = new Map([...plain].map((letter, i) => [letter, [...letters][i] ?? '']));

/** What a translator starts from, put into a language of which no word is English; placeholders and code stay. */
export function pseudoTranslation(): Readonly<Record<string, string>> {
  const texts = JSON.parse(readFileSync('media/l10n/bundle.l10n.json', 'utf8')) as Record<string, string>;
  return Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, translation(text)]));
}

/** The same, noting in `asked` which texts were asked for. */
export function recordingTranslation(asked: Set<string>): Readonly<Record<string, string>> {
  return new Proxy(pseudoTranslation(), {
    get(known, key: string) {
      asked.add(key);
      return known[key];
    },
  });
}

export function translation(text: string): string {
  const parts = text.split(/(\{[^}]*\}|`[^`]*`)/);
  return parts.map((part, i) => (i % 2 === 1 ? part : part.replace(/[A-Za-z]/g, (letter) => other.get(letter) ?? ''))).join('');
}

/** The words of the language: its keys, what may stand behind them, units, the ids of the rules, and what fixes write. */
export function languageWords(): ReadonlySet<string> {
  const words = new Set(['ms', 'us', 'careful', 'careful-2', 'Idempotency-Key']);
  const add = (text: string): void => {
    for (const word of wordsIn(text)) words.add(word);
  };
  const seen = new Set<ValueType<unknown>>();
  const ofType = (type: ValueType<unknown>): void => {
    if (seen.has(type)) return;
    seen.add(type);
    type.words?.forEach(add);
    ofFields(type.fields ?? new Map());
    for (const inner of [type.item, type.otherwise, ...(type.alternatives ?? [])]) if (inner) ofType(inner);
  };
  const ofFields = (fields: ReadonlyMap<string, Pick<Field<unknown>, 'type'>>): void => {
    for (const [key, field] of fields) {
      add(key);
      ofType(field.type);
    }
  };
  ofFields(sections);
  kinds.forEach(add);
  for (const { id } of rules) add(id);
  return words;
}

/** Words in ASCII, of two letters or more and together with their hyphens; not what begins with a digit, as `20ms`. */
export function wordsIn(text: string): readonly string[] {
  const words = text.match(/[\p{L}\p{M}\w-]+/gu) ?? [];
  return words.filter((word) => /^[A-Za-z][\w-]*$/.test(word) && /[A-Za-z]{2}/.test(word));
}

/** The words of a YAML file beside those of its comments. */
export function writtenWords(text: string): ReadonlySet<string> {
  return new Set(wordsIn(text.replace(/(^|\s)#.*$/gm, '')));
}

/** The words of a text that nobody translated. Code, entities, and what a link leads to are the same in every language. */
export function untranslated(text: string, known: readonly ReadonlySet<string>[]): readonly string[] {
  const prose = text.replace(/```[\s\S]*?```|`[^`]*`|\]\([^)]*\)|&[a-z]+;/g, ' ');
  return wordsIn(prose).filter((word) => !known.some((words) => words.has(word)));
}
