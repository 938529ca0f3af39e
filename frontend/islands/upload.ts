/**
 * Files into the library: dropped anywhere on the page, pasted, chosen or photographed. They
 * go one after another, each with its own progress and its own words when it is not taken.
 * Without script the form sends all of them at once.
 */
import htmx from "htmx.org";
import { csrfToken } from "../autosave/sending";

/** Sentences in the person's language; `done` holds {n} and {all}. */
export interface Words {
  waiting: string;
  working: string;
  lost: string;
  tooLarge: string;
  again: string;
  stop: string;
  stopped: string;
  done: string;
}

/** What the server says about one file. */
export interface Told {
  error?: string;
  how?: string;
  words?: string;
  url?: string;
  html?: string;
}

/** The answer to one file in words, whatever came back. */
export function toldBy(status: number, body: string, words: Words): Told {
  if (status === 413) return { error: words.tooLarge };
  try {
    const told: Told = JSON.parse(body);
    if (told.error || told.url) return told;
  } catch {
    // A page instead of JSON: the session ended, or a proxy answered.
  }
  return { error: words.lost };
}

/** `words.done` with its numbers. */
export function summary(words: Words, done: number, all: number): string {
  return words.done.replace("{n}", String(done)).replace("{all}", String(all));
}

/** The files of a drop or a paste; empty when only text came. */
export function filesOf(data: DataTransfer | null): File[] {
  return data ? [...data.files].filter((file) => file.size > 0 || file.type) : [];
}

class Row {
  readonly el = document.createElement("li");
  readonly #said = document.createElement("span");
  readonly #bar = document.createElement("progress");
  readonly #button = document.createElement("button");

  constructor(
    readonly file: File,
    readonly words: Words,
  ) {
    const name = document.createElement("span");
    name.className = "truncate";
    name.textContent = file.name;
    this.#said.className = "text-muted text-sm";
    this.#said.textContent = words.waiting;
    this.#bar.max = 100;
    this.#bar.value = 0;
    this.#bar.setAttribute("aria-label", file.name);
    this.#button.type = "button";
    this.#button.className = "btn btn-plain btn-sm";
    this.el.append(name, this.#said, this.#bar);
  }

  progress(percent: number, stop: () => void): void {
    this.#bar.value = percent;
    this.#said.textContent = percent < 100 ? `${percent} %` : this.words.working;
    if (!this.#button.isConnected) this.#offer(this.words.stop, stop);
  }

  #offer(label: string, act: () => void): void {
    this.#button.textContent = label;
    this.#button.onclick = act;
    this.el.append(this.#button);
  }

  fail(message: string, again: () => void): void {
    this.#bar.remove();
    this.#said.textContent = "";
    this.el.querySelector(".field-error")?.remove();
    const error = document.createElement("p");
    error.className = "field-error";
    error.textContent = message;
    this.el.append(error);
    this.#offer(this.words.again, () => {
      error.remove();
      this.#button.remove();
      this.#bar.value = 0;
      this.el.append(this.#bar);
      this.#said.textContent = this.words.waiting;
      again();
    });
  }

  succeed(told: Told): void {
    this.#bar.remove();
    this.#button.remove();
    const link = document.createElement("a");
    link.className = "link";
    link.href = told.url ?? "";
    link.textContent = told.words ?? "";
    this.#said.replaceWith(link);
  }
}

/** Sends files one after another with the fields of the form. */
export class Uploader {
  readonly #queue: Row[] = [];
  readonly #list: HTMLElement;
  readonly #status: HTMLElement | null;
  #busy = false;
  #done = 0;
  #all = 0;

  constructor(
    readonly form: HTMLFormElement,
    readonly words: Words,
  ) {
    this.#list = form.querySelector<HTMLElement>("[data-progress]") ?? form;
    this.#status = form.querySelector<HTMLElement>("[data-said]");
  }

  add(files: File[]): void {
    for (const file of files) {
      const row = new Row(file, this.words);
      this.#list.append(row.el);
      this.#queue.push(row);
      this.#all += 1;
    }
    this.#next();
  }

