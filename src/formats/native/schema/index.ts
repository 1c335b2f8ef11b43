import * as l10n from '@vscode/l10n';
import { list, type ValueType } from '../types';
import { text } from '../values';
import { callType } from './call';
import { componentType } from './component';
import { policyType } from './policy';
import { scenarioType } from './scenario';
import { journeyType, objectivesType, regionType, sharedFateType, zoneType } from './system';

/** One top-level key of the language. */
export interface Section {
  /** How its values stand: one value, a map by name, or a list. */
  readonly shape: 'value' | 'named' | 'list';
  /** The type of the value, or of each entry. */
  readonly type: ValueType<unknown>;
  readonly doc: string;
  readonly default?: string;
  readonly examples?: readonly string[];
}

const version: ValueType<number> = {
  name: 'count',
  expects: '`1`, the version of the format',
  words: ['1'],
  read(node, at) {
    if (node.kind === 'scalar' && node.text === '1') return 1;
    return at.reading.invalid(node.span, l10n.t('Only version 1 of the format exists.'), [{ text: '1', span: node.span, safe: false }]);
  },
};

const systemName: ValueType<string> = {
  ...text('the name of the system'),
  read(node, at) {
    const name = text('the name of the system').read(node, at);
    return name === '' ? at.reading.invalid(node.span, l10n.t('A system’s name is not empty.')) : name;
  },
};

/** Relative to the file: a file, a folder or a glob. */
export const includePath = text('a path, a folder or a glob such as docker-compose.yml');

const typed = {
  faultline: { shape: 'value', type: version, doc: 'The version of the format.', examples: ['1'] },
  system: {
    shape: 'value',
    type: systemName,
    doc: 'The system’s name. Files with the same name in one workspace folder are one system.',
    default: 'the folder’s name',
    examples: ['storefront'],
  },
  include: {
    shape: 'value',
    type: list(includePath, 'a list of paths such as [docker-compose.yml]'),
    doc: 'Files, folders or globs, relative to this file, whose components and calls become part of this system. What this file says wins.',
    examples: ['[docker-compose.yml]'],
  },
  objectives: { shape: 'value', type: objectivesType, doc: 'What every journey shall reach where it says nothing of its own.' },
  regions: { shape: 'named', type: regionType, doc: 'Regions by name. One that is only mentioned need not be declared.' },
  zones: { shape: 'named', type: zoneType, doc: 'Zones by name: what fails together inside a region.' },
  sharedFate: {
    shape: 'named',
    type: sharedFateType,
    doc: 'What fails together for another reason than a zone: a cluster, an account, a certificate, an identity provider.',
  },
  components: { shape: 'named', type: componentType, doc: 'The parts of the system by name.' },
  policies: {
    shape: 'named',
    type: policyType,
    doc: 'Ways to call, by name, to be used by many calls. `default` holds for every call that names none.',
  },
  calls: { shape: 'list', type: callType, doc: 'Who calls whom, and how.' },
  journeys: {
    shape: 'named',
    type: journeyType,
    doc: 'The ways in which the system is used, by name.',
    default: 'every component that nobody calls is the entry of one',
  },
  scenarios: { shape: 'named', type: scenarioType, doc: 'What may happen, and what must hold then: failures on a timeline, by name.' },
} as const satisfies Readonly<Record<string, Section>>;

/** The schema with the types of what each section reads, for the reader. */
export const schema = typed;

/** The whole language as a table, in the order in which files are written. */
export const sections: ReadonlyMap<string, Section> = new Map(Object.entries<Section>(typed));
