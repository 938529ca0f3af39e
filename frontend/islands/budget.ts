/**
 * The feel of a spreadsheet over the budget's table: move, type, paste, undo, saved by itself.
 *
 * Every cell is a link to its own small page; this only saves the way there. The words come
 * with the page, the amounts are read and checked by the server alone.
 */

import { type Answer, post, type Reply, type Words } from "./budget/asking";
import { cellOf, following, isTyped, neighbour, STEPS, textOf } from "./budget/cells";

const REFRESH_AFTER = 400; // ms without saving before the sums are asked for
class SheetIsland {
  private readonly table: HTMLElement;
  private readonly token: string;
  private undoable: string[] = [];
  private waiting: ReturnType<typeof setTimeout> | undefined;
  private saves: Promise<unknown> = Promise.resolve();
  private running = 0;

  constructor(
    private readonly el: HTMLElement,
    private readonly words: Words,
  ) {
    this.table = el.querySelector("table") as HTMLElement;
    this.token = el.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "";
  }

  start(): void {
    for (const link of this.links()) link.tabIndex = -1;
    const first = this.links()[0];
    if (first) first.tabIndex = 0;
    this.el.addEventListener("keydown", (event) => this.onKey(event));
    this.el.addEventListener("click", (event) => this.onClick(event));
    this.el.addEventListener("dblclick", (event) => this.onDoubleClick(event));
    this.el.addEventListener("focusin", (event) => this.rove(event.target as HTMLElement));
    this.el.addEventListener("paste", (event) => this.onPaste(event));
    this.el.querySelector("form")?.addEventListener("submit", (event) => {
      if (this.el.querySelector("[data-cell] input")) event.preventDefault();
    });
    window.addEventListener("beforeunload", (event) => {
      if (this.running > 0) event.preventDefault();
    });
  }

  private links(): HTMLElement[] {
    return [...this.table.querySelectorAll<HTMLElement>("[data-cell] > a")];
  }

  private rove(target: HTMLElement): void {
    if (!target.matches("[data-cell] > a")) return;
    for (const link of this.table.querySelectorAll<HTMLElement>("[data-cell] > a[tabindex='0']"))
      link.tabIndex = -1;
    target.tabIndex = 0;
  }

  private onClick(event: MouseEvent): void {
    const link = (event.target as Element).closest<HTMLElement>("[data-cell] > a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const narrow = window.matchMedia("(width < 48rem)").matches;
    if (narrow || document.activeElement === link) this.edit(cellOf(link));
    else link.focus();
    if (narrow) return;
    link.focus();
  }

  private onDoubleClick(event: MouseEvent): void {
    const cell = (event.target as Element).closest<HTMLElement>("[data-cell]");
    if (cell) this.edit(cell);
  }

  private onKey(event: KeyboardEvent): void {
    const target = event.target as HTMLElement;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") {
      if (target.matches("input")) return;
      event.preventDefault();
      void this.undo();
      return;
    }
    if (target.matches("[data-cell] input")) this.onEditKey(event, target as HTMLInputElement);
    else if (target.matches("[data-cell] > a")) this.onCellKey(event, cellOf(target));
  }

