import type { Signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { useEffect, useRef } from 'preact/hooks';
import type { CheckTopic, FromCheck } from '../../layout/checkProtocol';
import { Question } from './Question';

/** All topics, the answers given so far, by question, and which topic is shown. */
export interface Lesson {
  readonly topics: readonly CheckTopic[];
  readonly given: ReadonlyMap<string, number>;
  readonly topic: string;
}

interface CheckProps {
  readonly lesson: Signal<Lesson | undefined>;
  readonly post: (message: FromCheck) => void;
}

/** The page: the topics beside the questions of one of them. */
export function Check({ lesson, post }: CheckProps) {
  const known = lesson.value;
  const index = known?.topics.findIndex(({ id }) => id === known.topic) ?? -1;
  const topic = known?.topics[index];
  const heading = useRef<HTMLHeadingElement>(null);
  const shown = useRef('');
  useEffect(() => {
    // Who goes to another topic begins at its head; who comes to the page is not taken anywhere.
    if (topic && shown.current !== '' && shown.current !== topic.id) heading.current?.focus();
    if (topic) shown.current = topic.id;
  });
  if (!known || !topic) return <p>{l10n.t('The questions are on their way.')}</p>;

  const goTo = (id: string) => {
    lesson.value = { ...known, topic: id };
    scrollTo(0, 0);
    post({ type: 'topic', topic: id });
  };
  const answer = (question: string, given: number) => {
    lesson.value = { ...known, given: new Map([...known.given, [question, given]]) };
    post({ type: 'answer', question, answer: given });
  };
  const restart = () => {
    const own = new Set(topic.questions.map(({ id }) => id));
    lesson.value = { ...known, given: new Map([...known.given].filter(([question]) => !own.has(question))) };
    heading.current?.focus();
    post({ type: 'restart', topic: topic.id });
  };
  const before = known.topics[index - 1];
  const after = known.topics[index + 1];
  return (
    <div class="page">
      <nav aria-label={l10n.t('Topics')}>
        <ol>
          {known.topics.map((each) => (
            <li key={each.id}>
              <button type="button" class="topic" aria-current={each.id === topic.id ? 'page' : undefined} onClick={() => goTo(each.id)}>
                <span>{each.title}</span>
                <span class="score">{scoreText(each, known.given)}</span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <main>
        <h1 ref={heading} tabIndex={-1}>
          {topic.title}
        </h1>
        <p class="about">{topic.about}</p>
        {topic.questions.map((question, i) => (
          <Question
            key={question.id}
            question={question}
            number={i + 1}
            given={known.given.get(question.id)}
            answer={(given) => answer(question.id, given)}
            open={(link) => post({ type: 'open', question: question.id, link })}
          />
        ))}
        <p class="total">{l10n.t('{0} of {1} right in this topic', rightIn(topic, known.given), topic.questions.length)}</p>
        <div class="ways">
          {before && (
            <button type="button" class="quiet" onClick={() => goTo(before.id)}>
              {l10n.t('Back: {0}', before.title)}
            </button>
          )}
          {after && (
            <button type="button" onClick={() => goTo(after.id)}>
              {l10n.t('Next: {0}', after.title)}
            </button>
          )}
          <button type="button" class="quiet" onClick={restart} disabled={!topic.questions.some(({ id }) => known.given.has(id))}>
            {l10n.t('Start this topic over')}
          </button>
        </div>
      </main>
    </div>
  );
}

function rightIn({ questions }: CheckTopic, given: ReadonlyMap<string, number>): number {
  return questions.filter(({ id, answers }) => answers[given.get(id) ?? -1]?.right).length;
}

/** `2 of 4 right`, with a mark when all are. */
function scoreText(topic: CheckTopic, given: ReadonlyMap<string, number>): string {
  const right = rightIn(topic, given);
  const all = topic.questions.length;
  return right === all ? l10n.t('✓ all {0} right', all) : l10n.t('{0} of {1} right', right, all);
}
