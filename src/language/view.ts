import type { Location, Range } from 'vscode-languageserver-types';
import { analyse } from '../analysis/analyse';
import type { Figure, SystemFigures } from '../analysis/figures';
import type { System } from '../model/system';
import { LineIndex, type Place, type Position, type Span } from '../model/text';
import { check } from '../rules/check';
import type { Finding, RuleContext, Severity } from '../rules/rule';
import type { LinkedSystem } from '../workspace/linked';
import type { LanguageHost } from './host';
import { isTooLarge, Serving } from './serving';

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
  #serving: Serving | undefined;

  constructor(linked: LinkedSystem, host: LanguageHost) {
    this.linked = linked;
    this.host = host;
    this.#severities = host.severities(linked.folder);
  }

  get figures(): SystemFigures {
    this.#figures ??= figuresOf(this.linked.system);
    return this.#figures;
  }

  get findings(): readonly Finding[] {
    this.#findings ??= check(this.linked, this.figures, this.#severities, this.host.today(), (path) => this.host.text(path)).findings;
    return this.#findings;
  }

  /** The availability of a component by itself; undefined for a name that is none. */
  serving(component: string): Figure | undefined {
    this.#serving ??= new Serving(this.linked.system);
    return this.#serving.of(component);
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

function figuresOf(system: System): SystemFigures {
  if (!isTooLarge(system)) return analyse(system);
  const reason = 'This system is too large for figures at every keystroke.';
  const unknown = [...system.journeys.keys()].map((journey) => ({ journey, reason }));
  return { ...analyse({ ...system, journeys: new Map() }), unknown };
}
