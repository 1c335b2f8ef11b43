import type { Box, Point } from '../layout/flow';
import type { Card, Edge, Graph } from '../layout/graph';
import type { Picture } from '../layout/picture';
import type { CallFrame, Frame } from '../simulation/frame';
import type { Transform } from './panZoom';
import { madeBy, type Part, partsOf } from './parts';

/** Dots on the way at most; further ones are left out. */
const mostDots = 500;
/** Up to this many requests a second each is a dot; of those above, one in twelve. */
const eachUpTo = 8;
const oneIn = 12;
/** Milliseconds a dot takes for its line. */
const journey = 900;

/** Milliseconds after which the colours are asked for again. */
const colourPace = 500;

const outcomes = ['request', 'retry', 'failure'] as const;
type Outcome = (typeof outcomes)[number];

interface Line {
  readonly points: readonly Point[];
  /** Length from the beginning up to each point, in the drawing's pixels. */
  readonly lengths: readonly number[];
  readonly length: number;
  /** No dots are drawn over the line's label. */
  readonly label: Box | undefined;
  /** The card it sets out from, and who calls along it. */
  readonly from: Edge['from'];
  readonly callers: readonly Part[];
  /** Dots owed, a fraction of one, by outcome. */
  readonly owed: Record<Outcome, number>;
}

interface Dot {
  readonly line: Line;
  readonly outcome: Outcome;
  readonly born: number;
}

/** Requests as dots that run along the lines; failures come back as red rings. Drawn on one canvas over the map. */
export class Flow {
  readonly canvas = document.createElement('canvas');
  /** Of each call; in the deployment one may be drawn as several, for each card that calls, to each that may be called. */
  #lines = new Map<string, Line[]>();
  #seen = new Map<string, CallFrame>();
  #dots: Dot[] = [];
  #transform: Transform | undefined;
  #running = false;
  #time = 0;

  readonly #context = this.canvas.getContext('2d');
  /** In the window; asking for it at every frame would lay the page out. */
  #size = { width: 0, height: 0 };
  #colours: Readonly<Record<Outcome, string>> = { request: '', retry: '', failure: '' };
  #coloured = Number.NEGATIVE_INFINITY;

  constructor(private readonly isStill: () => boolean) {
    this.canvas.className = 'flow';
    this.canvas.setAttribute('aria-hidden', 'true');
    new ResizeObserver(([entry]) => {
      if (entry) this.#size = entry.contentRect;
      this.#wake();
    }).observe(this.canvas);
  }

  attach(graph: Graph, picture: Picture): void {
    this.#lines.clear();
    this.#dots = [];
    const cards = new Map<Edge['from'], Card>(graph.cards.map((card) => [card.id, card]));
    for (const edge of graph.edges) {
      const route = picture.edges.find(({ id }) => id === edge.id);
      if (!route) continue;
      const caller = cards.get(edge.from);
      const line = measured(edge.from, route.points, route.label, caller ? partsOf(caller) : []);
      for (const call of edge.calls) {
        const list = this.#lines.get(call);
        if (list) list.push(line);
        else this.#lines.set(call, [line]);
      }
    }
  }

  move(transform: Transform): void {
    this.#transform = transform;
    this.#wake();
  }

  /** Sends new dots for what happened since the last frame. */
  show(frame: Frame): void {
    const now = performance.now();
    const elapsed = frame.time - this.#time;
    this.#time = frame.time;
    for (const call of frame.calls) {
      const before = this.#seen.get(call.id);
      this.#seen.set(call.id, call);
      const lines = this.#lines.get(call.id) ?? [];
      // A new run counts from the beginning again.
      if (!before || call.attempts < before.attempts || elapsed <= 0) continue;
      for (const line of lines) {
        const [made, last] = [madeBy(call, line.callers), madeBy(before, line.callers)];
        // Nobody knows which of a card's lines a request takes, nor, of a run that knows no zones, from which card it comes.
        const share = 1 / (made === call ? lines : lines.filter(({ from }) => from === line.from)).length;
        const retries = made.retries - last.retries;
        this.#send(line, 'request', (made.attempts - last.attempts - retries) * share, elapsed, now);
        this.#send(line, 'retry', retries * share, elapsed, now);
        // What an open breaker refuses never sets out.
        if (made.breaker !== 'open') this.#send(line, 'failure', (made.failed - last.failed) * share, elapsed, now);
      }
    }
    if (this.#dots.length > 0) this.#wake();
  }

  clear(): void {
    this.#dots = [];
    this.#seen.clear();
    this.#time = 0;
    this.#wake();
  }

  #send(line: Line, outcome: Outcome, count: number, elapsed: number, now: number): void {
    if (count <= 0 || this.isStill()) return;
    const rate = count / elapsed;
    const thinned = rate > eachUpTo ? (count * (eachUpTo + (rate - eachUpTo) / oneIn)) / rate : count;
    line.owed[outcome] = Math.min(line.owed[outcome] + thinned, 6);
    while (line.owed[outcome] >= 1 && this.#dots.length < mostDots) {
      line.owed[outcome]--;
      this.#dots.push({ line, outcome, born: now + line.owed[outcome] * 40 });
    }
  }

