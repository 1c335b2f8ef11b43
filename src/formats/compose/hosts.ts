import { meaningOf } from './keys';

/** Schemes behind which no host of this network stands. */
const otherSchemes = /^(?:file|s3|s3a|gs|gcs|abfss?|unix|npipe|data|urn|arn|classpath|git\+ssh|oci|docker|image)$/i;
/** Longer texts are not addresses but content. */
const longest = 20_000;
const mostTokens = 2_000;

/**
 * The hosts that a value names: in URLs, `host:port`, `user@host`, `Server=`, `Host=` and the like, in lists of
 * these; and as a bare word where the key says that the value is a host. What is found need not exist.
 */
export function hostsIn(text: string, key: string): readonly string[] {
  const meaning = meaningOf(key);
  if (meaning.skip || text.length > longest) return [];
  const found: string[] = [];
  const tokens = text.split(/[\s,;|"'`()[\]{}<>]+/, mostTokens);
  for (const token of tokens) if (token !== '') readToken(token, meaning.hostLike, found, 0);
  return found;
}

function readToken(token: string, hostLike: boolean, found: string[], depth: number): void {
  const scheme = /^(?:jdbc:)?(?:[a-z][\w+.-]*:)*?([a-z][\w+.-]*):\/\/(.*)$/is.exec(token);
  if (scheme) {
    if (!otherSchemes.test(scheme[1] ?? '')) address(afterUser(scheme[2] ?? ''), true, found);
    return;
  }
  const assignment = /^-{0,2}([\w.:@/-]*[\w-])=(.+)$/s.exec(token);
  if (assignment && depth < 3) {
    const [, name = '', value = ''] = assignment;
    const meaning = meaningOf(name.replace(/^-?D(?=[a-z])/, ''));
    if (!meaning.skip) readToken(value.replace(/^(?:tcp|np|lpc):/i, ''), meaning.hostLike || settingKey.test(name), found, depth + 1);
    return;
  }
  address(afterUser(token), hostLike || /[^/]@\w/.test(token), found);
}

/** Settings of connection strings whose value is a host: `Server=`, `Host=`, `Data Source=`. */
const settingKey = /^(?:server|host|hostname|source|datasource|addr|address|endpoint)$/i;

function afterUser(text: string): string {
  const authority = /^[^/?#]*/.exec(text)?.[0] ?? '';
  const at = authority.lastIndexOf('@');
  const rest = at < 0 ? text : text.slice(at + 1);
  // A target with an empty authority, such as `dns:///orders:8080`.
  return rest.replace(/^\/+/, '');
}

/** A host, with a port or a path behind it; without either only where the context says that it is a host. */
function address(text: string, trusted: boolean, found: string[]): void {
  const match = /^([A-Za-z0-9_][\w.-]*)(:\d{1,5})?(?=$|[/?#:\\])/.exec(text);
  const host = match?.[1];
  if (match === null || host === undefined) return;
  const port = match[2];
  if (trusted || (port !== undefined && port.length > 2 && !/^\d+$/.test(host))) found.push(host);
}
