/**
 * The board: cards that are dragged, moved by keys, and that move by themselves when somebody
 * else moves them.
 *
 * A move is posted as the form of the page posts it. The server has the rules: it answers with
 * the card as it is now, with what is missing (a form in the dialog), or with where somebody
 * else has put it meanwhile. Other people's moves come as news; their cards are asked for.
 */
import Sortable from "sortablejs";
import { Live } from "./board/live";
import { type Place, placeOf, putBack, sorted } from "./board/places";
import { say, Teller } from "./board/words";

interface Data {
  since: number;
  me: number;
  move: string;
  cards: string;
  live: string;
  changes: string;
  editable: boolean;
  words: Record<string, string>;
}

interface Drawn {
  html: string;
  column: string;
}

interface Answer {
  said?: string;
  undo?: string;
  form?: string;
  pk?: number;
  card?: Drawn | null;
}

const TOP = 0;
const TOGETHER = 80; // ms in which news of several cards become one question
const AGAIN = 5000; // ms after which a question that was lost is asked again

class Board {
  private tell: Teller;
  private held: { card: HTMLElement; from: Place } | null = null;
  /** Cards that somebody else moved while this person drags; they are drawn afterwards. */
  private later = new Set<number>();
  private asking: ReturnType<typeof setTimeout> | undefined;
  private dragging = false;
  private dialog = document.getElementById("board-dialog") as HTMLDialogElement | null;

  constructor(
    private el: HTMLElement,
    private data: Data,
  ) {
    this.tell = new Teller(document);
    el.addEventListener("keydown", (event) => this.pressed(event));
    document.addEventListener("keydown", (event) => this.shortcut(event));
    this.makeFocusable();
    if (data.editable) this.makeDraggable();
    this.dialog?.addEventListener("submit", (event) => this.answered(event));
    this.dialog?.addEventListener("close", () => this.giveUp());
    for (const select of document.querySelectorAll<HTMLSelectElement>("select[data-submits]")) {
      select.addEventListener("change", () => select.form?.requestSubmit());
    }
    new Live(data.live, data.changes, data.since, {
      changed: (row, by) => this.changed(row, by),
      everything: () => this.everything(),
      gone: () => window.location.reload(),
      silent: () => this.tell.standing(data.words.offline ?? ""),
      back: () => this.tell.standing(""),
    });
  }

  private get lists(): HTMLElement[] {
    return [...this.el.querySelectorAll<HTMLElement>("[data-column]")];
  }

  private card(pk: number): HTMLElement | null {
    return this.el.querySelector(`#task-${pk}`);
  }

  private makeFocusable(): void {
    for (const card of this.el.querySelectorAll<HTMLElement>(".card-face")) {
      card.tabIndex = -1;
      card.setAttribute("aria-describedby", "board-keys");
    }
    const first = this.el.querySelector<HTMLElement>(".card-face");
    if (first && !this.el.querySelector('.card-face[tabindex="0"]')) first.tabIndex = 0;
  }

  // by mouse and finger

  private makeDraggable(): void {
    for (const list of this.lists) {
      let from: Place | null = null;
      Sortable.create(list, {
        group: "cards",
        draggable: ".card-face",
        animation: window.matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 140,
        delay: 160,
        delayOnTouchOnly: true,
        filter: "button",
        preventOnFilter: false,
        onStart: ({ item }) => {
          this.dragging = true;
          from = placeOf(item);
        },
        onEnd: ({ item }) => {
          this.dragging = false;
          if (from && !from.same(placeOf(item))) void this.send(item, from);
          this.drawLater();
        },
      });
    }
  }

  // by keyboard

  private pressed(event: KeyboardEvent): void {
    const card = (event.target as Element).closest?.<HTMLElement>(".card-face");
    if (!card || event.target !== card) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === " ") this.takeOrDrop(card);
    else if (event.key === "Escape" && this.held) this.letGo();
    else if (event.key === "Enter") card.querySelector<HTMLElement>(".card-title")?.click();
    else if (event.key.startsWith("Arrow")) this.arrow(card, event.key);
    else if (event.key === "m" || event.key === "M")
      card.querySelector<HTMLElement>("[data-moves-card]")?.click();
    else if (/^[1-9]$/.test(event.key)) this.toColumn(card, Number(event.key) - 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private shortcut(event: KeyboardEvent): void {
    const typing = (event.target as Element).closest?.("input, textarea, select, dialog");
    if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key !== "n" && event.key !== "N") return;
    const quick = this.el.querySelector<HTMLElement>("[data-quick]");
    quick?.focus();
    if (quick) event.preventDefault();
  }

