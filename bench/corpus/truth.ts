import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Fragment } from '../../src/formats/fragment';
import type { CallRole } from '../../src/model/call';

/** A system whose service graph was made by hand, and the compose file that starts the project that it describes. */
export interface TruthSystem {
  readonly name: string;
  readonly project: string;
}

export const truthSystems: readonly TruthSystem[] = [
  { name: 'aks-store-demo', project: 'docker-compose.yml' },
  { name: 'dsb-social-network', project: 'socialNetwork/docker-compose.yml' },
  { name: 'eshop-on-containers', project: 'src/docker-compose.yml' },
  { name: 'sock-shop', project: 'deploy/docker-compose/docker-compose.yml' },
];

interface TruthEdge {
  readonly from: string;
  readonly to: string;
  readonly role: Exclude<CallRole, 'startup'>;
  readonly evidence: string;
}

interface Truth {
  readonly nodes: ReadonlyMap<string, string>;
  readonly edges: readonly TruthEdge[];
  readonly startup: ReadonlySet<string>;
}

/** Evidence that is in source code, images or Kubernetes files only: no reader of compose files can find those. */
const elsewhere = /hard-coded|Thrift clients built in/;

/** How the edges of one system compare with the truth. Pairs are written `from -> to`. */
export interface Comparison {
  readonly name: string;
  /** In the truth with evidence in the files, and found with the right role. */
  readonly found: readonly string[];
  /** The same, but found as start order only. */
  readonly asStartup: readonly string[];
  readonly missed: readonly string[];
  /** In the truth, with evidence only elsewhere, by the truth's own words. */
  readonly notInFiles: ReadonlyMap<string, readonly string[]>;
  /** Said by us and not in the truth, or with another role. */
  readonly wrong: readonly string[];
  /** Said by us between components that the truth does not know. */
  readonly outside: readonly string[];
  readonly startup: { readonly said: number; readonly right: number; readonly known: number };
  readonly kinds: { readonly right: number; readonly of: number; readonly wrong: readonly string[] };
  /** Found and known, by role. */
  readonly byRole: ReadonlyMap<string, { readonly found: number; readonly known: number; readonly said: number; readonly right: number }>;
}

export function compare(name: string, fragment: Fragment, folder: string): Comparison {
  const truth = readTruth(join(folder, 'truth', `${name}.yaml`));
  const said = new Map<string, CallRole>();
  for (const element of fragment.elements) {
    if (element.kind === 'call') said.set(`${element.value.from} -> ${element.value.to}`, element.value.role);
  }
  const known = new Map(truth.edges.map((edge) => [`${edge.from} -> ${edge.to}`, edge]));
  const inFiles = [...known].filter(([, { evidence }]) => !elsewhere.test(evidence));
  const notInFiles = new Map<string, string[]>();
  for (const [pair, { evidence }] of known) {
    if (elsewhere.test(evidence) && said.get(pair) === undefined) notInFiles.set(evidence, [...(notInFiles.get(evidence) ?? []), pair]);
  }
  const isKnown = (pair: string): boolean => pair.split(' -> ').every((node) => truth.nodes.has(node));
  const calls = [...said].filter(([, role]) => role !== 'startup');
  const starts = [...said].filter(([pair, role]) => role === 'startup' && isKnown(pair));
  const wrong = calls.filter(([pair, role]) => isKnown(pair) && known.get(pair)?.role !== role);
  return {
    name,
    found: inFiles.filter(([pair, { role }]) => said.get(pair) === role).map(([pair]) => pair),
    asStartup: inFiles.filter(([pair]) => said.get(pair) === 'startup').map(([pair]) => pair),
    missed: inFiles.filter(([pair, { role }]) => said.get(pair) !== role && said.get(pair) !== 'startup').map(([pair]) => pair),
    notInFiles,
    wrong: wrong.map(([pair, role]) => `${pair} (${role})`),
    outside: calls.filter(([pair]) => !isKnown(pair)).map(([pair]) => pair),
    startup: {
      said: starts.length,
      right: starts.filter(([pair]) => truth.startup.has(pair) || known.has(pair)).length,
      known: truth.startup.size,
    },
    kinds: compareKinds(fragment, truth),
    byRole: new Map(
      (['request', 'telemetry'] as const).map((role) => {
        const mine = calls.filter(([pair, r]) => r === role && isKnown(pair));
        return [
          role,
          {
            known: inFiles.filter(([, edge]) => edge.role === role).length,
            found: inFiles.filter(([pair, edge]) => edge.role === role && said.get(pair) === role).length,
            said: mine.length,
            right: mine.filter(([pair]) => known.get(pair)?.role === role).length,
          },
        ];
      }),
    ),
  };
}

function compareKinds(fragment: Fragment, truth: Truth): Comparison['kinds'] {
  const mine = new Map<string, string>();
  for (const element of fragment.elements) {
    if (element.kind !== 'component' || mine.has(element.name)) continue;
    mine.set(element.name, element.value.telemetry ? 'telemetry' : (element.value.kind ?? 'service'));
  }
  const all = [...truth.nodes].filter(([node]) => mine.has(node));
  const wrong = all.filter(([node, kind]) => mine.get(node) !== kind);
  return {
    of: all.length,
    right: all.length - wrong.length,
    wrong: wrong.map(([node, kind]) => `${node}: ${mine.get(node)}, and is a ${kind}`),
  };
}

function readTruth(path: string): Truth {
  const file: unknown = parse(readFileSync(path, 'utf8'));
  const nodes = new Map(
    list(file, 'nodes').map((node) => [text(node, 'id'), text(node, 'kind') === 'load-generator' ? 'client' : text(node, 'kind')]),
  );
  return {
    nodes,
    edges: list(file, 'edges').map((edge) => ({
      from: text(edge, 'from'),
      to: text(edge, 'to'),
      role: text(edge, 'kind') === 'telemetry' ? 'telemetry' : 'request',
      evidence: text(edge, 'evidence'),
    })),
    startup: new Set(list(file, 'startup_only').map((edge) => `${text(edge, 'from')} -> ${text(edge, 'to')}`)),
  };
}

function list(value: unknown, key: string): readonly unknown[] {
  const found = entry(value, key);
  return Array.isArray(found) ? found : [];
}

function text(value: unknown, key: string): string {
  const found = entry(value, key);
  return typeof found === 'string' ? found : '';
}

function entry(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
