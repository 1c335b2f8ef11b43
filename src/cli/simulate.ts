import process from 'node:process';
import type { Block } from '../language/report/blocks';
import { asMarkdown } from '../language/report/markdown';
import { type FaultTarget, type Scenario, variants } from '../model/scenario';
import type { System } from '../model/system';
import type { Seconds } from '../model/units';
import { gameDay, usualGameDay } from '../simulation/gameDay';
import type { Answer, Question } from '../simulation/questions';
import { tippingPoint, usualOutage } from '../simulation/tippingPoint';
import type { LinkedSystem } from '../workspace/linked';
import { asText } from './blocks';
import { scenarioOfKills, seconds, targetOf } from './kill';
import { type Options, UsageError } from './options';
import { painter } from './print';
import { scenariosDocument } from './simulate/document';
import { compare, gameDayDocument, gameDayJson } from './simulate/gameDay';
import { scenariosJson } from './simulate/json';
import { Progress } from './simulate/progress';
import { Runners } from './simulate/runners';
import { type Group, groupsOf, plansOf } from './simulate/scenarios';
import { systemsWith } from './simulate/targets';
import { tippingDocument, tippingJson } from './simulate/tippingPoint';
import { type Loaded, loadSystems } from './systems';

interface Printed {
  readonly text: string;
  readonly status: number;
}

/** More results than this do not fit into memory, and say nothing more. */
const mostRuns = 1000;

/** `faultline simulate`: runs scenarios; 1 when an expectation fails in some run. Or a game day, or a tipping point. */
export async function runSimulate(options: Options): Promise<Printed> {
  if (options.runs > mostRuns) throw new UsageError(`--runs ${options.runs}: ${mostRuns} at most`);
  if (options.gameDay && options.tippingPoint !== undefined) throw new UsageError('--game-day and --tipping-point: one at a time');
  if (options.gameDay) return runGameDay(options);
  if (options.tippingPoint !== undefined) return runTippingPoint(options, options.tippingPoint);
  return runScenarios(options);
}

async function runScenarios(options: Options): Promise<Printed> {
  if (options.outage !== undefined) throw new UsageError('--outage: only with --game-day or --tipping-point');
  const loaded = loadSystems(options);
  const made = scenarioOfKills(options.kill);
  const systems = systemsToKill(loaded.systems, made, options);
  const duration = options.duration === undefined ? undefined : seconds('--duration', options.duration);
  const groups: Group[] = [];
  for (const linked of systems) {
    const plans = plansOf(options.kill.length > 0 ? [made] : scenariosOf(linked, options), options, duration);
    const runs = await onAllCores(linked.system, (runners) => runners.run(plans.flatMap(({ orders }) => orders)));
    groups.push(...groupsOf(plans, runs, linked, loaded));
  }
  if (groups.length === 0) throw new UsageError(nothingToRun(options, loaded));
  const fails = groups.some(({ rows }) => rows.some(({ expectations }) => expectations.some(({ holds }) => !holds)));
  return { text: printed(options, scenariosDocument(groups), () => scenariosJson(groups)), status: fails ? 1 : 0 };
}

/** The systems that have everything that is to be killed. */
function systemsToKill(systems: readonly LinkedSystem[], { events }: Scenario, { kill }: Options): readonly LinkedSystem[] {
  const targets = events.flatMap(({ fault }) => (fault.kind === 'kill' ? [fault.target] : []));
  return targets.reduce((left, target) => systemsWith(left, `--kill ${kill.join(', ')}`, target), systems);
}

function scenariosOf({ system }: LinkedSystem, { scenario }: Options): readonly Scenario[] {
  return [...system.scenarios.values()].filter(({ name }) => scenario === undefined || name === scenario);
}

function nothingToRun({ scenario, paths }: Options, { systems }: Loaded): string {
  const known = systems.flatMap(({ system }) => [...system.scenarios.keys()]);
  if (scenario === undefined) return `${paths.join(', ')}: no scenarios; make one up with --kill NAME@10s..40s`;
  return `no scenario is called ${scenario}${known.length > 0 ? `; there are ${known.join(', ')}` : ''}`;
}

