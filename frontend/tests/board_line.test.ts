import { describe, expect, it, vi } from "vitest";
import {
  answer,
  card,
  cardsOf,
  counts,
  drag,
  drawn,
  Line,
  line,
  open,
  press,
  said,
  seen,
  server,
  settled,
  told,
  useBoard,
  WORDS,
} from "./board_page";

useBoard();

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
