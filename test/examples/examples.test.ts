import { strict as assert } from 'node:assert';
import { readdirSync, readFileSync } from 'node:fs';
import { variants } from '../../src/model/scenario';
import type { ExpectationResult } from '../../src/simulation/expectations';
import { type Review, review } from '../rules/helpers';
import { run, seeds } from '../simulation/running';
import { type Lesson, lessons, type Try } from './lessons';

const textOf = (name: string) => readFileSync(`examples/${name}.faultline.yaml`, 'utf8');

function reviewOf(name: string, text = textOf(name)): Review {
  return review(new Map([[`/examples/${name}.faultline.yaml`, text]]));
}

function found({ findings }: Review): readonly string[] {
  return findings.map(({ rule, subject }) => `${rule} ${subject}`).sort();
}

interface Played extends ExpectationResult {
  readonly scenario: string;
}

/** What becomes of the expectations of all scenarios, with each of so many seeds. */
function play({ linked: { system } }: Review, runs: number): readonly Played[] {
  const played: Played[] = [];
  for (const scenario of system.scenarios.values()) {
    const asked = variants.filter((variant) => scenario.expect.some((one) => (one.variant ?? 'written') === variant));
    for (const variant of asked) {
      for (const seed of seeds(runs)) {
        const { expectations, log } = run(system, scenario.duration ?? 60, { seed, variant, scenario });
        assert.deepEqual(
          log.filter(({ text }) => text.startsWith('Not done')),
          [],
        );
        played.push(...expectations.map((one) => ({ ...one, scenario: scenario.name })));
      }
    }
  }
  return played;
}

const failed = (played: readonly Played[]) => played.filter(({ holds }) => !holds).map(({ text }) => text);

describe('the learning examples', function () {
  this.timeout(60_000);

  it('are all that stand alone in their folder', () => {
    const files = readdirSync('examples').filter((name) => name.endsWith('.yaml'));
    assert.deepEqual(files.sort(), lessons.map(({ name }) => `${name}.faultline.yaml`).sort());
  });

  it('are told in order in the documentation, which the README names', () => {
    assert.deepEqual(
      [...sections.keys()],
      lessons.map(({ name }) => name),
    );
    assert.match(readFileSync('README.md', 'utf8'), /\(docs\/learning\.md\)/);
  });

  for (const lesson of lessons) describe(lesson.name, () => holdsWhatItSays(lesson));
});

function holdsWhatItSays({ name, findings, scenarios, tries }: Lesson): void {
  it('is a system of its own, with exactly the findings that it is there for', () => {
    const reviewed = reviewOf(name);
    assert.equal(reviewed.linked.system.name, name);
    assert.deepEqual(reviewed.linked.problems, []);
    assert.deepEqual(found(reviewed), findings);
  });

  it('names those findings in its comments and in the documentation', () => {
    const rules = [...new Set(findings.map((finding) => finding.split(' ')[0]))].sort();
    const [, list] = /on purpose:(?: nothing.*)?\n((?:# {3}.*\n)*)/.exec(textOf(name)) ?? [];
    assert.ok(list !== undefined, 'nothing is said of findings');
    const named = [...list.matchAll(/^# {3}([a-z]+(?:-[a-z]+)+) /gm)].map(([, rule]) => rule);
    assert.deepEqual(named.sort(), rules);
    for (const [, rule] of (sections.get(name) ?? '').matchAll(/\(rules\/([a-z-]+)\.md\)/g)) assert.ok(rules.includes(rule ?? ''), rule);
  });

  it('shows what it teaches with every seed, in figures such as the documentation tells', () => {
    const reviewed = reviewOf(name);
    assert.deepEqual([...reviewed.linked.system.scenarios.keys()], scenarios);
    const played = play(reviewed, 5);
    assert.deepEqual(failed(played), []);
    const told = toldIn(name);
    assert.deepEqual(
      told.map(({ scenario, text }) => `${scenario}: ${text}`),
      [...new Set(played.map(({ scenario, text }) => `${scenario}: ${text}`))],
    );
    for (const { scenario, text, low, high } of told) {
      for (const { measured } of played.filter((one) => one.scenario === scenario && one.text === text)) {
        assert.ok(measured !== null && low <= measured && measured <= high, `${scenario}: ${text}: ${measured}, not ${low} to ${high}`);
      }
    }
  });

  for (const tried of tries) it(`is another story with ${tried.write.replace(/\s+/g, ' ')}`, () => isAnotherStory(name, findings, tried));
}

function isAnotherStory(name: string, findings: readonly string[], { insteadOf, write, breaks, silences = [], brings = [] }: Try): void {
  const text = textOf(name);
  assert.ok(text.includes(insteadOf), `${name} has no ${insteadOf}`);
  const reviewed = reviewOf(name, text.replace(insteadOf, write));
  assert.deepEqual(reviewed.linked.problems, []);
  const after = found(reviewed);
  for (const gone of silences) assert.ok(findings.includes(gone) && !after.includes(gone), `${gone} is still there`);
  for (const come of brings) assert.ok(!findings.includes(come) && after.includes(come), `${come} is not there`);
  assert.deepEqual(failed(play(reviewed, 1)), breaks);
}

/** By example, what docs/learning.md says of it. */
const sections: ReadonlyMap<string, string> = new Map(
  readFileSync('docs/learning.md', 'utf8')
    .split(/^## /m)
    .flatMap((section) => {
      const [, name] = /^.*\(\.\.\/examples\/([\w-]+)\.faultline\.yaml\)/.exec(section) ?? [];
      return name === undefined ? [] : [[name, section] as const];
    }),
);

interface Told {
  readonly scenario: string;
  readonly text: string;
  readonly low: number;
  readonly high: number;
}

/** The rows of a section's table: what was expected, and what was measured. */
function toldIn(name: string): readonly Told[] {
  return [...(sections.get(name) ?? '').matchAll(/^\| `(.+)` \| `(.+)` \| (.+) \|$/gm)].map(([, scenario = '', text = '', figure = '']) => {
    const scale = figure.endsWith('%') ? 100 : 1;
    const [low = Number.NaN, high = low] = [...figure.matchAll(/[\d.]+/g)].map(([digits]) => Number(digits) / scale);
    // A figure beside a bound of 100% may be off by the last bit.
    return { scenario, text, low: low - 1e-12, high: high + 1e-12 };
  });
}
