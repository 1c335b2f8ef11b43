import * as l10n from '@vscode/l10n';
import type { Block } from './blocks';

/** How the figures are meant, for who sees them for the first time. */
export function meaningBlocks(): readonly Block[] {
  const rows: readonly (readonly [string, string])[] = [
    [
      l10n.t('up'),
      l10n.t('The share of time in which a journey works. What several paths need is counted once; nothing is multiplied along a tree.'),
    ],
    [
      l10n.t('if failures hang'),
      l10n.t('A dead component may refuse at once, or never answer. Then who waits without a deadline hangs with it: this is the figure.'),
    ],
    [l10n.t('with a deadline on every call'), l10n.t('The same journey if no call can hang.')],
    [l10n.t('fully featured'), l10n.t('The journey works and none of its features is left out.')],
    [l10n.t('downtime'), l10n.t('The share of time down, of a year of 8,760 hours.')],
    [l10n.t('budget'), l10n.t('The downtime that an objective allows.')],
    [
      l10n.t('single point of failure'),
      l10n.t('A component, zone, region or shared fate: losing it, or one replica of it, stops a journey by itself.'),
    ],
    [
      l10n.t('saves'),
      l10n.t('The downtime that goes away when this is done and nothing else. Fixes of one weakness share what they save.'),
    ],
    [l10n.t('back in, data lost'), l10n.t('How long until it serves again (RTO), and how much of the latest data is gone (RPO).')],
    [
      l10n.t('busy, waits'),
      l10n.t('Requests times how long each holds a slot, by the slots there are; waiting is approximate (Erlang C).'),
    ],
    [
      l10n.t('independence'),
      l10n.t('Things fail independently of each other, but for what is written: zones, regions, shared fates and common causes.'),
    ],
  ];
  return [
    { kind: 'heading', level: 1, text: l10n.t('How to read the figures') },
    { kind: 'table', columns: [l10n.t('word'), l10n.t('meaning')], rows },
    { kind: 'line', text: l10n.t('How each of them is computed stands in docs/figures.md, which comes with Faultline.') },
  ];
}
