import { composeFormat } from './compose/format';
import type { Format } from './fragment';
import { nativeFormat } from './native/format';

/** All formats, in the order in which they are asked. */
export const formats: readonly Format[] = [nativeFormat, composeFormat];

/** The format of a file, told by its name and, where that is not enough, by its text. */
export function formatOf(path: string, text: string, among: readonly Format[] = formats): Format | undefined {
  return among.find((format) => format.recognises(path, text));
}
