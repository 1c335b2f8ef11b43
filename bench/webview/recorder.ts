// What runs inside of the page while it is measured.

/** A drawing, in milliseconds of the page's clock. */
export interface Drawn {
  /** When its cards came into the document. */
  readonly drawn: number;
  /** When the frame began that follows the one with the cards: by then they are on their way to the screen. */
  readonly painted: number;
}

export interface Recorder {
  readonly drawings: Drawn[];
  /** When the first model was handed over. */
  asked?: number;
  /** When it was first said that a layout is being made. */
  waited?: number;
  /** Hands over a message as the shell does, and waits for the drawing that follows. */
  ask(message: unknown): Promise<Drawn & { readonly asked: number }>;
  /** Waits for the first drawing. */
  first(): Promise<Drawn>;
  /** Dots of each frame of the next second. */
  countDots(): Promise<readonly number[]>;
}

export interface Recorded {
  readonly recorder: Recorder;
  acquireVsCodeApi(): { postMessage(message: unknown): void; getState(): unknown };
}

/**
 * Notes when the map is drawn and painted, and answers `ready` with a model at once, so that no other process is in what is
 * measured. It is handed over as text: it uses nothing from outside of itself.
 */
export function record(model: unknown): void {
  const page = window as unknown as { -readonly [Key in keyof Recorded]: Recorded[Key] };
  const waiting: ((drawing: Drawn) => void)[] = [];
  const recorder: Recorder = {
    drawings: [],
    ask(message) {
      const next = new Promise<Drawn>((done) => waiting.push(done));
      const asked = performance.now();
      window.postMessage(message, '*');
      return next.then((drawing) => ({ ...drawing, asked }));
    },
    first() {
      const [drawing] = recorder.drawings;
      return drawing ? Promise.resolve(drawing) : new Promise((done) => waiting.push(done));
    },
    countDots() {
      const { clearRect, arc } = CanvasRenderingContext2D.prototype;
      const counts: number[] = [];
      CanvasRenderingContext2D.prototype.clearRect = function (...box) {
        counts.push(0);
        clearRect.apply(this, box);
      };
      CanvasRenderingContext2D.prototype.arc = function (...circle) {
        counts.push((counts.pop() ?? 0) + 1);
        arc.apply(this, circle);
      };
      return new Promise((done) => {
        setTimeout(() => {
          Object.assign(CanvasRenderingContext2D.prototype, { clearRect, arc });
          done(counts);
        }, 1000);
      });
    },
  };
  page.recorder = recorder;
  new MutationObserver((changes) => {
    const now = performance.now();
    let isDrawn = false;
    for (const { target, addedNodes } of changes) {
      if (!(target instanceof Element)) continue;
      for (const node of addedNodes) {
        if (!(node instanceof Element)) continue;
        isDrawn ||= target.classList.contains('scene') && node.querySelector('.card') !== null;
        if (node.classList.contains('waiting')) recorder.waited ??= now;
      }
      // Where only figures change they are written into the cards that are there.
      isDrawn ||= target.classList.contains('meta') && recorder.drawings.length > 0 && waiting.length > 0;
    }
    if (!isDrawn) return;
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        const drawing = { drawn: now, painted: performance.now() };
        recorder.drawings.push(drawing);
        for (const done of waiting.splice(0)) done(drawing);
      }),
    );
  }).observe(document, { childList: true, subtree: true });

  const acquire = page.acquireVsCodeApi;
  page.acquireVsCodeApi = () => {
    const api = acquire();
    const post = api.postMessage;
    api.postMessage = (message) => {
      post(message);
      if ((message as { readonly type?: unknown }).type !== 'ready') return;
      recorder.asked = performance.now();
      window.postMessage({ type: 'model', model }, '*');
    };
    return api;
  };
}
