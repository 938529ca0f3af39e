/**
 * Names of people behind an @: a list opens while one types, arrows and Enter or Tab choose.
 * Without script a typed @Name calls the same person. An unsent comment is kept as a draft.
 */
import { Drafts } from "../autosave/drafts";

const CALL = /(?:^|[^\p{L}\p{N}_@.])@([\p{L}\p{M}'’.-]*(?: [\p{L}\p{M}'’.-]*)?)$/u;
const MOST = 8;

/** Lower case without accents, so that "neza" finds Neža. */
export function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** What is typed behind the last @ before `caret`; null when there is none. */
export function callAt(text: string, caret: number): string | null {
  return CALL.exec(text.slice(0, caret))?.[1] ?? null;
}

/** Names with a word that begins with `typed`, those that begin with it themselves first. */
export function matching(names: string[], typed: string): string[] {
  const wanted = plain(typed);
  const starts = (name: string) => plain(name).startsWith(wanted);
  const inside = (name: string) => !starts(name) && plain(name).includes(` ${wanted}`);
  return [...names.filter(starts), ...names.filter(inside)].slice(0, MOST);
}

/** `text` with the whole `name` in place of what was typed, and the caret behind it. */
export function completed(text: string, caret: number, name: string): [string, number] {
  const typed = callAt(text, caret);
  if (typed === null) return [text, caret];
  const before = `${text.slice(0, caret - typed.length)}${name} `;
  return [before + text.slice(caret).replace(/^ /u, ""), before.length];
}

class Picker {
  readonly #area: HTMLTextAreaElement;
  readonly #names: string[];
  readonly #list: HTMLUListElement;
  #found: string[] = [];
  #at = 0;

  constructor(area: HTMLTextAreaElement, names: string[]) {
    this.#area = area;
    this.#names = names;
    this.#list = document.createElement("ul");
    this.#list.className = "names";
    this.#list.id = `${area.id}_names`;
    this.#list.setAttribute("role", "listbox");
    this.#list.setAttribute("aria-label", area.labels[0]?.textContent?.trim() ?? "@");
    this.#list.hidden = true;
    area.after(this.#list);
    area.setAttribute("aria-autocomplete", "list");
    area.setAttribute("aria-controls", this.#list.id);
    area.addEventListener("input", () => this.#look());
    area.addEventListener("click", () => this.#look());
    // Not on blur: the list would vanish under a button that is just being pressed.
    document.addEventListener("click", (event) => {
      if (event.target !== area) this.#close();
    });
    area.addEventListener("keydown", (event) => this.#key(event));
    // The text keeps the focus while a name is pressed.
    this.#list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.#list.addEventListener("click", (event) => {
      const option = (event.target as Element).closest<HTMLElement>("[data-name]");
      if (option?.dataset.name) this.#choose(option.dataset.name);
    });
  }

  #look(): void {
    const typed = callAt(this.#area.value, this.#area.selectionEnd);
    this.#found = typed === null ? [] : matching(this.#names, typed);
    // A whole name that stands there already needs no list.
    if (this.#found.length === 1 && plain(this.#found[0] ?? "") === plain(typed ?? ""))
      this.#found = [];
    this.#at = 0;
    this.#draw();
  }

  #draw(): void {
    this.#list.hidden = this.#found.length === 0;
    this.#list.replaceChildren(...this.#found.map((name, index) => this.#option(name, index)));
    if (this.#list.hidden) this.#area.removeAttribute("aria-activedescendant");
    else this.#area.setAttribute("aria-activedescendant", `${this.#list.id}_${this.#at}`);
  }

  #option(name: string, index: number): HTMLLIElement {
    const option = document.createElement("li");
    option.id = `${this.#list.id}_${index}`;
    option.dataset.name = name;
    option.textContent = name;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(index === this.#at));
    return option;
  }

  #key(event: KeyboardEvent): void {
    if (this.#list.hidden) return;
    if (event.key === "Tab" && event.shiftKey) {
      this.#close();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.#at = (this.#at + step + this.#found.length) % this.#found.length;
      this.#draw();
    } else if (event.key === "Enter" || event.key === "Tab")
      this.#choose(this.#found[this.#at] ?? "");
    else if (event.key === "Escape") this.#close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #choose(name: string): void {
    const [text, caret] = completed(this.#area.value, this.#area.selectionEnd, name);
    this.#area.value = text;
    this.#area.setSelectionRange(caret, caret);
    this.#area.dispatchEvent(new Event("input", { bubbles: true }));
    this.#close();
  }

  #close(): void {
    if (this.#list.hidden) return;
    this.#found = [];
    this.#draw();
  }
}

/** Keeps what is written until it is sent, also when drawer or page are closed. */
function keepDraft(area: HTMLTextAreaElement, user: string): void {
  const form = area.form;
  if (!form) return;
  const drafts = new Drafts(localStorage, user, new URL(form.action, location.href).pathname);
  const kept = drafts.get(area.name)?.values[0];
  if (kept && area.value === area.defaultValue && !area.getAttribute("aria-invalid"))
    area.value = kept;
  area.addEventListener("input", () => {
    if (area.value.trim()) drafts.put(area.name, [area.value], "");
    else drafts.drop(area.name);
  });
  // Before the answer takes the place of this form, or the new one would find the draft.
  form.addEventListener("htmx:beforeOnLoad", (event) => {
    const { xhr } = (event as CustomEvent<{ xhr: XMLHttpRequest }>).detail;
    if (xhr.status < 400) drafts.drop(area.name);
  });
  form.addEventListener("submit", () => {
    // Sent without HTMX: the answer is another page, or this one with the text in it.
    if (!form.closest("[hx-boost=true]")) drafts.drop(area.name);
  });
}

/** `el` holds one textarea; `data` are the names that can be called. */
export function mount(el: HTMLElement, data: unknown): void {
  const area = el.querySelector("textarea");
  if (!area) return;
  keepDraft(area, el.dataset.user ?? "");
  new Picker(area, data as string[]);
}
