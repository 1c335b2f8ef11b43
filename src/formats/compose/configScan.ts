import { hostsIn } from './hosts';
import { interpolate, type Lookup } from './interpolate';
import { meaningOf } from './keys';
import { clusterNamed, sideClusters } from './sideClusters';
import { wordIndex } from './tree';

/** A host that a configuration file names. */
export interface ConfiguredHost {
  readonly host: string;
  /** Offsets of the host in the text, or of its line where the host is not there as such. */
  readonly start: number;
  readonly end: number;
  /** The number of the block (an upstream, a cluster, a list) that it stands in: hosts of one block are alternatives. */
  readonly block: number;
  readonly role: 'request' | 'telemetry' | 'startup';
}

const mostLines = 5_000;
const longestLine = 2_000;

/** A proxy's directives that name what they pass requests to. */
const directive =
  /^\s*(?:proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|scgi_pass|memcached_pass|server|reverse_proxy|php_fastcgi)\s+([^{;]+);?\s*(?:#.*)?$/;
const blockStart =
  /^\s*(?:(?:upstream|backend|location|listen|reverse_proxy)\b|(?:-\s*)?["']?(?:job_name|cluster_name)\b|-\s*["']?name["']?\s*:)/;

/**
 * The hosts in a configuration file of any language whose lines read `key: value`, `key = value`, `"key": "value"`
 * or like those of nginx. Placeholders such as `${DB_HOST:db}` take the service's own variables, or their defaults.
 */
export function hostsInConfiguration(text: string, variable: Lookup): readonly ConfiguredHost[] {
  const found: ConfiguredHost[] = [];
  let block = 0;
  let section = { key: '', indent: 0 };
  let start = 0;
  const side = text.includes('cluster_name') ? sideClusters(text.split('\n', mostLines)) : undefined;
  let cluster = '';
  for (let count = 0; start < text.length && count < mostLines; count++) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, Math.min(end, start + longestLine));
    const content = withoutComment(line);
    const indent = content.search(/\S/);
    if (indent >= 0) {
      if (blockStart.test(content)) block++;
      const own = keyOf(content);
      const isItem = own === undefined && /^\s*(?:-\s|["'])/.test(content);
      if (indent < section.indent || (indent === section.indent && !isItem)) section = { key: '', indent: 0 };
      if (side) cluster = clusterNamed(content) ?? cluster;
      const role = side?.get(cluster) ?? roleOf(own?.key ?? '', section.key, content);
      for (const host of hostsInLine(filledIn(content, variable), isItem ? section.key : '')) {
        const at = wordIndex(line, host);
        const from = at < 0 ? start + indent : start + at;
        const to = at < 0 ? start + line.trimEnd().length : from + host.length;
        found.push({ host, start: from, end: to, block, role });
      }
      if (own && /^[[{]?$/.test(own.value)) section = { key: own.key, indent };
    }
    start = end + 1;
  }
  return found;
}

/** A configuration server is asked when a service starts, and a page of health checks only observes. */
function roleOf(key: string, section: string, line: string): ConfiguredHost['role'] {
  const meaning = meaningOf(`${section}.${key}`);
  if (meaning.observes) return 'telemetry';
  return meaning.startsWith || line.includes('configserver:') ? 'startup' : 'request';
}

function hostsInLine(line: string, section: string): readonly string[] {
  const passed = directive.exec(line)?.[1];
  if (passed !== undefined) return hostsIn(passed, 'upstream');
  const own = keyOf(line);
  if (own && meaningOf(own.key).skip) return [];
  const found = [...hostsIn(own?.value ?? line, own?.key ?? section)];
  // Maps on one line, such as `{ address: orders, port_value: 80 }`.
  for (const [, key = '', value = ''] of line.matchAll(/([\w.-]+)["']?\s*[:=]\s*["']?([A-Za-z][\w.-]*)(?=["'\s,;}\]]|$)/g)) {
    if (key !== own?.key) found.push(...hostsIn(value, key));
  }
  return found;
}

function keyOf(line: string): { key: string; value: string } | undefined {
  const match = /^\s*(?:-\s+)?["']?([\w.$-][\w.$/[\]-]*)["']?\s*[:=]\s*(.*?)[\s,]*$/.exec(line);
  const [, key, value] = match ?? [];
  if (key === undefined || value === undefined) return undefined;
  // `http://host` and `host:80` are values without a key.
  return value.startsWith('//') || (/^\d+\b/.test(value) && !/^\s*(?:-\s+)?["']?[\w.$-][\w.$/[\]-]*["']?\s*(?:=|:\s)/.test(line))
    ? undefined
    : { key, value };
}

function withoutComment(line: string): string {
  if (/^\s*(?:#|\/\/|;|--\s)/.test(line)) return '';
  const at = line.search(/\s#/);
  return at < 0 ? line : line.slice(0, at);
}

/** `${NAME:default}` and `${NAME}`, as frameworks write them. */
function filledIn(line: string, variable: Lookup): string {
  if (!line.includes('$')) return line;
  const spring = line.replace(
    /\$\{([A-Za-z_][\w.-]*):(?![-?+])([^{}]*)\}/g,
    (_all, name: string, other: string) => variable(name) ?? other,
  );
  return interpolate(spring, variable);
}
