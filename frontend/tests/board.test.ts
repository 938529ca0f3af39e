import Sortable from "sortablejs";
import { describe, expect, it } from "vitest";
import {
  answer,
  card,
  cardsOf,
  counts,
  dialog,
  drag,
  drawn,
  FORM,
  list,
  open,
  press,
  said,
  server,
  settled,
  toast,
  useBoard,
  WORDS,
} from "./board_page";

useBoard();

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
