import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { rules } from '../../src/rules/registry';
import { reviewText } from './helpers';

const folder = 'docs/rules';
const sections = ['What it means', 'Why it hurts', 'Bad', 'Good', 'When to accept it'];

function page(id: string): string {
  return readFileSync(`${folder}/${id}.md`, 'utf8');
}

/** The YAML example below a heading of a page. */
function example(text: string, heading: string): string {
  const [, below = ''] = text.split(`\n## ${heading}\n`);
  const [, code] = /```yaml\n([\s\S]*?)```/.exec(below.split('\n## ')[0] ?? '') ?? [];
  assert.ok(code, `no example under ${heading}`);
  return code;
}

describe('the documentation of the rules', () => {
  it('has one page for each rule, and no other', () => {
    const pages = readdirSync(folder).filter((name) => name !== 'README.md');
    assert.deepEqual(pages.sort(), rules.map(({ id }) => `${id}.md`).sort());
  });

  it('has an index that lists every rule with its severity and summary, in order and by category', () => {
    const index = readFileSync(`${folder}/README.md`, 'utf8');
    let category = '';
    const rows = rules.flatMap((rule) => {
      const head = rule.category === category ? [] : [`| **${rule.category}** | | |`];
      category = rule.category;
      return [...head, `| [${rule.id}](${rule.id}.md) | \`${rule.severity}\` | ${rule.summary} |`];
    });
    assert.equal(index.split('| --- | --- | --- |\n')[1], `${rows.join('\n')}\n`);
  });

  it('names ids, files and summaries once', () => {
    assert.equal(new Set(rules.map(({ id }) => id)).size, rules.length);
    for (const { id, summary } of rules) {
      assert.match(id, /^[a-z]+(-[a-z]+)*$/);
      assert.match(summary, /^[A-Z].*\.$/);
    }
  });

  for (const { id, category, severity, summary } of rules) {
    describe(id, () => {
      const text = page(id);

      it('starts with its name, summary, category and severity, and has every section', () => {
        assert.ok(text.startsWith(`# ${id}\n\n${summary}\n\nCategory: ${category} · Severity: \`${severity}\``));
        assert.deepEqual(
          [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading),
          sections,
        );
      });

      it('has a bad example that the rule reports', () => {
        const found = reviewText(example(text, 'Bad')).findings;
        assert.ok(
          found.some((finding) => finding.rule === id),
          JSON.stringify(found.map(({ rule, message }) => [rule, message])),
        );
      });

      it('has a good example that the rule is content with, and no new trouble', () => {
        const bad = new Set(reviewText(example(text, 'Bad')).findings.map(({ rule, subject }) => `${rule} ${subject}`));
        const found = reviewText(example(text, 'Good')).findings;
        assert.deepEqual(
          found.filter((finding) => finding.rule === id),
          [],
        );
        assert.deepEqual(
          found.filter(({ rule, subject }) => !bad.has(`${rule} ${subject}`)),
          [],
        );
      });
    });
  }
});
