import type { CompletionItem } from 'vscode-languageserver-types';
import { sections } from '../../formats/native/schema';
import type { Position, Span } from '../../model/text';
import { completionKinds, markdown } from '../lsp';
import { item, type KeyDoc, keyText, slotAt } from '../schema';
import type { SystemView } from '../view';
import { yamlText } from '../yamlText';
import { type Context, contextAt } from './context';
import { callSnippet, entrySnippets } from './snippets';
import { nameProposals, type Proposal, valueProposals } from './values';

/** Keys, words, names and whole entries that may stand at the caret. */
export function completions(view: SystemView, path: string, position: Position): readonly CompletionItem[] {
  const text = view.host.text(path);
  const caret = view.offset(path, position);
  if (text === undefined || caret === undefined) return [];
  const context = contextAt(text, caret);
  const slot = context && slotAt(context.path);
  if (!context || !slot) return [];
  const site = new Site(text, caret, context);
  // Behind an anchor, a tag or a bracket something else has begun already, or ended.
  if (/^[&*!|>{[]/.test(site.typed) || (site.quote === '' && /[}\]]/.test(site.typed))) return [];
  const { system } = view.linked;
  const proposals: Proposal[] = [];
  const isItem = context.path.at(-1) === item;
  if (context.role === 'key' && site.mayBeKey) {
    for (const [key, doc] of slot.keys) if (!context.used.has(key)) proposals.push(keyProposal(key, doc, proposals.length, site));
    if (slot.namesOf !== undefined) {
      for (const name of nameProposals(system, slot.namesOf)) {
        if (!context.used.has(name.label)) proposals.push({ ...name, text: site.key(yamlText(name.label, site.quote)) });
      }
    }
    const [section, entry] = context.path;
    if (section !== undefined && entry === undefined && site.isFree && site.quote === '')
      proposals.push(...entrySnippets(view.linked, section, context.flow));
  }
  // Beside the keys of an item stands nothing but keys.
  if ((context.role === 'value' || (isItem && !context.flow && context.used.size === 0)) && site.mayBeValue) {
    const key = context.path.at(-1);
    const doc = isItem || key === undefined ? undefined : slotAt(context.path.slice(0, -1))?.keys.get(key);
    const values = valueProposals(system, slot, doc, site.typed);
    const isCall = isItem && context.path.length === 2 && context.path[0] === 'calls';
    if (isCall && site.isFree && site.quote === '') proposals.push(callSnippet(system));
    // Maps and lists only where nothing follows that would stand beside them.
    else proposals.push(...values.filter(({ text = '' }) => (site.quote === '' && (site.isFree || !/^[{[]/.test(text))) || text === ''));
  }
  return proposals.flatMap((proposal) => toItem(view, path, site, proposal));
}

/** The text around a caret, as far as it decides what may be put in. */
class Site {
  /** What is typed already of what is being typed, with its opening quote. */
  readonly typed: string;
  readonly quote: '' | '"' | "'";
  /** What an accepted proposal replaces. */
  readonly span: Span;
  readonly #rest: string;
  readonly #before: string;
  readonly #hasBelow: boolean;

  constructor(text: string, caret: number, { start, flow }: Context) {
    const written = text.slice(start, caret);
    const from = /[\r\n]/.test(written) ? caret : start;
    this.typed = text.slice(from, caret);
    this.#before = text.charAt(from - 1);
    const quote = this.typed.charAt(0);
    this.quote = quote === '"' || quote === "'" ? quote : '';
    const rest = /^[^\r\n]*/.exec(text.slice(caret, caret + 1000))?.[0] ?? '';
    const isOpen = this.quote !== '' && !(this.typed.length > 1 && this.typed.endsWith(this.quote));
    const closing = isOpen ? rest.indexOf(this.quote) : -1;
    this.span = { start: from, end: caret + closing + 1 };
    this.#rest = rest.slice(closing + 1);
    this.#hasBelow = !flow && hasBelow(text, caret);
  }

  /** Whether a key may begin here: not before a key that is there. */
  get mayBeKey(): boolean {
    return this.typed !== '' || /^\s*(?:$|[,}\]])/.test(this.#rest);
  }

  /** Whether a value may: before a bracket or a quote there is one already, or on the lines below. */
  get mayBeValue(): boolean {
    return !this.#hasBelow && !/^\s*[[{"'&*!|>]/.test(this.#rest);
  }

  /** Whether nothing follows that is part of the same value. */
  get isFree(): boolean {
    return /^\s*(?:$|[,}\]]|\s#)/.test(this.#rest);
  }

  /** A key with its colon, unless that is there. */
  key(text: string, colon = ': '): string {
    return /^[\w-]*\s*:/.test(this.#rest) ? text : text + colon;
  }

  /** Behind a colon or a dash a space belongs. */
  spaced(text: string): string {
    return this.#before === ':' || this.#before === '-' ? ` ${text}` : text;
  }
}

const furthestLooked = 2000;

/** Whether the lines below belong to what the caret's line says. */
function hasBelow(text: string, caret: number): boolean {
  const start = Math.max(text.lastIndexOf('\n', caret - 1), text.lastIndexOf('\r', caret - 1)) + 1;
  const [head = ''] = /^[ ]*(?:-[ ]+)*/.exec(text.slice(start, caret)) ?? [];
  const behind = /[\r\n]/g;
  behind.lastIndex = caret;
  const next = behind.exec(text);
  if (!next) return false;
  const [, indent = '', char] =
    /^(?:[ \t]*(?:#[^\r\n]*)?[\r\n]+)*([ ]*)(\S)/.exec(text.slice(next.index, next.index + furthestLooked)) ?? [];
  return char !== undefined && (indent.length > head.length || (char === '-' && indent.length === head.length && !head.includes('-')));
}

function keyProposal(key: string, doc: KeyDoc, order: number, site: Site): Proposal {
  const section = sections.get(key);
  // A section's entries begin on the next line; what is inside others may stand beside them.
  const isSection = section !== undefined && section.shape !== 'value' && 'shape' in doc && site.isFree && site.quote === '';
  return {
    label: key,
    kind: completionKinds.property,
    detail: doc.type.expects,
    documentation: { kind: markdown, value: keyText(key, doc) },
    text: site.key(site.quote === '' ? key : yamlText(key, site.quote), isSection ? ':\n  ' : ': '),
    sort: String(order).padStart(3, '0'),
  };
}

function toItem(view: SystemView, path: string, site: Site, proposal: Proposal): readonly CompletionItem[] {
  const range = view.range(path, site.span);
  if (!range) return [];
  const { label, kind, detail, documentation, text, snippet, sort } = proposal;
  return [
    {
      label,
      kind,
      ...(detail === undefined ? {} : { detail }),
      ...(documentation === undefined ? {} : { documentation }),
      ...(snippet ? { insertTextFormat: 2 } : {}),
      // What is typed is compared with this, and it may begin with a quote.
      filterText: site.quote + label,
      textEdit: { range, newText: site.spaced(text ?? yamlText(label, site.quote)) },
      sortText: sort,
    },
  ];
}
