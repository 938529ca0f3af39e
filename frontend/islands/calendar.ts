/**
 * The calendar: entries are dragged to another day, or carried there with the keyboard, and
 * opened in the drawer. Server-drawn cells are `.cal-cell[data-day]`, entries that may be
 * moved carry `data-pk`. Without script there is the link "Move" beside each entry.
 */
import htmx from "htmx.org";
import Sortable from "sortablejs";
import { clockOf, next, placeFor } from "./calendar/cells";

interface Words {
  picked: string;
  over: string;
  dropped: string;
  returned: string;
}

interface Data {
  place: string; // address with 0 where the item's number stands
  peek: string;
  words: Words;
}

interface Carried {
  entry: HTMLElement;
  from: HTMLElement;
  before: Element | null;
}

function addressed(address: string, pk: string): string {
  return address.replace("/0/", `/${pk}/`);
}

class Calendar {
  private cells: HTMLElement[];
  private carried: Carried | null = null;
  private placed = new Set<string>();
  private said = document.getElementById("cal-said");

  constructor(
    private el: HTMLElement,
    private data: Data,
  ) {
    this.cells = [...el.querySelectorAll<HTMLElement>(".cal-cell[data-day]")];
    for (const cell of this.cells) this.sortable(cell);
    el.addEventListener("click", (event) => this.clicked(event));
    el.addEventListener("keydown", (event) => this.pressed(event));
    el.addEventListener("focusout", (event) => this.left(event));
    document.body.addEventListener("calendar:placed", (event) => {
      const told = (event as CustomEvent<{ pk: number; clock: string }>).detail;
      this.stays(String(told.pk), told.clock);
    });
  }

  private sortable(cell: HTMLElement): void {
    let home: Carried | null = null;
    Sortable.create(cell, {
      group: `calendar-${cell.dataset.lane ?? ""}`,
      draggable: "[data-pk]",
      sort: false,
      animation: 120,
      delay: 250,
      delayOnTouchOnly: true,
      ghostClass: "cal-ghost",
      onStart: ({ item }) => {
        home = { entry: item, from: cell, before: item.nextElementSibling };
        this.el.classList.add("is-dragging");
      },
      onEnd: ({ item, to }) => {
        this.el.classList.remove("is-dragging");
        if (home && to !== cell) void this.drop(home, to);
        home = null;
        item.querySelector<HTMLElement>(".cal-link")?.focus({ preventScroll: true });
      },
    });
  }

  // looking

  private clicked(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLAnchorElement>(".cal-link, .cal-move");
    const plain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
    if (!link || !plain) return;
    event.preventDefault();
    const pk = /\/(\d+)\/(?:move\/)?$/.exec(link.pathname)?.[1];
    if (!pk) return;
    const url = link.matches(".cal-move") ? link.href : addressed(this.data.peek, pk);
    void htmx.ajax("get", url, { target: "#drawer-body", select: "#page", swap: "innerHTML" });
  }

  // by keyboard

