import * as l10n from '@vscode/l10n';
import type { Member, Together } from '../analysis/availability/together';
import { replicaCount } from '../model/defaults';
import type { System } from '../model/system';
import { countText, listText } from '../model/words';
import { pointText } from './figureText';

/** One thing that fails: `db`, `a replica of api`, `2 replicas of api`, `zone a`, `a bad release of api`. */
export function memberText(member: Member, system: System): string {
  const component = system.components.get(member.name);
  switch (member.kind) {
    case 'replica':
      if (component && replicaCount(component) === member.count)
        return member.count === 1 ? member.name : l10n.t('all of {0}', member.name);
      return countText(member.count, l10n.t('a replica of {0}', member.name), l10n.t('{0} replicas of {1}', member.count, member.name));
    case 'commonCause':
      return l10n.t('all replicas of {0} at once', member.name);
    case 'release':
      return l10n.t('a bad release of {0}', member.name);
    case 'switching':
      return l10n.t('a failover of {0}', member.name);
    default:
      return pointText({ kind: member.kind, name: member.name });
  }
}

/** `2 replicas of api`, `a replica of api and zone b`. */
export function togetherText({ members }: Together, system: System): string {
  return listText(
    members.map((member) => memberText(member, system)),
    4,
  );
}
