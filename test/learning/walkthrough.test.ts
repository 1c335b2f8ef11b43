import { strict as assert } from 'node:assert';
import { existsSync, readFileSync } from 'node:fs';
import { recoveryFigures } from '../../src/analysis/recovery/recovery';
import { topics } from '../../src/extension/learning/topics';
import type { Variant } from '../../src/model/scenario';
import { secondsText } from '../../src/model/words';
import { journeyOf, play, run } from '../simulation/running';
import { codeOf, exampleReview, figuresOf, journeysOf, saidBy } from './examples';

interface Step {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly media: { readonly svg?: string; readonly markdown?: string; readonly altText?: string };
  readonly completionEvents: readonly string[];
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly title: string;
      readonly description: string;
      readonly steps: readonly Step[];
    }[];
    readonly viewsWelcome: readonly { readonly view: string; readonly contents: string }[];
  };
}

const json = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const { contributes } = json('package.json') as Manifest;
const strings = json('package.nls.json') as Readonly<Record<string, string>>;
const word = (key: string) => strings[key.slice(1, -1)] ?? assert.fail(key);

const [lesson] = contributes.walkthroughs;
const steps = lesson?.steps ?? [];

interface Link {
  readonly title: string;
  readonly command: string;
  readonly argument: unknown;
}

/** The buttons and links of a text, as the editor reads them. */
function linksOf(text: string): readonly Link[] {
  return [...text.matchAll(/\[([^\]]+)\]\(command:([\w.]+)(?:\?([^)]*))?\)/g)].map(([, title = '', command = '', query]) => {
    const given: unknown = query === undefined ? [] : JSON.parse(decodeURIComponent(query));
    assert.ok(Array.isArray(given), text);
    return { title, command, argument: given[0] };
  });
}

const media = (name: string) => readFileSync(`media/walkthrough/${name}`, 'utf8');

describe('the walkthrough', () => {
  it('has eight to ten steps, each with a title, a few sentences, a picture and something to do', () => {
    assert.ok(steps.length >= 8 && steps.length <= 10, String(steps.length));
    for (const { id, title, description, media: shown } of steps) {
      const [text = '', ...buttons] = word(description).split('\n');
      assert.ok(word(title).length > 0);
      const sentences = text.match(/[.?!](?=\s|$)/g) ?? [];
      assert.ok(sentences.length >= 2 && sentences.length <= 4, `${id}: ${text}`);
      // On a line of its own a link is a button.
      assert.ok(buttons.length > 0 && buttons.every((line) => linksOf(line).length === 1), id);
      const file = shown.svg ?? shown.markdown ?? '';
      assert.ok(existsSync(file), file);
      if (shown.svg) assert.ok(word(shown.altText ?? '').length > 20, id);
    }
  });

  it('leads only to commands that there are, and to what there is behind them', () => {
    const commands = new Set([...contributes.commands.map(({ command }) => command), 'workbench.action.openWalkthrough']);
    const ids = topics().map(({ id }) => id);
    const texts = [...steps.map(({ description }) => word(description)), ...contributes.viewsWelcome.map(({ contents }) => word(contents))];
    for (const { command, argument } of texts.flatMap(linksOf)) {
      assert.ok(commands.has(command), command);
      if (command === 'faultline.checkQuestions') assert.ok(ids.includes(String(argument)), String(argument));
      if (command === 'workbench.action.openWalkthrough') assert.equal(argument, `faultline.faultline#${lesson?.id}`);
      if (command !== 'faultline.openExample' || argument === undefined) continue;
      const { example, at, play } = argument as { readonly example: string; readonly at: string; readonly play?: string };
      assert.ok(codeOf(example).includes(at), `${at} in ${example}`);
      if (play !== undefined) assert.ok(exampleReview(example).linked.system.scenarios.has(play), `${play} of ${example}`);
    }
  });

  it('asks the questions of each topic at its step, in order', () => {
    const asked = steps.flatMap(({ description }) =>
      linksOf(word(description)).flatMap(({ command, argument }) => (command === 'faultline.checkQuestions' ? [argument] : [])),
    );
    assert.deepEqual(
      asked,
      topics().map(({ id }) => id),
    );
  });

  it('knows when a step is done', () => {
    for (const { id, description, completionEvents } of steps) {
      const links = linksOf(word(description));
      const done = links.flatMap(({ command, argument }) => [
        `onCommand:${command}`,
        ...(typeof argument === 'object' && argument !== null && 'step' in argument ? [`onContext:faultline.step.${argument.step}`] : []),
      ]);
      assert.equal(completionEvents.length, 1, id);
      for (const event of completionEvents) assert.ok(done.includes(event), `${id}: ${event}`);
    }
    // No two by the same: one command would do several at once.
    assert.equal(new Set(steps.flatMap(({ completionEvents }) => completionEvents)).size, steps.length);
  });

  it('has pictures in the colours of the editor, with nothing that runs in them', () => {
    for (const { media: shown } of steps) {
      if (!shown.svg) continue;
      const text = readFileSync(shown.svg, 'utf8');
      assert.doesNotMatch(text, /<script|<foreignObject|href=|\bon\w+=/);
      for (const [, colour] of text.matchAll(/(?:fill|stroke)="([^"]*)"/g)) assert.match(colour ?? '', /^(?:none|var\(--vscode-.*\))$/);
    }
  });
});

