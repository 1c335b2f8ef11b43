import { sections } from './schema';
import type { ValueType } from './types';

/** A JSON Schema (draft 07, which YAML editors understand) as plain data. */
export type JsonSchema = { readonly [key: string]: unknown };

const patterns = {
  duration: '^\\s*(\\d+(\\.\\d+)?(ns|us|µs|ms|s|m|h|d))+\\s*$',
  percentage: '^\\s*\\d+(\\.\\d+)?\\s*%\\s*$',
  rate: '^\\s*\\d+(\\.\\d+)?\\s*/\\s*(s|m|h|d)\\s*$',
} as const;

/** Words that YAML itself reads as something else than text. */
const truths: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['false', false],
]);

/**
 * The schema of our own format for editors that know nothing of it but JSON Schema: keys, values and what they mean, from
 * the one table that the reader uses. What takes more than one place to know (names, sums) is the reader's.
 */
export function jsonSchema(): JsonSchema {
  const properties = Object.fromEntries(
    [...sections].map(([key, section]) => {
      const type = schemaOf(section.type);
      const shaped =
        section.shape === 'value'
          ? type
          : section.shape === 'list'
            ? { type: ['array', 'null'], items: type }
            : { type: ['object', 'null'], additionalProperties: orNull(type) };
      return [key, described(shaped, section)];
    }),
  );
  return {
    ...head('Faultline architecture, version 1'),
    type: 'object',
    properties,
    // Places for anchors.
    patternProperties: { '^x-': {} },
    additionalProperties: false,
  };
}

/** The same for a file that is one block. */
export function jsonSchemaOf(title: string, type: ValueType<unknown>): JsonSchema {
  return { ...head(title), ...schemaOf(type) };
}

function head(title: string): JsonSchema {
  return { $schema: 'http://json-schema.org/draft-07/schema#', title };
}

interface Documented {
  readonly doc: string;
  readonly default?: string;
  readonly examples?: readonly string[];
}

function described(schema: JsonSchema, { doc, default: otherwise }: Documented): JsonSchema {
  return { ...schema, description: otherwise === undefined ? doc : `${doc} Without it: ${otherwise}.` };
}

function schemaOf(type: ValueType<unknown>): JsonSchema {
  const own = plainSchema(type);
  const words = type.name === 'word' || type.name === 'boolean' || type.name === 'either' ? [] : (type.words ?? []);
  return words.length === 0 ? own : { anyOf: [...alternativesIn(own), { enum: words.map(wordValue) }] };
}

/** `1` is a number to YAML and `true` a truth. */
function wordValue(word: string): unknown {
  if (/^\d+$/.test(word)) return Number(word);
  return truths.get(word) ?? word;
}

function alternativesIn(schema: JsonSchema): readonly unknown[] {
  const { anyOf } = schema;
  return Array.isArray(anyOf) && Object.keys(schema).length === 1 ? anyOf : [schema];
}

function orNull(schema: JsonSchema): JsonSchema {
  return { anyOf: [...alternativesIn(schema), { type: 'null' }] };
}

function plainSchema(type: ValueType<unknown>): JsonSchema {
  switch (type.name) {
    case 'duration':
      return { type: 'string', pattern: patterns.duration };
    case 'percentage':
      return {
        anyOf: [
          { type: 'string', pattern: patterns.percentage },
          { type: 'number', minimum: 0, maximum: 1 },
        ],
      };
    case 'rate':
      return { type: 'string', pattern: patterns.rate };
    case 'count':
      return { type: 'integer', minimum: 0 };
    case 'number':
      return { type: 'number', minimum: 0 };
    case 'word':
      return { enum: (type.words ?? []).map(wordValue) };
    case 'boolean':
      return { type: 'boolean' };
    case 'date':
      return { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}$' };
    case 'bound':
      return { type: ['string', 'number'] };
    case 'text':
    case 'name':
    case 'target':
      // A name may look like a number.
      return { type: ['string', 'number', 'boolean'] };
    case 'list':
      return { type: 'array', ...(type.item ? { items: schemaOf(type.item) } : {}) };
    case 'map':
      return { type: 'object', ...(type.item ? { additionalProperties: schemaOf(type.item) } : {}) };
    case 'block':
      return blockSchema(type);
    case 'either':
      return { anyOf: (type.alternatives ?? []).flatMap((alternative) => alternativesIn(schemaOf(alternative))) };
  }
}

function blockSchema(type: ValueType<unknown>): JsonSchema {
  const fields = [...(type.fields ?? [])];
  const required = fields.filter(([, field]) => field.required).map(([key]) => key);
  const block = {
    type: 'object',
    properties: Object.fromEntries(fields.map(([key, field]) => [key, described(schemaOf(field.type), field)])),
    ...(required.length > 0 ? { required } : {}),
    additionalProperties: false,
  };
  return type.empty === undefined ? block : { anyOf: [block, { type: 'null' }] };
}
