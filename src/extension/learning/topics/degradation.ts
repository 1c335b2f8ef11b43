import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** Answering with less instead of not at all. */
export function degradation(): Topic {
  return {
    id: 'degradation',
    title: l10n.t('Graceful degradation'),
    about: l10n.t(
      'Not everything on a page is worth the page. What is only nice to have gets a fallback: an older value, an empty list, a general answer. And it gets a timeout, for a fallback comes only after a failure.',
    ),
    questions: [
      {
        id: 'never-fires',
        text: l10n.t(
          'A page has a fallback for its recommendations, and no timeout on the call. The recommendations hang. What does a visitor see?',
        ),
        answers: [
          wrong(
            l10n.t('The page without recommendations'),
            l10n.t('The fallback would show it, were there ever a failure. A call that hangs has not failed.'),
          ),
          wrong(l10n.t('The page, a little later'), l10n.t('Nothing ends the wait, so there is no later.')),
          right(
            l10n.t('No page, and soon nobody sees one'),
            l10n.t(
              'The call never fails, so the fallback never fires, and the threads wait. A timeout of 200 ms turns the same fault into a page without recommendations.',
            ),
          ),
        ],
        leads: [{ example: 'degradation', at: 'fallback: no-tips' }, { rule: 'fallback-never-fires' }],
      },
      {
        id: 'same-fate',
        text: l10n.t('Prices come from a database; when it is down they come from its replica in the same zone. Is that a good fallback?'),
        answers: [
          right(
            l10n.t('Not against the loss of the zone'),
            l10n.t(
              'A fallback is worth what it does not share. The zone takes both, so prices kept in the service itself would do better there.',
            ),
          ),
          wrong(l10n.t('Yes: a replica has the same data'), l10n.t('It has, and it goes down at the same time for the same reason.')),
          wrong(l10n.t('No: a fallback must never read from a database'), l10n.t('It may read from anything that is still there.')),
        ],
        leads: [{ rule: 'shared-fate' }],
      },
      {
        id: 'which-degrades',
        text: l10n.t('Which of these is the best candidate for a fallback?'),
        answers: [
          wrong(
            l10n.t('Whether the customer may pay with this card'),
            l10n.t('There is no harmless guess: a yes loses money and a no loses the order.'),
          ),
          right(
            l10n.t('How many stars others gave the product'),
            l10n.t('Yesterday’s stars, or none, and the page is still worth having. What only reads and may be old degrades well.'),
          ),
          wrong(l10n.t('The next number of an invoice'), l10n.t('An invented number may exist already. This has to fail, and visibly.')),
        ],
        leads: [{ rule: 'missing-fallback' }, { example: 'degradation', at: 'page-graceful: {' }],
      },
    ],
  };
}
