import { type Signal, signal } from '@preact/signals';
import type { Variant } from '../model/scenario';
import type { Board } from './board';
import type { Bridge } from './bridge';
import type { Player } from './player';
import { pictureOf } from './snapshot';

/** Saves pictures of what is seen: of the only map, or of two the one that somebody last pressed something on or went to. */
export class Pictures {
  readonly #bridge: Bridge;
  readonly #player: Player;
  readonly #left: Board;
  readonly #right: Board;
  readonly #taken: Signal<Board>;

  constructor(bridge: Bridge, player: Player, left: Board, right: Board) {
    this.#bridge = bridge;
    this.#player = player;
    this.#left = left;
    this.#right = right;
    this.#taken = signal(left);
  }

  /** From now on it is this one, while it is on the page. */
  take(board: Board): void {
    this.#taken.value = board;
  }

  /** What the map plays of which a picture would be saved; undefined where there is but one. */
  get variant(): Variant | undefined {
    const { variant, beside } = this.#player;
    return beside.value !== undefined && !this.#isRight ? variant.value : beside.value;
  }

  /** Hands a picture to the shell. */
  async save(format: 'svg' | 'png'): Promise<void> {
    const { stage } = this.#isRight ? this.#right : this.#left;
    this.#bridge.post(await pictureOf(stage.scene, stage.name, format));
  }

  get #isRight(): boolean {
    return this.#player.beside.value !== undefined && this.#taken.value === this.#right;
  }
}