  #wake(): void {
    if (this.#running) return;
    this.#running = true;
    requestAnimationFrame(() => this.#draw());
  }

  #draw(): void {
    this.#running = false;
    const context = this.#context;
    if (!context) return;
    const ratio = devicePixelRatio;
    const width = Math.round(this.#size.width * ratio);
    const height = Math.round(this.#size.height * ratio);
    if (this.canvas.width !== width || this.canvas.height !== height) {
      this.canvas.width = width;
      this.canvas.height = height;
    }
    context.clearRect(0, 0, width, height);
    const now = performance.now();
    this.#dots = this.#dots.filter((dot) => now - dot.born < journey);
    if (this.#dots.length === 0) return;
    const { k = 1, x = 0, y = 0 } = this.#transform ?? {};
    const radius = Math.max(1.6, 2.6 * k) * ratio;
    const colours = this.#coloursAt(now);
    for (const outcome of outcomes) {
      context.fillStyle = context.strokeStyle = colours[outcome];
      context.lineWidth = 1.4 * ratio;
      for (const dot of this.#dots) {
        if (dot.outcome !== outcome || dot.born > now) continue;
        const share = (now - dot.born) / journey;
        const at = pointAt(dot.line, outcome === 'failure' ? 1 - share : share);
        if (covers(dot.line.label, at)) continue;
        // One by one: a browser paints many circles sooner than one shape of many.
        context.beginPath();
        context.arc((at.x * k + x) * ratio, (at.y * k + y) * ratio, radius, 0, 2 * Math.PI);
        if (outcome === 'failure') context.stroke();
        else context.fill();
      }
    }
    this.#wake();
  }

  /** The theme's colours. They are asked for now and then, not at every frame: it may have changed. */
  #coloursAt(now: number): Readonly<Record<Outcome, string>> {
    if (now - this.#coloured >= colourPace) {
      const style = getComputedStyle(this.canvas);
      const of = (outcome: Outcome): string => style.getPropertyValue(`--dot-${outcome}`);
      this.#colours = { request: of('request'), retry: of('retry'), failure: of('failure') };
      this.#coloured = now;
    }
    return this.#colours;
  }
}

function measured(from: Edge['from'], points: readonly Point[], label: Box | undefined, callers: readonly Part[]): Line {
  const lengths = [0];
  for (let i = 1; i < points.length; i++) {
    const [a, b] = [points[i - 1], points[i]];
    lengths.push((lengths[i - 1] ?? 0) + (a && b ? Math.hypot(b.x - a.x, b.y - a.y) : 0));
  }
  return { from, points, lengths, length: lengths.at(-1) ?? 0, label, callers, owed: { request: 0, retry: 0, failure: 0 } };
}

function pointAt({ points, lengths, length }: Line, share: number): Point {
  const along = share * length;
  let i = 1;
  while (i < points.length - 1 && (lengths[i] ?? 0) < along) i++;
  const [a, b] = [points[i - 1], points[i]];
  if (!a || !b) return { x: 0, y: 0 };
  const from = lengths[i - 1] ?? 0;
  const part = (along - from) / ((lengths[i] ?? 0) - from || 1);
  return { x: a.x + (b.x - a.x) * part, y: a.y + (b.y - a.y) * part };
}

function covers(box: Box | undefined, { x, y }: Point): boolean {
  return box !== undefined && x > box.x && x < box.x + box.width && y > box.y && y < box.y + box.height;
}
