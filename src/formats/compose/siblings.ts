import { isStateful, type Kind } from '../../model/kinds';
import type { Variable } from './environment';
import type { Evidence } from './evidence';
import type { Service } from './service';

/** Several services that are replicas of one component. */
export interface Group {
  readonly name: string;
  readonly members: readonly Service[];
  /** Members that name each other, and so take over from one another. */
  readonly cluster: boolean;
}

type Environments = ReadonlyMap<string, ReadonlyMap<string, Variable>>;
type KindOf = (service: string) => Kind | undefined;

/** Services of the same stem and image with alike definitions: `kafka1`, `kafka2`, `kafka3`; also `web` with `web2`. */
export function numberedSiblings(services: readonly Service[], environments: Environments, kindOf: KindOf): readonly Group[] {
  const byStem = new Map<string, Service[]>();
  for (const service of services) {
    const stem = stemOf(service.name);
    const siblings = stem === undefined ? undefined : byStem.get(stem);
    if (siblings) siblings.push(service);
    else if (stem !== undefined) byStem.set(stem, [service]);
  }
  const byName = new Map(services.map((service) => [service.name, service]));
  return [...byStem].flatMap(([stem, numbered]): Group[] => {
    const plain = byName.get(stem);
    const all = plain ? [plain, ...numbered] : numbered;
    const first = all[0];
    const members = first ? all.filter((service) => alike(first, service, environments, kindOf)) : [];
    if (members.length < 2 || members.length < all.length) return [];
    return [{ name: stem, members, cluster: false }];
  });
}

/** The name without a number at its end; undefined where there is none, or nothing else. */
function stemOf(name: string): string | undefined {
  const stem = /^(.*[A-Za-z])[-_.]*\d{1,3}$/.exec(name)?.[1];
  return stem !== undefined && stem.length >= 2 ? stem : undefined;
}

/** Same image or build, and nearly the same command and variables, numbers and names aside. Members of a store join each other in different ways. */
function alike(a: Service, b: Service, environments: Environments, kindOf: KindOf): boolean {
  if (a === b) return true;
  const from = madeOf(a);
  if (from === undefined || from !== madeOf(b)) return false;
  if (!isStateful(kindOf(a.name) ?? 'service') && commandShape(a) !== commandShape(b)) return false;
  const keysA = keyShapes(a, environments);
  const keysB = keyShapes(b, environments);
  const all = new Set([...keysA, ...keysB]);
  const shared = [...keysA].filter((key) => keysB.has(key)).length;
  return all.size === 0 || shared / all.size >= 0.6;
}

function madeOf(service: Service): string | undefined {
  return service.build ? service.build.text : service.image?.text;
}

function commandShape(service: Service): string {
  return service.command.map(({ text }) => shape(text.replaceAll(service.name, ''))).join(' ');
}

function keyShapes(service: Service, environments: Environments): ReadonlySet<string> {
  return new Set([...(environments.get(service.name)?.keys() ?? [])].map(shape));
}

function shape(text: string): string {
  return text.replace(/[-_.]?\d+/g, '#');
}

/** Stores of one image that somebody lists together in one value: `mongo-primary,mongo-secondary`. */
export function listedTogether(
  services: readonly Service[],
  environments: Environments,
  evidence: readonly Evidence[],
  kindOf: KindOf,
): readonly Group[] {
  const byName = new Map(services.map((service) => [service.name, service]));
  const grouped = new Set<string>();
  const groups: Group[] = [];
  for (const members of membersByUnit(evidence.filter(({ listed }) => listed === true)).values()) {
    const first = byName.get([...members][0] ?? '');
    const kind = first && kindOf(first.name);
    if (!first || kind === undefined || !isStateful(kind) || members.size < 2) continue;
    const same = [...members].flatMap((name) => byName.get(name) ?? []).filter((service) => alike(first, service, environments, kindOf));
    if (same.length < 2 || same.some(({ name }) => grouped.has(name))) continue;
    for (const { name } of same) grouped.add(name);
    groups.push({
      name: commonStem(
        same.map(({ name }) => name),
        byName,
      ),
      members: same,
      cluster: false,
    });
  }
  return groups;
}

function commonStem(names: readonly string[], taken: ReadonlyMap<string, Service>): string {
  const [first = '', ...rest] = names;
  let length = first.length;
  for (const name of rest) while (!name.startsWith(first.slice(0, length))) length--;
  const stem = first.slice(0, length).replace(/[-_.]+$/, '');
  return stem.length >= 2 && (!taken.has(stem) || names.includes(stem)) ? stem : first;
}

/** Only groups whose members really stand in for each other, as far as those who call them show. */
export function confirmed(groups: readonly Group[], evidence: readonly Evidence[], kindOf: KindOf): readonly Group[] {
  const taken = new Set<string>();
  const calls = new Map<string, Evidence[]>();
  for (const item of evidence) {
    const list = calls.get(item.to);
    if (list) list.push(item);
    else calls.set(item.to, [item]);
  }
  return groups.flatMap((group): Group[] => {
    const names = new Set(group.members.map(({ name }) => name));
    if ([...names].some((name) => taken.has(name))) return [];
    const incoming = [...names].flatMap((name) => calls.get(name) ?? []);
    const mutual = incoming.some(({ from }) => names.has(from));
    const toMembers = incoming.filter(({ from, role }) => !names.has(from) && role !== 'telemetry');
    const requests = [...membersByUnit(toMembers.filter(({ role }) => role === 'request')).values()];
    const starts = [...membersByUnit(toMembers.filter(({ role }) => role === 'startup')).values()];
    const kind = kindOf(group.members[0]?.name ?? '') ?? 'service';
    const keep = isStateful(kind)
      ? kind === 'queue' ||
        mutual ||
        [...requests, ...starts].some((unit) => unit.size > 1) ||
        new Set(requests.flatMap((unit) => [...unit])).size <= 1
      : requests.every((unit) => unit.size > 1);
    if (!keep) return [];
    for (const name of names) taken.add(name);
    return [{ ...group, cluster: isStateful(kind) && (mutual || kind === 'queue') }];
  });
}

function membersByUnit(evidence: readonly Evidence[]): ReadonlyMap<string, ReadonlySet<string>> {
  const units = new Map<string, Set<string>>();
  for (const { unit, to } of evidence) units.set(unit, (units.get(unit) ?? new Set()).add(to));
  return units;
}
