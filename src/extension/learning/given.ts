import type { Given } from '../../layout/checkProtocol';
import type { Topic } from './topic';

/**
 * What is kept of the answers, whoever wrote it: another version may have known other questions.
 * @param kept what the editor's memory holds, which may be anything
 */
export function soundGiven(kept: unknown, topics: readonly Topic[]): Given {
  if (!Array.isArray(kept)) return [];
  const questions = new Map(topics.flatMap((topic) => topic.questions.map((question) => [question.id, question] as const)));
  const last = new Map<string, number>();
  for (const pair of kept as readonly unknown[]) {
    if (!Array.isArray(pair)) continue;
    const [question, answer] = pair as readonly unknown[];
    if (typeof question !== 'string' || typeof answer !== 'number') continue;
    if (questions.get(question)?.answers[answer]) last.set(question, answer);
  }
  return [...last];
}

/** The same answers with one more, or with another one in its place. */
export function withAnswer(given: Given, question: string, answer: number): Given {
  return [...given.filter(([other]) => other !== question), [question, answer]];
}

/** The answers without those to a topic's questions. */
export function withoutTopic(given: Given, topic: Topic): Given {
  return given.filter(([question]) => !topic.questions.some(({ id }) => id === question));
}

/** Whether each question of a topic has its right answer. */
export function isDone(given: Given, topic: Topic): boolean {
  const answers = new Map(given);
  return topic.questions.every(({ id, answers: offered }) => offered[answers.get(id) ?? -1]?.right === true);
}

/** The topic to go on with: the first that is not done. */
export function nextTopic(given: Given, topics: readonly Topic[]): string {
  return (topics.find((topic) => !isDone(given, topic)) ?? topics[0])?.id ?? '';
}
