import type { Availability } from '../../model/units';
import type { Domain } from '../structure/domains';
import type { ReplicaGroup } from '../structure/replicas';

/** What is taken as known about a failure domain, or that it is left to chance. */
export type Known = 'up' | 'down' | 'open';

/** The state of one component's replicas, as probabilities of disjoint events. */
export interface GroupChance {
  /** It does not serve. */
  readonly down: number;
  /** It serves (the complement of `down`, with its digits). */
  readonly up: number;
  /** It serves, but a replica that nobody takes out is dead. */
  readonly slow: number;
}

/** Clusters of one region, each with the distribution of its replicas' number that are up while the zone is. */
interface RegionPart {
  readonly region: number;
  readonly clusters: readonly { readonly zone: number; readonly counts: Float64Array }[];
}

const empty = Float64Array.of(1);

/**
 * The state of a component's replicas, given what is known of the failure domains it stands in. Domains left open are
 * taken into account by their own probability, which is right while no other component stands in them. Sums and
 * products only, so that no digits are lost.
 */
export class GroupChances {
  readonly #group: ReplicaGroup;
  readonly #domains: readonly Domain[];
  readonly #parts: readonly RegionPart[];
  /** Above this number of replicas up, more makes no difference. */
  readonly #limit: number;
  /** That nothing of its own but the replicas is wrong: common cause, releases, switching. */
  readonly #fine: { readonly up: number; readonly down: number };

  constructor(group: ReplicaGroup, domains: readonly Domain[]) {
    this.#group = group;
    this.#domains = domains;
    this.#limit = group.unwatched ? Infinity : group.needs;
    const parts = new Map<number, { zone: number; counts: Float64Array }[]>();
    for (const { zone, count } of group.clusters) {
      const region = domains[zone]?.region ?? -1;
      const cluster = { zone, counts: binomial(count, group, this.#limit) };
      const known = parts.get(region);
      if (known) known.push(cluster);
      else parts.set(region, [cluster]);
    }
    this.#parts = [...parts].map(([region, clusters]) => ({ region, clusters }));
    let up = 1;
    let down = 0;
    for (const q of [group.common, group.release, group.switching]) {
      down += up * q;
      up *= 1 - q;
    }
    this.#fine = { up, down };
  }

  given(known: (domain: number) => Known): GroupChance {
    let { up, down } = this.#fine;
    for (const fate of this.#group.fates) {
      const state = known(fate);
      if (state === 'up') continue;
      const q = state === 'down' ? 1 : this.#down(fate);
      down += up * q;
      up *= state === 'down' ? 0 : this.#up(fate);
    }
    const { needs, unwatched } = this.#group;
    const counts = this.#replicasUp(known);
    const enough = sum(counts, needs, counts.length);
    down += up * sum(counts, 0, Math.min(needs, counts.length));
    // Without spare replicas to be dead, or with somebody who takes them out, nothing answers slowly.
    const slow = unwatched ? up * sum(counts, needs, counts.length - 1) : 0;
    return { down, up: up * enough, slow };
  }

  #replicasUp(known: (domain: number) => Known): Float64Array {
    let counts: Float64Array = empty;
    for (const { region, clusters } of this.#parts) {
      const state = region < 0 ? 'up' : known(region);
      let inRegion: Float64Array = empty;
      for (const { zone, counts: own } of clusters) {
        inRegion = convolved(inRegion, this.#inDomain(own, zone, state === 'down' || zone < 0 ? 'up' : known(zone)), this.#limit);
      }
      counts = convolved(counts, this.#inDomain(inRegion, region, state), this.#limit);
    }
    return counts;
  }

  /** With the domain down, no replica in it is up. */
  #inDomain(counts: Float64Array, domain: number, state: Known): Float64Array {
    if (state === 'up') return counts;
    const mixed = new Float64Array(counts.length);
    if (state === 'open') for (let i = 0; i < counts.length; i++) mixed[i] = this.#up(domain) * (counts[i] as number);
    mixed[0] = (mixed[0] as number) + (state === 'down' ? 1 : this.#down(domain));
    return mixed;
  }

  #down(domain: number): number {
    return this.#domains[domain]?.availability.value.down ?? 0;
  }

  #up(domain: number): number {
    return this.#domains[domain]?.availability.value.up ?? 1;
  }
}

/** More replicas than this are not added one by one. */
const many = 64;

/** The distribution of how many of `count` replicas are up; what is above the limit is one number. */
function binomial(count: number, { own }: ReplicaGroup, limit: number): Float64Array {
  return count > many ? fromMode(count, own, limit) : oneByOne(count, own, limit);
}

function oneByOne(count: number, { up, down }: Availability, limit: number): Float64Array {
  const most = Math.min(count, limit);
  const counts = new Float64Array(most + 1);
  counts[0] = 1;
  for (let n = 1; n <= count; n++) {
    for (let i = Math.min(n, most); i >= 0; i--) {
      const stays = (counts[i] as number) * (i === limit ? 1 : down);
      counts[i] = i === 0 ? stays : stays + (counts[i - 1] as number) * up;
    }
  }
  return counts;
}

/** From the likeliest number outwards, each from its neighbour: products only, so that small tails keep their digits. */
function fromMode(count: number, { up, down }: Availability, limit: number): Float64Array {
  const all = new Float64Array(count + 1);
  const mode = Math.min(count, Math.floor((count + 1) * up));
  all[mode] = 1;
  for (let i = mode; i < count && down > 0; i++) all[i + 1] = ((all[i] as number) * (count - i) * up) / ((i + 1) * down);
  for (let i = mode; i > 0 && up > 0; i--) all[i - 1] = ((all[i] as number) * i * down) / ((count - i + 1) * up);
  const total = sum(all, 0, all.length);
  const most = Math.min(count, limit);
  const counts = all.slice(0, most + 1);
  counts[most] = sum(all, most, all.length);
  return counts.map((chance) => chance / total);
}

function convolved(a: Float64Array, b: Float64Array, limit: number): Float64Array {
  if (a.length === 1 && a[0] === 1) return b;
  const most = Math.min(a.length + b.length - 2, limit);
  const result = new Float64Array(most + 1);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < b.length; j++) {
      const at = Math.min(i + j, most);
      result[at] = (result[at] as number) + (a[i] as number) * (b[j] as number);
    }
  }
  return result;
}

function sum(values: Float64Array, from: number, to: number): number {
  let total = 0;
  for (let i = from; i < to; i++) total += values[i] as number;
  return total;
}
