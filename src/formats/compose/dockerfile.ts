import { readDuration, type Seconds } from '../../model/units';
import { interpolate } from './interpolate';
import type { Scalar } from './tree';

/** What a Dockerfile says that a compose file may leave to it. */
export interface Dockerfile {
  /** The image that the last stage (or the target) starts from, through stages of this file. */
  readonly base?: string;
  readonly environment: readonly { readonly key: string; readonly value: Scalar }[];
  readonly healthcheck?: { readonly interval?: Seconds; readonly timeout?: Seconds; readonly retries?: number; readonly disabled: boolean };
}

interface Stage {
  readonly name: string;
  readonly from: string;
  readonly environment: { key: string; value: Scalar }[];
  healthcheck?: Dockerfile['healthcheck'];
}

const largest = 100_000;

/** Reads the stage that a build ends with. Never fails. */
export function readDockerfile(file: string, text: string, target: string | undefined): Dockerfile {
  const stages: Stage[] = [];
  const defaults = new Map<string, string>();
  for (const match of text.slice(0, largest).matchAll(/^[ \t]*([A-Za-z]+)[ \t]+((?:[^\n]*\\\r?\n)*[^\n]*)/gm)) {
    const [whole, instruction = '', rest = ''] = match;
    const start = match.index + whole.length - rest.length;
    const stage = stages.at(-1);
    switch (instruction.toUpperCase()) {
      case 'ARG': {
        const [, name = '', value = ''] = /^([A-Za-z_]\w*)=["']?([^\s"']*)/.exec(rest) ?? [];
        if (!stage && name !== '') defaults.set(name, value);
        break;
      }
      case 'FROM': {
        const [, image = '', name = ''] = /^(?:--\S+\s+)*(\S+)(?:\s+[Aa][Ss]\s+(\S+))?/.exec(rest) ?? [];
        stages.push({ name: name.toLowerCase(), from: interpolate(image, (key) => defaults.get(key)), environment: [] });
        break;
      }
      case 'ENV':
        stage?.environment.push(...environmentOf(file, rest, start));
        break;
      case 'HEALTHCHECK':
        if (stage) stage.healthcheck = healthcheckOf(rest);
        break;
    }
  }
  const last = stages.findIndex(({ name }) => target !== undefined && name === target.toLowerCase());
  return whole(stages.slice(0, last < 0 ? undefined : last + 1));
}

/** A stage with what it takes over from earlier stages of the file. */
function whole(stages: readonly Stage[]): Dockerfile {
  const environment: { key: string; value: Scalar }[] = [];
  let healthcheck: Dockerfile['healthcheck'];
  let stage = stages.at(-1);
  let at = stages.length - 1;
  while (stage) {
    environment.unshift(...stage.environment);
    healthcheck ??= stage.healthcheck;
    const { from } = stage;
    const earlier = stages
      .slice(0, at)
      .map(({ name }) => name)
      .lastIndexOf(from.toLowerCase());
    if (earlier < 0) return { base: from, environment, ...(healthcheck && { healthcheck }) };
    stage = stages[earlier];
    at = earlier;
  }
  return { environment };
}

function environmentOf(file: string, rest: string, start: number): { key: string; value: Scalar }[] {
  const pairs = [...rest.matchAll(/([A-Za-z_]\w*)=("(?:[^"\\]|\\.)*"|'[^']*'|[^\s\\]*)/g)];
  const single = pairs.length === 0 ? /^([A-Za-z_]\w*)[ \t]+([^\n]*)/.exec(rest) : null;
  return (single ? [single] : pairs).map((match) => {
    const [whole, key = '', written = ''] = match;
    const quoted = /^(["']).*\1$/s.test(written) ? 1 : 0;
    const text = written.slice(quoted, quoted ? -1 : undefined).trimEnd();
    const from = start + match.index + whole.length - written.length + quoted;
    const value: Scalar = {
      kind: 'scalar',
      text,
      empty: false,
      place: { file, span: { start: from, end: from + text.length } },
      source: { text, start: from },
    };
    return { key, value };
  });
}

function healthcheckOf(rest: string): NonNullable<Dockerfile['healthcheck']> {
  const seconds = (name: string): Seconds | undefined => {
    const read = readDuration(new RegExp(`--${name}=(\\S+)`).exec(rest)?.[1] ?? '');
    return read.ok ? read.value : undefined;
  };
  const interval = seconds('interval');
  const timeout = seconds('timeout');
  const retries = /--retries=(\d{1,4})/.exec(rest)?.[1];
  return {
    ...(interval !== undefined && { interval }),
    ...(timeout !== undefined && { timeout }),
    ...(retries !== undefined && { retries: Number(retries) }),
    disabled: /^\s*NONE\b/i.test(rest),
  };
}
