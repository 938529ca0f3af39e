/** The cells of the budget's table: which is next to which, and what each shows. */

export const STEPS: Record<string, [number, number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Whether pressing the key means to write over the cell. */
export function isTyped(event: KeyboardEvent): boolean {
  return event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** The cell `steps` away from `cell`, skipping rows and columns that cannot be edited. */
export function neighbour(
  table: HTMLElement,
  cell: HTMLElement,
  [down, right]: [number, number],
): HTMLElement | null {
  const rows = [...table.querySelectorAll<HTMLElement>("tr[data-line]")];
  const column = (one: HTMLElement) => one.dataset.cell?.split("-")[1] ?? "";
  const month = Number(column(cell));
  let row = rows.findIndex((one) => one.contains(cell));
  let at = month;
  for (;;) {
    row += down;
    at += right;
    if (row < 0 || row >= rows.length || at < 1 || at > 12) return null;
    const found = rows[row]?.querySelector<HTMLElement>(`[data-cell$="-${at}"]`);
    if (found && found.offsetParent !== null) return found;
  }
}

/** The cell after (`by` 1) or before (-1) in reading order. */
export function following(table: HTMLElement, cell: HTMLElement, by: number): HTMLElement | null {
  const cells = [...table.querySelectorAll<HTMLElement>("[data-cell]")];
  return cells[cells.indexOf(cell) + by] ?? null;
}

export function cellOf(target: HTMLElement): HTMLElement {
  return target.closest("[data-cell]") as HTMLElement;
}

/** The amount a cell shows; blank for an empty one, whose word is for screen readers. */
export function textOf(link: HTMLElement): string {
  return link.querySelector(".sr-only") ? "" : (link.textContent ?? "").trim();
}
