/** What the page says: the state of saving, errors beside fields, clashes, offers of drafts. */
import type { Clash } from "./sending";
import { controls } from "./values";

export type Word =
  | "saving"
  | "kept"
  | "unkept"
  | "signIn"
  | "failed"
  | "broken"
  | "forbidden"
  | "removed"
  | "clashing";

const find = <T extends HTMLElement>(root: ParentNode, selector: string): T | null =>
  root.querySelector<T>(selector);

export function fieldOf(form: HTMLFormElement, name: string): HTMLElement | null {
  return find(form, `[data-careful="${CSS.escape(name)}"]`);
}

export class Teller {
  readonly #form: HTMLFormElement;
  readonly #status: HTMLElement | null;
  #told = "";

  constructor(form: HTMLFormElement) {
    this.#form = form;
    this.#status = find(form, "[data-save-status]");
  }

  word(name: Word): string {
    return this.#status?.dataset[name] ?? "";
  }

  /** Shows `words`; reads them out only when the kind of news is new, not at every save. */
  say(kind: string, words: string): void {
    const status = this.#status;
    if (!status) return;
    status.dataset.state = kind;
    const said = find(status, "[data-said]");
    if (said) said.textContent = words;
    const announced = find(status, "[data-announced]");
    if (!announced || kind === "saving" || kind === this.#told) return;
    this.#told = kind;
    announced.textContent = words;
  }

  notSaved(why: string): void {
    this.say(`failed ${why}`, this.word("failed").replace("{why}", why));
  }

  label(name: string): string {
    const place = fieldOf(this.#form, name);
    // In a table the label stands in another cell than its control.
    const control = place?.querySelector<HTMLInputElement>("input, select, textarea");
    const label = place?.querySelector("label, legend") ?? control?.labels?.[0];
    return label?.firstChild?.textContent?.trim() ?? "";
  }

  /** The server sent the page back with this field unsaved. */
  isUnsettled(name: string): boolean {
    const place = fieldOf(this.#form, name);
    return Boolean(place?.querySelector('[data-clash], [aria-invalid="true"]'));
  }

  showErrors(name: string, errors: string[]): void {
    const field = find(fieldOf(this.#form, name) ?? this.#form, ".field");
    if (!field || !fieldOf(this.#form, name)) return;
    for (const old of field.querySelectorAll(".field-errors")) old.remove();
    for (const control of controls(this.#form, name)) {
      if (errors.length) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
    if (!errors.length) return;
    const list = document.createElement("ul");
    list.className = "field-errors";
    list.id = `id_${name}_error`;
    list.append(...errors.map((error) => item(error)));
    field.append(list);
  }

  showClash(name: string, clash: Clash | undefined): void {
    const place = find(
      fieldOf(this.#form, name) ?? document.createElement("i"),
      "[data-clash-place]",
    );
    if (!place) return;
    if (!clash) place.replaceChildren();
    // What is shown already stays, so that focus on its buttons is not lost.
    else if (find(place, "[data-clash]")?.dataset.clash !== clash.was) place.innerHTML = clash.html;
  }

  /** Offers `mine`; with `theirs` when the saved text has changed since it was written. */
  offer(name: string, mine: string, theirs: string | null): HTMLElement | null {
    const template = find<HTMLTemplateElement>(this.#form, "template[data-draft-offer]");
    const made = template?.content.firstElementChild?.cloneNode(true) as HTMLElement | undefined;
    const field = fieldOf(this.#form, name);
    if (!made || !field) return null;
    const mineAt = find(made, "[data-mine]");
    const theirsAt = find(made, "[data-theirs]");
    if (mineAt) mineAt.textContent = mine;
    if (theirsAt) theirsAt.textContent = theirs ?? "";
    for (const each of made.querySelectorAll<HTMLElement>("[data-if-changed]")) {
      each.hidden = theirs === null;
    }
    made.dataset.offered = name;
    field.append(made);
    return made;
  }
}

function item(text: string): HTMLElement {
  const li = document.createElement("li");
  li.textContent = text;
  return li;
}
