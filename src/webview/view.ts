import { effect, type Signal, signal, untracked } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { directionFor } from '../layout/direction';
import type { Layouter } from '../layout/elk';
import type { Graph, GraphOptions } from '../layout/graph';
import { entriesOf, flowing, graphOf } from '../layout/graphOf';
import { layoutPicture, type Picture } from '../layout/picture';
import { replicaZones } from '../layout/placement';
import type { FixableMark, MapModel } from '../layout/protocol';
import { shiftBetween } from '../layout/shift';
import type { ElementId } from '../model/origin';
import type { System } from '../model/system';
import { unpack } from '../model/transfer';
import type { Frame } from '../simulation/frame';
import { Board } from './board';
import type { Bridge } from './bridge';
import { Drift } from './drift';
import { collapsedIn, type Found, foundIn, foundText, openedUp } from './finder';
import { chipsOf, type JourneyChip, pathOn } from './journeyPaths';
import { keptOptions, type Memory, optionsFrom } from './kept';
import type { MenuRequest } from './NodeMenu';
import { type OutlineItem, outlineOf } from './outlineItems';
import { shifted } from './panZoom';
import { Peeking } from './peeking';
import { Pictures } from './pictures';
import type { Player } from './player';
import type { Stage, StageEvents } from './stage';
import { tab } from './tab';
import { statesOfAll } from './told';
import type { Track } from './track';
import { asPlayed, withLabelsOf } from './variantGraph';
import { mapName } from './words';

/** Milliseconds between two changes of what the outline says of a run. */
const outlinePace = 500;

/** Milliseconds before somebody is told that a layout is being made. */
const spinnerAfter = 300;

/** One system on the screen: takes models and selections from the shell, lays out, draws, remembers. */
export class View {
  readonly name = signal('');
  readonly note: Signal<string | undefined> = signal(undefined);
  /** Why the last layout failed. */
  readonly trouble: Signal<string | undefined> = signal(undefined);
  readonly waiting = signal(false);
  /** A picture is there, or could not be made: what is less urgent may begin. */
  readonly isTried = signal(false);
  readonly hidden = signal<Graph['hidden']>({ startup: 0, telemetry: 0 });
  readonly options: Signal<GraphOptions>;
  /** Something has replicas in several zones: only then the deployment looks different. */
  readonly isSpread = signal(false);
  readonly outline: Signal<readonly OutlineItem[]> = signal([]);
  /** What the things of the outline do in the run, in words, by their keys. */
  readonly states: Signal<ReadonlyMap<string, string>> = signal(new Map());
  readonly isOutlined = signal(false);
  /** What the signs mean is shown. */
  readonly isExplained: Signal<boolean>;
  /** How the search ended, in words. */
  readonly found = signal('');
  readonly selected: Signal<ElementId | null> = signal(null);
  readonly journeys: Signal<readonly JourneyChip[]> = signal([]);
  /** The journey whose path alone is lit. */
  readonly journey: Signal<string | undefined> = signal(undefined);
  readonly peeking: Peeking;
  /** Whether a fresh layout would be better. */
  readonly drift: Drift;
  /** The map, and the one beside it where two variants are played. */
  readonly left: Board;
  readonly right: Board;
  /** On which of them something was asked for last. */
  asked: Board;
  /** What is saved of them. */
  readonly pictures: Pictures;

