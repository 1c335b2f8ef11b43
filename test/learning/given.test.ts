import { strict as assert } from 'node:assert';
import fc from 'fast-check';
import { isDone, nextTopic, soundGiven, withAnswer, withoutTopic } from '../../src/extension/learning/given';
import { right, type Topic, wrong } from '../../src/extension/learning/topic';

const answers = [wrong('no', 'because'), right('yes', 'because'), wrong('maybe', 'because')];
const topic = (id: string, ...questions: readonly string[]): Topic => ({
  id,
  title: id,
  about: id,
  questions: questions.map((question) => ({ id: question, text: question, answers, leads: [] })),
});
const first = topic('first', 'a', '__proto__');
const second = topic('second', 'c');
const lesson = [first, second];

describe('the answers that are kept', () => {
  it('are those to questions that there are, the last one counts', () => {
    assert.deepEqual(
      soundGiven(
        [
          ['a', 0],
          ['gone', 1],
          ['c', 3],
          ['c', -1],
          ['c', 0.5],
          ['__proto__', 2],
          ['a', 1],
          ['toString', 0],
        ],
        lesson,
      ),
      [
        ['a', 1],
        ['__proto__', 2],
      ],
    );
  });

  it('are none where something else was kept', () => {
    for (const kept of [undefined, null, 1, 'a', {}, { a: 1 }, [1, null, 'ab', ['a'], ['a', '1'], [0, 1]]])
      assert.deepEqual(soundGiven(kept, lesson), [], JSON.stringify(kept));
  });

  it('come through being kept, whatever was kept before', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom('a', '__proto__', 'c'), fc.nat({ max: 2 }), (kept, question, answer) => {
        const given = withAnswer(soundGiven(kept, lesson), question, answer);
        const again = soundGiven(JSON.parse(JSON.stringify(given)), lesson);
        assert.deepEqual(again, given);
        assert.equal(new Map(again).get(question), answer);
      }),
    );
  });

  it('say what to go on with', () => {
    assert.equal(nextTopic([], lesson), 'first');
    const begun = withAnswer([], 'a', 1);
    assert.equal(isDone(begun, first), false);
    assert.equal(isDone(withAnswer(begun, '__proto__', 0), first), false);
    const done = withAnswer(begun, '__proto__', 1);
    assert.equal(isDone(done, first), true);
    assert.equal(nextTopic(done, lesson), 'second');
    assert.equal(nextTopic(withAnswer(done, 'c', 1), lesson), 'first');
    assert.equal(nextTopic([], []), '');
  });

  it('are forgotten by topic', () => {
    const all = withAnswer(withAnswer([], 'a', 1), 'c', 2);
    assert.deepEqual(withoutTopic(all, first), [['c', 2]]);
    assert.deepEqual(withoutTopic(all, second), [['a', 1]]);
  });
});