  private pressed(event: KeyboardEvent): void {
    const link = (event.target as Element).closest<HTMLElement>(".cal-link");
    const entry = link?.closest<HTMLElement>("[data-pk]");
    if (!link || !entry || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") this.carried ? this.put() : this.pick(entry);
    else if (!this.carried) return;
    else if (event.key === "Enter") this.put();
    else if (event.key === "Escape") this.giveBack();
    else if (!this.carry(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  }

  private pick(entry: HTMLElement): void {
    const from = entry.parentElement as HTMLElement;
    this.carried = { entry, from, before: entry.nextElementSibling };
    entry.classList.add("cal-carried");
    this.say("picked", entry, from);
  }

  private carry(key: string): boolean {
    const carried = this.carried;
    const cell = carried?.entry.parentElement as HTMLElement;
    if (!carried) return false;
    const lane = this.cells.filter((each) => each.dataset.lane === cell.dataset.lane);
    const to = next(lane, cell, key);
    if (!to) return key.startsWith("Arrow");
    this.insert(carried.entry, to);
    this.focus(carried.entry);
    this.say("over", carried.entry, to);
    return true;
  }

  private put(): void {
    const carried = this.carried;
    if (!carried) return;
    this.carried = null;
    carried.entry.classList.remove("cal-carried");
    const to = carried.entry.parentElement as HTMLElement;
    if (to === carried.from) this.say("returned", carried.entry, to);
    else void this.drop(carried, to);
  }

  private giveBack(): void {
    const carried = this.carried;
    if (!carried) return;
    this.carried = null;
    carried.entry.classList.remove("cal-carried");
    this.home(carried);
    this.focus(carried.entry);
  }

  private left(event: FocusEvent): void {
    // Inserting the entry elsewhere takes its focus away for a moment.
    const carried = this.carried;
    if (carried && event.relatedTarget && !carried.entry.contains(event.relatedTarget as Node)) {
      this.giveBack();
    }
  }

  // both

  private async drop(carried: Carried, to: HTMLElement): Promise<void> {
    const { entry } = carried;
    const pk = entry.dataset.pk ?? "";
    this.insert(entry, to);
    this.placed.delete(pk);
    const values: Record<string, string> = { day: to.dataset.day ?? "" };
    if (to.dataset.hour !== undefined) values.hour = to.dataset.hour;
    const target = "#toasts";
    try {
      await htmx.ajax("post", addressed(this.data.place, pk), {
        values,
        target,
        swap: "beforeend",
      });
    } catch {
      // The frame has said what went wrong; the entry goes home below.
    }
    if (!this.placed.has(pk)) {
      this.home(carried);
      return;
    }
    this.say("dropped", entry, to);
    this.renewNotes();
  }

  private stays(pk: string, clock: string): void {
    this.placed.add(pk);
    const entry = this.el.querySelector<HTMLElement>(`[data-pk="${pk}"]`);
    const time = entry?.querySelector("time");
    if (!entry || !time) return;
    time.textContent = clock;
    this.insert(entry, entry.parentElement as HTMLElement);
  }

  private renewNotes(): void {
    const notes = "#cal-notes";
    const options = { target: notes, select: notes, swap: "outerHTML" } as const;
    void htmx.ajax("get", window.location.href, options);
  }

  private home({ entry, from, before }: Carried): void {
    from.insertBefore(entry, before?.parentElement === from ? before : null);
    this.say("returned", entry, from);
  }

  /** At its place among the entries of the cell, which stand in the order of their time. */
  private insert(entry: HTMLElement, cell: HTMLElement): void {
    const focused = entry.contains(document.activeElement);
    const others = [...cell.children].filter((each) => each !== entry);
    const before = others[placeFor(clockOf(entry), others.map(clockOf))] ?? null;
    cell.insertBefore(entry, before);
    if (focused) this.focus(entry);
  }

  private focus(entry: HTMLElement): void {
    entry.querySelector<HTMLElement>(".cal-link")?.focus();
  }

  private say(what: keyof Words, entry: HTMLElement, cell: HTMLElement): void {
    const title = entry.querySelector(".cal-title")?.textContent ?? "";
    const words = this.data.words[what];
    const day = dayWords(cell);
    if (this.said) {
      this.said.textContent = words.replace("%(title)s", title).replace("%(day)s", day);
    }
  }
}

function dayWords(cell: HTMLElement): string {
  const day = new Date(`${cell.dataset.day}T12:00:00`);
  const language = document.documentElement.lang || "en";
  const words = day.toLocaleDateString(language, {
    weekday: "long",
    day: "numeric",
    month: "long",
  });
  return cell.dataset.hour === undefined ? words : `${words}, ${cell.dataset.hour}:00`;
}

export function mount(el: HTMLElement, data: unknown): void {
  new Calendar(el, data as Data);
}
