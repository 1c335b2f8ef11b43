import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** Redundancy, replication, and noticing that something died. */
export function tolerance(): Topic {
  return {
    id: 'tolerance',
    title: l10n.t('Fault tolerance'),
    about: l10n.t(
      'Redundancy has something stand by, replication gives it the data, and a health check finds out that it is needed. Without the last one the first two are not used.',
    ),
    questions: [
      {
        id: 'health-check',
        text: l10n.t('One of two replicas dies, and there is no health check. What happens to the requests?'),
        answers: [
          wrong(
            l10n.t('The other replica takes them all at once'),
            l10n.t('Somebody would have to notice first, and tell whoever hands out the requests.'),
          ),
          right(
            l10n.t('Half of them fail until somebody notices'),
            l10n.t(
              'They still go to the dead one, one in two. A check each second that takes out what failed twice ends that within about two seconds.',
            ),
          ),
          wrong(l10n.t('All of them fail'), l10n.t('The replica that is left answers its half as before.')),
        ],
        leads: [{ rule: 'missing-health-check' }, { example: 'nines', at: 'healthCheck' }],
      },
      {
        id: 'deep-check',
        text: l10n.t('The health check of a service asks the database too. The database is slow for a minute. What follows?'),
        answers: [
          wrong(
            l10n.t('The service is better protected than with a simple check'),
            l10n.t('From what? Another replica of it would ask the same database.'),
          ),
          right(
            l10n.t('All replicas are taken out, and a slow minute becomes an outage'),
            l10n.t(
              'A check should find out what another replica would do better. For what all of them share there are timeouts, breakers and fallbacks.',
            ),
          ),
          wrong(
            l10n.t('Only the slowest replica is taken out'),
            l10n.t('They all wait for the same database, and so they all fail the check.'),
          ),
        ],
        leads: [{ rule: 'slow-detection' }],
      },
      {
        id: 'quorum',
        text: l10n.t('A database writes to a majority of its replicas, each of 99.9%. Is a second replica beside the one safer?'),
        answers: [
          wrong(l10n.t('Yes: two are safer than one'), l10n.t('A majority of two is two. If either is gone nothing can be written.')),
          right(
            l10n.t('No: both are needed, 99.8% instead of 99.9%'),
            l10n.t('Now either of two can stop it. The third replica is what brings something: then one of them may be gone.'),
          ),
          wrong(l10n.t('It makes no difference'), l10n.t('It is down whenever either is, which is about twice as long.')),
        ],
        leads: [{ rule: 'single-point-of-failure' }],
      },
      {
        id: 'async',
        text: l10n.t('A standby gets each change a second later (asynchronous replication), and takes over. What is lost?'),
        answers: [
          right(
            l10n.t('What was written in about the last second'),
            l10n.t(
              'It was confirmed and had not arrived yet. Synchronous replication loses nothing, and every write waits for the second copy.',
            ),
          ),
          wrong(l10n.t('Nothing: the standby is a full copy'), l10n.t('It is a full copy of a second ago.')),
          wrong(l10n.t('Everything since the last backup'), l10n.t('That is so without a standby. It is what the standby is for.')),
        ],
        leads: [{ example: 'failover', at: 'replication' }, { rule: 'rpo-unmet' }],
      },
    ],
  };
}