  get isBusy(): boolean {
    return this.#busy;
  }

  #next(): void {
    const row = this.#busy ? undefined : this.#queue.shift();
    if (row) this.#send(row);
  }

  #send(row: Row): void {
    this.#busy = true;
    const request = new XMLHttpRequest();
    request.open("POST", this.form.action);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", csrfToken(document));
    request.upload.onprogress = (event) =>
      row.progress(Math.floor((100 * event.loaded) / (event.total || 1)), () => request.abort());
    request.onload = () =>
      this.#ended(row, toldBy(request.status, request.responseText, this.words));
    request.onerror = () => this.#ended(row, { error: this.words.lost });
    request.onabort = () => this.#ended(row, { error: this.words.stopped });
    request.send(this.#body(row.file));
  }

  #body(file: File): FormData {
    const body = new FormData(this.form);
    body.delete("camera");
    body.delete("files");
    body.append("files", file, file.name);
    return body;
  }

  #ended(row: Row, told: Told): void {
    this.#busy = false;
    if (told.error) {
      row.fail(told.error, () => {
        this.#queue.push(row);
        this.#next();
      });
    } else {
      this.#done += 1;
      row.succeed(told);
      show(told);
    }
    if (this.#status) this.#status.textContent = summary(this.words, this.#done, this.#all);
    this.#next();
  }
}

/** Puts a new file first in the list that the page shows. */
function show(told: Told): void {
  const grid = document.querySelector<HTMLElement>("[data-files]");
  if (!grid || told.how !== "new" || !told.html) return;
  grid.insertAdjacentHTML("afterbegin", told.html);
  const first = grid.firstElementChild;
  if (first) htmx.process(first as HTMLElement);
}

function listenForDrops(zone: HTMLElement, uploader: Uploader): void {
  let depth = 0;
  const over = (on: boolean) => zone.toggleAttribute("data-over", on);
  const holds = (event: DragEvent) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragenter", (event) => {
    if (holds(event)) over(++depth > 0);
  });
  document.addEventListener("dragleave", (event) => {
    if (holds(event)) over(--depth > 0);
  });
  document.addEventListener("dragover", (event) => {
    if (holds(event)) event.preventDefault();
  });
  document.addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    depth = 0;
    over(false);
    uploader.add(filesOf(event.dataTransfer));
  });
}

/** Arrow keys go from file to file, x ticks one. */
function listenForKeys(grid: HTMLElement): void {
  grid.addEventListener("keydown", (event) => {
    const entry = (event.target as HTMLElement).closest("li");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] ?? 0;
    if (!entry || (!step && event.key !== "x")) return;
    if (!step) {
      entry.querySelector<HTMLInputElement>(".library-tick")?.click();
      return;
    }
    const all = [...grid.children];
    const next = all[all.indexOf(entry) + step];
    next?.querySelector<HTMLElement>("a")?.focus();
    event.preventDefault();
  });
}

export function mount(el: HTMLElement, data: unknown): void {
  const form = el as HTMLFormElement;
  const uploader = new Uploader(form, data as Words);
  for (const input of form.querySelectorAll<HTMLInputElement>("input[type=file]")) {
    const take = () => {
      uploader.add([...(input.files ?? [])]);
      input.value = "";
    };
    input.addEventListener("change", take);
    if (input.files?.length) take(); // chosen before this script had come
  }
  const zone = form.querySelector<HTMLElement>(".library-drop");
  if (zone) listenForDrops(zone, uploader);
  document.addEventListener("paste", (event) => {
    const files = filesOf(event.clipboardData);
    if (!files.length) return;
    event.preventDefault();
    uploader.add(files);
  });
  window.addEventListener("beforeunload", (event) => {
    if (uploader.isBusy) event.preventDefault();
  });
  const grid = document.querySelector<HTMLElement>("[data-files]");
  if (grid) listenForKeys(grid);
}
