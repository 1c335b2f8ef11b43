/** What the name of a variable or setting says about its value. */
export interface KeyMeaning {
  /** A bare word under it is a host. */
  readonly hostLike: boolean;
  /** The value is not a dependency: the service's own outside address, somebody allowed in, a secret. */
  readonly skip: boolean;
  /** What is called only observes. */
  readonly observes: boolean;
  /** What is called is asked once, when the service starts: a server of configuration. */
  readonly startsWith: boolean;
}

/** Last words of keys that name hosts. */
const hostWords: ReadonlySet<string> = new Set(
  (
    'HOST HOSTS HOSTNAME HOSTNAMES ADDR ADDRS ADDRESS ADDRESSES URL URLS URI URIS ENDPOINT ENDPOINTS SERVER SERVERS BROKER BROKERS SEED SEEDS NODES PEERS ' +
    'BOOTSTRAP CONNECTION CONNECTIONSTRING CONNECTIONSTRINGS DSN UPSTREAM UPSTREAMS TARGET TARGETS BACKEND BACKENDS ORIGIN_SERVER PROXY_PASS SERVICEID SERVICE_ID CONNECT QUORUM CONTACTPOINTS CONTACT_POINTS DATASOURCE IP'
  ).split(' '),
);

/** Words of keys whose value is not a dependency of the service that has them. */
const outsideWords: ReadonlySet<string> = new Set(
  (
    'PUBLIC EXTERNAL EXTERN CALLBACK REDIRECT ISSUER ISS ADVERTISED ADVERTISE SWAGGER SELF ORIGINS CORS ALLOWED ALLOW TRUSTED WHITELIST ALLOWLIST ' +
    'REFERER REFERRER AUDIENCE BIND LISTEN LISTENER LISTENERS ANNOUNCE'
  ).split(' '),
);

/** Last words of keys whose value is no address at all. */
const otherValues: ReadonlySet<string> = new Set(['PASSWORD', 'PASSWD', 'SECRET', 'TOKEN', 'IMAGE', 'VERSION', 'TAG']);

/** Whole keys with the service's own names, or with whom not to ask. */
const ownKeys: ReadonlySet<string> = new Set(['NO_PROXY', 'VIRTUAL_HOST', 'LETSENCRYPT_HOST']);

/** Last words after which a bare word is a type or a name, and never a host. */
const typeWords: ReadonlySet<string> = new Set([
  'DB',
  'DRIVER',
  'TYPE',
  'NAME',
  'ADAPTER',
  'DIALECT',
  'PROVIDER',
  'USER',
  'USERNAME',
  'SCHEMA',
  'DATABASE',
]);

/** Reads the words of a key: `ConnectionStrings__Redis`, `spring.redis.host`, `urls__grpcBasket`, `DB_HOST`. */
export function meaningOf(key: string): KeyMeaning {
  const known = meanings.get(key);
  if (known) return known;
  const meaning = readMeaning(key);
  if (meanings.size > 5_000) meanings.clear();
  meanings.set(key, meaning);
  return meaning;
}

/** The same keys come again and again. */
const meanings = new Map<string, KeyMeaning>();

function readMeaning(key: string): KeyMeaning {
  const words = wordsOf(key);
  const joined = words.join('_');
  const last = words.at(-1) ?? '';
  const pair = words.slice(-2).join('_');
  const isInside = words.includes('INTERNAL') || words.includes('BACKEND');
  const skip = ownKeys.has(joined) || otherValues.has(last) || (!isInside && words.some((word) => outsideWords.has(word)));
  const connection = /(?:^|_)CONNECTION_?STRINGS?(?:_|$)/.test(joined);
  const hostLike = !typeWords.has(last) && (hostWords.has(last) || hostWords.has(pair) || connection || /^URLS?$/.test(words[0] ?? ''));
  return {
    hostLike: hostLike || connection,
    skip,
    observes: /HEALTH_?CHECKS?_?UI|^OTEL_|(?:^|_)(?:OTLP|JAEGER|ZIPKIN|STATSD)(?:_|$)/.test(joined),
    startsWith: /(?:^|_)CONFIG_?(?:SERVER_)?(?:URI|URL|HOST)$/.test(joined),
  };
}

/** Words in capitals; numbers at the end of a key (`HOSTS__0`) are not words. */
function wordsOf(key: string): string[] {
  const words = key
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .filter((word) => word !== '');
  while (words.length > 1 && /^\d+$/.test(words.at(-1) ?? '')) words.pop();
  const last = words.at(-1);
  if (last !== undefined) words[words.length - 1] = last.replace(/(?<=[A-Z])\d+$/, '');
  return words;
}
