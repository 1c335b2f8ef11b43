import { mostSimilar } from '../../formats/shared/similar';
import { replicaCount } from '../../model/defaults';
import type { FaultTarget } from '../../model/scenario';
import type { System } from '../../model/system';
import { countText } from '../../model/words';
import { componentsOf } from '../../simulation/tippingTrial';
import { UsageError } from '../options';

/** The systems that have what a fault is to hit. Where none has: a usage error that says what was probably meant. */
export function systemsWith<T extends { readonly system: System }>(
  systems: readonly T[],
  option: string,
  target: FaultTarget,
): readonly T[] {
  const having = systems.filter(({ system }) => componentsOf(system, target).size > 0);
  if (having.length === 0) throw new UsageError(`${option}: ${unknown(systems, target)}`);
  if (target.kind !== 'replica') return having;
  const countIn = ({ system }: T) => {
    const component = system.components.get(target.name);
    return component ? replicaCount(component) : 0;
  };
  const most = Math.max(...having.map(countIn));
  if (target.replica <= most) return having.filter((one) => countIn(one) >= target.replica);
  const replicas = countText(most, '1 replica', `${most} replicas`);
  throw new UsageError(`${option}: ${target.name} has ${replicas}, there is no ${target.name}#${target.replica}`);
}

function unknown(systems: readonly { readonly system: System }[], { kind, name }: FaultTarget): string {
  const known = systems.flatMap(({ system }) => [...declared(system, kind).keys()]);
  const what = kind === 'replica' ? 'component' : kind === 'sharedFate' ? 'shared fate' : kind;
  if (known.includes(name)) return `nothing stands in ${what} ${name}`;
  const similar = mostSimilar(name, known);
  return `there is no ${what} ${name}${similar === undefined ? '' : `; did you mean ${similar}?`}`;
}

function declared(system: System, kind: FaultTarget['kind']): ReadonlyMap<string, unknown> {
  switch (kind) {
    case 'component':
    case 'replica':
      return system.components;
    case 'zone':
      return system.zones;
    case 'region':
      return system.regions;
    case 'sharedFate':
      return system.sharedFates;
  }
}
