import type { Member, Together } from '../analysis/availability/together';
import { replicaCount } from '../model/defaults';
import type { System } from '../model/system';
import { listText } from '../model/words';

/** One thing that fails: `db`, `a replica of api`, `2 replicas of api`, `zone a`, `a bad release of api`. */
export function memberText(member: Member, system: System): string {
  const component = system.components.get(member.name);
  switch (member.kind) {
    case 'replica':
      if (component && replicaCount(component) === member.count) return member.count === 1 ? member.name : `all of ${member.name}`;
      return member.count === 1 ? `a replica of ${member.name}` : `${member.count} replicas of ${member.name}`;
    case 'commonCause':
      return `all replicas of ${member.name} at once`;
    case 'release':
      return `a bad release of ${member.name}`;
    case 'switching':
      return `a failover of ${member.name}`;
    case 'sharedFate':
      return `shared fate ${member.name}`;
    default:
      return `${member.kind} ${member.name}`;
  }
}

/** `2 replicas of api`, `a replica of api and zone b`. */
export function togetherText({ members }: Together, system: System): string {
  return listText(
    members.map((member) => memberText(member, system)),
    4,
  );
}
