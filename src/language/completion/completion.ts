import type { CompletionItem, Range } from 'vscode-languageserver-types';
import { sections } from '../../formats/native/schema';
import { translated } from '../../formats/native/translated';
import type { System } from '../../model/system';
import type { Position, Span } from '../../model/text';
import { completionKinds, markdown } from '../lsp';
import { item, type KeyDoc, keyText, type Slot, type Step, slotAt } from '../schema';
import type { SystemView } from '../view';
import { yamlText } from '../yamlText';
import { type Context, contextAt } from './context';
import { Site } from './site';
import { callSnippet, entrySnippets } from './snippets';
import { nameProposals, type Proposal, valueProposals } from './values';

/** What may be written in one kind of file. */
export interface Grammar {
  /** What may stand at the end of a path of keys; undefined for a path that there is not. */
  slotAt(path: readonly Step[]): Slot | undefined;
  /** Whether what a key says begins on the line below it. */
  opens(key: string, doc: KeyDoc): boolean;
  /** Whole entries that may begin at the end of a path of keys; `flow` in brackets. */
  entries(path: readonly Step[], flow: boolean): readonly Proposal[];
  /** Where the names come from that may stand in a value. */
  readonly system: System;
}

/** Keys, words, names and whole entries that may stand at the caret. */
export function completions(view: SystemView, path: string, position: Position): readonly CompletionItem[] {
  const text = view.host.text(path);
  const caret = view.offset(path, position);
  if (text === undefined || caret === undefined) return [];
  return complete(text, caret, architecture(view), (span) => view.range(path, span));
}

function architecture({ linked }: SystemView): Grammar {
  const { system } = linked;
  return {
    slotAt,
    system,
    // A section's entries begin on the next line; what is inside others may stand beside them.
    opens: (key, doc) => {
      const section = sections.get(key);
      return section !== undefined && section.shape !== 'value' && 'shape' in doc;
    },
    entries: ([section, entry, ...more], flow) => {
      if (section === undefined || more.length > 0) return [];
      if (entry === undefined) return entrySnippets(linked, section, flow);
      return section === 'calls' && entry === item ? [callSnippet(system)] : [];
    },
  };
}

/** What a file may say at an offset of its text. */
export function complete(
  text: string,
  caret: number,
  grammar: Grammar,
  rangeOf: (span: Span) => Range | undefined,
): readonly CompletionItem[] {
  const context = contextAt(text, caret);
  const slot = context && grammar.slotAt(context.path);
  if (!context || !slot) return [];
  const site = new Site(text, caret, context);
  // Behind an anchor, a tag or a bracket something else has begun already, or ended.
  if (/^[&*!|>{[]/.test(site.typed) || (site.quote === '' && /[}\]]/.test(site.typed))) return [];
  const range = rangeOf(site.span);
  if (!range) return [];
  return [...keyProposals(context, slot, site, grammar), ...valuesAt(context, slot, site, grammar)].map((one) => toItem(range, site, one));
}

function keyProposals(context: Context, slot: Slot, site: Site, grammar: Grammar): readonly Proposal[] {
  if (context.role !== 'key' || !site.mayBeKey) return [];
  const keys = [...slot.keys].filter(([key]) => !context.used.has(key));
  const names =
    slot.namesOf === undefined ? [] : nameProposals(grammar.system, slot.namesOf).filter(({ label }) => !context.used.has(label));
  return [
    ...keys.map(([key, doc], order) => keyProposal(key, doc, order, site, grammar)),
    ...names.map((name) => ({ ...name, text: site.key(yamlText(name.label, site.quote)) })),
    ...(site.isBare && context.path.at(-1) !== item ? grammar.entries(context.path, context.flow) : []),
  ];
}

function valuesAt(context: Context, slot: Slot, site: Site, grammar: Grammar): readonly Proposal[] {
  const { path, role, flow, used } = context;
  const isItem = path.at(-1) === item;
  // Beside the keys of an item stands nothing but keys.
  if ((role !== 'value' && !(isItem && !flow && used.size === 0)) || !site.mayBeValue) return [];
  const entries = isItem && site.isBare ? grammar.entries(path, flow) : [];
  if (entries.length > 0) return entries;
  const key = path.at(-1);
  const doc = isItem || key === undefined ? undefined : grammar.slotAt(path.slice(0, -1))?.keys.get(key);
  // Maps, lists and what needs quotes only where nothing follows that would stand beside them.
  return valueProposals(grammar.system, slot, doc, site.typed).filter(({ label, text }) =>
    site.quote === '' ? site.isFree || !/^[{["']/.test(text ?? yamlText(label, '')) : (text ?? '') === '',
  );
}

function keyProposal(key: string, doc: KeyDoc, order: number, site: Site, grammar: Grammar): Proposal {
  const isSection = site.isBare && grammar.opens(key, doc);
  return {
    label: key,
    kind: completionKinds.property,
    detail: translated(doc.type.expects),
    documentation: { kind: markdown, value: keyText(key, doc) },
    text: site.key(site.quote === '' ? key : yamlText(key, site.quote), isSection ? ':\n  ' : ': '),
    sort: String(order).padStart(3, '0'),
  };
}

function toItem(range: Range, site: Site, proposal: Proposal): CompletionItem {
  const { label, kind, detail, documentation, text, snippet, sort } = proposal;
  return {
    label,
    kind,
    ...(detail === undefined ? {} : { detail }),
    ...(documentation === undefined ? {} : { documentation }),
    ...(snippet ? { insertTextFormat: 2 } : {}),
    // What is typed is compared with this, and it may begin with a quote.
    filterText: site.quote + label,
    textEdit: { range, newText: site.spaced(text ?? yamlText(label, site.quote)) },
    sortText: sort,
  };
}
