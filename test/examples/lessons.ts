/** A change that the comments of an example invite to, and what becomes of its scenarios then. */
export interface Try {
  readonly write: string;
  readonly insteadOf: string;
  /** The expectations that no longer hold, in order; and the findings that go, and that come. */
  readonly breaks: readonly string[];
  readonly silences?: readonly string[];
  readonly brings?: readonly string[];
}

export interface Lesson {
  /** The file in `examples/`, without its ending. */
  readonly name: string;
  /** `rule subject`, each as often as it is found. */
  readonly findings: readonly string[];
  readonly scenarios: readonly string[];
  readonly tries: readonly Try[];
}

/** Every example that stands alone, in the order of docs/learning.md, with what it is there to show. */
export const lessons: readonly Lesson[] = [
  {
    name: 'nines',
    findings: ['objective-unreachable five-in-a-row'],
    scenarios: ['one-in-a-hundred', 'one-of-five-is-gone'],
    tries: [
      {
        insteadOf: '{ from: pages, to: reviews }',
        write: '{ from: pages, to: reviews, required: false }',
        breaks: ['five-in-a-row success < 1% from 10s to 40s'],
      },
    ],
  },
  {
    name: 'lab',
    findings: [
      'missing-backup db',
      'missing-circuit-breaker api -> payment',
      'missing-timeout api -> db',
      'missing-timeout api -> payment',
      'objective-unreachable look-up',
      'single-point-of-failure api',
      'single-point-of-failure db',
      'single-point-of-failure payment',
    ],
    scenarios: ['payment-hangs', 'payment-refuses'],
    tries: [
      {
        insteadOf: 'operation: POST /charge',
        write: 'operation: POST /charge\n    timeout: 300ms\n    circuitBreaker: { failures: 5 }',
        breaks: [],
        silences: ['missing-circuit-breaker api -> payment', 'missing-timeout api -> payment'],
      },
    ],
  },
  {
    name: 'breaker-window',
    findings: ['breaker-never-opens large-shop -> payment'],
    scenarios: ['payment-hangs'],
    tries: [
      {
        insteadOf: 'timeout: 2s',
        write: 'timeout: 300ms',
        breaks: ['large-shop -> payment breakerOpened <= 0', 'look-large success < 30% from 20s to 40s'],
        silences: ['breaker-never-opens large-shop -> payment'],
      },
    ],
  },
  {
    name: 'degradation',
    findings: ['fallback-never-fires hoping -> tips', 'missing-timeout hoping -> tips'],
    scenarios: ['tips-hang'],
    tries: [
      {
        insteadOf: 'to: tips\n    operation: GET /tips\n    fallback',
        write: 'to: tips\n    operation: GET /tips\n    timeout: 200ms\n    fallback',
        breaks: ['page-hoping success < 1% from 11s to 39s'],
        silences: ['fallback-never-fires hoping -> tips', 'missing-timeout hoping -> tips'],
      },
    ],
  },
  {
    name: 'retry-storm',
    findings: [
      'excessive-retry exponential-app -> exponential-server',
      'excessive-retry fixed-app -> fixed-server',
      'excessive-retry jitter-app -> jitter-server',
      'excessive-retry loop-app -> loop-server',
      'retry-without-backoff loop-app -> loop-server',
      'retry-without-jitter exponential-app -> exponential-server',
      'retry-without-jitter fixed-app -> fixed-server',
    ],
    scenarios: ['all-at-once'],
    tries: [
      {
        insteadOf: 'cap: 5s, jitter: full',
        write: 'cap: 500ms, jitter: full',
        breaks: ['jitter success >= 100%', 'jitter-app -> jitter-server attempts <= 8 a request'],
      },
      { insteadOf: 'cap: 5s, jitter: full', write: 'cap: 5s, jitter: decorrelated', breaks: [] },
    ],
  },
  {
    name: 'metastable',
    findings: ['missing-circuit-breaker loop-web -> loop-orders'],
    scenarios: ['a-busy-ten-seconds', 'callers-turned-away', 'restarted'],
    tries: [
      {
        insteadOf: 'queue: 200',
        write: 'queue: 20',
        breaks: ['loop success < 5% from 1m to 1m30s', 'loop success < 5% from 40s to 1m', 'loop success < 5% from 40s to 1m'],
      },
    ],
  },
  {
    name: 'cold-cache',
    findings: ['cold-cache open-cache'],
    scenarios: ['cache-gone'],
    tries: [
      {
        insteadOf: 'gate: { replicas: 2, concurrency: 8',
        write: 'gate: { replicas: 2, concurrency: 150',
        breaks: ['order-gated success >= 99% from 10s to 30s', 'page-gated success < 40% from 10s to 30s'],
      },
    ],
  },
  {
    name: 'backlog',
    findings: [],
    scenarios: ['workers-away'],
    tries: [
      {
        insteadOf: 'letters-just: &queue { kind: queue,',
        write: 'letters-just: &queue { kind: queue, queue: 1000,',
        breaks: ['order success >= 100%', 'letters-just queue > 1000 from 1m45s to 1m50s'],
      },
    ],
  },
  {
    name: 'double-charge',
    findings: ['retry-not-idempotent shop -> cards POST /charges'],
    scenarios: ['cards-slow'],
    tries: [
      {
        insteadOf: 'policy: three-times }',
        write: 'policy: three-times, retry: { maxAttempts: 3, base: 50ms, jitter: full, budget: 10%, on: [refused, rejected] } }',
        breaks: ['shop -> cards POST /charges duplicateEffects > 20'],
        silences: ['retry-not-idempotent shop -> cards POST /charges'],
      },
    ],
  },
  {
    name: 'zone-loss',
    findings: ['no-headroom tight', 'single-point-of-failure tight', 'single-zone east-1', 'single-zone east-2'],
    scenarios: ['zone-lost'],
    tries: [
      {
        insteadOf: 'replicas: { east-1: 1, east-2: 1 }',
        write: 'replicas: { east-1: 1, east-2: 1, east-3: 1 }',
        breaks: ['through-tight success < 75% from 25s to 1m'],
        silences: ['no-headroom tight', 'single-point-of-failure tight', 'single-zone east-1', 'single-zone east-2'],
      },
    ],
  },
  {
    name: 'failover',
    findings: [
      'rpo-unmet archive-db',
      'rto-unmet archive-db',
      'single-point-of-failure archive-db',
      'single-region west',
      'single-zone west-1',
      'untested-restore archive-db',
      'untested-restore orders-db',
    ],
    scenarios: ['zone-lost'],
    tries: [
      {
        insteadOf: 'failover: { automatic: true, within: 15s }',
        write: 'failover: { automatic: false, within: 30m }',
        breaks: ['order success >= 99.9% again within 28s after 20s'],
        brings: ['manual-failover orders-db'],
      },
    ],
  },
];
