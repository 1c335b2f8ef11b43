import { finish, type Steps } from '../../model/steps';
import type { Files, Format, Fragment } from '../fragment';
import { parseYamlSteps } from '../shared/yamlParse';
import type { YamlText } from '../shared/yamlText';
import { keepSound } from './keep';
import { readNativeSteps } from './read';

const named = /(?:^|\/)(?:faultline|[^/]+\.(?:topology|calls|faultline))\.ya?ml$/;
const configuration = /(?:^|\/)faultline\.config\.ya?ml$/;

/** Whether a file of this name is an architecture, whatever stands in it. */
export function hasNativeName(path: string): boolean {
  return named.test(path) && !configuration.test(path);
}

/** What a fragment was read from, for the next reading of nearly the same text. */
const sources = new WeakMap<Fragment, { readonly text: string; readonly yaml: YamlText }>();

/** The format of our own: `*.topology.yaml`, `*.calls.yaml`, `*.faultline.yaml`, `faultline.yaml`, or any YAML with the key `faultline`. */
export const nativeFormat: Format = {
  id: 'native',

  recognises(path, text) {
    if (hasNativeName(path)) return true;
    return /\.ya?ml$/.test(path) && !configuration.test(path) && /^(?:\uFEFF)?faultline[ \t]*:/m.test(text);
  },

  group: (path) => [path],

  read: (group, files, previous) => finish(readSteps(group, files, previous)),
  readSteps,
};

function* readSteps([file = '']: readonly string[], files: Files, previous?: Fragment): Steps<Fragment> {
  const text = files.read(file) ?? '';
  const before = previous && sources.get(previous);
  const yaml = yield* parseYamlSteps(text, before?.yaml);
  yield;
  const fresh = yield* readNativeSteps(file, text, yaml);
  yield;
  const fragment = previous && before ? keepSound(fresh, text, previous, before.text) : fresh;
  sources.set(fragment, { text, yaml });
  return fragment;
}
