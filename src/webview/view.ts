import { effect, type Signal, signal } from '@preact/signals';
import type { Layouter } from '../layout/elk';
import type { Graph, GraphOptions } from '../layout/graph';
import { graphOf } from '../layout/graphOf';
import { layoutPicture, type Picture } from '../layout/picture';
import type { MapModel } from '../layout/protocol';
import type { ElementId } from '../model/origin';
import type { System } from '../model/system';
import { type Packed, unpack } from '../model/transfer';
import type { Bridge } from './bridge';
import { Flow } from './flow';
import { Live } from './live';
import type { MenuRequest } from './NodeMenu';
import type { Player, PlayerMemory } from './player';
import { Stage } from './stage';
import { withLabelsOf, withPoliciesOf } from './variantGraph';

/** What is kept while the page is hidden, so that it comes back without a layout. */
interface Memory {
  readonly version: 1;
  readonly picture?: Picture;
  readonly at?: { readonly x: number; readonly y: number; readonly k: number };
  readonly options: GraphOptions;
  readonly player: PlayerMemory;
}

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
  #saving: ReturnType<typeof setTimeout> | undefined;

  constructor(bridge: Bridge, layouter: Layouter, player: Player, menu: Signal<MenuRequest | undefined>) {
    this.#bridge = bridge;
    this.#layouter = layouter;
    this.#player = player;
    this.#memory = bridge.remembered<Memory>(1);
    this.#picture = this.#memory?.picture;
    this.options = signal(this.#memory?.options ?? { startup: false, telemetry: false });
    if (this.#memory) player.remember(this.#memory.player);
    effect(() => {
      const changed = player.variantSystem.value !== this.#painted;
      this.#painted = player.variantSystem.value;
      if (changed && this.#graph && this.#picture) this.#paint(this.#graph, this.#picture, this.name.peek());
    });
    const stillness = matchMedia('(prefers-reduced-motion: reduce)');
    this.flow = new Flow(() => stillness.matches);
    this.stage = new Stage({
      chosen: (element) => this.reveal(element),
      menu: (element, at) => {
        menu.value = { element, ...at };
      },
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
      this.live.clear();
      this.flow.clear();
      this.#player.load(this.#system, model.system);
    }
    void this.#draw();
  }

  reveal(element: ElementId): void {
    this.#bridge.post({ type: 'reveal', element });
  }

  setOptions(options: GraphOptions): void {
    this.options.value = options;
    void this.#draw();
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
        direction: this.#picture?.direction ?? this.#direction(),
        ...(this.#picture ? { previous: this.#picture } : {}),
        entries: new Set([...system.journeys.values()].map(({ entry }) => `component ${entry}`)),
      });
      if (request === this.#request) this.#put(graph, picture, system.name);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#bridge.post({ type: 'failed', message: reason });
      if (request === this.#request)
        this.trouble.value = `The map could not be laid out: ${reason}. ${this.#picture ? 'This is the last one.' : ''}`;
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
    if (isFirst && at) this.stage.resume(at.x, at.y, at.k);
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
  }

  /** The shape of the window says which way the drawing runs. */
  #direction(): 'right' | 'down' {
    const { clientWidth: width, clientHeight: height } = this.stage.svg;
    return width >= height * 0.9 ? 'right' : 'down';
  }

  /** Keeps what is seen, a little after the last change. */
  #keep(): void {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), 150);
  }

  save(): void {
    const { x, y, k } = this.stage.transform;
    const memory: Memory = {
      version: 1,
      ...(this.#picture ? { picture: this.#picture } : {}),
      at: { x, y, k },
      options: this.options.value,
      player: this.#player.memory,
    };
    this.#bridge.remember(memory);
  }
}
