import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listenForCopying } from "../frame/copying";
import { listenForDialogs } from "../frame/dialogs";
import { mountIslands } from "../frame/islands";
import { chooseTheme, currentTheme, listenForSidebar, listenForTheme } from "../frame/look";
import { listenForMenus } from "../frame/menus";
import { listenForRequests, troubleOf } from "../frame/requests";
import { listenForStarting } from "../frame/starting";
import { listenForToasts, showTrouble } from "../frame/toasts";

const root = document.documentElement;
const find = <T extends Element = HTMLElement>(selector: string): T =>
  document.querySelector(selector) as T;

listenForTheme(document);
listenForSidebar(document);
listenForMenus(document);
listenForDialogs(document);
listenForCopying(document);
listenForStarting(document);
listenForToasts(document);
listenForRequests(document);

beforeEach(() => {
  document.body.innerHTML = "";
  localStorage.clear();
  delete root.dataset.theme;
  delete root.dataset.sidebar;
});

describe("islands", () => {
  it("mounts each island once, with the data that stands in it", async () => {
    const mount = vi.fn();
    const from = { "../islands/map.ts": async () => ({ mount }) };
    document.body.innerHTML = `
      <div data-island="map"><script type="application/json">{"zoom": 3}</script></div>
      <div data-island="map"></div>`;
    await mountIslands(document.body, from);
    await mountIslands(document.body, from);
    expect(mount.mock.calls.map(([, data]) => data)).toEqual([{ zoom: 3 }, null]);
  });

  it("mounts a swapped-in element that is an island itself", async () => {
    const mount = vi.fn();
    const el = document.createElement("div");
    el.dataset.island = "map";
    await mountIslands(el, { "../islands/map.ts": async () => ({ mount }) });
    expect(mount).toHaveBeenCalledExactlyOnceWith(el, null);
  });

  it("says the name of an island that does not exist", async () => {
    document.body.innerHTML = '<div data-island="nowhere"></div>';
    await expect(mountIslands(document.body, {})).rejects.toThrow("nowhere");
  });
});

describe("theme", () => {
  it("follows the system until a person chooses", () => {
    expect(currentTheme(root)).toBe("system");
    expect(root.dataset.theme).toBeUndefined();
  });

  it("keeps the choice, and forgets it for the system's", () => {
    chooseTheme(root, "dark");
    expect([root.dataset.theme, localStorage.getItem("theme")]).toEqual(["waypost-dark", "dark"]);
    chooseTheme(root, "system");
    expect([root.dataset.theme, localStorage.getItem("theme")]).toEqual([undefined, null]);
  });

  it("marks the chosen button", () => {
    document.body.innerHTML = `
      <button data-theme-choice="light"></button><button data-theme-choice="dark"></button>`;
    find("[data-theme-choice=light]").click();
    const pressed = [...document.querySelectorAll("button")].map((each) =>
      each.getAttribute("aria-pressed"),
    );
    expect(pressed).toEqual(["true", "false"]);
  });

  it("holds for the page when the browser keeps nothing", () => {
    vi.spyOn(Storage.prototype, "setItem").mockImplementation(() => {
      throw new DOMException("denied");
    });
    chooseTheme(root, "dark");
    expect(root.dataset.theme).toBe("waypost-dark");
    vi.restoreAllMocks();
  });
});

describe("sidebar", () => {
  it("folds and unfolds, and remembers", () => {
    document.body.innerHTML = "<button data-fold-sidebar></button>";
    const button = find("button");
    button.click();
    expect([
      root.dataset.sidebar,
      button.getAttribute("aria-expanded"),
      localStorage.getItem("sidebar"),
    ]).toEqual(["folded", "false", "folded"]);
    button.click();
    expect([
      root.dataset.sidebar,
      button.getAttribute("aria-expanded"),
      localStorage.getItem("sidebar"),
    ]).toEqual([undefined, "true", null]);
  });
});

describe("menus", () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <details data-menu open><summary tabindex="0">More</summary><a href="#x">Item</a></details>
      <p>Elsewhere</p>`;
  });

  it("stays open for a click inside and closes for one outside", () => {
    find("a").click();
    expect(find<HTMLDetailsElement>("details").open).toBe(true);
    find("p").click();
    expect(find<HTMLDetailsElement>("details").open).toBe(false);
  });

  it("closes with Escape and gives the focus back", () => {
    find("a").focus();
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape" }));
    expect(find<HTMLDetailsElement>("details").open).toBe(false);
    expect(document.activeElement).toBe(find("summary"));
  });

  it("ignores other keys", () => {
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "a" }));
    expect(find<HTMLDetailsElement>("details").open).toBe(true);
  });
});

describe("dialogs", () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <button data-opens="ask"></button>
      <dialog id="ask" data-sheet><button data-closes></button><div id="inside"></div></dialog>`;
  });

  it("opens and closes by their buttons", () => {
    find("[data-opens]").click();
    expect(find<HTMLDialogElement>("dialog").open).toBe(true);
    find("[data-closes]").click();
    expect(find<HTMLDialogElement>("dialog").open).toBe(false);
  });

  it("closes for a click on the backdrop, not for one inside", () => {
    find("[data-opens]").click();
    find("#inside").click();
    expect(find<HTMLDialogElement>("dialog").open).toBe(true);
    find("dialog").click();
    expect(find<HTMLDialogElement>("dialog").open).toBe(false);
  });

  it("opens when something was swapped into it", () => {
    find("#inside").dispatchEvent(new CustomEvent("htmx:afterSwap", { bubbles: true }));
    expect(find<HTMLDialogElement>("dialog").open).toBe(true);
  });
});

