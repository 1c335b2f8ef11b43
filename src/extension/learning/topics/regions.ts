import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** Several regions: what they bring, and what they cost. */
export function regions(): Topic {
  return {
    id: 'regions',
    title: l10n.t('More than one region'),
    about: l10n.t(
      'A second region is the dearest nine there is: everything twice, traffic between them, and data that is in two places and not always the same. It pays where the promise cannot be kept without it.',
    ),
    questions: [
      {
        id: 'one-region',
        text: l10n.t('Everything runs twice, in two zones of a region that is available 99.99%. Can it promise 99.99%?'),
        answers: [
          wrong(
            l10n.t('Yes: it is as good as its region'),
            l10n.t('The region alone spends all of it. The first replica or zone that is lost at a bad moment is too much.'),
          ),
          right(
            l10n.t('Just not: it is down 53.7 minutes a year, and 52.6 are allowed'),
            l10n.t(
              'The region takes 52.6 minutes, the rest one more. For four nines and above the region itself becomes the single point.',
            ),
          ),
          wrong(
            l10n.t('Yes, with a third zone'),
            l10n.t('A third zone helps against the loss of zones. All three are in the same region.'),
          ),
        ],
        leads: [{ rule: 'single-region' }, { rule: 'objective-unreachable' }],
      },
      {
        id: 'active-active',
        text: l10n.t('Two regions both serve and write the same data, at the same time. What has to be decided before anything is built?'),
        answers: [
          right(
            l10n.t('What holds when both change the same thing before they have heard of each other'),
            l10n.t(
              'To ask the other region first costs its distance on every write, and stops both when they are cut off. Not to ask means to settle conflicts later. There is no third way.',
            ),
          ),
          wrong(
            l10n.t('Which region has the faster machines'),
            l10n.t('That decides about milliseconds. What the data says is decided elsewhere.'),
          ),
          wrong(l10n.t('How often the backup is written'), l10n.t('That matters too, and no less with one region.')),
        ],
        leads: [{ rule: 'rpo-unmet' }],
      },
      {
        id: 'warm-standby',
        text: l10n.t('Back within 15 minutes after the loss of a region, at the lowest price. What fits?'),
        answers: [
          wrong(
            l10n.t('Backups in the other region, restored when needed'),
            l10n.t('The cheapest of all, and it takes hours: machines have to be found and terabytes copied.'),
          ),
          right(
            l10n.t('A small copy that runs there and is made large when needed'),
            l10n.t(
              'A warm standby has the data and everything in place at a fraction of the cost. It has to be tried, for it is used once in years.',
            ),
          ),
          wrong(
            l10n.t('Both regions at full size, all the time'),
            l10n.t('That is back at once and costs twice as much. Fifteen minutes do not ask for it.'),
          ),
        ],
        leads: [{ example: 'failover', at: 'region: south' }, { rule: 'single-region' }],
      },
      {
        id: 'who-needs-it',
        text: l10n.t('Who should run in two regions?'),
        answers: [
          wrong(
            l10n.t('Everybody who can afford it'),
            l10n.t('It is paid in complexity too, and most outages are caused by changes. More to change by hand may well make it worse.'),
          ),
          right(
            l10n.t('Who has promised more than one region can give, or less time to recover than a restore takes'),
            l10n.t(
              'First the promise, then the price. Releases, missing timeouts and single machines usually cost more of a year than regions do, and they are cheaper to mend.',
            ),
          ),
          wrong(
            l10n.t('Who has users on two continents'),
            l10n.t('That is about waiting times. Copies near the users do that without two places that write.'),
          ),
        ],
        leads: [{ rule: 'single-region' }, { rule: 'release-spends-budget' }],
      },
    ],
  };
}
