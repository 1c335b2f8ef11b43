import type { Recovery } from '../model/component';
import { kindOf } from '../model/defaults';
import { isStateful } from '../model/kinds';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import type { Change } from './change';
import { roundDown } from './numbers';

/**
 * A warm standby of a component in another region, with a recovery time and point of half of what is allowed: the DNS in
 * front takes some of it. A number that no objective gives is left out. Undefined where a recovery is written already.
 */
export function warmStandby(
  system: System,
  name: string,
  region: string,
  rto: Seconds | undefined,
  rpo: Seconds | undefined,
): Change | undefined {
  const component = system.components.get(name);
  if (!component || (component.source ?? 'native') !== 'native') return undefined;
  if (component.recovery !== undefined && component.recovery !== 'none') return undefined;
  const recovery: Recovery = {
    strategy: 'warm-standby',
    region,
    ...(rto !== undefined && rto > 0 ? { rto: roundDown(rto / 2) } : {}),
    ...(rpo !== undefined && rpo > 0 && isStateful(kindOf(component)) ? { rpo: roundDown(rpo / 2) } : {}),
  };
  return { kind: 'set-component', component: name, fields: { recovery } };
}