  private takeOrDrop(card: HTMLElement): void {
    if (!this.data.editable) return;
    if (!this.held) {
      this.held = { card, from: placeOf(card) };
      card.classList.add("is-held");
      this.say("taken", card);
      return;
    }
    const { from } = this.held;
    this.release();
    if (!from.same(placeOf(card))) void this.send(card, from);
  }

  private release(): void {
    this.held?.card.classList.remove("is-held");
    this.held = null;
    this.drawLater();
  }

  private letGo(): void {
    if (!this.held) return;
    const { card, from } = this.held;
    putBack(card, from);
    this.say("back", card);
    this.release();
    card.focus();
  }

  private arrow(card: HTMLElement, key: string): void {
    const list = card.parentElement as HTMLElement;
    if (key === "ArrowUp" || key === "ArrowDown") {
      const other = key === "ArrowUp" ? card.previousElementSibling : card.nextElementSibling;
      if (!this.held) this.focus(other as HTMLElement | null);
      else if (other && key === "ArrowUp") other.before(card);
      else if (other) other.after(card);
    } else {
      const lists = this.lists;
      const step = key === "ArrowLeft" ? -1 : 1;
      const at = [...list.children].indexOf(card);
      let next = lists.indexOf(list) + step;
      while (!this.held && lists[next] && !lists[next]?.children.length) next += step;
      const there = lists[next];
      if (!there) return;
      if (this.held) there.insertBefore(card, there.children[at] ?? null);
      else this.focus(there.children[Math.min(at, there.children.length - 1)] as HTMLElement);
    }
    if (!this.held) return;
    card.focus();
    const column = card.parentElement as HTMLElement;
    const place = [...column.children].indexOf(card) + 1;
    this.say("at", card, { place, all: column.children.length });
  }

  private focus(card: HTMLElement | null): void {
    if (!card?.classList.contains("card-face")) return;
    for (const old of this.el.querySelectorAll<HTMLElement>('.card-face[tabindex="0"]')) {
      old.tabIndex = -1;
    }
    card.tabIndex = 0;
    card.focus();
    card.scrollIntoView({ block: "nearest", inline: "nearest" });
  }

  private toColumn(card: HTMLElement, number: number): void {
    const list = this.lists[number];
    if (!this.data.editable || !list || list === card.parentElement) return;
    const from = placeOf(card);
    list.append(card);
    void this.send(card, from);
    card.focus();
  }

  private say(word: string, card: HTMLElement, more: Record<string, string | number> = {}): void {
    const column = card.parentElement?.dataset.name ?? "";
    const title = card.dataset.title ?? "";
    this.tell.aloud(say(this.data.words[word] ?? "", { title, column, ...more }));
  }

  // asking the server

  private async send(card: HTMLElement, from: Place): Promise<void> {
    const above = card.previousElementSibling as HTMLElement | null;
    const values = new URLSearchParams({
      column: card.parentElement?.dataset.column ?? "",
      below: above?.dataset.pk ?? String(TOP),
      moves: card.dataset.moves ?? "",
    });
    this.count();
    await this.post(this.address(card), values, card, from);
  }

  private address(card: HTMLElement): string {
    return this.data.move.replace("{pk}", card.dataset.pk ?? "") + window.location.search;
  }

  private async post(
    address: string,
    values: URLSearchParams,
    card: HTMLElement,
    from: Place,
  ): Promise<void> {
    let answer: Answer;
    let status: number;
    try {
      const response = await fetch(address, {
        method: "POST",
        body: values,
        headers: { "X-Board": "1", "X-CSRFToken": csrf() },
      });
      status = response.status;
      if (isShut(response)) {
        window.location.reload();
        return;
      }
      answer = (await response.json()) as Answer;
    } catch {
      putBack(card, from);
      this.count();
      this.tell.show(this.data.words.failed ?? "");
      return;
    }
    if (answer.form) this.ask(answer.form, card, from);
    else if (status === 422) {
      putBack(card, from);
      this.tell.show(answer.said ?? "");
    } else {
      this.draw(answer.pk ?? Number(card.dataset.pk), answer.card ?? null, true);
      const undo = answer.undo;
      this.tell.show(answer.said ?? "", undo ? () => void this.undo(undo, card, from) : undefined);
    }
    this.count();
  }