describe("copying", () => {
  const writeText = vi.fn();

  beforeEach(() => {
    vi.useFakeTimers();
    writeText.mockReset();
    vi.stubGlobal("navigator", { clipboard: { writeText } });
    document.body.innerHTML = `
      <textarea id="text">Med je zrel</textarea><p id="words"> Pridite </p>
      <button data-copy-from="text" data-copied="Copied" data-not-copied="Copy it yourself">
        <span data-copy-label>Copy text</span></button>
      <i data-copy-from="words"></i><b data-copy="two words"></b>`;
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("copies a control's value, an element's text, or the given words", () => {
    for (const selector of ["button", "i", "b"]) find(selector).click();
    expect(writeText.mock.calls.flat()).toEqual(["Med je zrel", "Pridite", "two words"]);
  });

  it("says for a moment that it was done", async () => {
    find("button").click();
    await vi.advanceTimersByTimeAsync(1);
    expect(find("span").textContent).toBe("Copied");
    await vi.advanceTimersByTimeAsync(2000);
    expect(find("span").textContent).toBe("Copy text");
  });

  it("says what to do when the browser does not allow it", async () => {
    writeText.mockRejectedValue(new DOMException("denied"));
    find("button").click();
    await vi.advanceTimersByTimeAsync(1);
    expect(find("span").textContent).toBe("Copy it yourself");
  });
});

describe("requests", () => {
  const send = (name: string, detail: object = {}, from: Element = document.body) =>
    from.dispatchEvent(new CustomEvent(name, { bubbles: true, detail }));

  beforeEach(() => {
    document.body.innerHTML = `
      <div id="toasts"></div>
      ${["offline", "failed", "forbidden", "gone"]
        .map(
          (name) => `<template data-trouble="${name}"><p data-toast>${name}
          <button data-dismiss></button></p></template>`,
        )
        .join("")}`;
  });

  it("shows a line as long as any request runs", () => {
    send("htmx:beforeSend");
    send("htmx:beforeSend");
    send("htmx:afterRequest");
    expect(root.classList.contains("is-busy")).toBe(true);
    send("htmx:afterRequest");
    expect(root.classList.contains("is-busy")).toBe(false);
  });

  it("finds the sentence for an answer", () => {
    const said = [403, 404, 500, 0].map((status) => troubleOf(status));
    expect(said).toEqual(["forbidden", "gone", "failed", "failed"]);
  });

  it("says to somebody who was taken out that they were", () => {
    expect([troubleOf(403, "removed"), troubleOf(403, "other")]).toEqual(["removed", "forbidden"]);
  });

  it("tells of a lost connection and of an error, one at a time", () => {
    send("htmx:sendError");
    expect(find("#toasts").textContent?.trim()).toBe("offline");
    send("htmx:responseError", { xhr: { status: 404 } });
    expect(find("#toasts").textContent?.trim()).toBe("gone");
  });

  it("takes a toast away when it is dismissed", () => {
    showTrouble(document, "failed");
    find("#toasts [data-dismiss]").click();
    expect(find("#toasts").children.length).toBe(0);
  });

  it("gives the focus back to the control of the same name", () => {
    document.body.innerHTML = '<form><input name="title"></form>';
    find("input").focus();
    send("htmx:beforeSwap");
    find("form").innerHTML = '<input name="other"><input name="title">';
    send("htmx:afterSettle", {}, find("form"));
    expect(document.activeElement?.getAttribute("name")).toBe("title");
  });

  it("goes to the first wrong field instead, when there is one", () => {
    document.body.innerHTML = '<form><input name="title"></form>';
    find("input").focus();
    send("htmx:beforeSwap");
    find("form").innerHTML = '<input name="due" aria-invalid="true"><input name="title">';
    send("htmx:afterSettle", {}, find("form"));
    expect(document.activeElement?.getAttribute("name")).toBe("due");
  });
});

describe("worked examples", () => {
  const page = (field: string) => `
    ${field}
    <div><p data-example> Two kilns\n</p><button type="button" data-starts="f">Use</button></div>`;

  it("puts the example into an empty field and says that it changed", () => {
    document.body.innerHTML = page('<textarea id="f"></textarea>');
    const heard = vi.fn();
    document.addEventListener("input", heard, { once: true });
    find("[data-starts]").click();
    expect(find<HTMLTextAreaElement>("#f").value).toBe("Two kilns");
    expect(heard).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(find("#f"));
  });

  it("keeps what somebody wrote above it", () => {
    document.body.innerHTML = page('<textarea id="f">One wheel</textarea>');
    find("[data-starts]").click();
    expect(find<HTMLTextAreaElement>("#f").value).toBe("One wheel\nTwo kilns");
  });

  it("stays on one line in a line", () => {
    document.body.innerHTML = page('<input id="f" value="One wheel">');
    find("[data-starts]").click();
    expect(find<HTMLInputElement>("#f").value).toBe("One wheel Two kilns");
  });

  it("does nothing when the field is gone", () => {
    document.body.innerHTML = page("");
    find("[data-starts]").click();
    expect(find("[data-example]").textContent?.trim()).toBe("Two kilns");
  });
});
