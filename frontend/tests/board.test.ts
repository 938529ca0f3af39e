import Sortable from "sortablejs";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mount } from "../islands/board";

/** The browser's open connection, as far as the wire goes: what a test says arrives. */
class Line extends EventTarget {
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

interface Asked {
  url: string;
  body: Record<string, string>;
}

/** The server: every request is kept, and answered with what `answers` holds next. */
const server = {
  asked: [] as Asked[],
  answers: [] as (Response | Error)[],
};

function ask(url: string, options: RequestInit = {}): Promise<Response> {
  const body = Object.fromEntries(new URLSearchParams(String(options.body ?? "")));
  server.asked.push({ url, body });
  const answer = server.answers.shift() ?? new Error("nobody answers");
  return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
}

function answer(values: object, status = 200): void {
  server.answers.push(new Response(JSON.stringify(values), { status }));
}

const WORDS = {
  taken: "“{title}” is taken.",
  at: "{column}, place {place} of {all}",
  back: "“{title}” is back where it was.",
  moved: "“{title}” is in “{column}” now.",
  failed: "That could not be sent. The card is back where it was.",
  offline: "No connection.",
};
const DATA = {
  since: 7,
  me: 1,
  move: "/b/shop/board/tasks/{pk}/move/",
  cards: "/b/shop/board/cards/",
  live: "/b/shop/board/live/",
  changes: "/b/shop/board/changes/",
  editable: true,
  words: WORDS,
};

function face(pk: number, { order = String(pk), version = 1, title = `Card ${pk}` } = {}): string {
  return (
    `<li class="card-face" id="task-${pk}" data-pk="${pk}" data-order="${order}"` +
    ` data-version="${version}" data-moves="${version - 1}" data-title="${title}">` +
    `<a class="card-title" href="#card-${pk}">${title}</a><a href="#move-${pk}" data-moves-card></a></li>`
  );
}

const column = (key: string, name: string, cards: string, limit = "") =>
  `<section><header class="board-head"><span data-count></span></header>` +
  `<ul data-column="${key}" data-name="${name}" data-limit="${limit}">${cards}</ul></section>`;

function open(data: Partial<typeof DATA> = {}): void {
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

const card = (pk: number) => document.getElementById(`task-${pk}`) as HTMLElement;
const list = (key: string) => document.querySelector(`[data-column="${key}"]`) as HTMLElement;
const cardsOf = (key: string) =>
  [...list(key).querySelectorAll<HTMLElement>(".card-face")].map((each) => Number(each.dataset.pk));
/** What stands above the board; empty where nothing does. */
const told = () => document.querySelector("#board-line:not([hidden]) p")?.textContent ?? "";
const said = () => document.getElementById("board-said")?.textContent;
const toast = () => document.querySelector("[data-board-toast] p")?.textContent ?? "";
const line = () => Line.all.at(-1) as Line;
const dialog = () => document.getElementById("board-dialog") as HTMLDialogElement;

/** What was asked has been answered and drawn. */
const settled = () => vi.advanceTimersByTimeAsync(200);

function press(pk: number, key: string): void {
  card(pk).dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
}

/** What SortableJS reports when a card is dragged; `between` happens while it is in the hand. */
function drag(pk: number, to: string, between = () => {}): void {
  const item = card(pk);
  const options = Sortable.get(item.parentElement as HTMLElement)?.options;
  const event = { item } as unknown as Sortable.SortableEvent;
  options?.onStart?.(event);
  between();
  list(to).append(item);
  options?.onEnd?.(event);
}

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

describe("a card that is dragged", () => {
  it("is sent with where it stands now and what this page knew of it", async () => {
    open();
    answer({ said: "“Card 1” is in “Next” now.", pk: 1, card: drawn(1, "next", 2) });
    drag(1, "next");
    await settled();
    expect(server.asked).toEqual([
      { url: "/b/shop/board/tasks/1/move/", body: { column: "next", below: "0", moves: "0" } },
    ]);
    expect([cardsOf("backlog"), cardsOf("next")]).toEqual([[2, 3], [1]]);
    expect(card(1).dataset.version).toBe("2");
    expect(toast()).toBe("“Card 1” is in “Next” now.");
  });

  it("goes back to its place when nobody answers, and says so", async () => {
    open();
    server.answers.push(new TypeError("Failed to fetch"));
    drag(2, "next");
    await settled();
    expect([cardsOf("backlog"), cardsOf("next")]).toEqual([[1, 2, 3], []]);
    expect(toast()).toBe(WORDS.failed);
    expect(counts()).toEqual(["3", "0", "1"]);
  });

  it("goes back when the answer is no answer", async () => {
    open();
    server.answers.push(new Response("<html>502</html>", { status: 502 }));
    drag(3, "next");
    await settled();
    expect(cardsOf("backlog")).toEqual([1, 2, 3]);
    expect(toast()).toBe(WORDS.failed);
  });

  it("goes back when a rule refuses it, with the rule in words", async () => {
    open();
    answer({ said: "Maja has 3 tasks in progress already." }, 422);
    drag(1, "in_progress");
    await settled();
    expect([cardsOf("backlog"), cardsOf("in_progress")]).toEqual([[1, 2, 3], [4]]);
    expect(toast()).toBe("Maja has 3 tasks in progress already.");
  });

  it("goes where somebody else has put it meanwhile", async () => {
    open();
    answer({ said: "Somebody moved it.", pk: 1, card: drawn(1, "in_progress", 5) }, 409);
    drag(1, "next");
    await settled();
    expect([cardsOf("next"), cardsOf("in_progress")]).toEqual([[], [1, 4]]);
    expect(toast()).toBe("Somebody moved it.");
  });

  it("is asked nothing of the server when it is dropped where it was", async () => {
    open();
    drag(3, "backlog");
    await settled();
    expect(server.asked).toEqual([]);
  });

  it("waits where it was dropped while the server asks what is missing", async () => {
    open();
    answer({ form: FORM }, 422);
    drag(1, "next");
    await settled();
    expect([dialog().open, cardsOf("next")]).toEqual([true, [1]]);

    answer({ said: "Done.", pk: 1, card: drawn(1, "next", 2) });
    const form = document.querySelector("[data-move-form]") as HTMLFormElement;
    (form.elements.namedItem("reason") as HTMLInputElement).value = "The price";
    form.dispatchEvent(new Event("submit", { bubbles: true, cancelable: true }));
    await settled();
    expect(server.asked[1]).toEqual({
      url: "/b/shop/board/tasks/1/move/",
      body: { column: "next", reason: "The price" },
    });
    expect([dialog().open, cardsOf("next")]).toEqual([false, [1]]);
  });

  it("goes back when what is missing is not told", async () => {
    open();
    answer({ form: FORM }, 422);
    drag(1, "next");
    await settled();
    dialog().close();
    dialog().dispatchEvent(new Event("close"));
    await settled();
    expect([cardsOf("backlog"), cardsOf("next")]).toEqual([[1, 2, 3], []]);
    expect(said()).toBe("“Card 1” is back where it was.");
  });

  it("is taken back by Undo", async () => {
    open();
    answer({ said: "Moved.", undo: "/b/shop/board/undo/t/", pk: 1, card: drawn(1, "next", 2) });
    drag(1, "next");
    await settled();
    answer({ said: "Back.", pk: 1, card: drawn(1, "backlog", 3) });
    document.querySelector<HTMLElement>("[data-undo]")?.click();
    await settled();
    expect(server.asked[1]?.url).toBe("/b/shop/board/undo/t/");
    expect([cardsOf("backlog"), toast()]).toEqual([[1, 2, 3], "Back."]);
  });

  it("fills a column up to its limit, and the head says so", async () => {
    open();
    answer({ said: "Moved.", pk: 1, card: drawn(1, "in_progress", 2) });
    drag(1, "in_progress");
    await settled();
    expect(counts()).toEqual(["2", "0", "2"]);
    expect(document.querySelectorAll(".board-head.is-full")).toHaveLength(1);
  });

  it("is no card to drag for whoever only looks", () => {
    open({ editable: false });
    expect(Sortable.get(list("backlog"))).toBeFalsy();
    press(1, " ");
    expect(said()).toBe("");
    press(1, "2");
    expect(cardsOf("backlog")).toEqual([1, 2, 3]);
  });
});

describe("the keyboard", () => {
  it("takes a card, moves it and drops it", async () => {
    open();
    press(1, " ");
    expect([said(), card(1).classList.contains("is-held")]).toEqual(["“Card 1” is taken.", true]);
    press(1, "ArrowDown");
    expect([cardsOf("backlog"), said()]).toEqual([[2, 1, 3], "Backlog, place 2 of 3"]);
    press(1, "ArrowRight");
    expect([cardsOf("next"), said()]).toEqual([[1], "Next, place 1 of 1"]);
    answer({ said: "Moved.", pk: 1, card: drawn(1, "next", 2) });
    press(1, " ");
    await settled();
    expect(server.asked[0]?.body).toEqual({ column: "next", below: "0", moves: "0" });
    expect(card(1).classList.contains("is-held")).toBe(false);
  });

  it("lets go with Escape, and nothing was sent", async () => {
    open();
    press(3, " ");
    press(3, "ArrowUp");
    press(3, "ArrowRight");
    press(3, "Escape");
    await settled();
    expect([cardsOf("backlog"), cardsOf("next"), server.asked]).toEqual([[1, 2, 3], [], []]);
    expect(said()).toBe("“Card 3” is back where it was.");
    expect(document.activeElement).toBe(card(3));
  });

  it("walks over the cards and past an empty column", () => {
    open();
    card(1).focus();
    press(1, "ArrowDown");
    expect(document.activeElement).toBe(card(2));
    press(2, "ArrowRight");
    expect(document.activeElement).toBe(card(4));
    press(4, "ArrowRight");
    expect(document.activeElement).toBe(card(4));
    expect(document.querySelectorAll('.card-face[tabindex="0"]')).toHaveLength(1);
  });

  it("sends a card to a column by its number", async () => {
    open();
    answer({ said: "Say until when." }, 422);
    press(2, "2");
    expect(cardsOf("next")).toEqual([2]);
    await settled();
    expect([server.asked[0]?.body.column, cardsOf("backlog")]).toEqual(["next", [1, 2, 3]]);
    press(2, "9");
    press(2, "1");
    expect(server.asked).toHaveLength(1);
  });

  it("opens the card, its form of moving, and the field for a new one", () => {
    open();
    const clicked: string[] = [];
    document.getElementById("board")?.addEventListener("click", (event) => {
      clicked.push((event.target as HTMLElement).getAttribute("href") ?? "");
    });
    press(1, "Enter");
    press(1, "m");
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "n", bubbles: true }));
    expect(clicked).toEqual(["#card-1", "#move-1"]);
    expect(document.activeElement?.hasAttribute("data-quick")).toBe(true);
  });

