/**
 * A form with a large file, on its way: how much has gone, that the server reads it now, a way
 * to stop it. A file that is too large is named before anything is sent.
 */

export interface Words {
  /** Bytes that the server takes. */
  largest: number;
  /** Holds {n}, the percentage. */
  sending: string;
  reading: string;
  /** Holds {size}, in MB. */
  tooLarge: string;
}

interface Gone {
  lengthComputable: boolean;
  loaded: number;
  total: number;
}

const MB = 1024 * 1024;

class Sending {
  #bar: HTMLProgressElement;
  #said: HTMLElement;
  #stop: HTMLButtonElement;
  #arrived = false;

  constructor(
    private el: HTMLElement,
    private form: HTMLFormElement,
    private words: Words,
  ) {
    this.#bar = el.querySelector("progress") as HTMLProgressElement;
    this.#said = el.querySelector("[data-said]") as HTMLElement;
    this.#stop = el.querySelector("button") as HTMLButtonElement;
    form.addEventListener("change", () => this.#check());
    form.addEventListener("htmx:beforeRequest", (event) => {
      if (this.#tooLarge()) event.preventDefault();
      else this.#begin();
    });
    form.addEventListener("htmx:xhr:progress", (event) => {
      this.#went((event as CustomEvent<Gone>).detail);
    });
    form.addEventListener("htmx:afterRequest", () => this.#end());
    this.#stop.addEventListener("click", () => {
      form.dispatchEvent(new CustomEvent("htmx:abort", { bubbles: true }));
    });
  }

  #size(): number {
    const inputs = [...this.form.querySelectorAll<HTMLInputElement>("input[type=file]")];
    return inputs.flatMap((input) => [...(input.files ?? [])]).reduce((all, f) => all + f.size, 0);
  }

  #tooLarge(): boolean {
    return this.#size() > this.words.largest;
  }

  #check(): void {
    const size = String(Math.ceil(this.#size() / MB));
    this.#show(this.#tooLarge() ? this.words.tooLarge.replace("{size}", size) : "", false);
  }

  #begin(): void {
    this.#arrived = false;
    this.#bar.value = 0;
    this.#show(this.words.sending.replace("{n}", "0"), true);
  }

  #went({ lengthComputable, loaded, total }: Gone): void {
    // What comes after the last byte is the answer, whose progress is none of ours.
    if (this.#arrived || !lengthComputable || !total) return;
    const percent = Math.floor((100 * loaded) / total);
    this.#arrived = percent >= 100;
    this.#bar.value = percent;
    if (this.#arrived) this.#bar.removeAttribute("value");
    const said = this.#arrived ? this.words.reading : this.words.sending;
    this.#show(said.replace("{n}", String(percent)), true);
  }

  #end(): void {
    this.#arrived = true;
    this.#show("", false);
  }

  #show(said: string, busy: boolean): void {
    this.#said.textContent = said;
    this.el.classList.toggle("is-refused", Boolean(said) && !busy);
    this.#bar.hidden = this.#stop.hidden = !busy;
    this.el.hidden = !said;
  }
}

export function mount(el: HTMLElement, data: unknown): void {
  const form = el.closest("form");
  if (form) new Sending(el, form, data as Words);
}
