import * as vscode from 'vscode';
import { type Failure, failuresOf } from '../../language/scenarios/failures';
import { reportLines } from '../../language/scenarios/report';
import { inSlices } from '../../language/slices';
import { LineIndex } from '../../model/text';
import { answering, type QuestionProgress } from '../../simulation/questions';
import { fingerprint, passes, type ScenarioOutcome, scenarioTest } from '../../simulation/scenarios';
import * as convert from '../convert';
import type { Log } from '../log';
import type { Root } from '../root';
import { linkedOf, type ScenarioTest } from './listing';
import type { Outcomes } from './outcomes';

export type TestState = 'passed' | 'failed' | 'errored' | 'skipped';

/** What a run told the editor about one test. */
export interface Told {
  readonly state: TestState;
  readonly messages: readonly vscode.TestMessage[];
  readonly output: string;
}

/** What a run needs, and whom it tells. */
export interface Running {
  readonly run: vscode.TestRun;
  readonly outcomes: Outcomes;
  readonly log: Log;
  readonly isCancelled: () => boolean;
  readonly told: (test: ScenarioTest, told: Told) => void;
}

/** Runs scenarios one after the other, in slices, and reports each as a test. Ends the run. */
export async function runTests(tests: readonly ScenarioTest[], running: Running): Promise<void> {
  const { run, log, isCancelled } = running;
  try {
    for (const { item } of tests) run.enqueued(item);
    for (const test of tests) {
      const told = isCancelled() ? skipped : await log.guardAsync(`running ${test.scenario}`, () => runTest(test, running), undefined);
      if (told === skipped) run.skipped(test.item);
      if (!told) run.errored(test.item, new vscode.TestMessage(vscode.l10n.t('Faultline could not do that. The output says why.')));
      running.told(test, told ?? { state: 'errored', messages: [], output: '' });
    }
  } finally {
    run.end();
  }
}

const skipped: Told = { state: 'skipped', messages: [], output: '' };
const notRun: ScenarioOutcome = { ok: false, reason: '' };

async function runTest(test: ScenarioTest, { run, outcomes, isCancelled }: Running): Promise<Told> {
  const { item, root } = test;
  run.started(item);
  const began = performance.now();
  const linked = linkedOf(test);
  const scenario = linked?.system.scenarios.get(test.scenario);
  // It went away after the run was asked for.
  if (!linked || !scenario) return skipped;
  const basis = fingerprint(linked.system, scenario);
  // Places are of the texts as they are now: they may be edited while it runs.
  const texts = new Map(linked.files.map((file) => [file, root.text(file) ?? '']));
  const steps = showing(item, answering(linked.system, scenarioTest(scenario)));
  const done = await inSlices(steps, isCancelled).finally(() => steps.return(notRun));
  if (!done) return skipped;
  const outcome = done.value;
  const output = reportLines(scenario, outcome).join('\r\n');
  // A terminal takes it, so lines end as there.
  run.appendOutput(`${output}\r\n`, undefined, item);
  const messages = passes(outcome) ? [] : failuresOf(linked, test.scenario, outcome).map((failure) => messageOf(failure, root, texts));
  const state = stateOf(outcome);
  if (state === 'passed') run.passed(item, performance.now() - began);
  else run[state](item, [...messages], performance.now() - began);
  if (outcome.ok) {
    const { checks, stopped } = outcome;
    outcomes.set(item.id, { ok: true, checks, ...(stopped === undefined ? {} : { stopped }) }, basis);
  } else outcomes.set(item.id, outcome, basis);
  return { state, messages, output };
}

function stateOf(outcome: ScenarioOutcome): 'passed' | 'failed' | 'errored' {
  if (passes(outcome)) return 'passed';
  return outcome.ok && outcome.checks.length > 0 ? 'failed' : 'errored';
}

function messageOf({ text, difference, place }: Failure, root: Root, texts: ReadonlyMap<string, string>): vscode.TestMessage {
  const message = difference ? vscode.TestMessage.diff(text, difference.expected, difference.actual) : new vscode.TestMessage(text);
  const lines = place && new LineIndex(texts.get(place.file) ?? '');
  if (place && lines) {
    const range = convert.range({ start: lines.positionAt(place.span.start), end: lines.positionAt(place.span.end) });
    message.location = new vscode.Location(root.addresses.uri(place.file), range);
  }
  return message;
}

/** Milliseconds after which a run shows how far it is, and between two looks. */
const patience = 400;

/** Shows behind the name of a test how far it is, where that takes a while. */
function* showing(
  item: vscode.TestItem,
  work: Generator<QuestionProgress, ScenarioOutcome, undefined>,
): Generator<void, ScenarioOutcome, undefined> {
  const before = item.description ?? '';
  let next = performance.now() + patience;
  try {
    for (;;) {
      const step = work.next();
      if (step.done) return step.value;
      if (performance.now() >= next) {
        next = performance.now() + patience;
        item.description = `${Math.floor((100 * step.value.done) / Math.max(1, step.value.asked))}%`;
      }
      yield;
    }
  } finally {
    if (item.description !== before) item.description = before;
  }
}
