import { effect, type Signal, signal } from '@preact/signals';
import * as l10n from '@vscode/l10n';
import { directionFor } from '../layout/direction';
import type { Layouter } from '../layout/elk';
import { type Graph, type GraphOptions, shownBy } from '../layout/graph';
import { entriesOf, graphOf } from '../layout/graphOf';
import { layoutPicture, type Picture } from '../layout/picture';
import { replicaZones } from '../layout/placement';
import type { FixableMark, MapModel } from '../layout/protocol';
import { type ElementId, elementId } from '../model/origin';
import { journeyPath } from '../model/paths';
import type { System } from '../model/system';
import { type Packed, unpack } from '../model/transfer';
import type { Frame } from '../simulation/frame';
import type { Bridge } from './bridge';
import { Flow } from './flow';
import { type KeptOptions, keptOptions, optionsFrom } from './kept';
import { Live, statesOf } from './live';
import type { MenuRequest } from './NodeMenu';
import { type OutlineItem, outlineOf } from './outlineItems';
import type { Transform } from './panZoom';
import { Peeking } from './peeking';
import type { Player, PlayerMemory } from './player';
import { pngOf, snapshot, svgText } from './snapshot';
import { Stage } from './stage';
import { withLabelsOf, withPoliciesOf } from './variantGraph';

/** What is kept while the page is hidden, so that it comes back without a layout. */
interface Memory {
  readonly version: 1;
  readonly picture?: Picture;
  readonly at?: Transform;
  readonly options: KeptOptions;
  readonly player: PlayerMemory;
}

/** A journey as its chip says it. */
export interface JourneyChip {
  readonly name: string;
  readonly figure: string;
  readonly detail: string;
}

/** Milliseconds between two changes of what the outline says of a run, and of what the cards show: fast enough for the eye. */
const pace = { outline: 500, cards: 40 } as const;

/** Milliseconds before somebody is told that a layout is being made. */
const spinnerAfter = 300;

/** One system on the screen: takes models and selections from the shell, lays out, draws, remembers. */
export class View {
  readonly name = signal('');
  readonly note: Signal<string | undefined> = signal(undefined);
  /** Why the last layout failed. */
  readonly trouble: Signal<string | undefined> = signal(undefined);
  readonly waiting = signal(false);
  readonly hidden = signal<Graph['hidden']>({ startup: 0, telemetry: 0 });
  readonly options: Signal<GraphOptions>;
  /** Something has replicas in several zones: only then the deployment looks different. */
  readonly isSpread = signal(false);
  readonly outline: Signal<readonly OutlineItem[]> = signal([]);
  /** What elements do in the run, in words, by their ids. */
  readonly states: Signal<ReadonlyMap<string, string>> = signal(new Map());
  readonly isOutlined = signal(false);
  readonly selected: Signal<ElementId | null> = signal(null);
  readonly journeys: Signal<readonly JourneyChip[]> = signal([]);
  /** The journey whose path alone is lit. */
  readonly journey: Signal<string | undefined> = signal(undefined);
  readonly peeking: Peeking;
  readonly stage: Stage;
  readonly live = new Live();
  readonly flow: Flow;

