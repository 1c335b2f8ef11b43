import * as l10n from '@vscode/l10n';
import { useEffect, useState } from 'preact/hooks';
import type { CheckQuestion } from '../../layout/checkProtocol';

interface QuestionProps {
  readonly question: CheckQuestion;
  readonly number: number;
  /** The answer that was given last, if one was. */
  readonly given: number | undefined;
  readonly answer: (answer: number) => void;
  readonly open: (link: number) => void;
}

/**
 * One question. An answer counts when it is checked and not when it is chosen: with the arrow keys one passes over the
 * others.
 */
export function Question({ question, number, given, answer, open }: QuestionProps) {
  const [chosen, choose] = useState(given);
  useEffect(() => choose(given), [given]);
  const judged = given === undefined ? undefined : question.answers[given];
  const check = (event: Event) => {
    event.preventDefault();
    if (chosen !== undefined) answer(chosen);
  };
  return (
    <form class="question" onSubmit={check}>
      <fieldset>
        <legend>{l10n.t('{0}. {1}', number, question.text)}</legend>
        {question.answers.map(({ text }, i) => (
          <label key={text} class={i === given ? (judged?.right ? 'answer right' : 'answer wrong') : 'answer'}>
            <input type="radio" name={question.id} checked={i === chosen} onChange={() => choose(i)} />
            <span>{text}</span>
          </label>
        ))}
      </fieldset>
      <button type="submit" disabled={chosen === undefined}>
        {l10n.t('Check')}
      </button>
      <div class="verdict" role="status">
        {judged && (
          <div class={judged.right ? 'said right' : 'said wrong'}>
            <strong>{judged.right ? l10n.t('✓ Right.') : l10n.t('✗ Not that one.')}</strong> {judged.says}
            {!judged.right && <span> {l10n.t('Choose another answer and check again.')}</span>}
          </div>
        )}
      </div>
      {judged && question.links.length > 0 && (
        <ul class="links" aria-label={l10n.t('Read on or try it')}>
          {question.links.map((text, i) => (
            <li key={text}>
              <button type="button" class="link" onClick={() => open(i)}>
                {text}
              </button>
            </li>
          ))}
        </ul>
      )}
    </form>
  );
}
