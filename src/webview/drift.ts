import { effect, type ReadonlySignal, type Signal, signal } from '@preact/signals';
import { hasDrifted, isOtherStructure } from '../layout/drift';
import type { Layouter } from '../layout/elk';
import type { Graph } from '../layout/graph';
import { layoutPicture, type Picture } from '../layout/picture';

/** So many edits after which something came or went leave a picture as good as it was. */
const fewEdits = 5;
/** Milliseconds for which nothing may have happened, where nothing else is said. */
const patience = 1000;
/** Of more cards a fresh layout takes longer than anybody's pause between two edits. */
const mostCards = 150;

interface Shown {
  readonly graph: Graph;
  readonly picture: Picture;
  readonly entries: ReadonlySet<string>;
}

/**
 * What is there stays where it is, and so a map becomes more tangled from edit to edit than it would be were it laid out
 * anew. Every few edits this is found out, while nothing else is to be done.
 */
export class Drift {
  /** A fresh layout would be easier to read. */
  readonly isMarked: Signal<boolean> = signal(false);
  readonly #layouter: Layouter;
  readonly #playing: ReadonlySignal<boolean>;
  readonly #rest: number;
  #edits: number;
  #shown: Shown | undefined;
  #comparison = 0;
  #planned: ReturnType<typeof setTimeout> | undefined;

  /** @param edits those before the page was hidden @param rest milliseconds for which nothing may have happened */
  constructor(layouter: Layouter, playing: ReadonlySignal<boolean>, edits = 0, rest = patience) {
    this.#rest = rest;
    this.#layouter = layouter;
    this.#playing = playing;
    this.#edits = edits;
    effect(() => {
      if (playing.value) this.cancel();
      else this.#plan();
    });
  }

  /** After which something came or went, since the last fresh layout. */
  get edits(): number {
    return this.#edits;
  }

  /** Takes what is shown now, and what it was kept from: nothing where it is a fresh layout. */
  shows(shown: Shown, before: Picture | undefined): void {
    this.cancel();
    this.#shown = shown;
    if (!before) {
      this.#edits = 0;
      this.isMarked.value = false;
    } else if (isOtherStructure(before, shown.picture)) this.#edits++;
    this.#plan();
  }

  /** Something else is asked of the layouter. */
  cancel(): void {
    this.#comparison++;
    clearTimeout(this.#planned);
  }

  #plan(): void {
    clearTimeout(this.#planned);
    const shown = this.#shown;
    if (!shown || this.#playing.peek() || this.#edits < fewEdits || shown.graph.cards.length > mostCards) return;
    this.#planned = setTimeout(() => void this.#compare(shown), this.#rest);
  }

  async #compare({ graph, picture, entries }: Shown): Promise<void> {
    const own = ++this.#comparison;
    const layout: Layouter['layout'] = async (level, options) => {
      await idle();
      if (own !== this.#comparison) throw new Error('not wanted any more');
      return this.#layouter.layout(level, options);
    };
    try {
      const fresh = await layoutPicture(graph, { layout }, { direction: picture.direction, entries });
      if (own !== this.#comparison) return;
      this.#edits = 0;
      this.isMarked.value = hasDrifted(picture, fresh);
    } catch {
      // What nobody asked for may fail; whoever asks for a layout is told why it does.
    }
  }
}

/** Waits until the page has nothing else to do, where it can tell. */
function idle(): Promise<void> {
  return new Promise((done) => {
    if (typeof requestIdleCallback === 'function') requestIdleCallback(() => done());
    else setTimeout(done);
  });
}