describe('the figures of the walkthrough', () => {
  const description = (id: string) => word(`%faultline.lesson.${id}.description%`);
  const has = (text: string, ...figures: readonly string[]) => {
    for (const figure of figures) assert.ok(text.includes(figure), `${figure} is not in: ${text}`);
  };
  const short = (down: string) => down.replace('/yr', '');

  it('nines', () => {
    const journeys = journeysOf(exampleReview('nines'));
    const row = journeys.get('five-in-a-row');
    const pairs = journeys.get('five-in-pairs');
    const one = figuresOf('components: { a: { managed: true, availability: 99.9% } }\njourneys: { v: { entry: a } }');
    assert.ok(row && pairs);
    has(media('nines.svg'), row.up, short(row.down), pairs.up, short(pairs.down), short(one.down));
    has(description('nines'), row.up, row.down.replace(' h/yr', ' hours'));
  });

  it('single points', () => {
    const { figures } = exampleReview('lab');
    const costs = figures.journeys.find(({ journey }) => journey === 'look-up')?.contributions ?? [];
    const cost = (name: string) => {
      const hours = costs.find(({ point }) => point.kind === 'component' && point.name === name)?.hoursPerYear ?? 0;
      return `${Number(hours.toPrecision(3))} h/yr`;
    };
    const picture = media('single-points.svg');
    for (const name of ['api', 'db', 'payment']) assert.match(picture, new RegExp(`>${name}</text>\\s*<text[^>]*>one · ${cost(name)}<`));
    has(picture, `down ${short(journeysOf(exampleReview('lab')).get('look-up')?.down ?? '')} a year`);
  });

  it('eight threads, and two zones', () => {
    const full = /payment hangs, the 8 slots of api are full after (\d+ ms)/.exec(saidBy('missing-timeout', exampleReview('lab')))?.[1];
    has(media('patterns.svg'), full ?? 'no figure');
    const busy = /would be (\d+% busy)/.exec(saidBy('no-headroom', exampleReview('zone-loss')))?.[1];
    has(media('tolerance.svg'), busy ?? 'no figure');
    has(description('tolerance'), busy ?? 'no figure');
  });

  it('looking up while payment hangs, as written and protected', () => {
    const { system } = exampleReview('lab').linked;
    const scenario = system.scenarios.get('payment-hangs');
    assert.ok(scenario);
    const answered = (variant: Variant) => {
      const { series } = journeyOf(run(system, scenario.duration ?? 60, { variant, scenario }), 'look-up');
      const [offered, succeeded] = [series.offered, series.succeeded].map((counts) => counts.slice(15, 40).reduce((sum, n) => sum + n, 0));
      return `${Math.round((100 * (succeeded ?? 0)) / (offered ?? 0))}% answered`;
    };
    has(media('patterns.svg'), answered('written'), answered('protected'));
    assert.notEqual(answered('written'), answered('protected'));
  });

  it('the waves of a storm, tenth of a second by tenth', () => {
    const { system } = exampleReview('retry-storm').linked;
    const scenario = system.scenarios.get('all-at-once');
    assert.ok(scenario);
    const simulation = play(system, { scenario });
    const counts = { 'exponential-app': [0], 'jitter-app': [0] };
    for (let i = 1; i <= 80; i++) {
      simulation.advance(i / 10 - 0.05);
      const { calls } = simulation.frame();
      for (const [from, totals] of Object.entries(counts)) totals.push(calls.find(({ id }) => id.startsWith(`${from} ->`))?.attempts ?? 0);
    }
    const heights = (totals: readonly number[]) =>
      totals.slice(1).flatMap((total, i) => {
        const attempts = total - (totals[i] ?? 0);
        // As high as the picture has room for 1,600.
        return attempts > 0 ? [Math.max(1, Math.round((attempts / 1600) * 980) / 10)] : [];
      });
    const bars = (colour: string) =>
      [...media('storms.svg').matchAll(/height="([\d.]+)"[^>]*fill="var\(--vscode-charts-(\w+)\)"/g)].flatMap(([, height, fill]) =>
        fill === colour ? [Number(height)] : [],
      );
    const same = (drawn: readonly number[], counted: readonly number[]) => {
      assert.equal(drawn.length, counted.length);
      counted.forEach((height, i) => {
        assert.ok(Math.abs(height - (drawn[i] ?? 0)) < 0.11, `${i}: ${height} and ${drawn[i]}`);
      });
    };
    same(bars('red'), heights(counts['exponential-app']));
    same(bars('green'), heights(counts['jitter-app']));
  });

  it('recovery', () => {
    const { system } = exampleReview('failover').linked;
    assert.deepEqual([system.objectives.rto, system.objectives.rpo], [120, 600]);
    has(media('recovery.md'), '**2 min**', '**10 min**');
    for (const name of ['orders-db', 'archive-db']) {
      const back = recoveryFigures(system).find(({ subject, loss }) => subject === name && loss.kind === 'zone');
      assert.ok(typeof back?.rto === 'number' && typeof back.rpo === 'number', name);
      assert.match(
        media('recovery.md'),
        new RegExp(`\\| \`${name}\` \\|[^|]*\\| ${secondsText(back.rto)} \\| ${secondsText(back.rpo)} \\|`),
      );
    }
  });

  it('regions', () => {
    const of = (zones: string) =>
      figuresOf(`
regions: { west: { availability: 99.99% }, east: { availability: 99.99% } }
zones:
  w1: &zone { region: west, availability: 99.95% }
  w2: *zone
  e1: &other { region: east, availability: 99.95% }
  e2: *other
components: { a: { availability: 99.9%, replicas: { ${zones} } } }
journeys: { visit: { entry: a } }
`);
    const row = (zones: string) => `| ${of(zones).up} | ${short(of(zones).down)} |`;
    has(media('regions.md'), row('w1: 1, w2: 1'), row('w1: 1, e1: 1'), row('w1: 1, w2: 1, e1: 1, e2: 1'));
  });

  it('what was measured is what the page on the examples says', () => {
    const learning = readFileSync('docs/learning.md', 'utf8').replace(/\s+/g, ' ');
    const twice = /`shop -> cards POST \/charges duplicateEffects > 20` \| (\d+ to \d+) \|/.exec(learning)?.[1];
    has(media('idempotency.md'), `| without a key | ${twice} |`);
  });
});
