import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { mountAutosave } from "../autosave";
import { Drafts } from "../autosave/drafts";
import { QUIET } from "../autosave/saver";
import { type Answer, csrfToken } from "../autosave/sending";
import { listenForWriting } from "../frame/writing";

const find = <T extends Element = HTMLElement>(selector: string): T =>
  document.querySelector(selector) as T;
const FULL = {
  length: 0,
  key: () => null,
  getItem: () => null,
  removeItem: () => {},
  setItem: () => {
    throw new DOMException("full");
  },
} as unknown as Storage;
const DRAFT = "waypost-draft:7:/b/x/story/:story";

beforeEach(() => {
  vi.useFakeTimers();
  localStorage.clear();
  document.body.innerHTML = "";
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe("a form that saves itself", () => {
  const NOTHING: Answer = {
    saved_at: "2026-11-24T09:42:00Z",
    said: "Saved 10:42",
    written: [],
    was: {},
    values: {},
    clashes: {},
    errors: {},
  };
  const fetched = vi.fn<(url: string, init: RequestInit) => Promise<unknown>>();
  const answers = (answer: Partial<Answer>, status = 200) =>
    fetched.mockResolvedValueOnce({
      ok: status === 200,
      status,
      type: "basic",
      json: async () => ({ ...NOTHING, ...answer }),
    });
  const bodies = () =>
    fetched.mock.calls.map(([, init]) => new URLSearchParams(init.body as string));
  const said = () => find("[data-said]").textContent;
  const story = () => find<HTMLTextAreaElement>("[name=story]");
  const tick = (ms = QUIET) => vi.advanceTimersByTimeAsync(ms);

  function page(saved = "Old", was = "w0", { mounted = true } = {}): void {
    document.body.innerHTML = `<form action="/b/x/story/" data-autosave="7">
      <input type="hidden" name="csrfmiddlewaretoken" value="t">
      <input type="hidden" name="was-story" value="${was}">
      <p data-save-status data-saving="Saving…" data-kept="Kept here" data-unkept="Not even here"
        data-sign-in="Sign in" data-failed="Not saved: {why}" data-broken="broken"
        data-forbidden="no" data-removed="no longer in" data-clashing="choose"><i data-said></i><i data-announced></i></p>
      <div data-careful="story"><div class="field"><label for="id_story">Story</label>
        <textarea id="id_story" name="story">${saved}</textarea></div>
        <div data-clash-place></div></div>
      <button>Next</button>
      <template data-draft-offer><div><b data-mine></b><p data-if-changed hidden></p>
        <b data-theirs></b><button type="button" data-use></button>
        <button type="button" data-drop></button></div></template>
    </form>`;
    if (mounted) mountAutosave(document);
  }

  function type(text: string): void {
    story().value = text;
    story().dispatchEvent(new Event("input", { bubbles: true }));
  }

  beforeEach(() => {
    fetched.mockReset();
    vi.stubGlobal("fetch", fetched);
  });

  it("keeps the draft at once and drops it when the server has the text", async () => {
    page();
    type("New");
    expect(JSON.parse(localStorage.getItem(DRAFT) as string)).toMatchObject({
      values: ["New"],
      was: "w0",
    });
    answers({ written: ["story"], was: { story: "w1" } });
    await tick();
    expect(localStorage.getItem(DRAFT)).toBeNull();
    expect(said()).toBe("Saved 10:42");
    expect(find<HTMLInputElement>("[name=was-story]").value).toBe("w1");
    const [body] = bodies();
    expect([body?.get("story"), body?.get("was-story")]).toEqual(["New", "w0"]);
    expect(fetched.mock.calls[0]?.[1].headers).toMatchObject({ "X-Autosave": "1" });
  });

  it("saves what was written before it was loaded", async () => {
    listenForWriting(document);
    page("Old", "w0", { mounted: false });
    type("New");
    mountAutosave(document);
    expect(JSON.parse(localStorage.getItem(DRAFT) as string)).toMatchObject({ values: ["New"] });
    answers({ written: ["story"], was: { story: "w1" } });
    await tick();
    expect([bodies()[0]?.get("story"), said()]).toEqual(["New", "Saved 10:42"]);
    await tick(10_000);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("saves when the field is left", async () => {
    page();
    type("New");
    answers({ written: ["story"], was: { story: "w1" } });
    story().dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    await tick(0);
    expect(fetched).toHaveBeenCalledTimes(1);
  });

  it("says that the person is not in the business any more, and asks no further", async () => {
    page();
    fetched.mockResolvedValue({
      ok: false,
      status: 403,
      type: "basic",
      headers: new Headers({ "X-Waypost-Trouble": "removed" }),
    });
    type("New");
    await tick(60_000);
    expect([said(), fetched.mock.calls.length]).toEqual(["Not saved: no longer in", 1]);
    expect(story().value).toBe("New");
  });

  it("asks for nothing while nothing changed", async () => {
    page();
    type("Old");
    story().dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
    await tick(10_000);
    expect(fetched).not.toHaveBeenCalled();
  });

  it("goes on from what was saved when the person types during the request", async () => {
    page();
    type("A");
    fetched.mockImplementationOnce(async () => {
      type("AB");
      const answer = { ...NOTHING, written: ["story"], was: { story: "wA" } };
      return { ok: true, status: 200, type: "basic", json: async () => answer };
    });
    answers({ written: ["story"], was: { story: "wAB" } });
    await tick();
    expect(bodies().map((body) => [body.get("story"), body.get("was-story")])).toEqual([
      ["A", "w0"],
      ["AB", "wA"],
    ]);
  });

  it("says that the text is kept while there is no connection, and sends it when it is back", async () => {
    page();
    type("New");
    fetched.mockRejectedValueOnce(new TypeError("offline"));
    await tick();
    expect(said()).toBe("Kept here");
    answers({ written: ["story"], was: { story: "w1" } });
    window.dispatchEvent(new Event("online"));
    await tick(0);
    expect([said(), localStorage.getItem(DRAFT)]).toEqual(["Saved 10:42", null]);
  });

  it("says so when the browser keeps nothing either, and only then asks before leaving", async () => {
    let full = false;
    vi.stubGlobal("localStorage", {
      ...FULL,
      setItem: () => (full ? FULL.setItem("", "") : undefined),
    });
    page();
    const leave = () => {
      const event = new Event("beforeunload", { cancelable: true });
      window.dispatchEvent(event);
      return event.defaultPrevented;
    };
    type("New");
    expect(leave()).toBe(false);
    full = true;
    type("Newer");
    expect(leave()).toBe(true);
    fetched.mockRejectedValueOnce(new TypeError("offline"));
    await tick();
    expect([said(), leave()]).toEqual(["Not even here", true]);
    answers({ written: ["story"], was: { story: "w1" } });
    window.dispatchEvent(new Event("online"));
    await tick(0);
    expect(leave()).toBe(false);
  });

  it("says that the session ended and keeps the text", async () => {
    page();
    type("New");
    fetched.mockResolvedValueOnce({ ok: false, status: 0, type: "opaqueredirect" });
    await tick();
    expect(said()).toBe("Sign in");
    expect(localStorage.getItem(DRAFT)).not.toBeNull();
  });

  it("names a field of a table by the label in its other cell", async () => {
    page("Old", "w0", { mounted: false });
    const label = find("label");
    find("form").prepend(label);
    mountAutosave(document);
    type("New");
    answers({ errors: { story: ["Too long."] } });
    await tick();
    expect(said()).toBe("Not saved: Story: Too long.");
  });

  it("shows what is wrong beside the field and keeps the text", async () => {
    page();
    type("x".repeat(10_001));
    answers({ errors: { story: ["Too long."] } });
    await tick();
    expect(said()).toBe("Not saved: Story: Too long.");
    expect(find(".field-errors").textContent).toBe("Too long.");
    expect(story().getAttribute("aria-invalid")).toBe("true");
    expect(localStorage.getItem(DRAFT)).not.toBeNull();
    await tick(100_000);
    expect(fetched).toHaveBeenCalledTimes(1);
    answers({ written: ["story"], was: { story: "w1" } });
    type("Short");
    await tick();
    expect([document.querySelector(".field-errors"), story().getAttribute("aria-invalid")]).toEqual(
      [null, null],
    );
  });

  it("shows a clash, sends the choice, and goes on from theirs", async () => {
    page();
    type("Mine");
    const html = `<div data-clash="wT"><input type="hidden" name="theirs-story" value="wT">
      <button name="choose-story" value="theirs">Take theirs</button></div>`;
    const clash = { theirs: "Theirs", by: "Maja", at: null, was: "wT", html };
    answers({ clashes: { story: clash } });
    await tick();
    expect([said(), story().value]).toEqual(["Not saved: choose", "Mine"]);
    answers({ was: { story: "wT" }, values: { story: ["Theirs"] } });
    find("[name=choose-story]").click();
    await tick(0);
    expect([bodies()[1]?.get("choose-story"), bodies()[1]?.get("theirs-story")]).toEqual([
      "theirs",
      "wT",
    ]);
    expect([story().value, document.querySelector("[data-clash]")]).toEqual(["Theirs", null]);
    expect([localStorage.getItem(DRAFT), said()]).toEqual([null, "Saved 10:42"]);
  });

  it("never counts another's text as seen while the person types over it", async () => {
    page();
    type("A");
    fetched.mockImplementationOnce(async () => {
      type("AB");
      const answer = { ...NOTHING, was: { story: "wT" }, values: { story: ["Theirs"] } };
      return { ok: true, status: 200, type: "basic", json: async () => answer };
    });
    answers({});
    await tick();
    expect(bodies()[1]?.get("was-story")).toBe("w0");
    expect(story().value).toBe("AB");
  });

  it("offers a draft that the server does not have", async () => {
    new Drafts(localStorage, "7", "/b/x/story/").put("story", ["Draft"], "w0");
    page();
    expect(find("[data-mine]").textContent).toBe("Draft");
    expect(find("[data-if-changed]").hidden).toBe(true);
    answers({ written: ["story"], was: { story: "w1" } });
    find("[data-use]").click();
    await tick(0);
    expect([story().value, bodies()[0]?.get("story")]).toEqual(["Draft", "Draft"]);
    expect([document.querySelector("[data-offered]"), localStorage.getItem(DRAFT)]).toEqual([
      null,
      null,
    ]);
  });

  it("shows both texts when the saved one changed, and can throw the draft away", () => {
    new Drafts(localStorage, "7", "/b/x/story/").put("story", ["Draft"], "older");
    page("&lt;b>Saved");
    expect(find("[data-theirs]").textContent).toBe("<b>Saved");
    expect(find("[data-if-changed]").hidden).toBe(false);
    find("[data-drop]").click();
    expect([story().value, localStorage.getItem(DRAFT)]).toEqual(["<b>Saved", null]);
  });

  it("does not offer what is saved already, nor another person's draft", () => {
    new Drafts(localStorage, "7", "/b/x/story/").put("story", ["Old"], "w");
    new Drafts(localStorage, "8", "/b/x/story/").put("story", ["Not yours"], "w0");
    page();
    expect(document.querySelector("[data-offered]")).toBeNull();
    expect(localStorage.getItem(DRAFT)).toBeNull();
  });

  it("does not write over an offered draft while it is not decided on", () => {
    new Drafts(localStorage, "7", "/b/x/story/").put("story", ["Draft"], "w0");
    page();
    type("Something else");
    expect(JSON.parse(localStorage.getItem(DRAFT) as string).values).toEqual(["Draft"]);
  });

  it("saves first when the form is sent, and then lets it go its way", async () => {
    page();
    type("New");
    const passed = vi.fn();
    document.addEventListener("submit", (event) => {
      if (!event.defaultPrevented) passed();
      event.preventDefault();
    });
    answers({ written: ["story"], was: { story: "w1" } });
    find("form > button").click();
    expect(passed).not.toHaveBeenCalled();
    await tick(0);
    expect([fetched.mock.calls.length, passed.mock.calls.length]).toEqual([1, 1]);
  });

  it("reads the token from the cookie, which is right after signing in anew", () => {
    const doc = { cookie: "a=1; csrftoken=secret; b=2" } as Document;
    expect([csrfToken(doc), csrfToken({ cookie: "" } as Document)]).toEqual(["secret", ""]);
  });
});
