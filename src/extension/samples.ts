import * as l10n from '@vscode/l10n';
import { plain } from '../editing/print';

/** Texts that a new system begins with. They are whole files: what each says can be changed line by line. */

/** As small as a system can be: something of one's own, something of somebody else's, and a call between them. */
export function smallSystem(name: string): string {
  return `${comment(l10n.t('Two components and a call. Hover them, and look at what is underlined.'))}
faultline: 1
system: ${plain(name)}

components:
  api: { replicas: 2, concurrency: 8, healthCheck: { interval: 5s, unhealthyAfter: 2 } }
  payment: { kind: external, availability: 99.9% }

calls:
  - { from: api, to: payment, operation: POST /charge }

journeys:
  pay: { entry: api, rate: 20/s, availability: 99.9% }
`;
}

/** A web shop in two zones, with what most systems have: a way in, services, what they keep, a queue, and a provider. */
export function webShop(name: string): string {
  return `${comment(l10n.t('A web shop in two zones. Change the names and the figures to those of your own system.'))}
faultline: 1
system: ${plain(name)}

objectives: { availability: 99.9%, latency: 1s, rto: 15m, rpo: 5m }

zones:
  zone-1: { availability: 99.95% }
  zone-2: { availability: 99.95% }

components:
  entrance: { kind: load-balancer, managed: true, availability: 99.99% }
  shop: &service
    replicas: { zone-1: 2, zone-2: 2 }
    availability: 99.9%
    concurrency: 16
    serviceTime: 10ms
    healthCheck: { interval: 5s, unhealthyAfter: 2 }
  orders: *service
  database:
    kind: database
    replicas: 2
    zones: [zone-1, zone-2]
    availability: 99.9%
    concurrency: 50
    serviceTime: { p50: 5ms, p99: 40ms }
    replication: { mode: async, lag: 1s }
    failover: { automatic: true, within: 30s }
    backup: { every: 5m, restore: 10m, region: elsewhere }
    healthCheck: { interval: 5s, unhealthyAfter: 3 }
  letters: { kind: queue, managed: true, availability: 99.95% }
  letter-writer: { kind: worker, replicas: 2, availability: 99.5%, concurrency: 4, serviceTime: 100ms }
  cards:
    kind: external
    availability: 99.9%
    serviceTime: { p50: 120ms, p99: 600ms }

policies:
  ${comment(l10n.t('For every call below that says nothing of its own.'))}
  default:
    timeout: 300ms
    retry: { maxAttempts: 2, backoff: exponential, base: 50ms, jitter: full, budget: 10%, on: [refused, rejected] }

calls:
  - { from: entrance, to: shop, operation: GET /, timeout: 800ms, retry: none }
  - { from: shop, to: database, operation: GET /products, journeys: [browse] }
  - { from: shop, to: orders, operation: POST /orders, journeys: [buy], timeout: 700ms, retry: none }
  - { from: orders, to: database, operation: PUT /orders, journeys: [buy] }
  ${comment(l10n.t('Nothing says how long to wait for the provider: see the lightbulb.'))}
  - { from: orders, to: cards, operation: POST /charge, journeys: [buy], timeout: none, retry: none }
  - { from: orders, to: letters, operation: POST letter, journeys: [buy], async: true }
  - { from: letters, to: letter-writer }

journeys:
  browse: { entry: entrance, rate: 50/s }
  buy: { entry: entrance, rate: 5/s, availability: 99.5% }

scenarios:
  cards-hang:
    description: ${plain(l10n.t('The card provider stops answering for half a minute'))}
    duration: 60s
    events:
      - { at: 10s, kill: cards }
      - { at: 40s, restore: cards }
    expect:
      - { journey: browse, success: 99%, from: 10s, to: 40s }
`;
}

/**
 * What a compose file does not say: who comes in where, and what they were promised.
 * @param file the compose file's name, which stands in the same folder
 * @param entry the service that its users call
 */
export function besideCompose(name: string, file: string, entry: string): string {
  return `${comment(l10n.t('The compose file says what runs. Here stands what it cannot say: who comes in, and what they were promised.'))}
faultline: 1
system: ${plain(name)}
include: [${plain(file)}]

${comment(l10n.t('Calls and components can be added here too, under the names that the compose file has.'))}
journeys:
  visit: { entry: ${plain(entry)}, rate: 10/s, availability: 99.9%, latency: 1s }
`;
}

/** The text of an example as a system of another name. */
export function renamed(text: string, name: string): string {
  return text.replace(/^system:.*$/m, () => `system: ${plain(name)}`);
}

function comment(text: string): string {
  return `# ${text.replace(/\s+/g, ' ')}`;
}
