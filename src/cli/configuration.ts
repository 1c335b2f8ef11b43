import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { rules } from '../rules/registry';
import { type Severity, severities } from '../rules/rule';
import { type Configuration, Configurations, readConfiguration } from '../workspace/config';
import { canonical, readText } from './disk';
import { type Options, UsageError } from './options';

/** What of the configurations counts on the command line. */
export type Configured = Pick<Configurations<Severity>, 'of' | 'reviews' | 'found'>;

const known = { rules, severities };

/**
 * The configurations for what stands under the given paths: the one that was named, else for each folder the nearest
 * above it, up to the repository's root. Without a repository it is looked for up to where the user stands, else up to
 * the folder that was asked for.
 */
export function configurationsFor({ config, folders }: Pick<Options, 'config'> & { readonly folders: readonly string[] }): Configured {
  if (config !== undefined) return named(config);
  const here = canonical('.');
  const tops = new Set([here, ...folders.filter((folder) => !isWithin(folder, here))]);
  return new Configurations(known, readText, (folder) => existsSync(`${folder}/.git`) || (tops.has(folder) && !isInRepository(folder)));
}

/** One for everything: its globs count from where the user stands. */
function named(config: string): Configured {
  const file = canonical(config);
  const text = readText(file);
  if (text === undefined) throw new UsageError(`${config}: cannot be read`);
  const only: Configuration<Severity> = readConfiguration(file, text, known, canonical('.'));
  return { of: () => only, reviews: only.reviews, found: () => [only] };
}

function isWithin(folder: string, other: string): boolean {
  return folder === other || folder.startsWith(other.endsWith('/') ? other : `${other}/`);
}

function isInRepository(folder: string): boolean {
  for (let here = folder; ; here = dirname(here)) {
    if (existsSync(`${here}/.git`)) return true;
    if (here === dirname(here)) return false;
  }
}