  it("leaves the keys of the browser alone", () => {
    open();
    card(1).dispatchEvent(
      new KeyboardEvent("keydown", { key: "1", ctrlKey: true, bubbles: true, cancelable: true }),
    );
    expect([cardsOf("backlog"), server.asked]).toEqual([[1, 2, 3], []]);
  });
});

describe("news of others", () => {
  it("move a card, once for several changes", async () => {
    open();
    expect(line().url).toBe("/b/shop/board/live/?since=7");
    answer({ cards: { 1: drawn(1, "next", 2), 2: drawn(2, "next", 2) } });
    line().says("change", { row: 1, version: 2, by: 9 }, 8);
    line().says("change", { row: 2, version: 2, by: 9 }, 9);
    line().says("change", { row: 1, version: 2, by: 9 }, 10);
    await settled();
    expect(server.asked.map((each) => each.url)).toEqual(["/b/shop/board/cards/?ids=1,2"]);
    expect([cardsOf("backlog"), cardsOf("next")]).toEqual([[3], [1, 2]]);
    expect([said(), card(2).classList.contains("is-new")]).toEqual([
      "“Card 2” is in “Next” now.",
      true,
    ]);
    expect(counts()).toEqual(["1", "2", "1"]);
  });

  it("take a card away that is not here any more", async () => {
    open();
    answer({ cards: {} });
    line().says("change", { row: 4, version: 2, by: 9 }, 8);
    await settled();
    expect(cardsOf("in_progress")).toEqual([]);
  });

  it("wait until the hand is free", async () => {
    open();
    press(1, " ");
    line().says("change", { row: 1, version: 2, by: 9 }, 8);
    await settled();
    expect(server.asked).toEqual([]);
    answer({ cards: { 1: drawn(1, "in_progress", 2) } });
    press(1, "Escape");
    await settled();
    expect(cardsOf("in_progress")).toEqual([1, 4]);
  });

  it("that come while a card is dragged are drawn when it is dropped", async () => {
    open();
    answer({ said: "Moved.", pk: 1, card: drawn(1, "next", 2) });
    answer({ cards: { 2: drawn(2, "in_progress", 3) } });
    let asked = -1;
    drag(1, "next", () => {
      line().says("change", { row: 2, version: 3, by: 9 }, 8);
      vi.advanceTimersByTime(500);
      asked = server.asked.length;
    });
    await settled();
    expect(asked).toBe(0);
    expect([cardsOf("backlog"), cardsOf("next"), cardsOf("in_progress")]).toEqual([
      [3],
      [1],
      [2, 4],
    ]);
  });

  it("older than what stands here change nothing", async () => {
    open();
    answer({ said: "Moved.", pk: 1, card: drawn(1, "next", 5) });
    drag(1, "next");
    await settled();
    answer({ cards: { 1: drawn(1, "backlog", 4) } });
    line().says("change", { row: 1, version: 4, by: 9 }, 8);
    await settled();
    expect(cardsOf("next")).toEqual([1]);
  });

  it("are asked for again when the question is lost", async () => {
    open();
    server.answers.push(new TypeError("Failed to fetch"));
    line().says("change", { row: 1, version: 2, by: 9 }, 8);
    await settled();
    expect(cardsOf("next")).toEqual([]);
    answer({ cards: { 1: drawn(1, "next", 2) } });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(cardsOf("next")).toEqual([1]);
  });

  it("of everything load the page anew, but not out of a hand that holds a card", async () => {
    open();
    const reload = vi.spyOn(window.location, "reload").mockReturnValue();
    press(1, " ");
    line().says("reload");
    await vi.advanceTimersByTimeAsync(2_000);
    expect(reload).not.toHaveBeenCalled();
    press(1, "Escape");
    await vi.advanceTimersByTimeAsync(600);
    expect(reload).toHaveBeenCalledTimes(1);
  });

  it("that the person was removed lead to the page that says so", async () => {
    open();
    const reload = vi.spyOn(window.location, "reload").mockReturnValue();
    line().says("gone");
    expect([reload.mock.calls.length, line().readyState]).toEqual([1, Line.CLOSED]);
    open();
    answer({}, 404);
    drag(1, "next");
    await settled();
    expect(reload).toHaveBeenCalledTimes(2);
  });
});

