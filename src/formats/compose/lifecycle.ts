import { repositoryOf } from './products';
import type { Project } from './project';
import type { Service } from './service';
import { child, scalarChild } from './tree';

/**
 * The services that `docker compose up` keeps running: not those behind a profile (unless the project's
 * `COMPOSE_PROFILES` names it, or every service has one), not those scaled to nothing, and not those that run once.
 */
export function runningServices(services: readonly Service[], project: Project): readonly Service[] {
  const wanted = new Set((project.variable('COMPOSE_PROFILES') ?? '').split(',').map((profile) => profile.trim()));
  const choice = services.some(({ profiles }) => profiles.length === 0);
  const isOn = ({ profiles, replicas }: Service): boolean =>
    replicas !== 0 && (profiles.length === 0 || !choice || wanted.has('*') || profiles.some((profile) => wanted.has(profile)));
  const awaited = new Set(
    services.flatMap(({ startsAfter }) =>
      startsAfter.filter(({ condition }) => condition === 'service_completed_successfully').map(({ name }) => name),
    ),
  );
  return services.filter((service) => isOn(service) && !awaited.has(service.name) && !runsOnce(service));
}

const oneTimeName = /(?:^|[-_.])(?:init|initializer|setup|migrate|migration|migrations|migrator|seed|seeder|importer)(?:[-_.]|$)/i;
const oneTimeImage = /(?:^|\/)(?:mc|flyway|liquibase|migrate|[\w-]*-(?:init|migrator|migrations?|schema))$/;

/** Whether a container does something and ends: nothing depends on it later. */
function runsOnce(service: Service): boolean {
  if (service.published || service.healthcheck || service.replicas !== undefined) return false;
  const restart = service.restart ?? scalarChild(child(child(service.declared.node, 'deploy'), 'restart_policy'), 'condition')?.text;
  if (restart === 'always' || restart === 'unless-stopped' || restart === 'any') return false;
  if (restart === 'no' || restart === 'false' || restart === 'none') return true;
  return oneTimeName.test(service.name) || (service.image !== undefined && oneTimeImage.test(repositoryOf(service.image.text)));
}
