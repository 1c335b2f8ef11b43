import * as l10n from '@vscode/l10n';
import { kinds } from '../../model/kinds';
import type { System } from '../../model/system';
import type { LinkedSystem } from '../../workspace/linked';
import { completionKinds } from '../lsp';
import { yamlText } from '../yamlText';
import { namesOf, type Proposal } from './values';

const mostChoices = 50;

/** A placeholder with the names that there are to choose from. */
function choice(number: number, names: readonly string[], otherwise: string): string {
  if (names.length < 2) return `\${${number}:${escaped(yamlText(names[0] ?? otherwise))}}`;
  return `\${${number}|${names
    .slice(0, mostChoices)
    .map((name) => escaped(yamlText(name)))
    .join(',')}|}`;
}

/** A placeholder to be typed over. */
function hole(number: number, text: string): string {
  return `\${${number}:${escaped(text)}}`;
}

function escaped(text: string): string {
  return text.replace(/[\\$},|]/g, '\\$&');
}

/** A whole entry for a section: on lines of its own, or on one line where the section is in brackets. */
export function entrySnippets({ system, mentions, origins }: LinkedSystem, section: string, flow: boolean): readonly Proposal[] {
  const entry = entries.get(section);
  if (!entry) return [];
  const { label, detail, body } = entry;
  const snippet = (name: string, text: string): Proposal => ({
    label: name,
    kind: completionKinds.snippet,
    detail: detail(),
    text,
    snippet: true,
    sort: `0${name}`,
  });
  if (section === 'calls') return [snippet(label, `${flow ? '' : '- '}${body(system, true)}`)];
  // What is used and nowhere declared is probably what is to be declared here.
  const missing = new Set(
    mentions.filter(({ kind, name }) => kind === entry.kind && !origins.has(`${entry.kind} ${name}`)).map(({ name }) => name),
  );
  return [
    snippet(label, body(system, flow).replace('NAME', hole(1, 'name'))),
    ...[...missing].map((name) =>
      snippet(
        name,
        body(system, flow).replace('NAME', () => escaped(yamlText(name)).replace(/\\([,|])/g, '$1')),
      ),
    ),
  ];
}

/** A call as an item of a list. */
export function callSnippet(system: System): Proposal {
  return {
    label: 'call',
    kind: completionKinds.snippet,
    detail: wholeCall(),
    text: callBody(system),
    snippet: true,
    sort: '0',
  };
}

function callBody(system: System): string {
  const components = namesOf(system, 'component');
  return `{ from: ${choice(1, components, 'api')}, to: ${choice(2, components, 'db')}, timeout: ${hole(3, '500ms')} }`;
}

function wholeCall(): string {
  return l10n.t('a whole call');
}

interface Entry {
  /** What is typed to get it, in every language. */
  readonly label: string;
  readonly detail: () => string;
  readonly kind: 'component' | 'zone' | 'region' | 'sharedFate' | 'policy' | 'journey' | 'scenario' | 'call';
  /** With `NAME` where its name stands. */
  readonly body: (system: System, flow: boolean) => string;
}

const entries: ReadonlyMap<string, Entry> = new Map<string, Entry>([
  [
    'regions',
    { label: 'region', detail: () => l10n.t('a whole region'), kind: 'region', body: () => `NAME: { availability: ${hole(2, '99.99%')} }` },
  ],
  [
    'zones',
    {
      label: 'zone',
      detail: () => l10n.t('a whole zone'),
      kind: 'zone',
      body: (system) => `NAME: { region: ${choice(2, namesOf(system, 'region'), 'north')} }`,
    },
  ],
  [
    'sharedFate',
    {
      label: 'shared fate',
      detail: () => l10n.t('a whole shared fate'),
      kind: 'sharedFate',
      body: (system) => `NAME: { availability: ${hole(2, '99.99%')}, components: [${choice(3, namesOf(system, 'component'), 'api')}] }`,
    },
  ],
  [
    'components',
    {
      label: 'component',
      detail: () => l10n.t('a whole component'),
      kind: 'component',
      body: (_, flow) =>
        flow
          ? `NAME: { kind: ${choice(2, kindsByUse, 'service')}, replicas: ${hole(3, '2')} }`
          : `NAME:\n  kind: ${choice(2, kindsByUse, 'service')}\n  replicas: ${hole(3, '2')}`,
    },
  ],
  [
    'policies',
    {
      label: 'policy',
      detail: () => l10n.t('a whole policy'),
      kind: 'policy',
      body: (_, flow) => {
        const retry = `retry: { maxAttempts: ${hole(3, '3')}, backoff: exponential, base: ${hole(4, '100ms')}, cap: ${hole(5, '2s')}, jitter: full, budget: 10% }`;
        return flow ? `NAME: { timeout: ${hole(2, '500ms')}, ${retry} }` : `NAME:\n  timeout: ${hole(2, '500ms')}\n  ${retry}`;
      },
    },
  ],
  ['calls', { label: 'call', detail: wholeCall, kind: 'call', body: callBody }],
  [
    'journeys',
    {
      label: 'journey',
      detail: () => l10n.t('a whole journey'),
      kind: 'journey',
      body: (system) =>
        `NAME: { entry: ${choice(2, namesOf(system, 'component'), 'api')}, rate: ${hole(3, '10/s')}, availability: ${hole(4, '99.9%')} }`,
    },
  ],
  [
    'scenarios',
    {
      label: 'scenario',
      detail: () => l10n.t('a whole scenario'),
      kind: 'scenario',
      body: (system, flow) => {
        const event = `{ at: ${hole(2, '10s')}, kill: ${choice(3, namesOf(system, 'component'), 'db')} }`;
        const hope = `{ journey: ${choice(4, namesOf(system, 'journey'), 'browse')}, success: ${hole(5, '99%')} }`;
        return flow
          ? `NAME: { duration: 60s, events: [${event}], expect: [${hope}] }`
          : `NAME:\n  duration: 60s\n  events:\n    - ${event}\n  expect:\n    - ${hope}`;
      },
    },
  ],
]);

/** Those that most systems have first. */
const kindsByUse = ['service', 'database', ...kinds.filter((kind) => kind !== 'service' && kind !== 'database')];
