import { nativeFormat } from '../formats/native/format';
import type { LinkedSystem } from '../workspace/linked';
import type { Root } from './root';
import { looksAtCompose } from './settings';

/**
 * A system in which nobody wrote a line of ours is looked at only while somebody has it open, and wants it: a
 * repository full of compose files must not fill the problems list by itself.
 */
export function isShown(root: Root, linked: LinkedSystem, path: string): boolean {
  if (linked.files.some((file) => isNative(root, file))) return true;
  return root.isOpen(path) && looksAtCompose(root.addresses.uri(path));
}

/** The systems of a root that somebody looks at: in the text, or on a map. */
export function systemsInView(root: Root): readonly LinkedSystem[] {
  return root.systems().filter((linked) => linked.files.some((path) => isShown(root, linked, path) || root.isPinned(path)));
}

/** Whether a file is written in our own format: by its name, or by its first key. */
export function isNative(root: Root, path: string): boolean {
  return nativeFormat.recognises(path, root.text(path) ?? '');
}
