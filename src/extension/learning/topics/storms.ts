import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** How retries become the outage, and what keeps them from it. */
export function storms(): Topic {
  return {
    id: 'storms',
    title: l10n.t('Retry storms and jitter'),
    about: l10n.t(
      'Retries add load at the very moment there is least room for it. In step they come back as one wave, and layer upon layer they multiply. Waiting longer each time, at random, and with a budget, keeps them harmless.',
    ),
    questions: [
      {
        id: 'in-step',
        text: l10n.t(
          'A thousand clients fail at the same instant. All try again after 100, 200, 400 ms and so on, exactly. What does the server see?',
        ),
        answers: [
          wrong(l10n.t('A load that gets smaller each time'), l10n.t('The waves get rarer. Each of them is as high as the first.')),
          right(
            l10n.t('The same thousand at once, again and again'),
            l10n.t(
              'Who waits equally long comes back together. With full jitter, any wait up to that one, the same thousand are spread out and all of them served.',
            ),
          ),
          wrong(
            l10n.t('Nothing: exponential back-off is what prevents that'),
            l10n.t('It makes room between the waves. It takes chance to break them up.'),
          ),
        ],
        leads: [{ example: 'retry-storm', at: 'from: exponential-app' }, { rule: 'retry-without-jitter' }],
      },
      {
        id: 'layers',
        text: l10n.t(
          'Three services call one another in a row, the last one calls a database, and each of the three calls is tried three times. The database fails. How much load does it get?',
        ),
        answers: [
          wrong(l10n.t('3 times as much'), l10n.t('That is one layer. The layer above repeats all of that, and so does the one above it.')),
          wrong(l10n.t('9 times as much'), l10n.t('Attempts of layers multiply and do not add up.')),
          right(
            l10n.t('27 times as much'),
            l10n.t(
              'Three times three times three. Retry in one layer only, best in the one that knows what to do when it fails in the end.',
            ),
          ),
        ],
        leads: [{ rule: 'retry-amplification' }],
      },
      {
        id: 'budget',
        text: l10n.t('What does a retry budget of 10% do?'),
        answers: [
          right(
            l10n.t('It allows one retry for ten first attempts'),
            l10n.t('A few failures are repeated as ever. When everything fails, the load grows by a tenth and not threefold.'),
          ),
          wrong(l10n.t('It gives up after 10% of the timeout'), l10n.t('That would be a deadline. A budget counts retries and not time.')),
          wrong(
            l10n.t('It tries again in 10% of the cases, drawn by lot'),
            l10n.t('With few failures all of them are repeated. The budget bites only when there are many.'),
          ),
        ],
        leads: [{ example: 'metastable', at: 'budget: 10%' }, { rule: 'excessive-retry' }],
      },
      {
        id: 'metastable',
        text: l10n.t(
          'Twice as many requests for ten seconds, and a minute later still nothing succeeds, at the usual load. What keeps it down?',
        ),
        answers: [
          wrong(l10n.t('A memory leak'), l10n.t('Nothing is broken. Started afresh, it carries the same load with ease.')),
          wrong(l10n.t('Too few replicas'), l10n.t('It has room for the usual load. What it gets is three times that.')),
          right(
            l10n.t('Its own retries'),
            l10n.t(
              'The queue is so long that everybody has given up by the time it is their turn, and asks again. Only less load or an empty queue ends that.',
            ),
          ),
        ],
        leads: [{ example: 'metastable', at: 'a-busy-ten-seconds:' }],
      },
    ],
  };
}
