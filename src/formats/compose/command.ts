import { hostsIn } from './hosts';
import { interpolate, type Lookup } from './interpolate';
import { meaningOf } from './keys';
import type { Scalar } from './tree';

/** A host that a command names. */
export interface CommandHost {
  readonly host: string;
  readonly scalar: Scalar;
  /** It is only waited for until it answers, which is start order. */
  readonly waits: boolean;
}

const waiting = /wait[-_]?for|wait4|wait-on|dockerize|^nc$|netcat|^until$|wait_for/i;
const working = /^(?:--|&&|\|\||;|do|exec)$/;

/** The hosts that entry point and command name: addresses anywhere, and bare names behind a flag such as `--host`. */
export function hostsInCommand(command: readonly Scalar[], variable: Lookup): readonly CommandHost[] {
  const found: CommandHost[] = [];
  let waits = false;
  let flag = '';
  for (const scalar of command) {
    // What is left of `$$HOST` is filled in by the container's shell.
    for (const word of interpolate(scalar.text, variable).slice(0, 20_000).split(/\s+/)) {
      if (waiting.test(word)) waits = true;
      else if (working.test(word)) waits = false;
      for (const host of hostsIn(word, flag)) found.push({ host, scalar, waits });
      if (/;$/.test(word)) waits = false;
      flag = flagOf(word);
    }
  }
  return found;
}

function flagOf(word: string): string {
  const name = /^--?([A-Za-z][\w.-]*)$/.exec(word)?.[1];
  if (name === undefined) return '';
  return name === 'h' || meaningOf(name).hostLike ? 'host_addr' : '';
}
