import type { Place } from '../../model/text';
import type { Variable } from './environment';
import { repositoryOf } from './products';
import type { Service } from './service';

/** A proxy that finds what it passes requests to by their labels or variables. */
export interface Exposed {
  readonly from: string;
  readonly to: string;
  readonly place: Place;
}

const mostProxies = 10;
const traefik = /(?:^|\/)traefik$/;
const caddy = /(?:^|\/)caddy-docker-proxy$/;
const nginxProxy = /(?:^|\/)nginx-proxy$/;

/** What Traefik, Caddy's docker proxy and nginx-proxy of this project route to. */
export function exposed(
  services: readonly Service[],
  environments: ReadonlyMap<string, ReadonlyMap<string, Variable>>,
): readonly Exposed[] {
  const routes: readonly (readonly [RegExp, (service: Service) => Place | undefined])[] = [
    [traefik, traefikLabel],
    [caddy, ({ labels }) => labels.find(({ key }) => /^caddy(?:_\d+)?$/.test(key))?.keyPlace],
    [nginxProxy, ({ name }) => environments.get(name)?.get('VIRTUAL_HOST')?.value.place],
  ];
  const found: Exposed[] = [];
  for (const [pattern, placeOf] of routes) {
    const proxies = services.filter(({ image }) => image !== undefined && pattern.test(repositoryOf(image.text))).slice(0, mostProxies);
    for (const service of proxies.length > 0 ? services : []) {
      const place = placeOf(service);
      if (place) for (const proxy of proxies) if (proxy !== service) found.push({ from: proxy.name, to: service.name, place });
    }
  }
  return found;
}

function traefikLabel(service: Service): Place | undefined {
  const on = service.labels.find(({ key }) => key.toLowerCase() === 'traefik.enable');
  if (on?.value.kind === 'scalar' && on.value.text === 'false') return undefined;
  const rule = service.labels.find(({ key }) => /^traefik\.(?:(?:http|tcp|udp)\.routers\.|frontend\.|port$|[\w-]+\.frontend\.)/i.test(key));
  return (rule ?? on)?.keyPlace;
}
