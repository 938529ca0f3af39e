import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Drafts, forgetOld } from "../autosave/drafts";
import { LATEST, type Outcome, QUIET, Saver } from "../autosave/saver";
import { carefulNames, inWords, read, write } from "../autosave/values";

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

describe("when to save", () => {
  function saver(...outcomes: Outcome<string>["kind"][]) {
    const sent: string[] = [];
    const said: string[] = [];
    const state = { text: "0", asked: "0" };
    const made = new Saver<string, string>({
      unsaved: () => state.text !== state.asked,
      take: () => state.text,
      send: async (shot) => {
        sent.push(shot);
        const kind = outcomes.shift() ?? "answered";
        return kind === "answered" ? { kind, answer: "" } : { kind };
      },
      took: (shot) => {
        state.asked = shot;
      },
      say: (each) => said.push(each),
    });
    const type = (text: string) => {
      state.text = text;
      made.changed();
    };
    return { made, sent, said, type };
  }

  it("is a second after the last keystroke", async () => {
    const { sent, type } = saver();
    type("a");
    await vi.advanceTimersByTimeAsync(QUIET - 1);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent).toEqual(["a"]);
  });

  it("is within two seconds however long the typing goes on", async () => {
    const { sent, type } = saver();
    for (let tick = 0; tick < 20; tick += 1) {
      type(`a${tick}`);
      await vi.advanceTimersByTimeAsync(200);
    }
    expect(LATEST).toBeLessThan(2000);
    expect(sent.length).toBe(2);
  });

  it("sends one request at a time, and the newest state follows", async () => {
    let answer: (value: Outcome<string>) => void = () => {};
    const sent: string[] = [];
    const state = { text: "0", asked: "0" };
    const made = new Saver<string, string>({
      unsaved: () => state.text !== state.asked,
      take: () => state.text,
      send: (shot) => {
        sent.push(shot);
        return new Promise((done) => {
          answer = done;
        });
      },
      took: (shot) => {
        state.asked = shot;
      },
      say: () => {},
    });
    state.text = "a";
    void made.flush();
    for (const text of ["b", "c"]) {
      state.text = text;
      made.changed();
      void made.flush();
      await vi.advanceTimersByTimeAsync(5000);
    }
    expect([sent, made.isBusy]).toEqual([["a"], true]);
    answer({ kind: "answered", answer: "" });
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(["a", "c"]);
  });

  it("sends again what got no answer as it was, waiting longer each time", async () => {
    const { sent, said, type } = saver("offline", "offline", "offline", "answered");
    type("a");
    await vi.advanceTimersByTimeAsync(QUIET + 2000);
    expect(sent).toEqual(["a", "a"]);
    await vi.advanceTimersByTimeAsync(3999);
    expect(sent.length).toBe(2);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent.length).toBe(3);
    type("b");
    await vi.advanceTimersByTimeAsync(QUIET);
    expect(sent).toEqual(["a", "a", "a", "a", "b"]);
    expect(said.slice(0, 2)).toEqual(["saving", "offline"]);
  });

  it("does not wait when the connection is back", async () => {
    const { made, sent, type } = saver("offline");
    type("a");
    await vi.advanceTimersByTimeAsync(QUIET);
    made.again();
    await vi.advanceTimersByTimeAsync(0);
    expect([sent, made.isWaiting]).toEqual([["a", "a"], false]);
  });

  it("stops at a refusal until something changes", async () => {
    const { made, sent, type } = saver("forbidden");
    type("a");
    await vi.advanceTimersByTimeAsync(QUIET + 100_000);
    made.again();
    expect(sent).toEqual(["a"]);
    type("b");
    await vi.advanceTimersByTimeAsync(QUIET);
    expect(sent).toEqual(["a", "b"]);
  });

  it("sends the newest state after signing in again", async () => {
    const { made, sent, type } = saver("signed-out");
    type("a");
    await vi.advanceTimersByTimeAsync(QUIET);
    type("ab");
    made.again();
    await vi.advanceTimersByTimeAsync(0);
    expect(sent).toEqual(["a", "ab"]);
  });
});

describe("drafts", () => {
  it("belong to one person, form and field", () => {
    const mine = new Drafts(localStorage, "7", "/b/x/story/");
    mine.put("story", ["Hello"], "abc");
    expect(mine.get("story")?.values).toEqual(["Hello"]);
    expect(new Drafts(localStorage, "8", "/b/x/story/").get("story")).toBeNull();
    expect(new Drafts(localStorage, "7", "/b/y/story/").get("story")).toBeNull();
    mine.drop("story");
    expect(mine.get("story")).toBeNull();
  });

  it("say when the browser does not take them", () => {
    expect(new Drafts(FULL, "7", "/").put("story", ["x"], "")).toBe(false);
    expect(new Drafts(null, "7", "/").put("story", ["x"], "")).toBe(false);
  });

  it("are forgotten after thirty days, and so is what cannot be read", () => {
    new Drafts(localStorage, "7", "/").put("story", ["x"], "");
    localStorage.setItem("waypost-draft:7:/:bad", "{");
    localStorage.setItem("theme", "dark");
    forgetOld(localStorage, Date.now() + 29 * 86_400_000);
    expect(localStorage.length).toBe(2);
    forgetOld(localStorage, Date.now() + 31 * 86_400_000);
    expect(localStorage.key(0)).toBe("theme");
  });
});

describe("values", () => {
  beforeEach(() => {
    document.body.innerHTML = `<form>
      <input type="hidden" name="was-where" value="1"><input type="hidden" name="was-to" value="2">
      <label><input type="checkbox" name="where" value="shop" checked> Shop</label>
      <label><input type="checkbox" name="where" value="web"> Web</label>
      <select name="to"><option value="si">Slovenia</option><option value="de">Germany</option></select>
    </form>`;
  });

  it("are read and written for boxes and lists", () => {
    const form = find<HTMLFormElement>("form");
    expect(carefulNames(form)).toEqual(["where", "to"]);
    write(form, "where", ["web"]);
    write(form, "to", ["de"]);
    expect([read(form, "where"), read(form, "to")]).toEqual([["web"], ["de"]]);
  });

  it("are said in the words that stand beside them", () => {
    const form = find<HTMLFormElement>("form");
    expect(inWords(form, "where", ["shop", "web"])).toBe("Shop, Web");
    expect(inWords(form, "to", ["de"])).toBe("Germany");
  });
});
