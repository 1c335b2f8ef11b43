import * as l10n from '@vscode/l10n';
import type { InlayHint, Range } from 'vscode-languageserver-types';
import { isDelivery } from '../model/defaults';
import { availabilityText, downtimeText, secondsText } from '../model/words';
import { worstCaseTime } from '../remedies/retries';
import { partsOf } from './locate';
import type { SystemView } from './view';

/** Which hints somebody wants. */
export interface InlayOptions {
  readonly components: boolean;
  readonly calls: boolean;
}

/** Behind a component's name what all of it together makes, behind a call how long it takes at worst. */
export function inlayHints(view: SystemView, path: string, range: Range, options: InlayOptions): readonly InlayHint[] {
  const lines = view.lines(path);
  if (!lines) return [];
  const from = lines.offsetAt(range.start);
  const to = lines.offsetAt(range.end);
  const hints: InlayHint[] = [];
  const add = (offset: number, label: string, tooltip: string) => {
    if (offset >= from && offset <= to) hints.push({ position: lines.positionAt(offset), label, tooltip, paddingLeft: true });
  };
  if (options.components) componentHints(view, path, add);
  if (options.calls) callHints(view, path, add);
  return hints;
}

type Add = (offset: number, label: string, tooltip: string) => void;

/** Figures of more components than this take longer than a letter takes to type; hovers have them all the same. */
const mostComponents = 500;

function componentHints(view: SystemView, path: string, add: Add): void {
  if (view.linked.system.components.size > mostComponents) return;
  for (const [element, origins] of view.linked.origins) {
    const { kind, name } = partsOf(element);
    const figures = kind === 'component' ? view.components.get(name) : undefined;
    if (!figures || view.linked.system.components.get(name)?.telemetry) continue;
    const text = availabilityText(figures.whole);
    for (const origin of origins) {
      if (origin.file === path)
        add(
          origin.name.end,
          text,
          l10n.t(
            'The availability of all of {0} together, zones, releases and shared fates included: down {1}.',
            name,
            downtimeText(figures.whole.down),
          ),
        );
    }
  }
}

function callHints(view: SystemView, path: string, add: Add): void {
  const { system, origins } = view.linked;
  const seen = new Set<number>();
  for (const call of system.calls) {
    if (call.role !== 'request' || isDelivery(call, system.components.get(call.from))) continue;
    const worst = worstCaseTime(call);
    for (const { file, keys, entry } of origins.get(`call ${call.id}`) ?? []) {
      const place = keys.get('to');
      // One entry may stand for several calls, which are made alike.
      if (file !== path || !place || seen.has(entry.start)) continue;
      seen.add(entry.start);
      if (worst === Infinity)
        add(place.value.end, l10n.t('no limit'), l10n.t('Nothing bounds how long {0} waits for {1}.', call.from, call.to));
      else {
        const tooltip = l10n.t('{0} waits for {1} at most so long, with all attempts and waits.', call.from, call.to);
        add(place.value.end, `≤ ${secondsText(worst)}`, tooltip);
      }
    }
  }
}