describe("a line that is lost", () => {
  it("is left to the browser while it tries again", async () => {
    open();
    line().breaks(false);
    await vi.advanceTimersByTimeAsync(5_000);
    expect([server.asked, told()]).toEqual([[], ""]);
    line().dispatchEvent(new Event("open"));
    await vi.advanceTimersByTimeAsync(20_000);
    expect(told()).toBe("");
  });

  it("for longer is said above the board until it is back", async () => {
    open();
    line().breaks(false);
    line().breaks(false);
    await vi.advanceTimersByTimeAsync(6_100);
    expect([told(), said()]).toEqual([WORDS.offline, WORDS.offline]);
    line().dispatchEvent(new Event("open"));
    expect([told(), said()]).toEqual(["", ""]);
  });

  it("is replaced by asking, from where the news ended", async () => {
    open();
    answer({ cards: { 1: drawn(1, "next", 2) } });
    line().says("change", { row: 1, version: 2, by: 9 }, 12);
    await settled();
    line().breaks(true);
    answer({ latest: 15, changes: [{ row: 2, version: 2, by: 9 }] });
    answer({ cards: { 2: drawn(2, "next", 2) } });
    await vi.advanceTimersByTimeAsync(5_200);
    answer({ latest: 15, changes: [] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.asked.map((each) => each.url).slice(1)).toEqual([
      "/b/shop/board/changes/?since=12",
      "/b/shop/board/cards/?ids=2",
      "/b/shop/board/changes/?since=15",
    ]);
    expect(cardsOf("next")).toEqual([1, 2]);
  });

  it("is told when asking gets no answer either", async () => {
    open();
    line().breaks(true);
    server.answers.push(new TypeError("Failed to fetch"));
    await vi.advanceTimersByTimeAsync(5_100);
    expect(told()).toBe(WORDS.offline);
    answer({ latest: 7, changes: [] });
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told()).toBe("");
  });

  it("is let go when nobody looks, and begins again where it ended", async () => {
    open();
    answer({ cards: {} });
    line().says("change", { row: 99, version: 1, by: 9 }, 20);
    await settled();
    seen("hidden");
    await vi.advanceTimersByTimeAsync(31_000);
    expect(line().readyState).toBe(Line.CLOSED);
    seen("visible");
    expect(line().url).toBe("/b/shop/board/live/?since=20");
    expect(line().readyState).toBe(1);
  });
});

const FORM =
  '<form data-move-form><input type="hidden" name="column" value="next"><input name="reason"></form>';

function drawn(pk: number, key: string, version: number): { html: string; column: string } {
  return { html: face(pk, { version }), column: key };
}

function counts(): string[] {
  return [...document.querySelectorAll("[data-count]")].map((each) => each.textContent ?? "");
}

function seen(state: "hidden" | "visible"): void {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(state);
  document.dispatchEvent(new Event("visibilitychange"));
}
