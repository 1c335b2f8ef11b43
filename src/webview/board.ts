import type { Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { Frame } from '../simulation/frame';
import { Flow } from './flow';
import { Live } from './live';
import { Stage, type StageEvents } from './stage';

/** Milliseconds between two changes of what the cards show: fast enough for the eye. */
const pace = 40;
/** Milliseconds after which they change at once, and those to the browser's next frame. */
const longest = 160;
const nextFrame = 16;

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

  /** Returns whether there are new elements, rather than new words in those that are there. */
  draw(graph: Graph, picture: Picture, name: string): boolean {
    const isNew = this.stage.draw(graph, picture, name);
    if (isNew) {
      this.live.attach(this.stage.scene, graph, picture);
      this.flow.attach(graph, picture);
    } else this.live.renew(graph);
    return isNew;
  }

  /**
   * Draws an instant of a run: the dots now, the cards in the browser's next frame, so that none has to do both.
   *
   * @param isTurn the cards may change; of two boards they do in turns
   */
  show(frame: Frame, isTurn = true): void {
    this.flow.show(frame);
    clearTimeout(this.#late);
    const rested = performance.now() - this.#shown;
    // Where the page is too busy for that they are not put off again and again.
    if (rested >= longest) this.#showCards(frame);
    // The last frame of all is drawn even so: a run that stands has to show how it stands.
    else this.#late = setTimeout(() => this.#showCards(frame), isTurn && rested >= pace ? nextFrame : pace);
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
