import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** What stops everything when it stops: components, and the zones they stand in. */
export function singlePoints(): Topic {
  return {
    id: 'single-points',
    title: l10n.t('Single points of failure'),
    about: l10n.t(
      'A single point of failure is whatever stops a journey when it alone is gone. Running everything twice is the answer, as long as the two are not lost together.',
    ),
    questions: [
      {
        id: 'two-of-it',
        text: l10n.t('One replica is available 99.9% of the time. How available are two, when one is enough and they fail on their own?'),
        answers: [
          wrong(l10n.t('99.95%: half the downtime'), l10n.t('They are down only while both are, and that is far less than half as long.')),
          wrong(
            l10n.t('99.99%: one nine more'),
            l10n.t('That is what a second replica of 99% brings. Two of 99.9% bring three nines more.'),
          ),
          right(
            l10n.t('99.9999%'),
            l10n.t('Both are down a thousandth of a thousandth of the time: 31.5 seconds a year, where one is down 8.76 hours.'),
          ),
        ],
        leads: [{ example: 'nines', at: 'pages-pair: &pair' }, { rule: 'single-point-of-failure' }],
      },
      {
        id: 'same-zone',
        text: l10n.t('The two replicas of 99.9% stand in the same zone, which is available 99.95%. How available are they together?'),
        answers: [
          right(
            l10n.t('99.95%: as the zone'),
            l10n.t(
              'When the zone is gone both are gone: 4.39 hours a year. In two such zones they are down 1.18 minutes a year. What is shared decides.',
            ),
          ),
          wrong(l10n.t('99.9999%: as any two of them'), l10n.t('That holds while they fail on their own. A zone takes both at once.')),
          wrong(
            l10n.t('99.85%: the zone and a replica together'),
            l10n.t('That would be one replica in that zone. The second one does help, up to what the zone gives.'),
          ),
        ],
        leads: [{ rule: 'single-zone' }, { example: 'zone-loss', at: 'east-1: 1' }],
      },
      {
        id: 'pair-one-db',
        text: l10n.t('A service runs in two zones and reads from one database in the first. What happens when the first zone is lost?'),
        answers: [
          wrong(
            l10n.t('Half of the requests fail until the zone is back'),
            l10n.t('The replica in the second zone takes them all, and needs the same database.'),
          ),
          wrong(l10n.t('Nothing: the service has a replica in the other zone'), l10n.t('It runs, and has nothing to read from.')),
          right(
            l10n.t('Everything stops'),
            l10n.t(
              'Redundancy counts along the whole path. The database is the single point, and its zone with it, however many replicas the service has.',
            ),
          ),
        ],
        leads: [{ rule: 'single-zone' }, { example: 'failover', at: 'archive-db:' }],
      },
      {
        id: 'headroom',
        text: l10n.t('Two replicas in two zones are each busy 75% of the time. Is that enough to lose a zone?'),
        answers: [
          wrong(l10n.t('Yes: one is in each zone'), l10n.t('One is left, and it gets everything.')),
          right(
            l10n.t('No: the one that is left would be 150% busy'),
            l10n.t(
              'It turns away what it cannot do, so each of the two is a single point of failure. To lose one of two, each may be busy half of the time at most.',
            ),
          ),
          wrong(
            l10n.t('Yes, as long as a load balancer is in front'),
            l10n.t('It sends the requests to whoever is left. It cannot make that one faster.'),
          ),
          wrong(
            l10n.t('Only with a longer queue'),
            l10n.t('A queue helps against a short peak. Against half as much again, for hours, it only fills.'),
          ),
        ],
        leads: [{ example: 'zone-loss', at: 'tight: &service' }, { rule: 'no-headroom' }],
      },
    ],
  };
}
