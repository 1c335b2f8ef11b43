import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** What may be done twice, and how to make it so. */
export function idempotency(): Topic {
  return {
    id: 'idempotency',
    title: l10n.t('Idempotency'),
    about: l10n.t(
      'A timeout says that no answer came. It does not say that nothing was done. Whoever tries again therefore has to be sure that doing it twice is the same as doing it once.',
    ),
    questions: [
      {
        id: 'after-timeout',
        text: l10n.t('A charge to a card timed out after 300 ms. What is known?'),
        answers: [
          wrong(l10n.t('The card was not charged'), l10n.t('The request may have arrived and be done by now; only its answer is missing.')),
          right(
            l10n.t('Nothing: it may have been charged or not'),
            l10n.t(
              'The request, the work or the answer was late, and the caller cannot tell which. Giving up ends nothing at the other end.',
            ),
          ),
          wrong(l10n.t('The card will be charged in a moment'), l10n.t('It may. The request may as well have been lost on its way.')),
        ],
        leads: [{ example: 'double-charge', at: 'three-times:' }, { rule: 'retry-not-idempotent' }],
      },
      {
        id: 'key',
        text: l10n.t('What makes such a charge safe to try again?'),
        answers: [
          wrong(l10n.t('Waiting longer before the second attempt'), l10n.t('Then the customer is charged twice a little later.')),
          wrong(l10n.t('Trying at most twice'), l10n.t('Twice is one charge too many.')),
          right(
            l10n.t('A key that the service knows a charge by which it has seen'),
            l10n.t(
              'The same key with each attempt, and the second is answered with the result of the first. It has to be kept as long as somebody may try again.',
            ),
          ),
          wrong(
            l10n.t('A circuit breaker'),
            l10n.t('It stops attempts when many have failed. The second attempt of the first customer was made long before.'),
          ),
        ],
        leads: [{ example: 'double-charge', at: 'idempotencyKey' }],
      },
      {
        id: 'which-is',
        text: l10n.t('Which of these may be repeated without a key?'),
        answers: [
          right(
            l10n.t('Set the address of customer 7 to this one'),
            l10n.t('Done twice it is the same address. What sets a value is idempotent, what adds to one is not.'),
          ),
          wrong(l10n.t('Add one to the number of visits'), l10n.t('Done twice it counts two visits.')),
          wrong(l10n.t('Append a line to the order'), l10n.t('Done twice the line is there twice.')),
        ],
        leads: [{ rule: 'retry-not-idempotent' }],
      },
    ],
  };
}
