import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** Coming back: backups and failover, and what was promised of them. */
export function recovery(): Topic {
  return {
    id: 'recovery',
    title: l10n.t('Disaster recovery'),
    about: l10n.t(
      'Two promises: how long until it is back (the recovery time objective, RTO), and how much of the latest data may be lost (the recovery point objective, RPO). Failover keeps the first, backups and replication the second.',
    ),
    questions: [
      {
        id: 'rto-rpo',
        text: l10n.t('A backup each night, three hours to restore it. The disk dies at noon. What are the two figures?'),
        answers: [
          wrong(
            l10n.t('Back in 12 hours, 3 hours of data lost'),
            l10n.t('The other way round: the restore takes three hours, and what came since midnight is lost.'),
          ),
          right(
            l10n.t('Back in 3 hours, 12 hours of data lost, and up to 24 on a bad day'),
            l10n.t(
              'The time to be back is how long the restore takes, the data lost is how old the backup is. An RTO of two minutes or an RPO of ten is broken by this.',
            ),
          ),
          wrong(l10n.t('Back in 3 hours, no data lost'), l10n.t('The backup is of last night. What was written since is in no copy.')),
        ],
        leads: [{ example: 'failover', at: 'restore: 3h' }, { rule: 'rto-unmet' }, { rule: 'rpo-unmet' }],
      },
      {
        id: 'detect-and-switch',
        text: l10n.t(
          'A health check each 2 s takes out what failed 3 times, and the standby takes over within 15 s. How long is the database away?',
        ),
        answers: [
          wrong(l10n.t('2 s'), l10n.t('That is one check. Three have to fail, and then the standby begins.')),
          wrong(l10n.t('15 s'), l10n.t('That is the switch. Before it somebody has to notice.')),
          right(
            l10n.t('21 s'),
            l10n.t(
              'Six seconds until it is noticed and fifteen to switch. Its callers’ breakers may add a few seconds until they ask again.',
            ),
          ),
        ],
        leads: [{ example: 'failover', at: 'failover: {' }, { rule: 'slow-detection' }],
      },
      {
        id: 'delete',
        text: l10n.t(
          'Somebody deletes a table by mistake. The database has three synchronous replicas in three zones. What brings it back?',
        ),
        answers: [
          wrong(l10n.t('The replica in another zone'), l10n.t('The deletion was copied to it at once: that is what replicas are for.')),
          right(
            l10n.t('A backup, if there is one'),
            l10n.t('Replicas protect from the loss of a machine, backups from the loss of data. Neither takes the place of the other.'),
          ),
          wrong(l10n.t('The failover'), l10n.t('It would hand over to a replica without the table.')),
        ],
        leads: [{ rule: 'missing-backup' }, { example: 'lab', at: 'kind: database' }],
      },
      {
        id: 'untested',
        text: l10n.t('Which backup can be counted on?'),
        answers: [
          wrong(
            l10n.t('One that is written each hour without an error'),
            l10n.t('It was written. Whether it can be read back, and how long that takes, nobody knows yet.'),
          ),
          wrong(
            l10n.t('One in the same region, where it is restored fastest'),
            l10n.t('It is lost with the region that it is there to replace.'),
          ),
          right(
            l10n.t('One that was restored not long ago, from another region'),
            l10n.t(
              'Only a restore shows that it works and how long it takes. Write the day down as “tested”, and Faultline reminds you of the next.',
            ),
          ),
        ],
        leads: [{ rule: 'untested-restore' }, { rule: 'backup-shares-fate' }],
      },
    ],
  };
}
