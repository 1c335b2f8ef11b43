import * as vscode from 'vscode';
import type { RunScenarioArguments } from '../../language/host';
import type { Log } from '../log';
import { scenarioTests } from '../names';
import type { Roots } from '../roots';
import { Listing, type ScenarioTest } from './listing';
import { type Outcomes, scenarioId } from './outcomes';
import { runTests, type Told } from './running';

/** A scenario among the tests, as those of the extension see it. */
export interface TestHandle extends Partial<Told> {
  readonly id: string;
  readonly label: string;
  /** What stands behind its name; how far it is while it runs. */
  readonly description: string | undefined;
  readonly uri: vscode.Uri | undefined;
  readonly range: vscode.Range | undefined;
  /** How many runs of it have come to an end. */
  readonly runs: number;
}

/** Somebody wants tests to be run again whenever something changes. */
interface Standing {
  readonly request: vscode.TestRunRequest;
  /** The tests of the run under way that have not ended. */
  readonly left: Map<string, ScenarioTest>;
  source: vscode.CancellationTokenSource | undefined;
}

/** Scenarios as tests of the editor: system → scenario, run one by one, all at once, or whenever something changes. */
export class Tests implements vscode.Disposable {
  readonly #controller = vscode.tests.createTestController(scenarioTests, vscode.l10n.t('Faultline scenarios'));
  readonly #roots: Roots;
  readonly #outcomes: Outcomes;
  readonly #log: Log;
  readonly #listing: Listing;
  readonly #profile: vscode.TestRunProfile;
  readonly #standing = new Set<Standing>();
  readonly #told = new Map<string, Told & { readonly runs: number }>();
  readonly #disposables: readonly vscode.Disposable[];

  constructor(roots: Roots, outcomes: Outcomes, log: Log) {
    this.#roots = roots;
    this.#outcomes = outcomes;
    this.#log = log;
    this.#listing = new Listing(this.#controller, roots, log);
    const run = vscode.TestRunProfileKind.Run;
    this.#profile = this.#controller.createRunProfile(
      vscode.l10n.t('Simulate'),
      run,
      (request, token) => this.#asked(request, token),
      true,
      undefined,
      true,
    );
    this.#disposables = [
      this.#controller,
      this.#profile,
      this.#listing,
      this.#listing.onDidChange((tests) => this.#log.guard('running what changed', () => this.#changed(tests), undefined)),
      this.#listing.onDidRemove((id) => this.#forget(id)),
    ];
  }

  all(): readonly TestHandle[] {
    return this.#listing.all().map(({ item }) => {
      const { id, label, description, uri, range } = item;
      return { id, label, description, uri, range, runs: 0, ...this.#told.get(id) };
    });
  }

  /** Runs the scenario that a code lens stands over. Nobody has to trust a workspace for it: nothing of it is executed. */
  async runScenario({ uri, system, scenario }: RunScenarioArguments): Promise<void> {
    const located = this.#roots.locate(vscode.Uri.parse(uri, true));
    const linked = located?.root.systemsOf(located.path).find((one) => one.system.name === system);
    const test = located && linked && this.#listing.get(scenarioId(located.root.addresses.key, linked, scenario));
    if (test) await this.#run([test], new vscode.TestRunRequest([test.item], undefined, this.#profile));
    else void vscode.window.showInformationMessage(vscode.l10n.t('The scenario {0} is not there any more.', scenario));
  }

  /** Asks which scenario to run. */
  async pickAndRun(): Promise<void> {
    const items = this.#listing.all().map((test) => ({ label: test.scenario, description: test.system, test }));
    if (items.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t('There are no scenarios. Write one under `scenarios:` in a Faultline file.'));
      return;
    }
    const placeHolder = vscode.l10n.t('The scenario to run');
    const picked = await vscode.window.showQuickPick(items, { placeHolder, matchOnDescription: true });
    if (picked) await this.#run([picked.test], new vscode.TestRunRequest([picked.test.item], undefined, this.#profile));
  }

  dispose(): void {
    for (const { source } of this.#standing) source?.cancel();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #asked(request: vscode.TestRunRequest, token: vscode.CancellationToken): Promise<void> {
    if (request.continuous) this.#stand(request, token);
    else
      await this.#run(
        this.#listing.all().filter(({ item }) => covers(request, item)),
        request,
        token,
      );
  }

  async #run(
    tests: readonly ScenarioTest[],
    request: vscode.TestRunRequest,
    token?: vscode.CancellationToken,
    ended: (test: ScenarioTest) => void = () => {},
  ): Promise<void> {
    const run = this.#controller.createTestRun(request);
    await runTests(tests, {
      run,
      outcomes: this.#outcomes,
      log: this.#log,
      isCancelled: () => run.token.isCancellationRequested || token?.isCancellationRequested === true,
      told: (test, told) => {
        ended(test);
        this.#told.set(test.item.id, { ...told, runs: (this.#told.get(test.item.id)?.runs ?? 0) + 1 });
      },
    });
  }

  #stand(request: vscode.TestRunRequest, token: vscode.CancellationToken): void {
    const standing: Standing = { request, left: new Map(), source: undefined };
    this.#standing.add(standing);
    token.onCancellationRequested(() => {
      this.#standing.delete(standing);
      standing.source?.cancel();
    });
  }

  /** Runs again what somebody wants to be run again; what was under way then starts anew. */
  #changed(tests: readonly ScenarioTest[]): void {
    for (const standing of this.#standing) {
      const { request, left } = standing;
      const wanted = tests.filter(({ item }) => covers(request, item));
      if (wanted.length === 0) continue;
      standing.source?.cancel();
      for (const test of wanted) left.set(test.item.id, test);
      const now = [...left.values()];
      const source = new vscode.CancellationTokenSource();
      standing.source = source;
      const again = new vscode.TestRunRequest(
        now.map(({ item }) => item),
        undefined,
        this.#profile,
        true,
        true,
      );
      // What this run skips because another one takes its place is left to that one.
      const ended = ({ item }: ScenarioTest) => {
        if (!source.token.isCancellationRequested) left.delete(item.id);
      };
      void this.#log
        .guardAsync('running scenarios again', () => this.#run(now, again, source.token, ended), undefined)
        .finally(() => source.dispose());
    }
  }

  #forget(id: string): void {
    this.#told.delete(id);
    this.#outcomes.forget(id);
    for (const { left } of this.#standing) left.delete(id);
  }
}

/** Whether a run that is asked for is about an item: itself or what it belongs to is in, and not out. */
function covers({ include, exclude }: vscode.TestRunRequest, item: vscode.TestItem): boolean {
  for (let at: vscode.TestItem | undefined = item; at; at = at.parent) if (exclude?.includes(at)) return false;
  if (!include) return true;
  for (let at: vscode.TestItem | undefined = item; at; at = at.parent) if (include.includes(at)) return true;
  return false;
}
