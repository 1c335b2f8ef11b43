/** How the drawing lies in the window: scaled by `k`, then shifted by `x` and `y` pixels. */
export interface Transform {
  readonly x: number;
  readonly y: number;
  readonly k: number;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** The same view of a drawing in which what is seen has moved by so much. */
export function shifted({ x, y, k }: Transform, by: Point = { x: 0, y: 0 }): Transform {
  return { x: x - by.x * k, y: y - by.y * k, k };
}

const scales = { least: 0.08, most: 3 } as const;
/** A press that moves less than this many pixels is a click. */
const slack = 4;
/** How much one notch of a wheel, one line of a text, and a pinch on a trackpad (which comes as a wheel) scale. */
const wheel = { pixel: 0.0015, line: 0.04, pinch: 0.01 } as const;
/** Two fingers on a trackpad that once went sideways move the drawing until they have rested for so many milliseconds. */
const fingersRest = 300;

/** Pan with a drag or two fingers, zoom with the wheel or a pinch. Keeps numbers only; who draws is told. */
export class PanZoom {
  #transform: Transform = { x: 0, y: 0, k: 1 };
  /** Fingers or buttons that are down, where they are now. */
  readonly #down = new Map<number, Point>();
  #isDrag = false;
  #start: Point = { x: 0, y: 0 };
  /** When the wheel last went sideways, which only fingers do. */
  #sideways = Number.NEGATIVE_INFINITY;
  #least: number = scales.least;

  /** @param moved told of every change, and whether somebody's hand made it */
  constructor(
    private readonly element: SVGSVGElement,
    private readonly moved: (transform: Transform, byHand: boolean) => void,
  ) {
    element.addEventListener('wheel', (event) => this.#wheel(event), { passive: false });
    element.addEventListener('pointerdown', (event) => this.#press(event));
    // A drag may leave the drawing, and ends wherever the button is let go.
    window.addEventListener('pointermove', (event) => this.#move(event));
    window.addEventListener('pointerup', (event) => this.#release(event));
    window.addEventListener('pointercancel', (event) => this.#release(event));
    // A drag that ends on a card is no click on it.
    element.addEventListener('click', (event) => this.#isDrag && event.stopImmediatePropagation(), true);
  }

  get transform(): Transform {
    return this.#transform;
  }

  /** Lets a hand go as far away as this scale, where that is further than usual. */
  reach(scale: number): void {
    this.#least = Math.min(scales.least, scale);
  }

  set(transform: Transform, byHand = false): void {
    this.#transform = transform;
    // What follows another drawing goes as far as that one does.
    if (!byHand) this.#least = Math.min(this.#least, transform.k);
    this.moved(transform, byHand);
  }

  /** Moves the drawing by pixels of the window. */
  shift(x: number, y: number): void {
    const { transform } = this;
    this.set({ ...transform, x: transform.x + x, y: transform.y + y }, true);
  }

  /** Scales around a point of the window; around its middle where none is given. */
  scale(factor: number, around: Point = this.#middle()): void {
    const { x, y, k } = this.#transform;
    const next = Math.min(Math.max(k * factor, this.#least), scales.most);
    const grown = next / k;
    this.set({ x: around.x - (around.x - x) * grown, y: around.y - (around.y - y) * grown, k: next }, true);
  }

  /** Brings a point of the drawing into the middle of the window. */
  centre({ x, y }: Point): void {
    const { k } = this.#transform;
    const middle = this.#middle();
    this.set({ x: middle.x - x * k, y: middle.y - y * k, k });
  }

  #middle(): Point {
    return { x: this.element.clientWidth / 2, y: this.element.clientHeight / 2 };
  }

  #wheel(event: WheelEvent): void {
    event.preventDefault();
    if (event.deltaX !== 0 || event.timeStamp - this.#sideways < fingersRest) {
      if (!event.ctrlKey && event.deltaMode === WheelEvent.DOM_DELTA_PIXEL) {
        this.#sideways = event.timeStamp;
        this.shift(-event.deltaX, -event.deltaY);
        return;
      }
    }
    const step = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? (event.ctrlKey ? wheel.pinch : wheel.pixel) : wheel.line;
    this.scale(Math.exp(-event.deltaY * step), this.#within(event));
  }

  #press(event: PointerEvent): void {
    if (event.button !== 0) return;
    if (this.#down.size === 0) this.#isDrag = false;
    this.#start = this.#within(event);
    this.#down.set(event.pointerId, this.#start);
  }

  #move(event: PointerEvent): void {
    const before = this.#down.get(event.pointerId);
    if (!before) return;
    const now = this.#within(event);
    const [other] = [...this.#down].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    if (other) {
      this.#isDrag = true;
      this.#pinch(other, before, now);
    } else {
      this.#isDrag ||= Math.hypot(now.x - this.#start.x, now.y - this.#start.y) > slack;
      if (!this.#isDrag) return;
      this.shift(now.x - before.x, now.y - before.y);
    }
    this.#down.set(event.pointerId, now);
  }

  /** The other finger rests: scaled by how the distance to it changes, and shifted by half of the way. */
  #pinch(other: Point, before: Point, now: Point): void {
    const distance = (point: Point) => Math.max(1, Math.hypot(point.x - other.x, point.y - other.y));
    this.scale(distance(now) / distance(before), { x: (before.x + other.x) / 2, y: (before.y + other.y) / 2 });
    this.shift((now.x - before.x) / 2, (now.y - before.y) / 2);
  }

  #release(event: PointerEvent): void {
    this.#down.delete(event.pointerId);
  }

  #within(event: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  }
}
