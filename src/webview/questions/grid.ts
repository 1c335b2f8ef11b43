/**
 * Arrow keys in a table of buttons: one of them can be reached with the Tab key, the others from there. Buttons carry
 * their place in `data-row` and `data-column`.
 */
export function moveInGrid(event: KeyboardEvent): void {
  const table = event.currentTarget instanceof Element ? event.currentTarget : null;
  const here = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-row]') : null;
  if (!table || !here || event.ctrlKey || event.metaKey || event.altKey) return;
  const row = Number(here.dataset['row']);
  const column = Number(here.dataset['column']);
  const find = (r: number, c: number) => table.querySelector<HTMLElement>(`[data-row="${r}"][data-column="${c}"]`);
  const cells = [...table.querySelectorAll<HTMLElement>(`[data-row="${row}"]`)];
  const next = {
    ArrowLeft: () => find(row, column - 1),
    ArrowRight: () => find(row, column + 1),
    ArrowUp: () => find(row - 1, column),
    ArrowDown: () => find(row + 1, column),
    Home: () => cells[0],
    End: () => cells.at(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  const to = next();
  if (!to) return;
  here.tabIndex = -1;
  to.tabIndex = 0;
  to.focus();
}