async function runGameDay(options: Options): Promise<Printed> {
  refuse(options, '--game-day');
  const { from } = usualGameDay;
  const to = from + outageOf(options, usualGameDay.to - from);
  const rest = usualGameDay.duration - usualGameDay.to;
  const duration = options.duration === undefined ? to + rest : seconds('--duration', options.duration);
  if (!(duration > to))
    throw new UsageError(`--duration ${options.duration}: the outage lasts until ${to}s, and something has to come after it`);
  const { variant = 'written', seed = 1, runs } = options;
  const days = await answers(options, loadSystems(options).systems, async ({ system }, ask) =>
    compare(system, await ask(gameDay(system, { variant, seed, runs, from, to, duration }))),
  );
  return {
    text: printed(options, days.flatMap(gameDayDocument), () => ({ version: 1, gameDays: days.map(gameDayJson) })),
    status: 0,
  };
}

async function runTippingPoint(options: Options, name: string): Promise<Printed> {
  refuse(options, '--tipping-point');
  if (options.duration !== undefined) throw new UsageError('--duration: not with --tipping-point; --outage says how long it lasts');
  const target: FaultTarget = targetOf(name);
  const length = outageOf(options, usualOutage.length);
  const { seed = 1, runs, variant } = options;
  const setting = { target, length, within: usualOutage.within, seed, runs, variants: variant === undefined ? variants : [variant] };
  const systems = systemsWith(loadSystems(options).systems, `--tipping-point ${name}`, target);
  const found = await answers(options, systems, async ({ system }, ask) => ({
    ...(await ask(tippingPoint(system, setting))),
    system: system.name,
    subject: name,
    seed,
    runs,
  }));
  return {
    text: printed(options, found.flatMap(tippingDocument), () => ({ version: 1, tippingPoints: found.map(tippingJson) })),
    status: 0,
  };
}

/** What says which scenario to run has no place beside a question that makes up its own. */
function refuse({ scenario, kill }: Options, option: string): void {
  if (scenario !== undefined) throw new UsageError(`--scenario: not with ${option}`);
  if (kill.length > 0) throw new UsageError(`--kill: not with ${option}`);
}

function outageOf({ outage }: Options, usual: Seconds): Seconds {
  if (outage === undefined) return usual;
  const length = seconds('--outage', outage);
  if (!(length > 0)) throw new UsageError(`--outage ${outage}: nothing is out for no time at all`);
  return length;
}

/** Asks every system the same. One that has no answer is an error only where it was asked for alone. */
async function answers<T>(
  { paths }: Options,
  systems: readonly LinkedSystem[],
  answer: (linked: LinkedSystem, ask: <A>(question: Question<Answer<A>>) => Promise<A>) => Promise<T>,
): Promise<readonly T[]> {
  const found: T[] = [];
  const reasons: string[] = [];
  for (const linked of systems) {
    try {
      found.push(await onAllCores(linked.system, (runners) => answer(linked, (question) => asked(runners, question))));
    } catch (error) {
      if (!(error instanceof NoAnswer)) throw error;
      reasons.push(`${linked.system.name}: ${error.message}`);
    }
  }
  if (found.length === 0) throw new UsageError(reasons[0] ?? `${paths.join(', ')}: nothing to simulate`);
  for (const reason of reasons) process.stderr.write(`faultline: ${reason}\n`);
  return found;
}

class NoAnswer extends Error {}

async function asked<T>(runners: Runners, question: Question<Answer<T>>): Promise<T> {
  const answer = await runners.ask(question);
  if (!answer.ok) throw new NoAnswer(answer.reason);
  return answer.answer;
}

async function onAllCores<T>(system: System, work: (runners: Runners) => Promise<T>): Promise<T> {
  const progress = new Progress();
  const runners = new Runners(system, { onProgress: (done, of) => progress.update(done, of) });
  try {
    return await work(runners);
  } finally {
    runners.close();
    progress.clear();
  }
}

function printed(options: Options, document: readonly Block[], json: () => object): string {
  switch (options.format) {
    case 'json':
      return JSON.stringify(json(), null, 2);
    case 'markdown':
      return asMarkdown(document);
    default:
      return asText(document, painter(options));
  }
}
