import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** Availability multiplies along whatever a request needs, and each further nine has its price. */
export function nines(): Topic {
  return {
    id: 'nines',
    title: l10n.t('Nines multiply'),
    about: l10n.t(
      'Whoever needs five things at once is up only while all five are. The hours that each of them is down add up, and each further nine leaves a tenth of the time to be down in.',
    ),
    questions: [
      {
        id: 'five-in-a-row',
        text: l10n.t('A request needs five services, and each is available 99.9% of the time. How available is the request?'),
        answers: [
          wrong(
            l10n.t('99.9%: no part is worse than that'),
            l10n.t('Only if they all failed at the same moments. They fail at different ones, and each of these stops the request.'),
          ),
          wrong(
            l10n.t('99.98%: the chances of a failure are divided by five'),
            l10n.t('Needing more parts never helps. It would if any one of the five were enough.'),
          ),
          right(
            l10n.t('About 99.5%'),
            l10n.t('0.999 to the power of five is 99.5%: 43.7 hours down a year, where one such service alone is down 8.76 hours.'),
          ),
          wrong(l10n.t('About 95%'), l10n.t('That is what five services of 99% leave. One nine more leaves a tenth of the downtime.')),
        ],
        leads: [{ example: 'nines', at: 'five-in-a-row: {' }, { rule: 'objective-unreachable' }],
      },
      {
        id: 'better-one',
        text: l10n.t('One of these five is replaced by one of 99.99%, at ten times the price. What does the request gain?'),
        answers: [
          right(
            l10n.t('About eight hours a year: 99.59%'),
            l10n.t(
              'A fifth of the downtime is nearly gone, and the other four fifths are as before: 35.9 hours are left. One good part does not make up for four others.',
            ),
          ),
          wrong(l10n.t('It is available 99.99% now'), l10n.t('No request is more available than the least available thing it needs.')),
          wrong(l10n.t('It is down a tenth as long as before'), l10n.t('The one part is. The other four are down as long as they were.')),
        ],
        leads: [{ example: 'nines', at: 'payments: {' }],
      },
      {
        id: 'do-without',
        text: l10n.t('What takes as much downtime from that request as a perfect fifth service would, and costs nothing to run?'),
        answers: [
          wrong(
            l10n.t('A longer timeout on the call to it'),
            l10n.t('Who waits longer for something that is down waits longer for an error, and holds a thread meanwhile.'),
          ),
          right(
            l10n.t('Being able to answer without it'),
            l10n.t(
              'A dependency that one can do without no longer counts: 99.6% instead of 99.5%, 35 hours instead of 43.7. The cheapest nine is a dependency less.',
            ),
          ),
          wrong(l10n.t('Calling it last'), l10n.t('The order changes nothing: without the answer there is no result, first or last.')),
          wrong(l10n.t('Logging each of its failures'), l10n.t('That tells how often it failed. It failed all the same.')),
        ],
        leads: [{ example: 'nines', at: 'to: reviews' }, { rule: 'missing-fallback' }],
      },
      {
        id: 'next-nine',
        text: l10n.t('A service promises 99.99% instead of 99.9%. How long may it be down in a year?'),
        answers: [
          wrong(l10n.t('About 8 hours and 45 minutes'), l10n.t('That is what 99.9% leaves.')),
          right(
            l10n.t('About 53 minutes'),
            l10n.t(
              '52.6 minutes for everything together: releases, repairs, the provider. Somebody who has to be woken up first has used a good part of it before they begin.',
            ),
          ),
          wrong(
            l10n.t('About 5 minutes'),
            l10n.t('That is what 99.999% leaves: nobody can repair anything by hand in that time, so everything has to happen by itself.'),
          ),
        ],
        leads: [{ rule: 'objective-unreachable' }, { rule: 'release-spends-budget' }],
      },
    ],
  };
}