  private undo(address: string, card: HTMLElement, from: Place): Promise<void> {
    const now = this.card(Number(card.dataset.pk)) ?? card;
    return this.post(address + window.location.search, new URLSearchParams(), now, from);
  }

  /** What is missing is asked for; until then the card stands where it was dropped. */
  private pending: { card: HTMLElement; from: Place } | null = null;

  private ask(form: string, card: HTMLElement, from: Place): void {
    const body = document.getElementById("board-dialog-body");
    if (!this.dialog || !body) return;
    body.innerHTML = form;
    this.pending = { card, from };
    if (!this.dialog.open) this.dialog.showModal();
    body.querySelector<HTMLElement>("input:not([type=hidden]), select, textarea")?.focus();
  }

  private answered(event: Event): void {
    const form = event.target as HTMLFormElement;
    if (!form.matches("[data-move-form]") || !this.pending) return;
    event.preventDefault();
    const { card, from } = this.pending;
    this.pending = null;
    this.dialog?.close();
    const values = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
    void this.post(this.address(card), values, card, from);
  }

  private giveUp(): void {
    if (!this.pending) return;
    const { card, from } = this.pending;
    this.pending = null;
    putBack(card, from);
    this.count();
    this.say("back", card);
  }

  // other people's changes

  private changed(row: number, by: number | null): void {
    this.later.add(row);
    if (by !== this.data.me) this.others.add(row);
    this.drawSoon(TOGETHER);
  }

  private drawSoon(ms: number): void {
    clearTimeout(this.asking);
    this.asking = setTimeout(() => this.drawLater(), ms);
  }

  private others = new Set<number>();

  private drawLater(): void {
    if (this.dragging || this.held || this.pending || !this.later.size) return;
    const ids = [...this.later];
    this.later.clear();
    void this.fetchCards(ids);
  }

  private async fetchCards(ids: number[]): Promise<void> {
    const joined = window.location.search ? `${window.location.search}&` : "?";
    try {
      const response = await fetch(`${this.data.cards}${joined}ids=${ids.join(",")}`);
      if (isShut(response)) {
        window.location.reload();
        return;
      }
      const { cards } = (await response.json()) as { cards: Record<string, Drawn> };
      if (this.dragging || this.held) {
        for (const id of ids) this.later.add(id);
        return;
      }
      for (const id of ids) this.draw(id, cards[id] ?? null, false);
    } catch {
      for (const id of ids) this.later.add(id);
      this.drawSoon(AGAIN);
    }
    this.count();
  }

  private draw(pk: number, drawn: Drawn | null, mine: boolean): void {
    const old = this.card(pk);
    if (!drawn) {
      old?.remove();
      return;
    }
    const holder = document.createElement("template");
    holder.innerHTML = drawn.html;
    const fresh = holder.content.firstElementChild as HTMLElement;
    if (old && Number(old.dataset.version) > Number(fresh.dataset.version)) return;
    const was = old?.parentElement?.dataset.column;
    const focused = old?.contains(document.activeElement) ?? false;
    old?.remove();
    const list = this.lists.find((each) => each.dataset.column === drawn.column) ?? this.lists[0];
    if (!list) return;
    list.insertBefore(fresh, sorted(list, fresh));
    this.makeFocusable();
    if (focused) this.focus(fresh);
    if (!mine && this.others.delete(pk)) {
      fresh.classList.add("is-new");
      setTimeout(() => fresh.classList.remove("is-new"), 1600);
      if (was && was !== drawn.column) this.say("moved", fresh);
    }
  }

  private everything(): void {
    if (this.dragging || this.held || this.pending) setTimeout(() => this.everything(), 500);
    else window.location.reload();
  }

  private count(): void {
    for (const list of this.lists) {
      const head = list.parentElement?.querySelector(".board-head");
      const number = list.querySelectorAll(".card-face").length;
      const limit = Number(list.dataset.limit) || 0;
      const shown = head?.querySelector("[data-count]");
      if (shown) shown.textContent = String(number);
      head?.classList.toggle("is-full", limit > 0 && number >= limit);
    }
  }
}

/** The person may not see this any more, or has to sign in: the page itself says which. */
function isShut(response: Response): boolean {
  return response.status === 403 || response.status === 404 || response.redirected;
}

function csrf(): string {
  const headers = document.body.getAttribute("hx-headers");
  return headers ? (JSON.parse(headers)["X-CSRFToken"] ?? "") : "";
}

export function mount(el: HTMLElement, data: unknown): void {
  new Board(el, data as Data);
}
