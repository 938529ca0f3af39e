/** Where an entry stands in its cell, and which cell an arrow leads to. */

/** "14:30" of an entry; entries without a time come last. */
export function clockOf(entry: Element): string {
  return entry.querySelector("time")?.textContent?.trim() || "99:99";
}

/** The place of an entry with `clock` among others that stand in the order of their time. */
export function placeFor(clock: string, others: string[]): number {
  const found = others.findIndex((other) => other > clock);
  return found < 0 ? others.length : found;
}

interface Box {
  left: number;
  top: number;
}

const STEP: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** How many cells stand in one row: one where they are drawn below each other. */
export function columns(boxes: Box[]): number {
  const first = boxes[0];
  if (!first) return 1;
  const others = boxes.filter((box) => Math.abs(box.left - first.left) < 2);
  const second = others[1];
  const at = second ? boxes.indexOf(second) : -1;
  return at > 0 ? at : boxes.length;
}

/** The cell that `key` leads to from `cell`; null at the edge, or for another key. */
export function next(cells: HTMLElement[], cell: HTMLElement, key: string): HTMLElement | null {
  const step = STEP[key];
  if (!step) return null;
  const visible = cells.filter((each) => each.getClientRects().length > 0 || each === cell);
  const wide = columns(visible.map((each) => each.getBoundingClientRect()));
  const at = visible.indexOf(cell);
  const by = wide === 1 ? step[0] + step[1] : step[0] + step[1] * wide;
  return visible[at + by] ?? null;
}
