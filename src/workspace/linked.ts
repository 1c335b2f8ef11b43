import type { Ignore, Mention } from '../formats/fragment';
import type { Origins } from '../model/origin';
import type { Problem } from '../model/problem';
import type { System } from '../model/system';

/** One linked system with where everything stands. */
export interface LinkedSystem {
  readonly system: System;
  readonly origins: Origins;
  /** All files that say something about it, sorted. */
  readonly files: readonly string[];
  /** The folder whose files are this system; paths are absolute. */
  readonly folder: string;
  readonly mentions: readonly Mention[];
  readonly ignores: readonly Ignore[];
  /** Problems of its files and of the links between them. */
  readonly problems: readonly Problem[];
  /** False while some file of it could not be read as a whole, so that names may be missing without being wrong. */
  readonly sound: boolean;
}