  private onCellKey(event: KeyboardEvent, cell: HTMLElement): void {
    const step = STEPS[event.key];
    if (step && event.altKey && step[0]) {
      event.preventDefault();
      void this.moveLine(cell, step[0]);
    } else if (step) {
      event.preventDefault();
      this.focus(neighbour(this.table, cell, step));
    } else if (event.key === "Enter" || event.key === "F2") {
      event.preventDefault();
      this.edit(cell);
    } else if (event.key === "Tab") {
      this.tab(event, cell);
    } else if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      void this.save(cell, "");
    } else if (isTyped(event)) {
      event.preventDefault();
      this.edit(cell, event.key);
    }
  }

  private onEditKey(event: KeyboardEvent, input: HTMLInputElement): void {
    const cell = cellOf(input);
    if (event.key === "Escape") {
      event.preventDefault();
      this.close(cell);
      this.focus(cell);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const next = neighbour(this.table, cell, [event.shiftKey ? -1 : 1, 0]);
      void this.commit(cell, input, next ?? cell);
    } else if (event.key === "Tab") {
      const next = following(this.table, cell, event.shiftKey ? -1 : 1);
      event.preventDefault();
      void this.commit(cell, input, next ?? cell);
    }
  }

  private tab(event: KeyboardEvent, cell: HTMLElement): void {
    const next = following(this.table, cell, event.shiftKey ? -1 : 1);
    if (!next) return; // out of the table, as everywhere
    event.preventDefault();
    this.focus(next);
  }

  private focus(cell: HTMLElement | null): void {
    cell?.querySelector<HTMLElement>(":scope > a")?.focus();
  }

  private edit(cell: HTMLElement, typed?: string): void {
    if (cell.querySelector("input")) return;
    const link = cell.querySelector<HTMLElement>(":scope > a") as HTMLElement;
    const input = document.createElement("input");
    input.type = "text";
    input.inputMode = "decimal";
    input.autocomplete = "off";
    input.setAttribute("aria-label", this.nameOf(cell));
    input.value = typed ?? textOf(link);
    link.hidden = true;
    cell.append(input);
    input.focus();
    if (typed === undefined) input.select();
    input.addEventListener("blur", () => {
      const isOver = input.dataset.over !== undefined || input.hasAttribute("aria-invalid");
      if (!isOver) void this.commit(cell, input);
    });
  }

  private nameOf(cell: HTMLElement): string {
    const line = cell.parentElement?.querySelector("th")?.textContent?.trim() ?? "";
    const month = cell.dataset.cell?.split("-")[1] ?? "";
    const title = this.table.querySelector<HTMLElement>(`thead .m${month} abbr`)?.title ?? month;
    return `${line.replace(/\s+/g, " ")}, ${title}`;
  }

  private close(cell: HTMLElement): void {
    cell.querySelector(".cell-fault")?.remove();
    const input = cell.querySelector("input");
    if (input) input.dataset.over = ""; // taking it away makes it lose the focus too
    input?.remove();
    const link = cell.querySelector<HTMLElement>(":scope > a");
    if (link) link.hidden = false;
  }

  /** Shows the typed text at once and saves it; a text that is refused is opened again. */
  private async commit(
    cell: HTMLElement,
    input: HTMLInputElement,
    next?: HTMLElement,
  ): Promise<void> {
    const typed = input.value;
    const link = cell.querySelector<HTMLElement>(":scope > a") as HTMLElement;
    const before = textOf(link);
    this.close(cell);
    if (next) this.focus(next);
    if (typed.trim() === before) return;
    await this.save(cell, typed);
  }

  private save(cell: HTMLElement, typed: string, version?: string): Promise<void> {
    const done = this.saves.then(() => this.saveNow(cell, typed, version));
    this.saves = done.catch(() => undefined);
    return done;
  }

  private async saveNow(cell: HTMLElement, typed: string, version?: string): Promise<void> {
    const link = cell.querySelector<HTMLAnchorElement>(":scope > a") as HTMLAnchorElement;
    const before = textOf(link);
    this.write(link, typed);
    this.say(this.words.saving);
    const fields = { amount: typed, version: version ?? cell.dataset.version ?? "0" };
    const reply = await this.post(link.href, fields);
    if (reply?.status === 200) {
      this.write(link, reply.body.amount ?? "");
      cell.dataset.version = String(reply.body.version);
      this.remember(reply.body.batch);
      this.say(this.words.saved, reply.body.at);
      this.refreshSoon();
      return;
    }
    this.write(link, before);
    if (reply?.status === 409) this.ask(cell, typed, reply.body);
    else this.fault(cell, typed, reply?.body.error ?? this.words.failed);
  }

  private ask(cell: HTMLElement, typed: string, body: Answer): void {
    const dialog = document.getElementById("cell-conflict") as HTMLDialogElement;
    const words = dialog.querySelector("[data-conflict-words]");
    if (words) words.textContent = body.conflict ?? "";
    const version = String(body.version ?? 0);
    const link = cell.querySelector<HTMLElement>(":scope > a") as HTMLElement;
    const theirs = () => {
      this.write(link, body.theirs ?? "");
      cell.dataset.version = version;
    };
    let mine = false;
    const onClick = (event: Event) => {
      const button = (event.target as Element).closest<HTMLElement>("[data-conflict]");
      if (!button) return;
      mine = button.dataset.conflict === "mine";
      dialog.close();
    };
    const onClose = () => {
      dialog.removeEventListener("click", onClick);
      theirs();
      this.focus(cell);
      if (mine) void this.save(cell, typed, version);
      else this.say("");
    };
    dialog.addEventListener("click", onClick);
    dialog.addEventListener("close", onClose, { once: true });
    this.say("");
    dialog.showModal();
  }

  private fault(cell: HTMLElement, typed: string, words: string): void {
    this.say("");
    this.edit(cell, typed);
    const input = cell.querySelector("input") as HTMLInputElement;
    const note = document.createElement("p");
    note.className = "cell-fault";
    note.id = `fault-${cell.dataset.cell}`;
    note.textContent = words;
    note.setAttribute("role", "alert");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", note.id);
    input.addEventListener("input", () => input.removeAttribute("aria-invalid"), { once: true });
    cell.append(note);
  }

  private onPaste(event: ClipboardEvent): void {
    const target = event.target as HTMLElement;
    const link = target.closest<HTMLElement>("[data-cell] > a");
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const inside = target.matches("[data-cell] input");
    const block = /[\t\n]/.test(text.trimEnd());
    if (!text || (!link && !(inside && block))) return;
    event.preventDefault();
    const cell = cellOf(target);
    this.close(cell);
    void this.pasteInto(cell, text);
  }

  private async pasteInto(cell: HTMLElement, text: string): Promise<void> {
    await this.saves;
    const [line = "", month = ""] = (cell.dataset.cell ?? "").split("-");
    const { kind = "", seen = "0", hidden = "", paste = "" } = this.el.dataset;
    this.say(this.words.saving);
    const reply = await this.post(paste, { kind, line, month, text, seen, hidden });
    if (reply?.status === 200) {
      this.remember(reply.body.batch);
      await this.refresh();
      this.focus(cell);
      this.say(this.words.pasted, reply.body.at);
      return;
    }
    const link = cell.querySelector<HTMLElement>(":scope > a") as HTMLElement;
    this.fault(cell, textOf(link), reply?.body.error ?? this.words.failed);
  }

  private remember(batch?: string): void {
    if (batch) this.undoable.push(batch);
  }

  private async undo(): Promise<void> {
    await this.saves;
    const batch = this.undoable.pop();
    if (!batch) {
      this.say(this.words.nothing);
      return;
    }
    const reply = await this.post(this.el.dataset.undo ?? "", { batch });
    if (reply?.status === 200) {
      await this.refresh();
      this.say(this.words.undone, reply.body.at);
    } else this.say(reply?.body.error ?? this.words.failed);
  }

  private async moveLine(cell: HTMLElement, way: number): Promise<void> {
    const row = cell.closest<HTMLElement>("[data-line]") as HTMLElement;
    const other = way < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (!(other instanceof HTMLElement) || !other.dataset.line) return;
    const url = `${this.el.dataset.lines}${row.dataset.line}/move/`;
    const reply = await this.post(url, { way: way < 0 ? "up" : "down" });
    if (reply?.status !== 200) return;
    if (way < 0) other.before(row);
    else other.after(row);
    this.focus(cell);
  }

  private async post(url: string, fields: Record<string, string>): Promise<Reply | null> {
    this.running += 1;
    const reply = await post(url, fields, this.token);
    this.running -= 1;
    return reply;
  }

  private write(link: HTMLElement, amount: string): void {
    if (amount.trim()) {
      link.textContent = amount;
      return;
    }
    const said = document.createElement("span");
    said.className = "sr-only";
    said.textContent = this.words.empty;
    link.replaceChildren(said);
  }

  private say(sentence: string, time = ""): void {
    const said = this.el.querySelector("[data-said]");
    if (said) said.textContent = sentence.replace("{time}", time);
  }

  private refreshSoon(): void {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => void this.refresh(), REFRESH_AFTER);
  }

  /** Reads the page again: sums, and what other people wrote into cells. */
  private async refresh(): Promise<void> {
    const before = this.running;
    const answer = await fetch(window.location.href).catch(() => null);
    if (!answer?.ok || this.running > before) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(this.el.id);
    if (!fresh || this.running > before) return;
    this.el.dataset.seen = fresh.dataset.seen;
    for (const one of fresh.querySelectorAll<HTMLElement>("[data-figure]")) {
      const here = this.el.querySelector<HTMLElement>(`[data-figure="${one.dataset.figure}"]`);
      if (here && here.innerHTML !== one.innerHTML) here.replaceChildren(...one.childNodes);
    }
    for (const one of fresh.querySelectorAll<HTMLElement>("[data-cell]")) this.take(one);
  }

  private take(fresh: HTMLElement): void {
    const here = this.el.querySelector<HTMLElement>(`[data-cell="${fresh.dataset.cell}"]`);
    if (!here || here.querySelector("input")) return;
    if (here.dataset.version === fresh.dataset.version) return;
    here.dataset.version = fresh.dataset.version;
    this.write(
      here.querySelector(":scope > a") as HTMLElement,
      textOf(fresh.querySelector(":scope > a") as HTMLElement),
    );
  }
}

export function mount(el: HTMLElement, data: unknown): void {
  if (el.querySelector("table")) new SheetIsland(el, data as Words).start();
}
