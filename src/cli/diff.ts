/** Lines of unchanged text around a change. */
const around = 3;

/** Lines deleted and inserted up to which the smallest difference is looked for; beyond, one block replaces another. */
const mostDifferent = 1000;

interface Hunk {
  /** The first line of it in the old and the new text, from 0. */
  readonly before: number;
  readonly after: number;
  readonly lines: readonly string[];
}

/**
 * The difference between two texts of a file as a unified diff that `patch` and `git apply` take; empty where there is
 * none. Line ends stay part of their lines.
 */
export function unifiedDiff(file: string, before: string, after: string): string {
  const old = linesOf(before);
  const now = linesOf(after);
  const hunks = hunksOf(old, now, editsOf(old, now));
  if (hunks.length === 0) return '';
  // An absolute path is one already.
  const [from, to] = file.startsWith('/') ? [file, file] : [`a/${file}`, `b/${file}`];
  return [`--- ${named(from)}\n`, `+++ ${named(to)}\n`, ...hunks.map(hunkText)].join('');
}

/** A name ends at its line's end; one with a space in it also at a tab. */
function named(path: string): string {
  if (/["\\\p{Cc}]/u.test(path)) return JSON.stringify(path);
  return path.includes(' ') ? `${path}\t` : path;
}

/** The lines of a text with their ends; a lone CR ends none, as for `diff`. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

/** Stretches of lines that differ: these of the old text stand where those of the new one do. */
interface Edit {
  readonly before: readonly [number, number];
  readonly after: readonly [number, number];
}

function editsOf(old: readonly string[], now: readonly string[]): readonly Edit[] {
  let head = 0;
  while (head < old.length && head < now.length && old[head] === now[head]) head++;
  let [oldEnd, nowEnd] = [old.length, now.length];
  while (oldEnd > head && nowEnd > head && old[oldEnd - 1] === now[nowEnd - 1]) {
    oldEnd--;
    nowEnd--;
  }
  if (head === oldEnd && head === nowEnd) return [];
  const kept = longestCommon(old.slice(head, oldEnd), now.slice(head, nowEnd));
  const edits: Edit[] = [];
  let [i, j] = [head, head];
  for (const [a, b] of [...kept.map(([a, b]) => [a + head, b + head] as const), [oldEnd, nowEnd] as const]) {
    if (i < a || j < b) edits.push({ before: [i, a], after: [j, b] });
    [i, j] = [a + 1, b + 1];
  }
  return edits;
}

/**
 * The lines that both texts keep, as pairs of their numbers. The greedy search of E. Myers, "An O(ND) Difference
 * Algorithm and Its Variations", 1986: the fewest deletions and insertions.
 */
function longestCommon(old: readonly string[], now: readonly string[]): readonly (readonly [number, number])[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const trail: ReadonlyMap<number, number>[] = [];
  const most = Math.min(old.length + now.length, mostDifferent);
  for (let d = 0; d <= most; d++) {
    trail.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const down = k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1));
      let x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
      while (x < old.length && x - k < now.length && old[x] === now[x - k]) x++;
      furthest.set(k, x);
      if (x >= old.length && x - k >= now.length) return walkBack(trail, old.length, now.length);
    }
  }
  return [];
}

function at(furthest: ReadonlyMap<number, number>, diagonal: number): number {
  return furthest.get(diagonal) ?? -1;
}

function walkBack(trail: readonly ReadonlyMap<number, number>[], oldEnd: number, nowEnd: number): readonly (readonly [number, number])[] {
  const kept: (readonly [number, number])[] = [];
  let [x, y] = [oldEnd, nowEnd];
  for (let d = trail.length - 1; d >= 0; d--) {
    const furthest = trail[d] ?? new Map<number, number>();
    const k = x - y;
    const down = k === -d || (k !== d && at(furthest, k - 1) < at(furthest, k + 1));
    const fromX = d === 0 ? 0 : at(furthest, down ? k + 1 : k - 1);
    const fromY = d === 0 ? 0 : fromX - (down ? k + 1 : k - 1);
    while (x > fromX && y > fromY) kept.push([--x, --y]);
    [x, y] = [fromX, fromY];
  }
  return kept.reverse();
}

function hunksOf(old: readonly string[], now: readonly string[], edits: readonly Edit[]): readonly Hunk[] {
  const groups: Edit[][] = [];
  for (const edit of edits) {
    const last = groups.at(-1)?.at(-1);
    if (last && edit.before[0] - last.before[1] <= 2 * around) groups.at(-1)?.push(edit);
    else groups.push([edit]);
  }
  return groups.flatMap((group) => {
    const [first, last] = [group[0], group.at(-1)];
    if (!first || !last) return [];
    const before = Math.max(0, first.before[0] - around);
    const end = Math.min(old.length, last.before[1] + around);
    const lines: string[] = [];
    let from = before;
    for (const edit of group) {
      lines.push(...marked(' ', old, from, edit.before[0]), ...marked('-', old, ...edit.before), ...marked('+', now, ...edit.after));
      from = edit.before[1];
    }
    lines.push(...marked(' ', old, from, end));
    return [{ before, after: first.after[0] - (first.before[0] - before), lines }];
  });
}

function marked(mark: ' ' | '-' | '+', lines: readonly string[], from: number, to: number): readonly string[] {
  return lines.slice(from, to).map((line) => `${mark}${line}${line.endsWith('\n') ? '' : '\n\\ No newline at end of file\n'}`);
}

function hunkText({ before, after, lines }: Hunk): string {
  const count = (marks: string): number => lines.filter((line) => marks.includes(line.charAt(0))).length;
  return `@@ -${rangeText(before, count(' -'))} +${rangeText(after, count(' +'))} @@\n${lines.join('')}`;
}

/** Of an empty stretch the line before it is named. */
function rangeText(from: number, count: number): string {
  return count === 1 ? `${from + 1}` : `${count === 0 ? from : from + 1},${count}`;
}
