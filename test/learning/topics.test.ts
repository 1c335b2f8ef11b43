import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import * as l10n from '@vscode/l10n';
import type { Question } from '../../src/extension/learning/topic';
import { topics } from '../../src/extension/learning/topics';
import { rules } from '../../src/rules/registry';
import { pseudoTranslation, untranslated, wordsIn } from '../language/pseudo';
import { codeOf } from './examples';

const questionsOf = (): readonly Question[] => topics().flatMap(({ questions }) => questions);

describe('the questions', () => {
  it('are between 25 and 35, in nine topics', () => {
    assert.equal(topics().length, 9);
    const count = questionsOf().length;
    assert.ok(count >= 25 && count <= 35, String(count));
    for (const { id, questions } of topics()) assert.ok(questions.length >= 3, id);
  });

  it('have names and texts of their own', () => {
    const ids = [...topics().map(({ id }) => id), ...questionsOf().map(({ id }) => id)];
    assert.equal(new Set(ids).size, ids.length);
    const texts = questionsOf().flatMap(({ text, answers }) => [text, ...answers.map(({ says }) => says)]);
    assert.equal(new Set(texts).size, texts.length);
    for (const { id, answers } of questionsOf()) assert.equal(new Set(answers.map(({ text }) => text)).size, answers.length, id);
  });

  it('have three or four answers, one of them right, and a reason for each', () => {
    for (const { id, answers } of questionsOf()) {
      assert.ok(answers.length === 3 || answers.length === 4, id);
      assert.equal(answers.filter(({ right }) => right).length, 1, id);
      for (const { text, says } of answers) assert.ok(says.length > 20 && says !== text, `${id}: ${text}`);
    }
  });

  it('cannot be answered by the place or the length of the answer', () => {
    const places = [0, 0, 0, 0];
    let longest = 0;
    for (const { answers } of questionsOf()) {
      const right = answers.findIndex((answer) => answer.right);
      places[right] = (places[right] ?? 0) + 1;
      if (answers.every(({ text }, i) => i === right || text.length < (answers[right]?.text.length ?? 0))) longest++;
    }
    const all = questionsOf().length;
    for (const place of places.slice(0, 3)) assert.ok(place >= all / 6 && place <= all / 2, places.join(' '));
    assert.ok(longest <= (all * 2) / 3, `${longest} of ${all}`);
  });

  it('lead to rules that there are, and to texts in examples', () => {
    const ids = new Set(rules.map(({ id }) => id));
    for (const { id, leads } of questionsOf()) {
      assert.ok(leads.length > 0, id);
      for (const lead of leads) {
        if ('rule' in lead) assert.ok(ids.has(lead.rule), `${id}: ${lead.rule}`);
        else assert.ok(codeOf(lead.example).includes(lead.at), `${id}: ${lead.at} in ${lead.example}`);
      }
    }
  });

  it('are translated, every word of them', () => {
    const words = [new Set(['Faultline', 's', 'tested'])];
    l10n.config({ contents: { ...pseudoTranslation() } });
    try {
      const said = topics().flatMap(({ title, about, questions }) => [
        title,
        about,
        ...questions.flatMap(({ text, answers }) => [text, ...answers.flatMap((answer) => [answer.text, answer.says])]),
      ]);
      assert.ok(said.length > 100);
      assert.deepEqual(
        said.filter((text) => untranslated(text, words).length > 0),
        [],
      );
    } finally {
      l10n.config({ contents: {} });
    }
    assert.ok(questionsOf().every(({ text }) => wordsIn(text).length > 3));
  });

  it('come with a page of documentation on each rule that they name', () => {
    for (const { leads } of questionsOf()) {
      for (const lead of leads) if ('rule' in lead) assert.match(readFileSync(`docs/rules/${lead.rule}.md`, 'utf8'), /^# /);
    }
  });
});
