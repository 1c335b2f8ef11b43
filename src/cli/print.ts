import { writeFileSync } from 'node:fs';
import process from 'node:process';
import { styleText } from 'node:util';
import { type Options, UsageError } from './options';

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'cyan' | 'green';

/** Colours a text, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/** Whether results are coloured: asked for, or on a terminal that has not said NO_COLOR. */
export function painter(options: Pick<Options, 'color' | 'output' | 'format'>): Paint {
  const terminal = options.output === undefined && process.stdout.isTTY === true && !process.env['NO_COLOR'];
  const on = options.format === 'text' && (options.color === 'always' || (options.color === 'auto' && terminal));
  return on ? (style, text) => styleText(style, text) : (_style, text) => text;
}

/** Prints a result to standard output or into the file that was asked for. */
export function emit(options: Pick<Options, 'output'>, text: string): void {
  const whole = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  if (options.output === undefined) {
    process.stdout.write(whole);
    return;
  }
  try {
    writeFileSync(options.output, whole);
  } catch {
    throw new UsageError(`${options.output}: cannot be written`);
  }
}
