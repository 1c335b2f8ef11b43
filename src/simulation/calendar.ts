/**
 * What is still to happen, ordered by time and, at the same time, by the order in which it was planned. A heap with
 * four children a node in typed arrays, indexed by the id of what happens, so that anything can be taken out again.
 * An id is planned at most once at a time.
 */
export class Calendar {
  private size = 0;
  private times = new Float64Array(256);
  private sequences = new Float64Array(256);
  private ids = new Int32Array(256);
  private places = new Int32Array(256).fill(-1);
  private planned = 0;

  get length(): number {
    return this.size;
  }

  /** Time of what comes next; Infinity when there is nothing. */
  get next(): number {
    return this.size > 0 ? (this.times[0] as number) : Number.POSITIVE_INFINITY;
  }

  /** A place in the order of planning, for something that is put into the calendar later. */
  sequence(): number {
    return this.planned++;
  }

  has(id: number): boolean {
    return id < this.places.length && (this.places[id] as number) >= 0;
  }

  /** The time for which something that is planned is planned. */
  timeOf(id: number): number {
    return this.times[this.places[id] as number] as number;
  }

  push(time: number, id: number): void {
    this.pushAs(time, this.planned++, id);
  }

  /** Like `push`, with a sequence that was taken earlier. */
  pushAs(time: number, sequence: number, id: number): void {
    if (this.size === this.ids.length) this.growHeap();
    if (id >= this.places.length) this.growIds(id);
    this.siftUp(this.size++, time, sequence, id);
  }

  /** Takes the next one out and returns its id. Only when `next` is finite. */
  pop(): number {
    const id = this.ids[0] as number;
    this.places[id] = -1;
    const last = --this.size;
    if (last > 0) this.siftDown(0, this.times[last] as number, this.sequences[last] as number, this.ids[last] as number);
    return id;
  }

  /** Takes something out that shall not happen after all. */
  remove(id: number): void {
    if (!this.has(id)) return;
    const at = this.places[id] as number;
    this.places[id] = -1;
    const last = --this.size;
    if (at === last) return;
    const time = this.times[last] as number;
    const sequence = this.sequences[last] as number;
    const moved = this.ids[last] as number;
    if (at > 0 && this.isBefore(time, sequence, (at - 1) >> 2)) this.siftUp(at, time, sequence, moved);
    else this.siftDown(at, time, sequence, moved);
  }

  private isBefore(time: number, sequence: number, at: number): boolean {
    const other = this.times[at] as number;
    return time < other || (time === other && sequence < (this.sequences[at] as number));
  }

  private siftUp(from: number, time: number, sequence: number, id: number): void {
    const { times, sequences, ids, places } = this;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      const other = times[parent] as number;
      if (time > other || (time === other && sequence > (sequences[parent] as number))) break;
      const moved = ids[parent] as number;
      times[at] = other;
      sequences[at] = sequences[parent] as number;
      ids[at] = moved;
      places[moved] = at;
      at = parent;
    }
    times[at] = time;
    sequences[at] = sequence;
    ids[at] = id;
    places[id] = at;
  }

  private siftDown(from: number, time: number, sequence: number, id: number): void {
    const { times, sequences, ids, places, size } = this;
    let at = from;
    for (;;) {
      const first = 4 * at + 1;
      if (first >= size) break;
      const end = Math.min(first + 4, size);
      let least = first;
      let leastTime = times[first] as number;
      for (let child = first + 1; child < end; child++) {
        const childTime = times[child] as number;
        if (childTime < leastTime || (childTime === leastTime && (sequences[child] as number) < (sequences[least] as number))) {
          least = child;
          leastTime = childTime;
        }
      }
      if (time < leastTime || (time === leastTime && sequence < (sequences[least] as number))) break;
      const moved = ids[least] as number;
      times[at] = leastTime;
      sequences[at] = sequences[least] as number;
      ids[at] = moved;
      places[moved] = at;
      at = least;
    }
    times[at] = time;
    sequences[at] = sequence;
    ids[at] = id;
    places[id] = at;
  }

  private growHeap(): void {
    const capacity = this.ids.length * 2;
    this.times = grown(this.times, new Float64Array(capacity));
    this.sequences = grown(this.sequences, new Float64Array(capacity));
    this.ids = grown(this.ids, new Int32Array(capacity));
  }

  private growIds(id: number): void {
    const places = new Int32Array(Math.max(this.places.length * 2, id + 1)).fill(-1);
    this.places = grown(this.places, places);
  }
}

function grown<T extends Float64Array | Int32Array>(old: T, larger: T): T {
  larger.set(old);
  return larger;
}
