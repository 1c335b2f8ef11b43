import * as l10n from '@vscode/l10n';
import { right, type Topic, wrong } from '../topic';

/** Timeouts, retries and circuit breakers, and how they work together. */
export function patterns(): Topic {
  return {
    id: 'patterns',
    title: l10n.t('Timeouts, retries, breakers'),
    about: l10n.t(
      'A timeout bounds how long a failure is waited for, a retry gets past one that is short, and a circuit breaker stops asking when it is not. Each needs the others: a breaker without a timeout sees no failure of a callee that hangs.',
    ),
    questions: [
      {
        id: 'eight-threads',
        text: l10n.t(
          'An API holds eight requests at a time. Three in ten call a payment service, without a timeout. Payment stops answering. What about the other seven?',
        ),
        answers: [
          wrong(l10n.t('They are answered as before'), l10n.t('They would be, had they threads of their own. They share the eight.')),
          wrong(
            l10n.t('They get slower by the time that payment takes'),
            l10n.t('Payment takes for ever, and every call to it keeps its thread as long.'),
          ),
          right(
            l10n.t('They get no answer either, before a second is over'),
            l10n.t(
              'At 30 calls a second all eight threads wait for payment after 267 ms. Nobody is left to answer those who never wanted to pay.',
            ),
          ),
        ],
        leads: [{ example: 'lab', at: 'to: payment' }, { rule: 'missing-timeout' }],
      },
      {
        id: 'refuse-or-hang',
        text: l10n.t('For whoever calls it without a timeout, which dead service is the more dangerous one?'),
        answers: [
          right(
            l10n.t('One that takes the call and never answers'),
            l10n.t('Each call keeps a thread, until none is left. One that says no at once costs its callers nothing but the answer.'),
          ),
          wrong(
            l10n.t('One that refuses the connection at once'),
            l10n.t('Its callers know at once and go on with something else. That is the harmless way to be down.'),
          ),
          wrong(
            l10n.t('It makes no difference: down is down'),
            l10n.t('To the one journey, yes. To everything else in the same pool it makes all the difference.'),
          ),
        ],
        leads: [{ example: 'lab', at: 'payment-refuses:' }, { rule: 'pool-exhaustion' }],
      },
      {
        id: 'breaker-window',
        text: l10n.t(
          'Eight threads, a timeout of 2 s, and a breaker that wants 100 calls in 10 s before it judges. When does it open on a callee that hangs?',
        ),
        answers: [
          wrong(
            l10n.t('After 2 s: the first timeout is a failure'),
            l10n.t('It is one failure. The breaker waits until it has seen a hundred calls.'),
          ),
          wrong(l10n.t('After 10 s: the window is over'), l10n.t('The window moves along, and there are never a hundred calls in it.')),
          right(
            l10n.t('Never'),
            l10n.t(
              'Eight threads that each wait 2 s end four calls a second: 40 in 10 s. A shorter timeout or a smaller number of calls lets it open.',
            ),
          ),
          wrong(
            l10n.t('After 25 s: then a hundred calls have failed'),
            l10n.t('By then the first of them have left the window, which holds 10 s.'),
          ),
        ],
        leads: [{ example: 'breaker-window', at: 'minimumCalls: 100' }, { rule: 'breaker-never-opens' }],
      },
      {
        id: 'order',
        text: l10n.t('How do the three go together?'),
        answers: [
          wrong(
            l10n.t('One of them is enough'),
            l10n.t(
              'A timeout alone still spends it on every call, a retry alone adds load, and a breaker alone sees no failure of a callee that hangs.',
            ),
          ),
          right(
            l10n.t('Each attempt has a timeout, failures are repeated a few times, and a breaker ends it all when they go on'),
            l10n.t(
              'And all attempts together have to fit into what the caller itself may take: three attempts of 300 ms do not fit into 500 ms.',
            ),
          ),
          wrong(
            l10n.t('The retry goes on until the breaker closes'),
            l10n.t('An open breaker refuses at once. To go on asking it is a busy loop, and nobody waits that long.'),
          ),
        ],
        leads: [{ rule: 'retry-exceeds-deadline' }, { rule: 'missing-circuit-breaker' }, { rule: 'timeout-inversion' }],
      },
    ],
  };
}