  readonly #bridge: Bridge;
  readonly #layouter: Layouter;
  readonly #player: Player;
  readonly #memory: Memory | undefined;
  #model: MapModel | undefined;
  #system: System | undefined;
  #picture: Picture | undefined;
  #graph: Graph | undefined;
  #matches: readonly Found[] = [];
  #match = 0;
  #request = 0;
  #read = 0;
  /** The board whose cards may change with the next frame. */
  #turn = 0;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, layouter: Layouter, player: Player, menu: Signal<MenuRequest | undefined>) {
    this.#bridge = bridge;
    this.#layouter = layouter;
    this.#player = player;
    this.#memory = bridge.remembered<Memory>(1);
    this.#picture = this.#memory?.picture;
    this.options = signal(this.#memory ? optionsFrom(this.#memory.options) : { startup: false, telemetry: false });
    this.isExplained = signal(this.#memory?.legend !== false);
    if (this.#memory) player.remember(this.#memory.player);
    const stillness = matchMedia('(prefers-reduced-motion: reduce)');
    this.peeking = new Peeking(bridge);
    this.drift = new Drift(layouter, player.playing, this.#memory?.edits);
    const events = (board: Board) => this.#events(board, menu);
    this.left = new Board(events, () => stillness.matches);
    this.right = new Board(events, () => stillness.matches);
    this.asked = this.left;
    this.pictures = new Pictures(bridge, player, this.left, this.right);
    effect(() => {
      // Whatever changes what the drawings show of the policies, or what they are called.
      const { variant, beside, left, right } = player;
      const read = [variant.value, beside.value, left.variantSystem.value, right.variantSystem.value];
      // What the drawing reads and changes besides, such as the findings that are open, does not draw it again.
      if (read.length > 0) untracked(() => this.repaint());
    });
    effect(() => {
      if (this.drift.isMarked.value) this.#keep();
    });
  }

  /** The map that is written about: the only one, or the left one. */
  get stage(): Stage {
    return this.left.stage;
  }

  /** The boards that are on the page. */
  get #boards(): readonly Board[] {
    return this.#player.beside.peek() === undefined ? [this.left] : [this.left, this.right];
  }

  #events(board: Board, menu: Signal<MenuRequest | undefined>): StageEvents {
    return {
      chosen: (element) => this.choose(element),
      rests: (element) => {
        if (element !== undefined) this.asked = board;
        this.peeking.rests(element);
      },
      findings: (element) => {
        this.asked = board;
        this.peeking.open(element, true);
      },
      menu: (element, at) => {
        this.asked = board;
        this.peeking.close();
        const group = this.#groupOf(element);
        menu.value = { element, ...at, hasFindings: this.peeking.has(element), ...(group ? { group } : {}) };
      },
      toggled: (group) => this.toggle(group),
      moved: (transform, byHand) => {
        board.flow.move(transform);
        const other = board === this.left ? this.right : this.left;
        other.stage.follow(transform, byHand);
        this.#keep();
      },
    };
  }

  /** The drawing is in the page: the first model may come. */
  mounted(): void {
    this.left.stage.showLegend(this.isExplained.value);
    this.#bridge.post({ type: 'ready' });
  }

  /** Draws what is drawn once more: in another place, or with other policies. */
  repaint(): void {
    if (this.#graph && this.#picture) this.#paint(this.#graph, this.#picture, this.name.peek());
  }

  show(model: MapModel): void {
    if (this.#model && model.version < this.#model.version) return;
    const changed = this.#model?.system.packed !== model.system.packed;
    this.#model = model;
    this.note.value = model.note;
    if (changed || !this.#system) {
      this.#system = unpack(model.system);
      this.name.value = this.#system.name;
      this.isSpread.value = [...this.#system.components.values()].some((component) => replicaZones(component).length > 1);
      this.left.clear();
      this.right.clear();
      this.states.value = new Map();
      this.#player.load(this.#system, model.system);
    }
    this.journeys.value = chipsOf(this.#system, model.captions);
    if (this.journey.value !== undefined && !this.#system.journeys.has(this.journey.value)) this.journey.value = undefined;
    void this.#draw();
  }

  /** Draws an instant of a run, or of two. */
  showFrames(frames: readonly Frame[]): void {
    const boards = this.#boards;
    this.#turn = (this.#turn + 1) % boards.length;
    for (const [i, board] of boards.entries()) {
      const frame = frames[i];
      if (frame) board.show(frame, i === this.#turn);
    }
    const now = performance.now();
    if (now - this.#read < outlinePace) return;
    this.#read = now;
    const variants = [this.#player.variant.value, this.#player.beside.value];
    this.states.value = statesOfAll(frames, variants, this.outline.peek());
  }

  /** Marks what the shell selects. */
  select(element: ElementId | null): void {
    this.selected.value = element;
    for (const { stage } of this.#boards) stage.select(element, true);
  }

  /** Somebody chose an element here: the text follows. */
  choose(element: ElementId): void {
    this.select(element);
    this.reveal(element);
  }

  answer(elements: readonly ElementId[], marks: readonly FixableMark[]): void {
    this.peeking.answer(elements, marks);
  }

  /** Lights the path of a journey alone; of the one that is lit already, all again. */
  light(journey: string): void {
    this.journey.value = this.journey.value === journey ? undefined : journey;
    this.#lightPath();
  }

  /** Hands what was done by hand to the shell, to be written into the text. */
  saveScenario(): void {
    const story = this.#player.story('');
    if (!story) return;
    const { clients, ...rest } = story;
    this.#bridge.post({ type: 'save-scenario', story: { ...rest, ...(clients ? { clients: [...clients] } : {}) } });
  }

  #lightPath(): void {
    const name = this.journey.value;
    const path = name !== undefined && this.#system && this.#graph ? pathOn(this.#graph, this.#system, name) : undefined;
    for (const { stage } of this.#boards) stage.showOnly(path);
  }

  reveal(element: ElementId): void {
    this.#bridge.post({ type: 'reveal', element });
  }

  setOptions(options: GraphOptions): void {
    this.options.value = options;
    void this.#draw();
  }

  /** Draws a card a component, or a card for its replicas in each zone. */
  look(view: 'logical' | 'deployment'): void {
    this.options.value = { ...this.options.value, view };
    this.tidy();
  }

  /** Draws a group as one card, or as a frame again. */
  toggle(group: string): void {
    if (!this.#system) return;
    const collapsed = new Set(collapsedIn(this.#system, this.options.value));
    if (!collapsed.delete(group)) collapsed.add(group);
    this.setOptions({ ...this.options.value, collapsed });
  }

  #groupOf(element: ElementId): MenuRequest['group'] {
    const collapsed = this.#graph?.cards.find(({ id }) => id === element)?.collapsed;
    if (collapsed !== undefined) return { id: collapsed, isCollapsed: true };
    const frame = this.#graph?.groups.find((group) => group.element === element);
    return frame && { id: frame.id, isCollapsed: false };
  }

  /** Forgets where everything stands. */
  tidy(): void {
    this.#picture = undefined;
    void this.#draw().then(() => this.stage.begin());
  }

  search(text: string): void {
    this.#matches = this.#graph ? foundIn(this.#graph, text) : [];
    this.#match = 0;
    this.found.value = foundText(this.#matches, text);
    for (const { stage } of this.#boards) stage.match(text);
  }

  /** To the first that was found, then to the next each time. What lies in a collapsed group is opened up. */
  async goToMatch(): Promise<void> {
    const found = this.#matches[this.#match % this.#matches.length];
    const system = this.#system;
    if (!found || !system) return;
    this.#match++;
    const { element } = found;
    if (!this.stage.find(element)) {
      this.options.value = { ...this.options.value, collapsed: openedUp(element, system, this.options.value) };
      await this.#draw();
    }
    this.select(element);
    this.stage.find(element)?.focus({ preventScroll: true });
  }

  /** Shows what the signs mean, or folds it away. */
  explain(isShown: boolean): void {
    this.isExplained.value = isShown;
    this.left.stage.showLegend(isShown);
    this.#keep();
  }

  async #draw(): Promise<void> {
    const [model, system] = [this.#model, this.#system];
    if (!model || !system) return;
    const request = ++this.#request;
    this.drift.cancel();
    const whole = graphOf(system, model.marks, model.captions, this.options.value);
    const slow = setTimeout(() => {
      this.waiting.value = request === this.#request;
    }, spinnerAfter);
    const before = this.#picture;
    const { clientWidth: width, clientHeight: height } = this.stage.svg;
    const direction = before?.direction ?? directionFor(whole, { width, height });
    const graph = flowing(whole, direction);
    this.hidden.value = graph.hidden;
    const entries = entriesOf(system);
    try {
      const picture = await layoutPicture(graph, this.#layouter, { direction, entries, ...(before ? { previous: before } : {}) });
      if (request !== this.#request) return;
      this.drift.shows({ graph, picture, entries }, before);
      this.stage.entries = entries;
      this.#put(graph, picture, system.name);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#bridge.post({ type: 'failed', message: reason });
      if (request === this.#request)
        this.trouble.value = this.#picture
          ? l10n.t('The map could not be laid out: {0}. This is the last one.', reason)
          : l10n.t('The map could not be laid out: {0}.', reason);
    } finally {
      clearTimeout(slow);
      if (request === this.#request) this.waiting.value = false;
      this.isTried.value = true;
    }
  }

  #put(graph: Graph, picture: Picture, name: string): void {
    const isFirst = this.stage.picture === undefined;
    const shift = this.#picture && shiftBetween(this.#picture, picture);
    this.#picture = picture;
    this.trouble.value = undefined;
    this.#graph = graph;
    const isNew = this.#paint(graph, picture, name);
    const at = this.#memory?.at;
    if (isFirst && at) this.stage.resume(shifted(at, shift));
    else {
      // The other map follows, as it follows every move.
      this.stage.follow(shifted(this.stage.transform, shift), false);
      if (isNew) this.stage.refit();
    }
    this.#keep();
  }

  /** Draws the policies that are being simulated, at the places of those that are written. Returns whether anything is drawn anew. */
  #paint(graph: Graph, picture: Picture, name: string): boolean {
    const { variant, beside, left, right } = this.#player;
    const other = beside.peek();
    const shownOf = (track: Track): Graph =>
      asPlayed(graph, track.variantSystem.peek(), (system) => graphOf(system, [], this.#model?.captions ?? [], this.options.value));
    const first = shownOf(left);
    let isNew = this.left.draw(first, withLabelsOf(picture, first), other === undefined ? name : mapName(name, variant.peek()));
    // Texts are measured, which takes a place on the page.
    if (other !== undefined && this.right.stage.svg.isConnected) {
      const second = shownOf(right);
      isNew = this.right.draw(second, withLabelsOf(picture, second), mapName(name, other)) || isNew;
    }
    this.outline.value = outlineOf(first);
    this.#lightPath();
    this.peeking.load(this.#model?.marks ?? [], first);
    for (const { stage } of this.#boards) stage.withoutTooltips(this.peeking.marked);
    return isNew;
  }

  /** Keeps what is seen, a little after the last change. */
  #keep(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), 150);
  }

  save(): void {
    // When it is opened again nobody minds that everything stands elsewhere.
    const picture = this.drift.isMarked.peek() ? undefined : this.#picture;
    const memory: Memory = {
      version: 1,
      ...(picture ? { picture, at: this.stage.transform, edits: this.drift.edits } : {}),
      options: keptOptions(this.options.value),
      player: this.#player.memory,
      legend: this.isExplained.value,
      tab: tab.peek(),
    };
    this.#bridge.remember(memory);
  }
}
