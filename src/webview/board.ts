import type { Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { Frame } from '../simulation/frame';
import { Flow } from './flow';
import { Live } from './live';
import { Stage, type StageEvents } from './stage';

/** Milliseconds between two changes of what the cards show: fast enough for the eye. */
const pace = 40;

/** One drawing with a run on it: the cards, what they do, and the requests on their way. */
export class Board {
  readonly stage: Stage;
  readonly flow: Flow;
  readonly live = new Live();
  #shown = 0;
  #late: ReturnType<typeof setTimeout> | undefined;

  constructor(events: (board: Board) => StageEvents, isStill: () => boolean) {
    this.flow = new Flow(isStill);
    this.stage = new Stage(events(this));
  }

  draw(graph: Graph, picture: Picture, name: string): void {
    this.stage.draw(graph, picture, name);
    this.live.attach(this.stage.scene, graph, picture);
    this.flow.attach(graph, picture);
  }

  /** Draws an instant of a run. */
  show(frame: Frame): void {
    this.flow.show(frame);
    // The last frame of all is drawn even so: a run that stands has to show how it stands.
    clearTimeout(this.#late);
    if (performance.now() - this.#shown >= pace) this.#showCards(frame);
    else this.#late = setTimeout(() => this.#showCards(frame), pace);
  }

  /** The system at rest again. */
  clear(): void {
    clearTimeout(this.#late);
    this.live.clear();
    this.flow.clear();
  }

  #showCards(frame: Frame): void {
    this.#shown = performance.now();
    this.live.show(frame);
  }
}