  readonly #bridge: Bridge;
  readonly #layouter: Layouter;
  readonly #player: Player;
  readonly #memory: Memory | undefined;
  #model: MapModel | undefined;
  #system: System | undefined;
  #picture: Picture | undefined;
  #graph: Graph | undefined;
  #painted: Packed | undefined;
  #matches: readonly ElementId[] = [];
  #request = 0;
  #read = 0;
  #shown = 0;
  #late: ReturnType<typeof setTimeout> | undefined;
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, layouter: Layouter, player: Player, menu: Signal<MenuRequest | undefined>) {
    this.#bridge = bridge;
    this.#layouter = layouter;
    this.#player = player;
    this.#memory = bridge.remembered<Memory>(1);
    this.#picture = this.#memory?.picture;
    this.options = signal(this.#memory ? optionsFrom(this.#memory.options) : { startup: false, telemetry: false });
    if (this.#memory) player.remember(this.#memory.player);
    effect(() => {
      const changed = player.variantSystem.value !== this.#painted;
      this.#painted = player.variantSystem.value;
      if (changed && this.#graph && this.#picture) this.#paint(this.#graph, this.#picture, this.name.peek());
    });
    const stillness = matchMedia('(prefers-reduced-motion: reduce)');
    this.flow = new Flow(() => stillness.matches);
    this.peeking = new Peeking(bridge);
    this.stage = new Stage({
      chosen: (element) => this.choose(element),
      rests: (element) => this.peeking.rests(element),
      findings: (element) => this.peeking.open(element, true),
      menu: (element, at) => {
        this.peeking.close();
        const group = this.#groupOf(element);
        menu.value = { element, ...at, hasFindings: this.peeking.has(element), ...(group ? { group } : {}) };
      },
      toggled: (group) => this.toggle(group),
      moved: (transform) => {
        this.flow.move(transform);
        this.#keep();
      },
    });
  }

  /** The drawing is in the page: the first model may come. */
  mounted(): void {
    this.#bridge.post({ type: 'ready' });
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
      clearTimeout(this.#late);
      this.live.clear();
      this.flow.clear();
      this.states.value = new Map();
      this.#player.load(this.#system, model.system);
    }
    this.journeys.value = this.#chips(model, this.#system);
    if (this.journey.value !== undefined && !this.#system.journeys.has(this.journey.value)) this.journey.value = undefined;
    void this.#draw();
  }

  /** Draws an instant of a run. */
  frame(frame: Frame): void {
    const now = performance.now();
    this.flow.show(frame);
    // The last frame of all is drawn even so: a run that stands has to show how it stands.
    clearTimeout(this.#late);
    if (now - this.#shown >= pace.cards) this.#showCards(frame);
    else this.#late = setTimeout(() => this.#showCards(frame), pace.cards);
    if (now - this.#read < pace.outline) return;
    this.#read = now;
    this.states.value = frame.time > 0 ? statesOf(frame) : new Map();
  }

  #showCards(frame: Frame): void {
    this.#shown = performance.now();
    this.live.show(frame);
  }

  /** Marks what the shell selects. */
  select(element: ElementId | null): void {
    this.selected.value = element;
    this.stage.select(element, true);
  }

  /** Somebody chose an element here: the text follows. */
  choose(element: ElementId): void {
    this.selected.value = element;
    this.stage.select(element, true);
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

  /** Hands a picture of what is seen to the shell. */
  async exportPicture(format: 'svg' | 'png'): Promise<void> {
    try {
      const svg = snapshot(this.stage.scene, this.name.value);
      this.#bridge.post({ type: 'save-picture', format, content: format === 'svg' ? svgText(svg) : await pngOf(svg) });
    } catch (error) {
      this.#bridge.post({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    }
  }

  /** Hands what was done by hand to the shell, to be written into the text. */
  saveScenario(): void {
    const story = this.#player.story('');
    if (!story) return;
    const { clients, ...rest } = story;
    this.#bridge.post({ type: 'save-scenario', story: { ...rest, ...(clients ? { clients: [...clients] } : {}) } });
  }

  #chips({ captions }: MapModel, system: System): readonly JourneyChip[] {
    const texts = new Map(captions.map((caption) => [caption.element, caption]));
    return [...system.journeys.keys()].map((name) => {
      const caption = texts.get(elementId('journey', name));
      return { name, figure: caption?.text ?? '', detail: caption?.detail ?? '' };
    });
  }

  /** What stands for several things is lit with any of them. */
  #lightPath(): void {
    const name = this.journey.value;
    const journey = name === undefined ? undefined : this.#system?.journeys.get(name);
    if (!journey || !this.#system || !this.#graph) {
      this.stage.showOnly(undefined);
      return;
    }
    const path = journeyPath(this.#system, journey);
    const calls = new Set(path.calls.map(({ id }) => id));
    const edges = this.#graph.edges.filter((edge) => edge.calls.some((call) => calls.has(call)));
    const cards = [...path.components].map((component) => elementId('component', component));
    this.stage.showOnly(new Set([...cards, ...edges.flatMap((edge) => [shownBy(edge), edge.from, edge.to])]));
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
    const collapsed = new Set(this.#collapsed());
    if (!collapsed.delete(group)) collapsed.add(group);
    this.setOptions({ ...this.options.value, collapsed });
  }

  /** The groups that are not drawn as frames; until somebody chooses, as many as fit a large system. */
  #collapsed(): Iterable<string> {
    const [system, options] = [this.#system, this.options.value];
    if (options.collapsed || !system) return options.collapsed ?? [];
    const drawn = new Set(graphOf(system, [], [], options).groups.map(({ id }) => id));
    const whole = graphOf(system, [], [], { ...options, collapsed: new Set() });
    return whole.groups.map(({ id }) => id).filter((id) => !drawn.has(id));
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
    void this.#draw().then(() => this.stage.fit());
  }

  search(text: string): void {
    this.#matches = this.stage.match(text);
  }

  goToMatch(): void {
    const [first] = this.#matches;
    if (first === undefined) return;
    this.stage.select(first, true);
    this.stage.find(first)?.focus({ preventScroll: true });
  }

  async #draw(): Promise<void> {
    const [model, system] = [this.#model, this.#system];
    if (!model || !system) return;
    const request = ++this.#request;
    const graph = graphOf(system, model.marks, model.captions, this.options.value);
    this.hidden.value = graph.hidden;
    const slow = setTimeout(() => {
      this.waiting.value = request === this.#request;
    }, spinnerAfter);
    try {
      const picture = await layoutPicture(graph, this.#layouter, {
        direction: this.#picture?.direction ?? this.#direction(graph),
        ...(this.#picture ? { previous: this.#picture } : {}),
        entries: entriesOf(system),
      });
      if (request === this.#request) this.#put(graph, picture, system.name);
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
    }
  }

  #put(graph: Graph, picture: Picture, name: string): void {
    const isFirst = this.stage.picture === undefined;
    this.#picture = picture;
    this.trouble.value = undefined;
    this.#graph = graph;
    this.#paint(graph, picture, name);
    const at = this.#memory?.at;
    if (isFirst && at) this.stage.resume(at);
    else this.stage.refit();
    this.#keep();
  }

  /** Draws the policies that are being simulated, at the places of those that are written. */
  #paint(graph: Graph, picture: Picture, name: string): void {
    const packed = this.#player.variantSystem.peek();
    const shown = packed ? withPoliciesOf(graph, graphOf(unpack(packed), [], this.#model?.captions ?? [], this.options.value)) : graph;
    const placed = withLabelsOf(picture, shown);
    this.stage.draw(shown, placed, name);
    this.live.attach(this.stage.scene, shown, placed);
    this.flow.attach(shown, placed);
    this.outline.value = outlineOf(shown);
    this.#lightPath();
    this.peeking.load(this.#model?.marks ?? [], shown);
    this.stage.withoutTooltips(this.peeking.marked);
  }

  /** The way in which the drawing is larger in the window. */
  #direction(graph: Graph): Picture['direction'] {
    const { clientWidth: width, clientHeight: height } = this.stage.svg;
    return directionFor(graph, { width, height });
  }

  /** Keeps what is seen, a little after the last change. */
  #keep(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), 150);
  }

  save(): void {
    const memory: Memory = {
      version: 1,
      ...(this.#picture ? { picture: this.#picture } : {}),
      at: this.stage.transform,
      options: keptOptions(this.options.value),
      player: this.#player.memory,
    };
    this.#bridge.remember(memory);
  }
}
