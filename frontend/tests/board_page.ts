/** A board on a page, its server and its open line, for the tests of the island. */
import Sortable from "sortablejs";
import { afterEach, beforeEach, vi } from "vitest";
import { mount } from "../islands/board";

/** The browser's open connection, as far as the wire goes: what a test says arrives. */
export class Line extends EventTarget {
  static readonly CLOSED = 2;
  static all: Line[] = [];
  readyState = 1;

  constructor(readonly url: string) {
    super();
    Line.all.push(this);
  }

  close(): void {
    this.readyState = Line.CLOSED;
  }

  says(kind: string, data = {}, id = 0): void {
    this.dispatchEvent(
      new MessageEvent(kind, { data: JSON.stringify(data), lastEventId: String(id) }),
    );
  }

  breaks(forGood: boolean): void {
    this.readyState = forGood ? Line.CLOSED : 0;
    this.dispatchEvent(new Event("error"));
  }
}

export interface Asked {
  url: string;
  body: Record<string, string>;
}

/** The server: every request is kept, and answered with what `answers` holds next. */
export const server = {
  asked: [] as Asked[],
  answers: [] as (Response | Error)[],
};

export function ask(url: string, options: RequestInit = {}): Promise<Response> {
  const body = Object.fromEntries(new URLSearchParams(String(options.body ?? "")));
  server.asked.push({ url, body });
  const answer = server.answers.shift() ?? new Error("nobody answers");
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
}

export function answer(values: object, status = 200): void {
  server.answers.push(new Response(JSON.stringify(values), { status }));
}

export const WORDS = {
  taken: "“{title}” is taken.",
  at: "{column}, place {place} of {all}",
  back: "“{title}” is back where it was.",
  moved: "“{title}” is in “{column}” now.",
  failed: "That could not be sent. The card is back where it was.",
  offline: "No connection.",
};
export const DATA = {
  since: 7,
  me: 1,
  move: "/b/shop/board/tasks/{pk}/move/",
  cards: "/b/shop/board/cards/",
  live: "/b/shop/board/live/",
  changes: "/b/shop/board/changes/",
  editable: true,
  words: WORDS,
};

export function face(
  pk: number,
  { order = String(pk), version = 1, title = `Card ${pk}` } = {},
): string {
  return (
    `<li class="card-face" id="task-${pk}" data-pk="${pk}" data-order="${order}"` +
    ` data-version="${version}" data-moves="${version - 1}" data-title="${title}">` +
    `<a class="card-title" href="#card-${pk}">${title}</a><a href="#move-${pk}" data-moves-card></a></li>`
  );
}

export const column = (key: string, name: string, cards: string, limit = "") =>
  `<section><header class="board-head"><span data-count></span></header>` +
  `<ul data-column="${key}" data-name="${name}" data-limit="${limit}">${cards}</ul></section>`;

export function open(data: Partial<typeof DATA> = {}): void {
  document.body.innerHTML = `
    <div id="board"><input data-quick>
      ${column("backlog", "Backlog", face(1) + face(2) + face(3))}
      ${column("next", "Next", "")}
      ${column("in_progress", "In progress", face(4), "2")}
    </div>
    <div id="board-line" hidden><p></p></div><p id="board-said"></p>
    <dialog id="board-dialog"><div id="board-dialog-body"></div></dialog>
    <template id="board-toast"><div><p></p><button data-undo hidden></button></div></template>
    <div id="toasts"></div>`;
  mount(document.getElementById("board") as HTMLElement, { ...DATA, ...data });
}

export const card = (pk: number) => document.getElementById(`task-${pk}`) as HTMLElement;
export const list = (key: string) =>
  document.querySelector(`[data-column="${key}"]`) as HTMLElement;
export const cardsOf = (key: string) =>
  [...list(key).querySelectorAll<HTMLElement>(".card-face")].map((each) => Number(each.dataset.pk));
/** What stands above the board; empty where nothing does. */
export const told = () => document.querySelector("#board-line:not([hidden]) p")?.textContent ?? "";
export const said = () => document.getElementById("board-said")?.textContent;
export const toast = () => document.querySelector("[data-board-toast] p")?.textContent ?? "";
export const line = () => Line.all.at(-1) as Line;
export const dialog = () => document.getElementById("board-dialog") as HTMLDialogElement;

/** What was asked has been answered and drawn. */
export const settled = () => vi.advanceTimersByTimeAsync(200);

export function press(pk: number, key: string): void {
  card(pk).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** What SortableJS reports when a card is dragged; `between` happens while it is in the hand. */
export function drag(pk: number, to: string, between = () => {}): void {
  const item = card(pk);
  const options = Sortable.get(item.parentElement as HTMLElement)?.options;
  const event = { item } as unknown as Sortable.SortableEvent;
  options?.onStart?.(event);
  between();
  list(to).append(item);
  options?.onEnd?.(event);
}

export const FORM =
  '<form data-move-form><input type="hidden" name="column" value="next"><input name="reason"></form>';

export function drawn(pk: number, key: string, version: number): { html: string; column: string } {
  return { html: face(pk, { version }), column: key };
}

export function counts(): string[] {
  return [...document.querySelectorAll("[data-count]")].map((each) => each.textContent ?? "");
}

export function seen(state: "hidden" | "visible"): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}

/** Clock, line and server of each test are its own. */
export function useBoard(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal("EventSource", Line);
    vi.stubGlobal("fetch", ask);
    Line.all = [];
    server.asked = [];
    server.answers = [];
  });

  afterEach(() => {
    window.dispatchEvent(new Event("pagehide"));
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  });
}
