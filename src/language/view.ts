import * as l10n from '@vscode/l10n';
import type { Location, Range } from 'vscode-languageserver-types';
import { type AnalysisMemory, analysisSteps } from '../analysis/analyse';
import { type ComponentFigures, componentFigures } from '../analysis/availability/components';
import { journeyCutSteps } from '../analysis/availability/journeycuts';
import { pairsAndTriples, type Together } from '../analysis/availability/together';
import type { SystemFigures } from '../analysis/figures';
import { type RankedFix, rankedProposalSteps } from '../analysis/fixes/fixes';
import type { LoadFigures } from '../analysis/load/figures';
import type { Recovered } from '../analysis/recovery/figures';
import { perObject } from '../model/perSystem';
import { finish, type Steps } from '../model/steps';
import type { System } from '../model/system';
import { LineIndex, type Place, type Position, type Span } from '../model/text';
import { checkSteps } from '../rules/check';
import { loadOf, recoveryOf } from '../rules/known';
import type { Finding, RuleContext, Severity } from '../rules/rule';
import type { LinkedSystem } from '../workspace/linked';
import type { LanguageHost } from './host';

/**
 * A linked system with all that is computed from it, each once and only when somebody asks. A changed file makes a
 * new linked system and so a new view: nothing in here is ever out of date.
 */
export class SystemView implements RuleContext {
  readonly linked: LinkedSystem;
  readonly host: LanguageHost;
  readonly #lines = new Map<string, LineIndex>();
  readonly #severities: ReadonlyMap<string, Severity>;
  #figures: SystemFigures | undefined;
  #findings: readonly Finding[] | undefined;
  #components: ReadonlyMap<string, ComponentFigures> | undefined;
  #fixes: ReadonlyMap<string, readonly RankedFix[]> | undefined;
  readonly #together = new Map<string, readonly Together[]>();
  #work: Steps<void> | undefined;

  constructor(linked: LinkedSystem, host: LanguageHost) {
    this.linked = linked;
    this.host = host;
    this.#severities = host.severities(linked.folder);
  }

  /** Whether figures and findings are there already. */
  get isReady(): boolean {
    return this.#figures !== undefined && this.#findings !== undefined;
  }

  /** Figures and findings in small steps. Several may take them in turns: none is done twice. */
  *prepare(): Steps<void> {
    while (!this.isReady) {
      this.#work ??= this.#prepared();
      if (this.#work.next().done) this.#work = undefined;
      yield;
    }
  }

  *#prepared(): Steps<void> {
    const { system } = this.linked;
    this.#figures ??= yield* figuresOf(system);
    const { figures } = this;
    this.#findings = (yield* checkSteps(this.linked, figures, this.#severities, this.host.today(), (path) =>
      this.host.text(path),
    )).findings;
  }

  get figures(): SystemFigures {
    this.#figures ??= finish(figuresOf(this.linked.system));
    return this.#figures;
  }

  get findings(): readonly Finding[] {
    if (!this.#findings) finish(this.prepare());
    return this.#findings ?? [];
  }

  /** What can be said of each component by itself. */
  get components(): ReadonlyMap<string, ComponentFigures> {
    this.#components ??= componentFigures(this.linked.system);
    return this.#components;
  }

  get load(): LoadFigures {
    return loadOf(this.linked.system);
  }

  /**
   * Computes what explains a journey's figure, in small steps: what takes it down together, and what to do first.
   * Nothing for systems in which that takes longer than anybody hovers.
   */
  *explain(journey: string): Steps<void> {
    if (this.#together.has(journey) || this.linked.system.components.size > mostExplained) return;
    const cuts = yield* journeyCutSteps(this.linked.system, journey, undefined, { nodes: explainingNodes });
    this.#fixes ??= yield* rankedProposalSteps(this.linked.system, mostFixes);
    this.#together.set(journey, cuts ? pairsAndTriples(cuts, 3) : []);
  }

  /** What saves most of a journey's downtime, once it is explained. */
  fixes(journey: string): readonly RankedFix[] {
    return this.#fixes?.get(journey) ?? [];
  }

  /** The likeliest pairs and triples that take a journey down, once it is explained. */
  together(journey: string): readonly Together[] {
    return this.#together.get(journey) ?? [];
  }

  /** By component. */
  get recovery(): ReadonlyMap<string, readonly Recovered[]> {
    return recoveryOf(this.linked.system);
  }

  /** Where the lines of a file start; undefined for a file whose text is not there. */
  lines(path: string): LineIndex | undefined {
    const known = this.#lines.get(path);
    if (known) return known;
    const text = this.host.text(path);
    if (text === undefined) return undefined;
    const lines = new LineIndex(text);
    this.#lines.set(path, lines);
    return lines;
  }

  offset(path: string, position: Position): number | undefined {
    return this.lines(path)?.offsetAt(position);
  }

  range(path: string, span: Span): Range | undefined {
    const lines = this.lines(path);
    return lines && { start: lines.positionAt(span.start), end: lines.positionAt(span.end) };
  }

  location(place: Place): Location | undefined {
    const range = this.range(place.file, place.span);
    return range && { uri: this.host.uri(place.file), range };
  }
}

/** Components up to which a journey is explained at once, and nodes of diagrams for it. */
const mostExplained = 150;
const explainingNodes = 200_000;
const mostFixes = 5;

/** More journeys times components than this take too long, and an editor that does not answer is worse than no figures. */
const mostSteps = 5_000_000;

/** By the journeys, which stay the same objects from keystroke to keystroke while nobody edits them. */
const memories = perObject((_: System['journeys']): AnalysisMemory => ({}));

function* figuresOf(system: System): Steps<SystemFigures> {
  if (system.journeys.size * system.components.size <= mostSteps) {
    return yield* analysisSteps(system, undefined, undefined, memories(system.journeys));
  }
  const reason = l10n.t('This system is too large for figures at every keystroke.');
  const unknown = [...system.journeys.keys()].map((journey) => ({ journey, reason }));
  return { ...(yield* analysisSteps({ ...system, journeys: new Map() })), unknown };
}
