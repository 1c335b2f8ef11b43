import type { Call, CallPolicy } from '../model/call';
import type { Component, SourceFormat } from '../model/component';
import type { Journey, Objectives } from '../model/journey';
import type { Origin } from '../model/origin';
import type { Problem } from '../model/problem';
import type { Scenario } from '../model/scenario';
import type { Steps } from '../model/steps';
import type { Region, SharedFate, Zone } from '../model/system';
import type { Place, Span } from '../model/text';

/** A call as one file writes it: not yet named, and without what its policy says. */
export type WrittenCall = Omit<Call, 'id' | 'ownKeys'>;

interface Declared<K extends string, V> {
  readonly kind: K;
  readonly name: string;
  readonly value: V;
  readonly origin: Origin;
}

/** One thing that a file says, with where it stands. A call's name is empty: the linker names it. */
export type Element =
  | Declared<'objectives', Objectives>
  | Declared<'region', Region>
  | Declared<'zone', Zone>
  | Declared<'sharedFate', SharedFate>
  | Declared<'component', Component>
  | Declared<'policy', CallPolicy>
  | Declared<'call', WrittenCall>
  | Declared<'journey', Journey>
  | Declared<'scenario', Scenario>;

/** A place that uses a name which something else must declare. Mentions of zones and regions need no declaration. */
export interface Mention {
  readonly kind: 'component' | 'zone' | 'region' | 'sharedFate' | 'policy' | 'journey' | 'call';
  readonly name: string;
  readonly place: Place;
  /** Where the name itself stands, where an alias brings it to its place. */
  readonly written?: Span;
}

/** A path, folder or glob, relative to the file that names it, whose content becomes part of this system. */
export interface Include {
  readonly path: string;
  readonly place: Place;
}

/** `# faultline-ignore rule, rule until 2026-01-31 -- reason`. */
export interface Ignore {
  readonly rules: readonly string[];
  /** YYYY-MM-DD */
  readonly until?: string;
  /** Empty where none is given. */
  readonly reason: string;
  /** The comment itself. */
  readonly place: Place;
  /** The line that it silences, from 0. */
  readonly line: number;
}

/** What one file (or the files of one compose project) says, as far as it is sound. */
export interface Fragment {
  readonly format: SourceFormat;
  /** Absolute paths, the main file first. */
  readonly files: readonly string[];
  /** The system it belongs to, where it says so. */
  readonly system?: string;
  readonly systemPlace?: Place;
  readonly elements: readonly Element[];
  readonly mentions: readonly Mention[];
  readonly includes: readonly Include[];
  readonly ignores: readonly Ignore[];
  readonly problems: readonly Problem[];
  /** Stretches the parser could not make sense of: names declared there are unknown, not missing. */
  readonly unsound: readonly Span[];
}

/**
 * Where readers get other files from (an `.env`, an `extends`, a mounted nginx.conf). A snapshot: a file that is
 * not there yet reads as undefined, and whoever owns the snapshot may fetch it and read again.
 */
export interface Files {
  /** The text of a file, or undefined when it does not exist, is not text or is not loaded yet. */
  read(path: string): string | undefined;
  /** The names of the files and folders (with a slash behind) in a folder. */
  list(folder: string): readonly string[];
}

/** A language that describes systems. One folder each, one line each in `registry.ts`. */
export interface Format {
  readonly id: SourceFormat;
  /** Whether a file is of this format: by its name, and where that does not tell, by its text. */
  recognises(path: string, text: string): boolean;
  /** All files that are read together with this one, in the order in which they are merged. */
  group(path: string, files: Files): readonly string[];
  /**
   * Reads a group. Never throws; what is wrong comes back as problems. A format may take from the `previous` reading
   * of the same group what has not changed, and what the text declared before it stopped being sound.
   */
  read(group: readonly string[], files: Files, previous?: Fragment): Fragment;
  /** The same in small steps, for formats whose files may be long. */
  readSteps?(group: readonly string[], files: Files, previous?: Fragment): Steps<Fragment>;
}
